"""Builds the document from the database. It only reads, and takes every count from the published results.

Secret ballot papers are not read here, so what a result withholds cannot get into the document.
"""
