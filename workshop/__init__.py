"""Rundbord: a workshop in which many groups decide together."""

__version__ = "0.1.0"
