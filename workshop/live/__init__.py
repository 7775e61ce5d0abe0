"""The live connections: sockets, the feed that follows each commit, and presence. It does not import the web pages."""

from workshop.live.engine import guard
from workshop.live.feed import Feed
from workshop.live.socket import register

__all__ = ["Feed", "guard", "register"]
