"""Rows as a screen on a wall may show them: what happened and where, not who. Pure."""

from collections.abc import Mapping
from typing import Any

from core.masking import masked_name, without_numbers


def alert_in_public(row: Mapping[str, Any]) -> dict[str, Any]:
    """An `AlertRow`: names of those who acted become surnames, what they wrote is left out."""
    names = {
        field: masked_name(row[field]) if row[field] else row[field] for field in ("acknowledged_by", "shelved_by")
    }
    return {**row, **names, "title": without_numbers(row["title"]), "shelve_reason": ""}


def event_in_public(row: Mapping[str, Any]) -> dict[str, Any]:
    """An `EventRow`: without the address and without who has it in hand."""
    return {**row, "title": without_numbers(row["title"]), "address": "", "taken_by": None}
