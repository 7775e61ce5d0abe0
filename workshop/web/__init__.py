"""The HTTP side: the API of docs/protocol.md, and the pages. It knows nothing of the live room."""
