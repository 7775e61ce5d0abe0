"""What somebody without any cookie is answered, and which cookies the server looked for before it answered: one that it did
not look for cannot change the answer, whatever is in it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from flask import Flask, Request
from werkzeug.test import TestResponse

from tests.web.conftest import client_of


class _All:
    """Whoever goes through all cookies looks at each."""

    def __contains__(self, name: object) -> bool:
        return True


class _Asked:
    """The cookies of a request that has none. What is not written here fails, so that no way to read them is overlooked."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.all = False

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return default

    def __contains__(self, name: str) -> bool:
        self.names.add(name)
        return False

    def __iter__(self) -> Iterator[str]:
        self.all = True
        return iter(())


class _Environ(dict[str, Any]):
    """What the web server hands over: the cookies may be read there as well, all at once."""

    def __init__(self, given: dict[str, Any], asked: _Asked) -> None:
        super().__init__(given)
        self._asked = asked

    def __getitem__(self, key: str) -> Any:
        self._asked.all |= key == "HTTP_COOKIE"
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self._asked.all |= key == "HTTP_COOKIE"
        return super().get(key, default)


def ask(app: Flask, path: str, query: dict[str, Any], method: str = "GET") -> tuple[TestResponse, Container[str]]:
    """The answer, and the names of the cookies that were looked for."""
    asked = _Asked()

    class Watched(Request):
        cookies = asked  # type: ignore[assignment]

        def __init__(self, environ: dict[str, Any], *args: Any, **kwargs: Any) -> None:
            super().__init__(_Environ(environ, asked), *args, **kwargs)

    usual, app.request_class = app.request_class, Watched
    try:
        answer = client_of(app).open(path, method=method, query_string=query)
    finally:
        app.request_class = usual
    return answer, _All() if asked.all else asked.names
