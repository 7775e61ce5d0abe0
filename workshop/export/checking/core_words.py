"""The sentences of the core, in Danish and English; and the start of the core by itself, without `--full`."""

from __future__ import annotations

import sys

from workshop.export.checking.core import main

#: the sentences of the core: Danish, English
CORE_TEXTS = {
    "unreadable": ("Filen kan ikke læses som JSON: {why}", "The file cannot be read as JSON: {why}"),
    "no_proof": (
        "Filen har ikke det, der skal tjekkes ({schema}).",
        "The file does not hold what is to be checked ({schema}).",
    ),
    "malformed": ("{what} kan ikke læses: {why}", "{what} cannot be read: {why}"),
    "journal": (
        "Journalen er hel: {n} linjer, sidste fingeraftryk {hash}",
        "The journal is whole: {n} entries, last fingerprint {hash}",
    ),
    "journal.workshop": (
        "Journalens linje {place} hører til en anden workshop.",
        "Entry {place} belongs to another workshop.",
    ),
    "journal.order": (
        "Journalens linje {place} har ikke et højere nummer end den før.",
        "Entry {place} has no higher number than the one before.",
    ),
    "journal.hash": (
        "Journalens linje {place} ({name}) er ændret, eller en før den mangler.",
        "Entry {place} ({name}) was changed, or one before it is missing.",
    ),
    "journal.count": (
        "Journalen skulle have {said} linjer, men har {found}.",
        "The journal should have {said} entries but has {found}.",
    ),
    "journal.last": (
        "Journalen ender med et andet fingeraftryk: {found}",
        "The journal ends with another fingerprint: {found}",
    ),
    "journal.start": (
        "Journalen begynder ikke, hvor workshoppen blev oprettet.",
        "The journal does not start where the workshop was made.",
    ),
    "journal.seed": (
        "Tallet bag lodtrækningen er ikke det, der blev trukket først.",
        "The number behind the lot is not the one drawn at the start.",
    ),
    "vote.missing": ("{id} mangler i filen.", "{id} is missing from the file."),
    "vote.unknown": ("{id} kender journalen ikke.", "{id} is not in the journal."),
    "vote.early": (
        "{id}: der er vist noget, som ikke er offentliggjort.",
        "{id}: something is shown that is not published.",
    ),
    "vote.not_published": (
        "{id}: ikke offentliggjort; kun åbningen er tjekket.",
        "{id}: not published; only its opening was checked.",
    ),
    "vote.terms": (
        "{id}: indstillinger, muligheder eller stemmeberettigede er ændret.",
        "{id}: settings, options or those who may vote were changed.",
    ),
    "vote.result_hash": (
        "{id}: resultatet er ikke det, der blev offentliggjort.",
        "{id}: the result is not the one that was published.",
    ),
    "vote.papers_hash": (
        "{id}: stemmesedlerne er ikke dem, der lå i kassen ved lukningen.",
        "{id}: the papers are not those in the box at closing.",
    ),
    "papers.small": (
        "{id}: stemmesedlerne er ikke vist, fordi ikke alle tal må vises.",
        "{id}: the papers are withheld, because not all counts may be shown.",
    ),
    "papers.alone": (
        "{id}: stemmesedlerne er ikke vist, fordi færre end tre i en gruppe stemte ens.",
        "{id}: the papers are withheld: fewer than three of a group voted alike.",
    ),
    "papers.parties_only": (
        "{id}: om en aftale kun for parterne. Kun åbningen er tjekket.",
        "{id}: on an agreement for its parties only. Only its opening was checked.",
    ),
    "count.turnout": ("{id}: antallet af stemmer passer ikke.", "{id}: the number of votes does not fit."),
    "count.sum": ("{id}: tallene ved {option} kan ikke lægges sammen.", "{id}: the figures of {option} do not add up."),
    "count.recount": (
        "{id}: stemmesedlerne giver et andet tal for {option}.",
        "{id}: the papers give another count of {option}.",
    ),
    "ballot.recounted": (
        "{id}: talt om fra {n} stemmesedler, hvert tal.",
        "{id}: counted again from {n} papers, every figure.",
    ),
    "ballot.consistent": ("{id}: {n} stemmer; det viste hænger sammen.", "{id}: {n} votes; what is shown is consistent."),
    "decision.recount": (
        "{id}: stemmesedlerne giver et andet tal i {group}.",
        "{id}: the papers give another count in {group}.",
    ),
    "decision.status": (
        "{id}: {group} kan ikke stå sådan med de viste tal.",
        "{id}: {group} cannot stand so with the figures shown.",
    ),
    "decision.outcome": (
        "{id}: udfaldet følger ikke af grupperne og reglerne.",
        "{id}: the outcome does not follow from groups and rules.",
    ),
    "decision.recounted": (
        "{id}: talt om fra stemmesedlerne; udfaldet: {outcome}.",
        "{id}: counted again from the papers; the outcome: {outcome}.",
    ),
    "decision.consistent": (
        "{id}: udfaldet følger af det viste: {outcome}.",
        "{id}: the outcome follows from what is shown: {outcome}.",
    ),
    "sum.bad": ("{n} fejl.", "{n} faults."),
    "outcome.ratified": ("flertal i alle grupper", "majority in every group"),
    "outcome.no_quorum": ("for få stemte", "too few took part"),
    "outcome.missing_required_group": (
        "en gruppe, der skulle være der, manglede",
        "a group that had to be there was missing",
    ),
    "outcome.no_position": ("kun blanke stemmer i en gruppe", "a group took no position"),
    "outcome.blocked_by_group": ("ikke flertal i en gruppe", "a group said no"),
    "outcome.not_carried_overall": ("ikke flertal i hele rummet", "no majority in the whole room"),
    "sum.good": (
        "Kernen holder: kæden, tallene og udfaldene. Alt andet tjekkes med --full.",
        "The core holds: the chain, the counts and the outcomes. --full checks the rest.",
    ),
    "holds": ("HOLDER", "HOLDS"),
    "withheld": ("IKKE VIST", "WITHHELD"),
    "stands": ("STÅR", "STANDS"),
    "fault": ("FEJL", "FAULT"),
}

if __name__ == "__main__" and "--full" not in sys.argv:
    sys.exit(main(texts=CORE_TEXTS))
