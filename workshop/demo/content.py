"""What is said in the example workshop. All of it is made up: Fjordby is no place, and nobody in it is anybody."""

from __future__ import annotations

TITLE = "Fælles måltider i Fjordby"

#: key → (name in Danish, in English, required, people who have come)
GROUPS: dict[str, tuple[str, str, bool, int]] = {
    "citizens": ("Borgere", "Citizens", True, 11),
    "politicians": ("Byråd", "Council", True, 7),
    "professionals": ("Fagfolk", "Professionals", False, 6),
    "private_actors": ("Foreninger og virksomheder", "Associations and businesses", False, 5),
    "leaders": ("Ledere", "Leaders", False, 2),
    "researchers": ("Forskere", "Researchers", False, 0),
}

SETTINGS: dict[str, object] = {
    "question": "Hvad skal der til, for at færre ældre i Fjordby spiser alene?",
    "participation_level": "collaborate",
    "decision_level": "agreement",
    "commissioning_body": "Fjordby Byråd",
    "receiving_body": "Fjordby Byråd",
    "fixed_frame": "Der er 900.000 kr. om året i to år.\nHjemmeplejens køreplaner ligger fast til sommerferien.",
    "negotiable": "Steder, dage og priser.\nHvem der gør hvad, og hvordan vi finder dem, vi ikke kender.",
    "ground_rules": (
        "Vi taler én ad gangen og lytter færdigt.\n"
        "Vi fortæller ikke andres historier videre.\n"
        "Er vi uenige, siger vi hvorfor."
    ),
}

#: (name of the idea here, group, which of its people, text, why)
IDEAS: tuple[tuple[str, str, int, str, str | None], ...] = (
    ("kantine", "citizens", 0, "Fællesspisning hver torsdag i skolens kantine, hvor børn og ældre laver maden sammen",
     "Min mor kommer ikke til noget, der hedder et tilbud. Men hun kommer gerne og skræller kartofler."),
    ("nabo", "citizens", 1, "En fast nabo, der banker på og går med hen til bordet", None),
    ("kørsel", "citizens", 2, "Kørsel til og fra for dem, der ikke går ud om aftenen", None),
    ("spørg", "citizens", 3, "Spørg dem, der aldrig kommer, hvad der holder dem væk",
     "Vi planlægger for dem, der alligevel er her."),
    ("egen mad", "citizens", 4, "Lad folk tage deres egen mad med, så ingen føler sig på besøg", None),
    ("spisekort", "citizens", 5, "Et spisekort: ti måltider til fast pris, som man også kan give bort", None),
    ("skole", "citizens", 6, "Spis sammen på skolen en gang om ugen", None),
    ("café", "politicians", 0, "Åbn plejehjemmets café for hele byen to aftener om ugen", None),
    ("drift", "politicians", 1, "Gør fællesspisning til en fast del af ældreplejens plan og ikke et projekt",
     "Projekter hører op, når pengene gør."),
    ("køkkener", "politicians", 2, "Lad landsbyhusene bruge de kommunale køkkener uden at betale", None),
    ("første besøg", "professionals", 0, "Hjemmeplejen spørger ved det første besøg, om man spiser alene", None),
    ("visitation", "professionals", 1, "Man kan få bevilget et måltid i selskab i stedet for et måltid på en bakke",
     "I dag kan vi kun skrive bakken."),
    ("værter", "professionals", 2, "Uddan ti frivillige værter, som ved, hvad de gør, når nogen er ked af det", None),
    ("klubhus", "private_actors", 0, "Idrætsforeningen laver mad i klubhuset efter seniorholdet", None),
    ("brugsen", "private_actors", 1, "Brugsen giver de råvarer, der ellers bliver smidt ud", None),
    ("bussen", "private_actors", 2, "Bussen kører en ekstra tur klokken 20 på spiseaftener", None),
    ("koordinator", "leaders", 0, "Én koordinator i kommunen, som alle kan ringe til", None),
)  # fmt: skip

#: (on which idea, group, which of its people, sort, text)
COMMENTS: tuple[tuple[str, str, int, str, str], ...] = (
    (
        "kantine",
        "professionals",
        3,
        "experience",
        "I Nordby gjorde vi det i et år. De, der lavede mad, blev ved med at komme.",
    ),
    ("kantine", "politicians", 3, "concern", "Kantinen bruges af SFO'en til klokken 17."),
    ("kantine", "private_actors", 3, "builds_on", "Vi kan dække bord og vaske op, hvis skolen låser op."),
    ("kørsel", "citizens", 7, "question", "Hvem ringer man til, hvis man bliver syg samme dag?"),
    ("visitation", "politicians", 4, "question", "Kan det gøres inden for reglerne i dag?"),
    ("spisekort", "citizens", 8, "builds_on", "Kortet kunne også gælde i klubhuset."),
)

#: theme → the ideas that lie under it
THEMES: dict[str, tuple[str, ...]] = {
    "Steder at spise": ("kantine", "café", "køkkener", "klubhus"),
    "Vejen derhen": ("nabo", "kørsel", "bussen"),
    "Dem, vi ikke ser": ("spørg", "første besøg", "visitation", "værter"),
    "Mad og penge": ("egen mad", "spisekort", "brugsen", "drift", "koordinator"),
}

#: (which idea, into which)
MERGED = ("skole", "kantine")

#: what each group leans towards, strongest first; each person takes a turn of its own through them
LEANS: dict[str, tuple[str, ...]] = {
    "citizens": ("kantine", "kørsel", "spørg", "nabo", "spisekort", "egen mad"),
    "politicians": ("kantine", "drift", "café", "køkkener", "kørsel"),
    "professionals": ("visitation", "første besøg", "værter", "kantine"),
    "private_actors": ("klubhus", "brugsen", "kantine", "bussen"),
    "leaders": ("koordinator", "visitation", "drift", "kantine"),
}

#: (ideas it builds on, title, fields); "+30" is a day that many days from now
GOALS: tuple[tuple[tuple[str, ...], str, dict[str, object]], ...] = (
    (("kantine", "kørsel"), "300 flere over 75 år spiser sammen med nogen mindst én gang om ugen", {
        "challenge": "Hver tredje over 75 år i Fjordby spiser alene alle ugens dage.",
        "target_group": "Borgere over 75 år, der bor alene",
        "indicator": "Antal forskellige, der er med mindst én gang om ugen",
        "unit": "personer",
        "data_source": "Værternes lister, talt op hver måned",
        "baseline": "120",
        "baseline_date": "-40",
        "target": "420",
        "direction": "up",
        "deadline": "+540",
        "owner": "Chefen for ældre og sundhed",
        "owner_group": "leaders",
        "contributors": "Skolen, landsbyhusene, Fjordby Idrætsforening",
        "decision_level": "agreement",
        "first_step": "Aftale med skolen om kantinen om torsdagen",
        "first_step_due": "+21",
    }),
    (("første besøg", "visitation"), "Alle, der får hjemmepleje, bliver spurgt, om de spiser alene", {
        "target_group": "1.100 borgere, der får hjemmepleje",
        "indicator": "Andel, der er spurgt inden for den første måned",
        "unit": "%",
        "target": "100",
        "direction": "at_least",
        "deadline": "+300",
        "owner": "Lederen af hjemmeplejen",
    }),
    (("spisekort",), "Flere ældre har råd til at spise med", {}),
)  # fmt: skip

AGREEMENT_GOAL = 0
AGREEMENT = "Skolens kantine og to landsbyhuse holder åbent til fællesspisning hver torsdag, også i skolernes ferier."
#: the third party has promised nothing yet and nobody has said when it is looked at again: that is what is being worked on
AGREEMENT_FIELDS: dict[str, object] = {
    "parties": [
        {"name": "Byrådet", "group": "politicians"},
        {"name": "Spisevennerne", "group": "citizens"},
        {"name": "Fjordby Idrætsforening", "group": "private_actors"},
    ],
    "contributions": [
        {"party": "Byrådet", "what": "Køkken, lys og varme", "how_much": "450.000 kr. om året", "by_when": "+60"},
        {"party": "Spisevennerne", "what": "Værter og menu", "how_much": "fire værter hver torsdag", "by_when": "+60"},
    ],
    "mandates": [
        {"party": "Byrådet", "kind": "must_ask", "ask_whom": "Ældreudvalget", "by_when": "+28"},
        {"party": "Spisevennerne", "kind": "may_decide"},
    ],
    "decision_rule": "Parterne er enige, ellers sker det ikke.",
    "disagreement": "Vi mødes inden 14 dage, og Ældrerådets formand leder samtalen.",
    "openness": "public",
}
AMENDMENT = (
    "Skolens kantine og to landsbyhuse holder åbent til fællesspisning hver torsdag, også i skolernes ferier, "
    "og der er kørsel til dem, der beder om det."
)
AMENDMENT_REASON = "Uden kørsel kommer de samme som i dag."
