"""Joining, seats, the chair, organisers' accounts and attendance.

Importing the package registers its commands.
"""

from workshop.commands.people import (
    accounts,
    attendance,
    chair,
    joining,
    regrouping,
    seats,
)

__all__ = [
    "accounts",
    "attendance",
    "chair",
    "joining",
    "regrouping",
    "seats",
]
