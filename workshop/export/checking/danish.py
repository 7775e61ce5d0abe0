"""The sentences of the whole check in Danish."""

from __future__ import annotations

from workshop.export.checking.danish_follow_up import DANISH_FOLLOW_UP

DANISH = {
    **DANISH_FOLLOW_UP,
    "file": "Det, man læser i filen, siger det samme som det, der er tjekket.",
    "file.hash": "Filen er ændret, siden den blev lavet: dens fingeraftryk passer ikke.",
    "file.provenance": "Filen nævner et andet antal linjer eller et andet sidste fingeraftryk end journalen.",
    "file.text": "{id}: teksten i filen er ikke den nyeste version.",
    "file.vote": "{id}: resultatet i filen er ikke det, der er bevist.",
    "file.votes": "Filen har andre afstemninger end dem, der er bevist.",
    "file.base": "{id}: ordene er ikke dem i den version, filen nævner.",
    "file.standing": "{id}: filen siger, at alle grupper tilslutter sig, men teksten er ikke den, de stemte om.",
    "file.goal": "{id}: filen siger, at alle grupper tilslutter sig, men {goal} er ikke version {version}, de stemte om.",
    "file.history": "{id}: det, filen fortæller om ændringerne, er ikke det, der er bevist.",
    "texts": "Hver version af mål og aftaler er der, ord for ord: {n} læst.",
    "texts.withheld": "Versioner, der kun er vist ved deres fingeraftryk (opgivet, kun for parterne, eller stadig under "
    "arbejde): {n}.",
    "texts.order": "Versionerne står ikke i rækkefølge.",
    "texts.missing": "{subject}: version {version} mangler.",
    "texts.twice": "En version står to gange.",
    "texts.unknown": "{subject}: version {version} kender journalen ikke.",
    "texts.number": "{subject}: version {version} har et forkert nummer.",
    "texts.told": "{subject}, version {version}: {field} er ikke det, journalen siger.",
    "texts.hash": "{subject}, version {version}: ordene passer ikke til fingeraftrykket.",
    "texts.changed": "{subject}, version {version}: andre felter er ændret end dem, der er nævnt.",
    "language": "Rettelser af sproget, læst igen mod versionen før: {n}.",
    "language.confirmed": "{subject}, version {version}: sproget er rettet, men ingen har bekræftet det.",
    "language.more": "{subject}, version {version}: siges kun at rette sproget, men ændrer mere.",
    "vote.twice": "En afstemning står to gange.",
    "vote.state": "{id}: tilstanden er ikke den, journalen siger.",
    "papers.invalid": "{id}: en stemmeseddel kan ikke være afgivet efter reglerne.",
    "named.openness": "{id}: hvem der stemte åbent, er ikke det, der var oplyst før afstemningen.",
    "named.hash": "{id}: de åbne stemmer er ikke dem, der blev forseglet ved lukningen.",
    "named.group": "{id}: en åben stemme kommer fra en gruppe, der ikke stemte åbent.",
    "named.name": "{id}: navnet {name} er ikke det, der stod ved stemmen.",
    "named.reason": "{id}: ordene ved {name} er ikke dem, der blev skrevet.",
    "named.erased": "{id}: navne ved åbne stemmer, der er slettet: {n}. Stemmerne er talt med.",
    "named.recount": "{id}: de åbne stemmer giver et andet tal i {group}.",
    "count.options": "{id}: resultatet har andre muligheder end afstemningen.",
    "count.groups": "{id}: grupperne ved {option} passer ikke.",
    "count.disclosed": "{id}: ved {option} er vist flere tal, end reglen for hemmelige stemmer tillader.",
    "count.budget": "{id}: der er givet flere stemmer, end der måtte.",
    "count.no_shortlist": "{id}: udvælgelsen mangler.",
    "shortlist.replayed": "{id}: udvælgelsen er gjort om fra stemmesedlerne.",
    "shortlist.replay": "{id}: stemmesedlerne giver en anden udvælgelse.",
    "shortlist.printed": "{id}: udvælgelsen hænger ikke sammen ({what}).",
    "ground.ranked": "{id}: det, grupperne er enige om, har forkerte udsagn.",
    "ground.value": "{id}: det, grupperne er enige om, ved {option} passer ikke til svarene.",
    "ground.order": "{id}: det, grupperne er enige om, står i forkert rækkefølge.",
    "ground.own_causes": "{id}: gruppernes egne sager passer ikke til svarene.",
    "decision.text": "{id} er bundet til en anden tekst end version {version} af {subject}.",
    "decision.ended": "{id}: endte uden udfald, fordi teksten blev ændret.",
    "decision.reasons": "{id}: der er flere begrundelser end stemmer.",
    "sum.good": (
        "Alt, hvad der er vist, holder. Sammenlign selv antallet af linjer og det sidste fingeraftryk med et, du "
        "har et andet sted fra."
    ),
}
