"""A full outcome to write out: sample content, labelled "eksempel". Nothing here is real."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from workshop.export.document import (
    Agreement,
    Attended,
    Ballot,
    Change,
    Check,
    Commitment,
    CommonGround,
    Contribution,
    Decision,
    Figure,
    Goal,
    GroundRules,
    GroupResult,
    Hands,
    Idea,
    Look,
    Mandate,
    OptionResult,
    Outcome,
    Party,
    Presence,
    Provenance,
    Reference,
    Remark,
    Revision,
    Room,
    Rules,
    Share,
    Shortlist,
    ShortlistStep,
    ShowOfHands,
    Tally,
)

CLOSED = datetime(2027, 3, 11, 12, 21, tzinfo=UTC)


def n(value: int) -> Figure:
    return Figure(exact=value)


def tally(for_: int, reservation: int, against: int, blank: int, cast: int, eligible: int) -> Tally:
    return Tally(n(for_), n(reservation), n(against), n(blank), n(cast), n(eligible))


def reference(idea: Idea) -> Reference:
    return Reference(idea.id, idea.label, idea.text)


IDEAS = (
    Idea(
        "idea:1",
        "Idé 1",
        "Åbn skolerne om aftenen, så der er et sted at være",
        "Der er lukket kl. 15.",
        "open",
        group="Borgere",
        theme="Steder",
        chosen=True,
        became=(Reference("goal:1", "Mål 1", "6 ud af 10"), Reference("agreement:1", "Aftale A", "Skolerne")),
        comments=(
            Remark("experience", "Vi gør det i klubben hver torsdag.", "Fagfolk"),
            Remark("question", "Hvem låser?", by_helper=True),
        ),
    ),
    Idea(
        "idea:2",
        "Idé 2",
        "Lad unge selv have nøglen",
        "",
        "open",
        group="Borgere",
        chosen=True,
        builds_on=Reference("idea:1", "Idé 1", "Åbn skolerne om aftenen"),
        became=(Reference("agreement:1", "Aftale A", "Skolerne"),),
    ),
    Idea("idea:3", "Idé 3", "En fast voksen hele vejen", "", "open", group=None, theme="Mennesker", by_helper=True),
    Idea(
        "idea:4",
        "Idé 4",
        "Skolen åben i ferien",
        "",
        "merged",
        group="Byråd",
        merged_into=Reference("idea:1", "Idé 1", "Åbn skolerne om aftenen"),
    ),
    Idea("idea:5", "Idé 5", "=cmd|' /C calc'!A0", "@SUM(1+1)", "open", group="Byråd"),
)

GOALS = (
    Goal(
        "goal:1",
        "Mål 1",
        "agreed",
        3,
        3,
        "6 ud af 10 unge har et åbent sted, de bruger hver måned",
        challenge="Fire af ti unge siger, at de ikke har et sted at gå hen.",
        target_group="Unge fra 15 til 24 år",
        indicator="Andel, der bruger et åbent sted mindst én gang om måneden",
        unit="%",
        data_source="Ungeundersøgelsen",
        baseline="41",
        baseline_date="2026-09-01",
        target="60",
        direction="up",
        deadline="2028-12-31",
        owner="Ungeenheden, Fjordby Kommune",
        contributors="Ungerådet og Idrætsrådet",
        decision_level="agreement",
        first_step="Nøgleaftale med tre skoler",
        first_step_due="2027-05-01",
        from_ideas=(reference(IDEAS[0]), reference(IDEAS[1])),
    ),
    Goal(
        "goal:2",
        "Mål 2",
        "agreed",
        2,
        2,
        "Svar inden for tre dage til alle unge, der beder om hjælp",
        unit="dage",
        indicator="Længste ventetid på første svar",
        target_group="Unge, der beder om hjælp",
        baseline_date="2027-06-01",
        target="3",
        direction="at_most",
        deadline="2028-09-01",
        owner="Familieafdelingen",
        data_source="Sagssystemet",
    ),
    Goal(
        "goal:3",
        "Mål 3",
        "not_agreed",
        1,
        1,
        "Gratis bus til alle under 25",
        target="0",
        unit="kr.",
        direction="down",
        baseline="24",
        deadline="2027-12-31",
        owner="Trafikselskabet",
    ),
    Goal(
        "goal:4",
        "Mål 4",
        "unfinished",
        1,
        1,
        "Flere voksne, der bliver",
        open_checks=(Check("G01", "B", "indicator"),),
    ),
)

PARTIES = (
    Party(
        "Fjordby Byråd",
        "Byråd",
        (Contribution("Lys, varme og opsyn", "430.000 kr. om året", "2027-08-01", "sekretariat@fjordby.example"),),
        "may_decide",
    ),
    Party("Ungerådet", "Borgere", (Contribution("Program for hver måned", "", "2027-09-01"),), "may_decide"),
    Party(
        "Idrætsrådet",
        "Foreninger",
        (Contribution("To voksne hver åben aften"),),
        "must_ask",
        "bestyrelsen",
        "2027-03-22",
    ),
)

REVISIONS = (
    Revision(
        2, 2, datetime(2027, 3, 11, 10, 2, tzinfo=UTC), "facilitator", "amendment", "Ferierne er de længste uger.", None,
        (Change("purpose", "Skolerne står åbne en aften om ugen.", "Skolerne står åbne to aftener om ugen, også i ferierne."),),
    ),
    Revision(
        3, 4, datetime(2027, 3, 11, 10, 15, tzinfo=UTC), "facilitator", "editor", "", None,
        (
            Change(
                "contributions",
                ({"party": "Ungerådet", "what": "Program"}, {"party": "Idrætsrådet", "what": "En voksen"}),
                (
                    {"party": "Ungerådet", "what": "Program for hver måned", "by_when": "2027-09-01"},
                    {"party": "Idrætsrådet", "what": "To voksne hver åben aften"},
                    {"party": "Fjordby Byråd", "what": "Lys, varme og opsyn", "how_much": "430.000 kr. om året"},
                ),
            ),
            Change("review_date", None, "2028-03-01"),
            Change("openness", "parties_only", "public"),
        ),
    ),
    Revision(
        5, 5, datetime(2027, 3, 11, 12, 40, tzinfo=UTC), "participant", "language", "", "facilitator",
        (Change("disagreement", "Parterne mødes inden for 14 dage", "Parterne mødes, inden for 14 dage"),),
    ),
)  # fmt: skip

AGREEMENTS = (
    Agreement(
        "agreement:1",
        "Aftale A",
        "agreed",
        5,
        4,
        "agreement",
        "Skolerne i de fire byer står åbne for unge to aftener om ugen, også i skoleferierne. Byrådet betaler lys, "
        "varme og opsyn. Ungerådet laver programmet. Idrætsrådet stiller med to voksne hver aften.",
        goals=(Reference("goal:1", "Mål 1", GOALS[0].title),),
        parties=PARTIES,
        decision_rule="Parterne afgør i fællesskab, og hver part har én stemme.",
        disagreement="Parterne mødes inden 14 dage. Kan de ikke enes, spørger de borgmesteren.",
        resources="430.000 kr. om året af den afsatte pulje.",
        review_date="2028-03-01",
        end_date="2029-12-31",
        exit_terms="Man siger det skriftligt til de andre parter.",
        notice_days=90,
        dissent=("Vi stemte imod: to aftener er for lidt i de to mindste byer.",),
        revisions=REVISIONS,
    ),
    Agreement(
        "agreement:2",
        "Hensigt B",
        "intention",
        2,
        2,
        "experiment",
        "Unge i Nordby får nøglen til hallen i et halvt år.",
        goals=(Reference("goal:1", "Mål 1", GOALS[0].title),),
        parties=PARTIES[:2],
        what_we_try="Nøgle i telefonen for ti unge.",
        how_we_will_know="Færre end to episoder.",
        stop_or_widen="Vi stopper ved den tredje episode.",
        openness="public",
        open_checks=(Check("A05", "B", "disagreement"), Check("A06", "W", "exit_terms")),
    ),
)

GROUPS = (
    GroupResult(("citizens",), "Borgere", "carried", marks=(1,)),
    GroupResult(("politicians",), "Byråd", "carried", marks=(2,)),
    GroupResult(("professionals",), "Fagfolk", "carried", marks=(6,)),
    GroupResult(("region",), "Region", "carried", marks=(3,)),
    GroupResult(("folketing", "researchers"), "Folketing + Forskere", "carried", marks=(4, 8)),
)
COUNTED = (
    replace(GROUPS[0], status="not_carried", counts=tally(9, 2, 12, 1, 24, 25)),
    replace(GROUPS[1], counts=tally(8, 0, 3, 1, 12, 12)),
    replace(GROUPS[2], counts=tally(9, 0, 2, 0, 11, 12)),
)

DECISIONS = (
    Decision(
        "decision:1",
        Reference("agreement:1", "Aftale A", AGREEMENTS[0].purpose),
        4,
        "9f2c41d07be3a5518c66",
        "ratified",
        GROUPS,
        GroupResult((), "", "carried", tally(49, 2, 11, 2, 64, 67)),
        n(64),
        n(67),
        absent=("Europa-Parlamentet",),
        reservations=("Opsynet må ikke tages fra klubbernes timer.",),
        dissent=("Vi stemte imod: to aftener er for lidt i de to mindste byer.",),
        closed_at=CLOSED,
    ),
    Decision(
        "decision:2",
        Reference("goal:1", "Mål 1", GOALS[0].title),
        3,
        "a1b2c3d4e5f6",
        "ratified",
        GROUPS,
        GroupResult((), "", "carried"),
        n(9),
        n(67),
        absent=("Europa-Parlamentet",),
        closed_at=CLOSED,
    ),
    Decision(
        "decision:3",
        Reference("goal:3", "Mål 3", GOALS[2].title),
        1,
        "0011223344ff",
        "blocked_by_group",
        COUNTED,
        GroupResult((), "", "not_carried", tally(26, 2, 17, 2, 47, 49)),
        n(47),
        n(49),
        blocked_by=("Borgere",),
        absent=("Europa-Parlamentet",),
        closed_at=CLOSED,
        by_helper=3,
    ),
)

ATTENDANCE = (
    Look(
        datetime(2027, 3, 11, 8, 0, tzinfo=UTC),
        "Velkommen",
        (Attended("Borgere", n(20), n(20)), Attended("Byråd", n(12), n(12))),
    ),
    Look(
        datetime(2027, 3, 11, 12, 55, tzinfo=UTC),
        None,
        (Attended("Borgere", n(25), n(18)), Attended("Byråd", n(12), Figure(at_most=4))),
    ),
)

BALLOTS = (
    Ballot(
        "ballot:1",
        "",
        "approval",
        {"choices": 3, "seats": 2},
        n(61),
        n(67),
        ("Borgere", "Byråd"),
        ("votes",),
        (
            OptionResult(reference(IDEAS[0]), (n(41),), ((n(30),), (n(11),))),
            OptionResult(reference(IDEAS[1]), (n(30),), ((n(28),), (n(2),))),
            OptionResult(reference(IDEAS[4]), (n(3),), ((n(2),), (n(1),))),
        ),
        Shortlist(
            2,
            "one_person",
            (reference(IDEAS[0]), reference(IDEAS[1])),
            (
                ShortlistStep(reference(IDEAS[0]), "equal_shares", "1/41", n(41)),
                ShortlistStep(reference(IDEAS[1]), "phragmen", None, n(30), (reference(IDEAS[2]),), "lot"),
            ),
            (Share("Borgere", "9/10"), Share("Byråd", "3/4")),
            (Share("Borgere", "3/5"), Share("Byråd", "3/10")),
            "per_group",
            (reference(IDEAS[0]), reference(IDEAS[2])),
            (Share("Borgere", "3/7"), Share("Byråd", "2/7")),
            one_more=reference(IDEAS[4]),
            lot_seed="5f1d0c",
        ),
    ),
    Ballot(
        "ballot:2",
        "Udsagn om ansvar",
        "positions",
        {},
        n(40),
        n(67),
        ("Borgere", "Byråd"),
        ("agree", "pass", "disagree"),
        (OptionResult(reference(IDEAS[2]), (n(22), n(8), n(10)), ((n(12), n(3), n(5)), (n(10), n(5), n(5)))),),
        None,
        (CommonGround(reference(IDEAS[2]), "0.58", (Share("Borgere", "0.59"), Share("Byråd", "0.57"))),),
    ),
)


HANDS = (
    ShowOfHands(
        "show_of_hands:1",
        "Skal vi tage en runde mere om åbningstiderne?",
        (Hands("Ja, nu", 31), Hands("Nej", 9), Hands("=cmd", 0)),
        Reference("agreement:1", "Aftale A", AGREEMENTS[0].purpose),
        3,
        CLOSED,
    ),
)


def sample(language: str = "da", level: str = "agreement", **changes: object) -> Outcome:
    """The full outcome, closed, in a language and at a decision level; `changes` replace fields."""
    whole = Outcome(
        key="5d41402abc4b2a76",
        language=language,
        example=True,
        public=False,
        state="closed",
        title="Fjordby: unge og ensomhed",
        question="Hvad skal der til, for at færre unge i Fjordby er ensomme?",
        opened_on=date(2027, 3, 11),
        closed_on=date(2027, 3, 11),
        mandate=Mandate(
            "Fjordby Byråd",
            "Fjordby Byråd",
            date(2027, 5, 3),
            "collaborate",
            "Vi udformer løsningen sammen med jer. Byrådet følger resultatet eller forklarer offentligt, "
            "hvorfor det ikke gør.",
            level,
            "Budgettet på 2,4 mio. kr. om året til og med 2028.\nSkolernes ringetider.",
            "Hvilke steder, hvornår de er åbne, og hvem der har ansvar.",
        ),
        room=Room(
            (
                Presence(("citizens",), "Borgere", n(25), True, (1,)),
                Presence(("politicians",), "Byråd", n(12), True, (2,)),
                Presence(("professionals",), "Fagfolk", n(12), False, (6,)),
                Presence(("region",), "Region", n(6), False, (3,)),
                Presence(("folketing", "researchers"), "Folketing + Forskere", n(5), False, (4, 8)),
            ),
            ("Europa-Parlamentet",),
            n(60),
            5,
            ATTENDANCE,
        ),
        ground_rules=GroundRules(
            "Vi taler én ad gangen.\nVi siger, hvad vi kan love.", "accepted", 2, ("Regel to var for vag.",)
        ),
        agreements=AGREEMENTS,
        goals=GOALS,
        decisions=DECISIONS,
        commitments=(
            Commitment(
                Reference("agreement:1", "Aftale A", AGREEMENTS[0].purpose),
                "behind",
                "Mette Aagaard",
                "Byråd",
                "Jeg lægger det frem på byrådsmødet i april.",
            ),
            Commitment(Reference("agreement:1", "Aftale A", AGREEMENTS[0].purpose), "not_behind", None, "Borgere"),
            Commitment(Reference("goal:1", "Mål 1", GOALS[0].title), "abstains", "Bo Riis", None, ""),
        ),
        ballots=BALLOTS,
        ideas=IDEAS,
        hidden_ideas=1,
        withheld_agreements=0,
        rules=Rules(),
        provenance=Provenance(datetime(2027, 3, 11, 13, 5, tzinfo=UTC), "0.1.0", 412, "7c" * 32),
        hands=HANDS,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def empty(language: str = "da") -> Outcome:
    """A workshop in which nothing has happened yet."""
    return sample(
        language,
        "recommendation",
        state="open",
        example=False,
        question="",
        closed_on=None,
        title="Tom",
        mandate=Mandate("", "", None, "consult", "", "recommendation", "", ""),
        room=Room((), (), Figure(), 5),
        ground_rules=GroundRules(""),
        agreements=(),
        goals=(),
        decisions=(),
        commitments=(),
        ballots=(),
        ideas=(),
        hidden_ideas=0,
        hands=(),
        provenance=Provenance(datetime(2027, 3, 11, 13, 5, tzinfo=UTC), "0.1.0", 0, None),
    )
