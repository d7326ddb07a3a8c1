"""The table of the trials, as printed and as kept in docs/ALGORITHMS.md between its marks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from video.trials.clips import TrialClip
from video.trials.scoring import Score

BEGINS, ENDS = "<!-- measured: begin -->", "<!-- measured: end -->"
_HEAD = ("algorithm", "result", "precision", "recall", "time to alert", "of that, the rule's own", "false alarms / h")


def table_of(scores: Sequence[Score]) -> str:
    """A Markdown table with even columns."""
    rows = [_HEAD, *(_row(one) for one in scores)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def measured(scores: Sequence[Score], clips: Sequence[TrialClip], *, through_server: bool) -> str:
    """What the page says of one run."""
    minutes = sum(clip.seconds for clip in clips) / 60
    composed = sum(clip.composed for clip in clips)
    way = "through the RTSP server" if through_server else "as a file, as fast as it decodes (`--files`)"
    said = (
        f"{len(clips)} clips ({composed} composed, {len(clips) - composed} real), {minutes:.0f} minutes, each watched "
        f"once {way}, with the declared starting parameters, by day."
    )
    return f"{said}\n\n{table_of(scores)}"


def put_between(page: Path, begins: str, ends: str, text: str) -> None:
    """Replaces what stands between two marks of the page."""
    before, rest = page.read_text(encoding="utf-8").split(begins, 1)
    page.write_text(f"{before}{begins}\n\n{text}\n\n{ends}{rest.split(ends, 1)[1]}", encoding="utf-8")


def _row(one: Score) -> tuple[str, ...]:
    if one.missing:
        return (one.algorithm, f"not run: {one.missing.split(':')[0]}", "–", "–", "–", f"{one.rule_seconds:g} s", "–")
    return (
        one.algorithm,
        "passed" if one.passed else "FAILED",
        _share(one.precision, one.hits, one.hits + one.false_alarms),
        _share(one.recall, one.found, one.true_spans),
        f"{one.alert_after:.1f} s" if one.alert_after is not None else "–",
        f"{one.rule_seconds:g} s",
        f"{one.false_alarms_an_hour:.0f} (in {one.silent_seconds / 60:.1f} min)",
    )


def _share(value: float | None, part: int, whole: int) -> str:
    return "–" if value is None else f"{value:.2f} ({part}/{whole})"
