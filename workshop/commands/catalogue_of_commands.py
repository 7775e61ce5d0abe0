"""Imports every module that registers commands."""

from . import (
    ideas,
    joining,
    programme,
    themes,
    workshops,
)

__all__ = ["ideas", "joining", "programme", "themes", "workshops"]
