"""The live room: connections, the feed that follows each commit, and presence. It knows nothing of the web pages."""

from workshop.live.engine import guard
from workshop.live.feed import Feed
from workshop.live.socket import register

__all__ = ["Feed", "guard", "register"]
