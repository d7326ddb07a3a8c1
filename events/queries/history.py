"""A subject's history as details show it."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.history.record import of_subject
from core.models import HistoryRow
from events.moves import Move
from events.rules.progress import Stay


def history_entry(row: HistoryRow) -> dict[str, Any]:
    personal = row.personal or {}
    return {
        "seq": row.seq,
        "at": row.at,
        "actor_name": personal.get("actor_name", ""),
        "role": row.role,
        "move": row.move,
        "from_state": row.from_state,
        "to_state": row.to_state,
        "reason": personal.get("reason", ""),
        "note": personal.get("note", ""),
        "position": personal.get("position"),
        "attachment_ids": row.facts.get("attachment_ids", []),
        "unit": row.facts.get("unit_name", ""),
        "outcome": row.facts.get("outcome", ""),
        "solved": row.facts.get("solved"),
        "satisfied": row.facts.get("satisfied"),
        "called": personal.get("called", ""),
        "call": row.facts.get("call", ""),
        "clock": row.facts.get("clock", ""),
        "threshold": row.facts.get("threshold"),
        "addressed": [told["role"] for told in row.facts.get("addressees", [])],
        "readings": row.facts.get("readings", []),
        "hash": row.hash,
    }


def history_of(subject_kind: str, subject_id: int) -> list[dict[str, Any]]:
    """Oldest first; one statement."""
    return [history_entry(row) for row in of_subject(subject_kind, subject_id)]


def passage_of(history: Iterable[Mapping[str, Any]]) -> list[Stay]:
    """The states that the present run went through, from entries in order: a reopening begins anew, and what was only
    noted is no step.
    """
    passage: list[Stay] = []
    for entry in history:
        if entry["move"] == Move.REOPEN:
            passage = []
        if not passage or entry["from_state"] != entry["to_state"]:
            passage.append(Stay(entry["to_state"], entry["at"]))
    return passage
