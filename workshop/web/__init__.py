"""The HTTP side: the API of docs/protocol.md, and the pages. It does not import `workshop.live`."""
