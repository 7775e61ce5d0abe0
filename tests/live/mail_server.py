"""A mail server in a process of its own: `python -m tests.live.mail_server PORT FILE [USER PASSWORD]`.

Each mail it takes is a line of JSON in the file: `{to, data}`. Who the mail is to says how it answers: `refused@` is
refused at once, `bounced@` after the mail was given, `later@` is not taken for now, `slow@` is taken after some seconds
(the line `{begun}` tells that it has come), `lost@` is taken and the connection cut before the answer.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

SLOW = 4.0


class Handler:
    def __init__(self, file: Path) -> None:
        self.file = file

    def write(self, **facts: str) -> None:
        with self.file.open("a", encoding="utf-8") as out:
            out.write(json.dumps(facts) + "\n")

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if address.startswith("refused@"):
            return "550 5.1.1 no such user"
        if address.startswith("later@"):
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        address = envelope.rcpt_tos[0]
        if address.startswith("bounced@"):
            return "554 5.7.1 not wanted here"
        if address.startswith("slow@"):
            self.write(begun=address)
            await asyncio.sleep(SLOW)
        assert isinstance(envelope.content, bytes)
        self.write(to=address, data=envelope.content.decode())
        if address.startswith("lost@"):
            server.transport.abort()
        return "250 OK"


async def serve(port: int, file: Path, login: list[str]) -> None:
    def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        fits = isinstance(data, LoginPassword) and [data.login.decode(), data.password.decode()] == login
        return AuthResult(success=fits)

    def made() -> SMTP:
        return SMTP(
            Handler(file),
            enable_SMTPUTF8=True,
            authenticator=authenticate,
            auth_required=bool(login),
            auth_require_tls=False,
        )

    server = await asyncio.get_running_loop().create_server(made, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]))
