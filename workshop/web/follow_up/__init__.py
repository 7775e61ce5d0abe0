"""The pages by link after the seminar: of who answers, of who reports, and of the panel."""
