"""The figures of the assessment worked out by hand: from history rows and nothing else, one question at a time.

It shares no code with what it checks: every measure is asked of the rows of a run, or of the rows between one dispatch
and the next.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.history.record import of_subject
from core.models import HistoryRow
from events.models import Evaluation, Event

CITIZENS = {"snapshot", "hotline_12345", "police_110", "mailbox", "petition", "service_window"}
PATROLS = {"grid_worker", "collector", "guard"}
ENDINGS = {"close", "force_close", "self_handle", "reject", "merge", "cancel"}
CLOSINGS = {"close", "force_close", "self_handle"}


@dataclass
class Part:
    """Some rows of an event's history: of a run, or of a department's turn in it."""

    event: Event
    number: int
    rows: list[HistoryRow]
    was_filed: bool
    source: str
    is_exempt: bool
    followed: bool = False
    """Another dispatch, or another run, comes after it."""

    def first(self, *moves: str) -> HistoryRow | None:
        return next((row for row in self.rows if row.move in moves), None)

    def last(self, *moves: str) -> HistoryRow | None:
        return next((row for row in reversed(self.rows) if row.move in moves), None)

    def has(self, *moves: str) -> bool:
        return self.first(*moves) is not None

    def after(self, row: HistoryRow) -> list[HistoryRow]:
        return [other for other in self.rows if other.seq > row.seq]

    def readings(self, kind: str) -> list[dict[str, Any]]:
        found = [reading for row in self.rows for reading in row.facts.get("readings", ())]
        return [reading for reading in found if reading["kind"] == kind]

    def stopped(self, kind: str) -> list[dict[str, Any]]:
        return [reading for reading in self.readings(kind) if reading["state"] == "stopped"]

    def late(self, kind: str) -> bool:
        return any(reading["overdue_seconds"] > 0 for reading in self.stopped(kind))

    @property
    def handled_late(self) -> bool:
        """The clock runs on after a failed check: its last word counts, and none where it was called off."""
        readings = [r for r in self.readings("handling") if r["state"] in ("stopped", "withdrawn")]
        return bool(readings) and readings[-1]["state"] == "stopped" and readings[-1]["overdue_seconds"] > 0

    @property
    def ending(self) -> HistoryRow | None:
        """How the run ended; a merge that was taken back ended nothing."""
        last = self.last(*ENDINGS, "unmerge")
        return last if last is not None and last.move != "unmerge" else None

    @property
    def closing(self) -> HistoryRow | None:
        return self.ending if self.ending is not None and self.ending.move in CLOSINGS else None

    @property
    def finished(self) -> HistoryRow | None:
        """The result that nobody sent back."""
        row = self.last("finish")
        if row is None or any(one.move in ("check_fail", "reject_feedback") for one in self.after(row)):
            return None
        return row

    @property
    def filed_at(self) -> datetime | None:
        row = self.first("file")
        return row.at if row else self.rows[0].at if self.was_filed else None

    def promise(self, kind: str) -> tuple[datetime | None, datetime | None, bool]:
        """When it was due, when it was kept, and whether late; nothing where the citizen is owed nothing any more."""
        given = [reading for reading in self.readings(kind) if reading["state"] != "withdrawn"]
        kept = self._kept(kind)
        dropped = self.ending is not None and self.ending.move in ("reject", "merge", "cancel") and kept is None
        if not given or dropped:
            return None, kept, False
        return datetime.fromisoformat(given[-1]["due_at"]), kept, self.late(kind)

    def _kept(self, kind: str) -> datetime | None:
        for row in self.rows:
            if any(r["kind"] == kind and r["state"] == "stopped" for r in row.facts.get("readings", ())):
                return row.at
        return None


def runs(event: Event) -> list[Part]:
    found: list[Part] = []
    rows = of_subject("event", event.pk)
    exempt = any(row.move == "decide" and row.facts.get("step") == "grant" for row in rows)
    for row in rows:
        if row.move == "report" or row.move == "reopen":
            was_filed = row.move == "reopen" and any(part.has("file") for part in found)
            found.append(Part(event, len(found) + 1, [], was_filed, rows[0].facts["source"], exempt))
        found[-1].rows.append(row)
    for part in found[:-1]:
        part.followed = True
    return found


def turns(run: Part) -> list[Part]:
    """From each dispatch to the next."""
    found: list[Part] = []
    for row in run.rows:
        if row.move == "dispatch":
            for before in found[-1:]:
                before.followed = True
            found.append(Part(run.event, run.number, [], run.was_filed, run.source, run.is_exempt))
        if found:
            found[-1].rows.append(row)
    return found


Within = Callable[[datetime | None], bool]
Question = Callable[[Part, Within], bool]


def _at(row: HistoryRow | None) -> datetime | None:
    return row.at if row is not None else None


def _verdict(part: Part) -> HistoryRow | None:
    return part.last("check_pass", "check_fail")


def _passed_at_once(part: Part) -> bool:
    row = part.first("check_pass", "check_fail")
    return row is not None and row.move == "check_pass"


def _accepted(part: Part) -> HistoryRow | None:
    return part.last("file", "reject")


def _should_close(run: Part, ends: Callable[[datetime], bool], inside: Within) -> bool:
    """Closed in the period; or due in it, not ended otherwise, and not closed by its end."""
    if inside(_at(run.closing)):
        return True
    due = [r for r in run.readings("handling") if r["state"] != "withdrawn"]
    if not due or not inside(datetime.fromisoformat(due[-1]["due_at"])):
        return False
    return run.ending is None or (run.closing is not None and ends(run.closing.at))


def _relieved(turn: Part) -> bool:
    given_back = sum(row.move == "return" for row in turn.rows) - sum(row.move == "refuse_return" for row in turn.rows)
    return turn.followed and given_back > 0


def _shirked(turn: Part) -> bool:
    refused = False
    for row in turn.rows:
        refused = refused or row.move == "refuse_return"
        if row.move == "return" and refused:
            return True
    return False


OF_RUNS: dict[str, Question] = {
    "reported": lambda run, inside: inside(run.rows[0].at),
    "valid_reports": lambda run, inside: inside(run.rows[0].at) and run.filed_at is not None,
    "merged": lambda run, inside: inside(run.rows[0].at) and run.ending is not None and run.ending.move == "merge",
    "filed": lambda run, inside: inside(run.filed_at),
    "found_by_public": lambda run, inside: inside(run.filed_at) and run.source in CITIZENS,
    "found_by_patrols": lambda run, inside: inside(run.filed_at) and run.source in PATROLS,
    "closed": lambda run, inside: inside(_at(run.closing)),
    "closed_on_time": lambda run, inside: inside(_at(run.closing)) and not run.handled_late,
    "accepted": lambda run, inside: inside(_at(_accepted(run))),
    "accepted_on_time": lambda run, inside: inside(_at(_accepted(run))) and not run.late("accept"),
    "dispatches": lambda run, inside: inside(_at(run.first("dispatch"))),
    "dispatches_on_time": lambda run, inside: inside(_at(run.first("dispatch"))) and not run.late("dispatch"),
    "verdicts": lambda run, inside: inside(_at(_verdict(run))),
    "verdicts_on_time": lambda run, inside: inside(_at(_verdict(run))) and not run.late("check"),
    "first_passes": lambda run, inside: inside(_at(_verdict(run))) and _passed_at_once(run),
    "checks_passed": lambda run, inside: inside(_at(_verdict(run))) and _verdict(run).move == "check_pass",  # type: ignore[union-attr]
    "reworked": lambda run, inside: inside(_at(_verdict(run))) and run.has("check_fail"),
    "closings": lambda run, inside: inside(_at(run.last("close"))),
    "closings_on_time": lambda run, inside: inside(_at(run.last("close"))) and not run.late("close"),
    "citizens": lambda run, inside: inside(run.rows[0].at) and run.source in CITIZENS,
    "contacts_due": lambda run, inside: inside(run.promise("first_contact")[0]),
    "contacted_on_time": lambda run, inside: _kept_in_time(run, "first_contact", inside),
    "answers_due": lambda run, inside: inside(run.promise("answer")[0]),
    "answered_on_time": lambda run, inside: _kept_in_time(run, "answer", inside),
    "call_backs_due": lambda run, inside: inside(run.promise("call_back")[0]),
    "called_back_on_time": lambda run, inside: _kept_in_time(run, "call_back", inside),
    "called_back": lambda run, inside: inside(run.promise("call_back")[1]),
    "solved": lambda run, inside: inside(run.promise("call_back")[1]) and _said(run, "solved"),
    "pleased": lambda run, inside: inside(run.promise("call_back")[1]) and _said(run, "satisfied"),
    "verified": lambda run, inside: inside(_at(run.last("report_verification"))),
    "opened_again": lambda run, inside: inside(run.rows[0].at) and run.number > 1,
    "rated": lambda run, inside: inside(_at(run.closing)) and _rating(run) is not None,
    "satisfied": lambda run, inside: inside(_at(run.closing)) and (_rating(run) or 0) >= 4,
}
OF_TURNS: dict[str, Question] = {
    "sent": lambda turn, inside: inside(turn.rows[0].at),
    "sent_on_time": lambda turn, inside: (
        inside(turn.rows[0].at)
        and not any(r["kind"] == "dispatch" and r["overdue_seconds"] > 0 for r in turn.rows[0].facts["readings"])
    ),
    "relieved": lambda turn, inside: inside(turn.rows[0].at) and _relieved(turn),
    "returned": lambda turn, inside: inside(turn.rows[0].at) and turn.has("return"),
    "shirked": lambda turn, inside: inside(turn.rows[0].at) and _shirked(turn),
    "extended": lambda turn, inside: inside(turn.rows[0].at) and turn.has("grant_extension"),
    "ever_suspended": lambda turn, inside: inside(turn.rows[0].at) and turn.has("suspend"),
    "signed": lambda turn, inside: inside(_at(turn.first("sign"))),
    "signed_on_time": lambda turn, inside: (
        inside(_at(turn.first("sign")))
        and not any(
            reading["kind"] == "sign" and reading["overdue_seconds"] > 0
            for reading in turn.first("sign").facts["readings"]  # type: ignore[union-attr]
        )
    ),
    "handled": lambda turn, inside: inside(_at(turn.finished)),
    "handled_on_time": lambda turn, inside: inside(_at(turn.finished)) and not turn.handled_late,
    "sent_back": lambda turn, inside: inside(_at(turn.finished)) and turn.has("check_fail", "reject_feedback"),
    "checked": lambda turn, inside: inside(_at(_verdict(turn))),
    "passed_at_once": lambda turn, inside: inside(_at(_verdict(turn))) and _passed_at_once(turn),
}
NEVER_EXEMPT = {
    "reported",
    "valid_reports",
    "merged",
    "filed",
    "found_by_public",
    "found_by_patrols",
    "citizens",
    "standing",
}
"""What happened is counted also where nobody is judged by it."""

Span = Callable[[Part], tuple[datetime | None, datetime | None]]
MINUTES: dict[str, tuple[str, Span]] = {
    "accept_minutes": ("accepted", lambda run: (run.rows[0].at, _at(_accepted(run)))),
    "verify_minutes": (
        "verified",
        lambda run: (_at(run.last("ask_verification")), _at(run.last("report_verification"))),
    ),
    "dispatch_minutes": ("dispatches", lambda run: (run.filed_at, _at(run.first("dispatch")))),
    "check_minutes": ("checks_passed", lambda run: (_at(run.last("finish")), _at(_verdict(run)))),
    "close_minutes": ("closings", lambda run: (_at(_verdict(run)), _at(run.closing))),
    "whole_minutes": ("closed", lambda run: (run.rows[0].at, _at(run.closing))),
    "sign_minutes": ("signed", lambda turn: (turn.rows[0].at, _at(turn.first("sign")))),
    "handle_minutes": ("handled", lambda turn: (turn.rows[0].at, _at(turn.finished))),
}


def _kept_in_time(run: Part, kind: str, inside: Within) -> bool:
    due, kept, late = run.promise(kind)
    return inside(due) and kept is not None and not late


def _said(run: Part, what: str) -> bool:
    heard = [row for row in run.rows if row.move == "call_back" and row.facts["outcome"] == "reached"]
    return bool(heard) and heard[-1].facts[what] is True


def _rating(run: Part) -> int | None:
    return Evaluation.objects.filter(event=run.event, run=run.number).values_list("satisfaction", flat=True).first()


Whose = Callable[[Part], int | None]
"""Of which area, department or person a run or turn is counted."""


def count(
    events: Iterable[Event], begins: datetime, ends: datetime, of_run: Whose | None, of_turn: Whose | None
) -> dict[str, Counter[int | None]]:
    """Measure → subject → number, the whole under None; what belongs to nobody is not counted."""
    found: dict[str, Counter[int | None]] = {}

    def inside(moment: datetime | None) -> bool:
        return moment is not None and begins <= moment < ends

    def add(name: str, part: Part, whose: Whose, amount: float) -> None:
        tally, key = found.setdefault(name, Counter()), whose(part)
        if key is not None and (name in NEVER_EXEMPT or not part.is_exempt):
            tally[key] += amount  # type: ignore[assignment]
            tally[None] += amount  # type: ignore[assignment]

    for event in events:
        for run in runs(event):
            parts = [(run, of_run, OF_RUNS)] + [(turn, of_turn, OF_TURNS) for turn in turns(run)]
            for part, whose, questions in parts:
                if whose is None:
                    continue
                for name, holds in questions.items():
                    add(name, part, whose, int(holds(part, inside)))
                for name, (counted, span) in MINUTES.items():
                    if counted in questions and questions[counted](part, inside):
                        since, until = span(part)
                        add(name, part, whose, (until - since).total_seconds() / 60 if since and until else 0)
            if of_run is None:
                continue
            should = _should_close(run, lambda at: at >= ends, inside)
            suspended = should and not inside(_at(run.closing)) and run.ending is None
            last = run.last("suspend", "resume")
            add("should_close", run, of_run, int(should))
            add("suspended", run, of_run, int(suspended and last is not None and last.move == "suspend"))
            began = run.rows[0].at < begins
            add("standing", run, of_run, int(began and (run.ending is None or run.ending.at >= ends)))
    return found
