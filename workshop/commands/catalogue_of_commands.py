"""Imports every module that registers commands."""

from . import (
    ideas,
    joining,
)

__all__ = ["ideas", "joining"]
