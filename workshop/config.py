"""Settings: read from the environment only, all checked at start, each error with advice.

`SETTINGS` is the one table: `load_settings` reads by it, and docs/running.md shows it as
`python -m workshop.config` prints it. Like the modules it imports, it uses the standard library only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workshop import config_values as read
from workshop import locations
from workshop.keyfile import KeyFileError, kept_key

ENGINES = ("eventlet", "gevent")
LANGUAGES = ("da", "en")
LOG_LEVELS = ("debug", "info", "warning", "error")


#: settings that may hold a password: their value appears in no message
_SECRET = frozenset({"SECRET_KEY", "DATABASE_URL", "REDIS_URL", "SMTP_URL", "METRICS_TOKEN"})
#: the settings that sending mail needs beside `SMTP_URL`, and why
_FOR_MAIL = {
    "MAIL_FROM": "the address that mails are from, such as Rundbord <rundbord@example.org>",
    "PUBLIC_URL": "a mail holds links, and no page was opened whose address could be taken",
}


class SettingsError(Exception):
    """Raised when one or more settings cannot be used. `problems` holds one line for each, with what to do about it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Settings:
    """The settings of one running server, each checked. Field `x_y` is the setting `X_Y`."""

    port: int
    host: str
    public_url: str | None
    https: bool
    trusted_proxies: int
    database_url: str
    redis_url: str | None
    secret_key: str
    async_engine: str
    language: str
    log_level: str
    instance_path: Path
    backup_minutes: int
    backup_copies: int
    smtp_url: str | None
    mail_from: str | None
    metrics_token: str | None
    accessibility_url: str | None


@dataclass(frozen=True)
class Setting:
    """One row of the table: name, default, what a value looks like, how it is read, what it does."""

    name: str
    default: str
    kind: str
    read: Callable[[str], Any]
    does: str


SETTINGS: tuple[Setting, ...] = (
    Setting("PORT", "5000", "1–65535", read.whole(1, 65535), "The port the server listens on."),
    Setting("HOST", "0.0.0.0", "address", read.host, "Who can reach it: `127.0.0.1` is this machine only."),
    Setting(
        "PUBLIC_URL",
        "",
        "address",
        read.public_url,
        "The address in QR codes and links. Empty: the one the page was opened at.",
    ),
    Setting(
        "HTTPS",
        "",
        "1, 0",
        read.flag,
        "Behind TLS: secure cookies and HSTS. Empty: 1 when `PUBLIC_URL` begins with https.",
    ),
    Setting("TRUSTED_PROXIES", "0", "0–10", read.whole(0, 10), "How many proxies in front may say who is calling."),
    Setting(
        "DATABASE_URL",
        "",
        "address",
        read.database_url,
        "PostgreSQL or SQLite. Empty: `rundbord.sqlite` in the instance folder.",
    ),
    Setting(
        "REDIS_URL",
        "",
        "address",
        read.redis_url,
        "Several processes wake each other here. Empty: one process.",
    ),
    Setting(
        "SECRET_KEY",
        "",
        "32 characters or more",
        read.secret_key,
        "Signs cookies and keys ballots. Empty: made once and kept in the instance folder.",
    ),
    Setting("ASYNC_ENGINE", "eventlet", ", ".join(ENGINES), read.choice(*ENGINES), "What serves the connections."),
    Setting(
        "LANGUAGE",
        "da",
        ", ".join(LANGUAGES),
        read.choice(*LANGUAGES),
        "The language until somebody chooses one.",
    ),
    Setting(
        "LOG_LEVEL",
        "info",
        ", ".join(LOG_LEVELS),
        read.choice(*LOG_LEVELS),
        "How much the server tells on its error output.",
    ),
    Setting("INSTANCE_PATH", "instance", "folder", Path, "Where the database and the secret key are kept."),
    Setting(
        "BACKUP_MINUTES",
        "10",
        "0–1440",
        read.whole(0, 1440),
        "How often a running server copies a SQLite database that has changed. 0: never.",
    ),
    Setting("BACKUP_COPIES", "6", "1–100", read.whole(1, 100), "How many of these copies are kept."),
    Setting(
        "SMTP_URL",
        "",
        "address",
        read.smtp_url,
        "The mail server that sends reminders. Empty: none is sent, and the organiser copies them.",
    ),
    Setting("MAIL_FROM", "", "address of e-mail", read.mail_from, "Who the mails are from."),
    Setting(
        "METRICS_TOKEN",
        "",
        "32 characters or more",
        read.secret_key,
        "Whoever sends it may read the counts at `/metrics`. Empty: there is no such page.",
    ),
    Setting(
        "ACCESSIBILITY_URL",
        "",
        "address",
        read.web_page,
        "The accessibility statement: `/was` leads there, and the public pages link to it. Empty: neither.",
    ),
)


def load_settings(environ: Mapping[str, str]) -> Settings:
    """Returns every setting, checked; an empty value counts as not given.

    Creates the instance folder, and a secret key in it where none is given and it holds none. Raises
    `SettingsError` with one problem per setting that cannot be used, so that all can be corrected at once.
    """
    values, problems = _read_all(environ)
    if values.get("HTTPS") and (values.get("PUBLIC_URL") or "").startswith("http://"):
        problems.append("HTTPS=1 does not fit a PUBLIC_URL that begins with http://: change one of the two.")
    if values.get("SMTP_URL"):
        problems += [
            f"SMTP_URL needs {name}: {why}." for name, why in _FOR_MAIL.items() if name in values and not values[name]
        ]
    if problems:
        raise SettingsError(problems)
    instance, secret_key = _instance_and_key(values, environ)
    public_url = values["PUBLIC_URL"]
    https = values["HTTPS"]
    return Settings(
        port=values["PORT"],
        host=values["HOST"],
        public_url=public_url,
        https=(public_url or "").startswith("https://") if https is None else https,
        trusted_proxies=values["TRUSTED_PROXIES"],
        database_url=values["DATABASE_URL"] or f"sqlite:///{instance / 'rundbord.sqlite'}",
        redis_url=values["REDIS_URL"],
        secret_key=secret_key,
        async_engine=values["ASYNC_ENGINE"],
        language=values["LANGUAGE"],
        log_level=values["LOG_LEVEL"],
        instance_path=instance,
        backup_minutes=values["BACKUP_MINUTES"],
        backup_copies=values["BACKUP_COPIES"],
        smtp_url=values["SMTP_URL"],
        mail_from=values["MAIL_FROM"],
        metrics_token=values["METRICS_TOKEN"],
        accessibility_url=values["ACCESSIBILITY_URL"],
    )


def _read_all(environ: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """Returns every setting's value by name (None where it has neither a value nor a default), and what is wrong."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    for setting in SETTINGS:
        text = environ.get(setting.name, "").strip() or setting.default
        try:
            values[setting.name] = setting.read(text) if text else None
        except read.Unusable as error:
            shown = "" if setting.name in _SECRET else f"={text}"
            problems.append(f"{setting.name}{shown}: {error}.")
    return values, problems


def _instance_and_key(values: Mapping[str, Any], environ: Mapping[str, str]) -> tuple[Path, str]:
    """Returns the instance folder and the secret key; both are made where they are missing. Raises `SettingsError`."""
    instance = _instance_folder(values["INSTANCE_PATH"], environ)
    try:
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret_key = values["SECRET_KEY"] or kept_key(instance / "secret_key", read.SHORTEST_KEY)
    except KeyFileError as error:
        raise SettingsError([str(error)]) from error
    except OSError as error:
        reason = f"INSTANCE_PATH={instance} cannot be written ({error.strerror})"
        raise SettingsError([f"{reason}: choose a folder this user may write to."]) from error
    return instance, secret_key


def _instance_folder(folder: Path, environ: Mapping[str, str]) -> Path:
    """Returns the instance folder as an absolute path.

    In a checkout `instance` lies beside the code, whatever folder the server was started in. An installed copy has a
    default of its own, and there `INSTANCE_PATH=instance` names a folder in the current one.
    """
    given = environ.get("INSTANCE_PATH", "").strip()
    try:
        if folder == Path("instance") and not (given and locations.installed()):
            return locations.default_instance(environ)
        return folder.expanduser().resolve()
    except RuntimeError as error:  # "~name" of an unknown user, or symbolic links in a circle
        raise SettingsError([f"INSTANCE_PATH={folder} is no folder ({error}): choose another."]) from error


def table() -> str:
    """Returns the settings as the Markdown table of docs/running.md."""
    rows = ["| setting | default | value | what it does |", "| --- | --- | --- | --- |"]
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else "empty"
        rows.append(f"| `{setting.name}` | {default} | {setting.kind} | {setting.does} |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(table())
