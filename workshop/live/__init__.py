"""The live room: connections, the feed that follows each commit, and presence. It knows nothing of the web pages."""

from .feed import Feed
from .socket import register

__all__ = ["Feed", "register"]
