"""What happens by the clock: the ticker, copies of the database, and mails."""
