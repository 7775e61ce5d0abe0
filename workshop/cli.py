"""The command line: `flask --app workshop.app …`. It gives commands through `perform` like everybody else."""

from __future__ import annotations

from flask import Flask


def register_commands(app: Flask) -> None:
    """Add the product's commands to `flask`."""
