"""The settings: read, checked, explained, documented."""

from __future__ import annotations

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path

import pytest

from workshop.config import SETTINGS, Settings, SettingsError, load_settings, table
from workshop.keyfile import kept_key

RUNNING = Path(__file__).parent.parent / "docs" / "running.md"


@pytest.fixture
def load(tmp_path):
    """Load settings with an instance folder of the test's own."""

    def loaded(**given: str) -> Settings:
        return load_settings({"INSTANCE_PATH": str(tmp_path / "instance"), **given})

    return loaded


def problems(load, **given: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(**given)
    return caught.value.problems


def test_an_empty_environment_is_enough(load, tmp_path):
    settings = load()
    assert (settings.port, settings.host, settings.language) == (5000, "0.0.0.0", "da")
    assert settings.async_engine == "eventlet"
    assert settings.database_url == f"sqlite:///{tmp_path}/instance/rundbord.sqlite"
    assert settings.redis_url is None and settings.public_url is None
    assert settings.https is False


def test_without_a_folder_the_instance_lies_beside_the_code(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("workshop.locations.TOP", tmp_path / "code")
    assert load_settings({}).instance_path == tmp_path / "code" / "instance"


def test_every_setting_has_a_field_and_every_field_a_setting():
    assert {setting.name.lower() for setting in SETTINGS} == {field.name for field in fields(Settings)}


def test_the_documented_table_is_the_table_in_force():
    assert table() in RUNNING.read_text(encoding="utf-8")


def test_the_documentation_names_no_setting_that_does_not_exist():
    text = RUNNING.read_text(encoding="utf-8")
    others = {"REQUIRE_SERVICES", "PYTHON", "SITE", "POSTGRES_PASSWORD"}  # of tests, make and deploy/compose.yaml
    named = set(re.findall(r"\b([A-Z][A-Z_]{3,})=", text)) - others
    assert named and named <= {setting.name for setting in SETTINGS}


def test_an_empty_value_counts_as_not_given(load):
    assert load(PORT="", REDIS_URL="  ").port == 5000


def test_all_problems_are_told_at_once_and_each_says_what_would_be_right(load):
    found = problems(load, PORT="eighty", LANGUAGE="sv", TRUSTED_PROXIES="-1")
    assert found == [
        "PORT=eighty: must be a whole number from 1 to 65535.",
        "TRUSTED_PROXIES=-1: must be a whole number from 0 to 10.",
        "LANGUAGE=sv: must be one of: da, en.",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "50 00"),
        ("PORT", "٥٠٠٠"),
        ("HOST", "no host"),
        ("PUBLIC_URL", "rundbord.example.dk"),
        ("PUBLIC_URL", "https://example.dk/rundbord"),
        ("PUBLIC_URL", "ftp://example.dk"),
        ("HTTPS", "maybe"),
        ("DATABASE_URL", "mysql://root@localhost/x"),
        ("DATABASE_URL", "rundbord.sqlite"),
        ("REDIS_URL", "localhost:6379"),
        ("SECRET_KEY", "too short"),
        ("REDIS_URL", "redis://127.0.0.1:99999/0"),
        ("REDIS_URL", "redis://[::1"),
        ("REDIS_URL", "redis://127.0.0.1/db"),
        ("PUBLIC_URL", "http://["),
        ("PUBLIC_URL", "http://rundbord.dk:0"),
        ("DATABASE_URL", "postgresql://localhost:port/rundbord"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("ASYNC_ENGINE", "threading"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(load, name, value):
    (problem,) = problems(load, **{name: value})
    assert problem.startswith(name)


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL"])
def test_an_error_never_shows_a_secret(load, name):
    (problem,) = problems(load, **{name: "hunter2"})
    assert "hunter2" not in problem


@pytest.mark.parametrize("spelling", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_gets_the_installed_driver(load, spelling):
    assert load(DATABASE_URL=f"{spelling}://u:p@h:1/n").database_url == "postgresql+psycopg://u:p@h:1/n"


def test_https_follows_the_public_address(load):
    assert load(PUBLIC_URL="https://rundbord.example.dk/").https is True
    assert load(PUBLIC_URL="https://rundbord.example.dk/").public_url == "https://rundbord.example.dk"
    assert load(PUBLIC_URL="http://10.0.0.5:8080").https is False
    assert load(PUBLIC_URL="https://rundbord.example.dk", HTTPS="0").https is False


def test_https_against_a_plain_public_address_is_refused(load):
    (problem,) = problems(load, PUBLIC_URL="http://example.dk", HTTPS="1")
    assert "PUBLIC_URL" in problem and "HTTPS" in problem


def test_a_missing_secret_key_is_made_once_and_kept_for_its_owner_only(load, tmp_path):
    first, second = load().secret_key, load().secret_key
    file = tmp_path / "instance" / "secret_key"
    assert first == second == file.read_text().strip()
    assert len(first) >= 64
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_a_new_instance_folder_is_for_its_owner_only(load):
    assert stat.S_IMODE(load().instance_path.stat().st_mode) == 0o700


def test_two_installations_do_not_share_a_key(tmp_path):
    keys = {load_settings({"INSTANCE_PATH": str(tmp_path / name)}).secret_key for name in "ab"}
    assert len(keys) == 2


def test_a_given_secret_key_is_used_and_not_written_down(load, tmp_path):
    assert load(SECRET_KEY="k" * 32).secret_key == "k" * 32
    assert not (tmp_path / "instance" / "secret_key").exists()


def test_a_key_file_open_to_others_is_closed_again(load, tmp_path):
    load()
    file = tmp_path / "instance" / "secret_key"
    file.chmod(0o644)
    load()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_damaged_key_file_is_not_replaced(load, tmp_path):
    file = tmp_path / "instance" / "secret_key"
    file.parent.mkdir()
    file.write_text("half")
    (problem,) = problems(load)
    assert str(file) in problem
    assert file.read_text() == "half"


def test_processes_that_start_together_get_the_same_key(tmp_path):
    with ThreadPoolExecutor(20) as pool:
        keys = set(pool.map(lambda _: kept_key(tmp_path / "secret_key", 32), range(20)))
    assert len(keys) == 1


def test_a_folder_that_cannot_be_made_is_told_with_advice(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="INSTANCE_PATH"):
        load_settings({"INSTANCE_PATH": str(tmp_path / "file" / "instance")})


def test_sending_mail_needs_a_sender_and_an_address_for_links(load):
    url = "starttls://rundbord:hemmelig@mail.example.org:587"
    found = problems(load, SMTP_URL=url)
    assert [line.split(":")[0] for line in found] == ["SMTP_URL needs MAIL_FROM", "SMTP_URL needs PUBLIC_URL"]
    settings = load(SMTP_URL=url, MAIL_FROM="Rundbord <post@example.org>", PUBLIC_URL="https://rundbord.example")
    assert (settings.smtp_url, settings.mail_from) == (url, "Rundbord <post@example.org>")
    assert load().smtp_url is None


@pytest.mark.parametrize(
    "url", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://a:hemmelig@host:99999", "smtp://hemmelig@host"]
)
def test_a_mail_server_that_cannot_be_used_is_told_without_its_password(load, url):
    (found, *_) = problems(load, SMTP_URL=url)
    assert found.startswith("SMTP_URL: must") and "hemmelig" not in found


@pytest.mark.parametrize("sender", ["Rundbord", "a@b.dk, c@d.dk", "a@b.dk\nBcc: c@d.dk", "<>"])
def test_a_sender_that_is_no_address_is_told(load, sender):
    assert problems(load, MAIL_FROM=sender)[0].startswith("MAIL_FROM")


@pytest.mark.parametrize(
    "address", ["was.digst.dk/x", "ftp://was.example", "https://", "https://a b.example", "javascript:alert(1)"]
)
def test_an_accessibility_statement_that_is_no_page_is_told(load, address):
    assert problems(load, ACCESSIBILITY_URL=address)[0].startswith("ACCESSIBILITY_URL")


def test_an_accessibility_statement_is_kept_as_it_is_written(load):
    assert (
        load(ACCESSIBILITY_URL="https://was.digst.dk/fjordby?side=1").accessibility_url
        == "https://was.digst.dk/fjordby?side=1"
    )
    assert load().accessibility_url is None
