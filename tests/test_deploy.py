"""Dockerfile, deploy/compose.yaml and deploy/Caddyfile, read as text: what can be wrong in them without an engine."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from workshop.__main__ import STARTS
from workshop.config import SETTINGS, load_settings

ROOT = Path(__file__).resolve().parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
CADDYFILE = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service["image"] == "rundbord"]
NAMES = {setting.name for setting in SETTINGS}


def lines(word: str) -> list[str]:
    """What follows each instruction of that name in the Dockerfile, in order."""
    return re.findall(rf"^{word}\s+(.+)$", DOCKERFILE, re.M)


def image_environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for line in lines("ENV") for pair in line.split())


def given(name: str) -> dict[str, str]:
    """What a process of ours reads as its environment, with the three values of `.env` filled in."""
    values = {"SITE": "rundbord.example.dk", "SECRET_KEY": "k" * 40, "POSTGRES_PASSWORD": "pw"}
    environment = SERVICES[name]["environment"]
    return {key: re.sub(r"\$\{(\w+):\?[^}]*\}", lambda found: values[found[1]], value) for key, value in environment.items()}


def test_what_the_dockerfile_copies_is_there_and_is_let_in():
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").split() if line.startswith("!")}
    sources = {name for line in lines("COPY") if "--from" not in line for name in line.split()[:-1]}
    assert sources == let_in and {"run.py", "requirements.txt", "workshop", "static", "templates"} <= sources
    assert all((ROOT / name).exists() for name in sources)
    assert {line.split()[0] for line in lines("COPY") if "--from" in line} == {"--from=build"}


def test_everything_the_wheel_is_made_of_is_copied():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    carried = set(re.findall(r'^"([\w.]+)" = "workshop/_files/', project, re.M))
    assert carried == {"run.py", "static", "templates"}
    assert carried <= {name for line in lines("COPY") for name in line.split()[:-1]}


def test_the_container_runs_as_a_user_without_rights_in_its_own_folder():
    final = DOCKERFILE.rpartition("FROM ")[2]
    (user,) = lines("USER")
    assert user == "rundbord" and f"useradd --system --uid 10001 --home-dir /data {user}" in final
    assert final.index("\nUSER ") < final.index("\nCMD ")
    assert json.loads(lines("VOLUME")[0]) == ["/data"] == [image_environment()["INSTANCE_PATH"]]
    assert f"-o {user} -g {user} /data" in final


def test_the_container_starts_the_server_and_asks_it_how_it_is():
    (command,) = lines("CMD")
    program, start = json.loads(command)
    assert program == "rundbord" and start in STARTS
    (check,) = lines("HEALTHCHECK")
    asked = json.loads(check.partition("CMD ")[2])
    assert asked[:2] == ["python", "-c"] and "/healthz" in asked[2] and "os.environ['PORT']" in asked[2]
    compile(asked[2], "HEALTHCHECK", "exec")


def test_the_settings_of_the_image_exist_and_fit_its_port():
    settings = image_environment()
    assert settings.keys() - {"PATH", "PYTHONUNBUFFERED"} == {"HOST", "PORT", "INSTANCE_PATH"} <= NAMES
    assert lines("EXPOSE") == [settings["PORT"]]


@pytest.mark.parametrize("name", OURS)
def test_the_settings_of_each_process_exist_and_are_accepted(tmp_path, name):
    assert SERVICES[name]["environment"].keys() <= NAMES
    settings = load_settings({**given(name), "INSTANCE_PATH": str(tmp_path)})
    assert (settings.public_url, settings.https, settings.trusted_proxies) == ("https://rundbord.example.dk", True, 1)
    assert settings.database_url == "postgresql+psycopg://rundbord:pw@postgres:5432/rundbord"
    assert str(settings.port) == image_environment()["PORT"]


def test_the_processes_share_key_and_database_and_nothing_else():
    assert len(OURS) == 2 and given(OURS[0]) == given(OURS[1])
    assert (ROOT / "deploy" / SERVICES[OURS[0]]["build"] / "Dockerfile").is_file()
    folders = [SERVICES[name]["volumes"] for name in OURS]
    assert folders == [[f"{name}:/data"] for name in OURS]


def test_every_service_that_is_named_is_there():
    reached = {part for name in OURS for part in re.findall(r"[@/](\w+):\d+/", " ".join(given(name).values()))}
    assert reached == {"postgres", "redis"}
    for service in SERVICES.values():
        for other in service.get("depends_on", {}):
            assert "healthcheck" in SERVICES[other] or other in OURS, "service_healthy needs a check of health"


def test_the_database_is_made_for_the_user_who_asks_for_it():
    made = SERVICES["postgres"]["environment"]
    assert (made["POSTGRES_USER"], made["POSTGRES_DB"]) == ("rundbord", "rundbord")


def test_volumes_are_declared_once_and_each_is_used():
    mounted = {one.partition(":")[0] for service in SERVICES.values() for one in service.get("volumes", [])}
    assert {name for name in mounted if not name.startswith(".")} == set(COMPOSE["volumes"])
    assert all((ROOT / "deploy" / name).is_file() for name in mounted if name.startswith("."))


def test_only_caddy_is_reached_from_outside():
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "caddy": ["80:80", "443:443"]
    }


def test_caddy_reaches_every_process_and_keeps_a_phone_with_one():
    (targets,) = re.findall(r"reverse_proxy (.+) \{", CADDYFILE)
    assert targets.split() == [f"{name}:{image_environment()['PORT']}" for name in OURS]
    assert "lb_policy cookie" in CADDYFILE and "health_uri /healthz" in CADDYFILE
    assert CADDYFILE.count("{") == CADDYFILE.count("}")
    assert set(re.findall(r"\{\$(\w+)\}", CADDYFILE)) == set(SERVICES["caddy"]["environment"]) == {"SITE"}


def test_no_secret_stands_in_the_files():
    text = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD"):
        assert all(value.startswith("${") for value in re.findall(rf"^\s*{name}: (.+)$", text, re.M))
