"""The organiser's pages, by noun."""
