"""Imports every module that registers commands."""

from . import (
    amendments,
    ballots,
    closing,
    commitments,
    consents,
    decisions,
    ideas,
    joining,
    programme,
    records,
    texts,
    themes,
    undo,
    voters,
    workshops,
)

__all__ = [
    "amendments",
    "ballots",
    "closing",
    "commitments",
    "consents",
    "decisions",
    "ideas",
    "joining",
    "programme",
    "records",
    "texts",
    "themes",
    "undo",
    "voters",
    "workshops",
]
