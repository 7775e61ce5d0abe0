"""The pages that are opened by a link after the seminar: for receivers, for stewards (owners and parties), and for panels."""
