"""What happens by the clock: the ticker, and the copies it has made of the database."""
