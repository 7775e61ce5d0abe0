"""Puts one fault at a time into a copy of the code and runs the tests that reach it (docs/testing.md)."""
