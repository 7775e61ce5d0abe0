"""A hall for browser tests: a workshop on the real server, driven over HTTP by people who need no screen."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests

from tests.load.server import Server
from workshop import clock

_MONTHS = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]


def days_from_now(number: int) -> str:
    """Returns the day so many days from today, as `YYYY-MM-DD`: a fixed one passes some day, and a text is blocked by it."""
    return (clock.today() + timedelta(days=number)).isoformat()


def in_danish(day: str) -> str:
    """Returns a `YYYY-MM-DD` as a Danish screen writes it."""
    moment = date.fromisoformat(day)
    return f"{moment.day}. {_MONTHS[moment.month - 1]} {moment.year}"


#: ideas of an example, the first of them used where few are enough
IDEAS = [
    "En fast kontaktperson, der ikke skifter, når man fylder 18",
    "Fællesspisning hver torsdag, hvor unge laver maden",
    "Svar inden for tre dage i stedet for en venteliste",
    "Foreninger får nøgle til skolen efter kl. 16",
    "Gratis bus om aftenen mellem byerne for alle under 25",
    "Region og kommune deler én indgang til psykisk hjælp",
    "Lån telt, kajak og kamera uden medlemskab",
]
FRAME = {
    "question": "Hvad skal der til, for at færre unge i Fjordby er ensomme?",
    "ground_rules": "Vi lytter færdigt. Vi taler om ét emne ad gangen.",
    "commissioning_body": "Fjordby Byråd",
    "receiving_body": "Fjordby Byråd",
    "response_due": days_from_now(500),
    "fixed_frame": "Budgettet for 2027 ligger fast.",
    "negotiable": "Åbningstider, steder og hvem der gør hvad.",
}
GOAL = {
    "title": "6 ud af 10 unge har et åbent sted og en fast voksen",
    "target_group": "Unge på 15-24 år",
    "indicator": "Andel, der bruger et åbent sted hver måned",
    "unit": "%",
    "data_source": "Ungeprofilen",
    "baseline": "41",
    "baseline_date": days_from_now(-28),
    "target": "60",
    "direction": "up",
    "deadline": days_from_now(1000),
    "owner": "Ungechefen",
    "first_step": "Åbn skolen om tirsdagen",
    "first_step_due": days_from_now(42),
}
AGREEMENT = {
    "purpose": "Skolerne står åbne for unge tre aftener om ugen, også i skoleferierne.",
    "parties": [{"name": "Byrådet", "group": "politicians"}, {"name": "Ungerådet", "group": "citizens"}],
    "contributions": [
        {"party": "Byrådet", "what": "Lys, varme og opsyn", "how_much": "640.000 kr. om året"},
        {"party": "Ungerådet", "what": "Et program hver måned"},
    ],
    "mandates": [{"party": "Byrådet", "kind": "may_decide"}, {"party": "Ungerådet", "kind": "may_decide"}],
    "decision_rule": "Enighed mellem parterne",
    "disagreement": "Vi mødes inden 14 dage",
    "openness": "public",
    "review_date": days_from_now(184),
    "exit_terms": "Skriftligt",
    "notice_days": 30,
}

#: what the console calls the fields of a goal, and the terms of an agreement
GOAL_LABELS = {
    "target_group": "Målgruppe",
    "indicator": "Indikator",
    "unit": "Enhed",
    "data_source": "Datakilde",
    "baseline": "Udgangspunkt",
    "baseline_date": "Udgangspunkt målt",
    "target": "Målværdi",
    "deadline": "Frist",
    "owner": "Ansvarlig",
    "first_step": "Første skridt",
    "first_step_due": "Første skridt senest",
}
TERM_LABELS = {
    "decision_rule": "Sådan bliver parterne enige",
    "disagreement": "Når vi er uenige",
    "review_date": "Opfølgning",
    "exit_terms": "Sådan kan en part træde ud",
    "notice_days": "Varsel i dage",
}


#: one for all calls, which would each make their own; it keeps no cookies, so that everybody is known by their token alone
WIRE = requests.Session()
WIRE.trust_env = False
WIRE.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))


@dataclass
class Hall:
    """One workshop. `people` are tokens by group; commands of the facilitator go by `chair`."""

    server: Server
    made: dict[str, Any]
    people: dict[str, list[str]] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return str(self.made["workshop"]["code"])

    @property
    def id(self) -> int:
        return int(self.made["workshop"]["id"])

    def url(self, path: str) -> str:
        return self.server.url + path

    @property
    def board_url(self) -> str:
        return self.url(f"/b/{self.made['tokens']['board']}")

    @property
    def console_url(self) -> str:
        return self.url(f"/f/{self.made['tokens']['facilitator']}")

    def join(self, group: str, number: int = 1) -> list[str]:
        """That many people of a group; their tokens."""
        tokens = [self.newcomer(group) for _ in range(number)]
        self.people.setdefault(group, []).extend(tokens)
        return tokens

    def newcomer(self, group: str) -> str:
        """Somebody more of a group, whose token the caller keeps."""
        answer = WIRE.post(self.url("/api/join"), json={"code": self.code, "group": group}, timeout=20)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["token"])

    def do(self, token: str, name: str, /, **args: Any) -> dict[str, Any]:
        """Give a command and answer its result; a refusal fails the test."""
        answer = WIRE.post(
            self.url("/api/commands"),
            json={"id": secrets.token_hex(16), "name": name, "args": args},
            headers={"Authorization": f"Bearer {token}"},
            timeout=20,
        ).json()
        assert answer["ok"], f"{name}: {answer}"
        return answer.get("result") or {}

    def chair(self, name: str, /, **args: Any) -> dict[str, Any]:
        return self.do(self.made["tokens"]["facilitator"], name, **args)

    def clock(self) -> int:
        """The number of the workshop's clock."""
        return int(self._snapshot()["to"])

    def records(self, token: str | None = None) -> list[dict[str, Any]]:
        """A fresh snapshot, as the facilitator or whoever holds the token sees it."""
        return list(self._snapshot(token)["put"])

    def _snapshot(self, token: str | None = None) -> dict[str, Any]:
        answer = WIRE.get(
            self.url("/api/sync?since=0"),
            headers={"Authorization": f"Bearer {token or self.made['tokens']['facilitator']}"},
            timeout=20,
        )
        return dict(answer.json())

    def start(self, kind: str, **args: Any) -> str:
        """Start the first step of a kind, if it is not running."""
        step = next(r for r in self.records() if r["kind"] == "step" and r["step_kind"] == kind)
        if step["state"] != "running":
            self.chair("start_step", step=step["id"], **args)
        return str(step["id"])

    def ideas(self, texts: list[str]) -> list[str]:
        """Post the ideas, one by each citizen in turn, and reveal them."""
        self.start("ideas")
        authors = self.people["citizens"]
        ids = [self.do(authors[i % len(authors)], "post_idea", text=text)["idea"] for i, text in enumerate(texts)]
        self.chair("reveal_ideas")
        return ids

    def agreement(self, **fields: Any) -> str:
        """A goal and an agreement on it that nothing blocks; the agreement's id."""
        goal = self.chair("draft_goal", **GOAL)["goal"]
        return str(self.chair("draft_agreement", **{**AGREEMENT, "goals": [goal], **fields})["agreement"])
