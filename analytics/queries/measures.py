"""The measures that formulas name: which rows count, and what of them.

Every measure belongs to one table, so that a formula compares like with like, and counts rows whose moment lies in the
period. Exempted events (an appeal was upheld) are left out of everything that is judged.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, DurationField, ExpressionWrapper, F, Model, Q, Sum
from django.db.models.expressions import Combinable

from analytics.models import DepartmentStint, EventLife
from events.sources import CITIZEN_SOURCES, Source

Within = Callable[[datetime, datetime], Q]
JUDGED = Q(is_exempt=False)
SATISFIED_FROM = 4
PATROLS = (Source.GRID_WORKER, Source.COLLECTOR, Source.GUARD)


@dataclass(frozen=True)
class Measure:
    """`rows` gives the condition for a period [from, to). `between` makes it a sum of minutes instead of a count."""

    name: str
    zh: str
    en: str
    table: type[Model]
    rows: Within
    between: tuple[str, str] | None = None

    def aggregate(self, begins: datetime, ends: datetime) -> Combinable:
        chosen = self.rows(begins, ends)
        if self.between is None:
            return Count("pk", filter=chosen)
        span = ExpressionWrapper(F(self.between[1]) - F(self.between[0]), output_field=DurationField())
        return Sum(span, filter=chosen)


def _in(field: str, also: Q | None = None) -> Within:
    def rows(begins: datetime, ends: datetime) -> Q:
        within = Q(**{f"{field}__gte": begins, f"{field}__lt": ends})
        return within & also if also is not None else within

    return rows


def _should_close(begins: datetime, ends: datetime) -> Q:
    """Closed in the period, or due in it and not closed by its end."""
    closed = Q(closed_at__gte=begins, closed_at__lt=ends)
    still_open = Q(closed_at=None) | Q(closed_at__gte=ends)
    due = Q(due_at__gte=begins, due_at__lt=ends, ended_as__in=("", "closed")) & still_open
    return JUDGED & (closed | due)


def _suspended(begins: datetime, ends: datetime) -> Q:
    return _should_close(begins, ends) & Q(is_suspended=True) & ~Q(closed_at__gte=begins, closed_at__lt=ends)


def _standing(begins: datetime, ends: datetime) -> Q:
    """Reported before the period, and not ended by its end."""
    return Q(reported_at__lt=begins) & (Q(ended_at=None) | Q(ended_at__gte=ends))


def _in_time(field: str) -> Q:
    """Not late; where the step has no clock it cannot be."""
    return Q(**{field: 0}) | Q(**{field: None})


def _life(name: str, zh: str, en: str, rows: Within, between: tuple[str, str] | None = None) -> tuple[str, Measure]:
    return name, Measure(name, zh, en, EventLife, rows, between)


def _stint(name: str, zh: str, en: str, rows: Within, between: tuple[str, str] | None = None) -> tuple[str, Measure]:
    return name, Measure(name, zh, en, DepartmentStint, rows, between)


CITIZENS = Q(source__in=CITIZEN_SOURCES)
ACCEPTED, CLOSED, VERDICT = JUDGED & Q(accepted_by_id__isnull=False), JUDGED & Q(ended_as="closed"), JUDGED

MEASURES: dict[str, Measure] = dict(
    (
        _life("reported", "上报数", "reported", _in("reported_at")),
        _life("valid_reports", "有效上报数", "reports that were filed", _in("reported_at", Q(filed_at__isnull=False))),
        _life("merged", "并案数", "merged", _in("reported_at", Q(ended_as="merged"))),
        _life("filed", "立案数", "filed", _in("filed_at")),
        _life("found_by_public", "公众发现立案数", "filed, found by the public",
              _in("filed_at", Q(source__in=CITIZEN_SOURCES))),
        _life("found_by_patrols", "巡查发现立案数", "filed, found by patrols", _in("filed_at", Q(source__in=PATROLS))),
        _life("should_close", "应结案数", "should have closed", _should_close),
        _life("suspended", "挂账数", "suspended", _suspended),
        _life("closed", "结案数", "closed", _in("closed_at", CLOSED)),
        _life("closed_on_time", "按期结案数", "closed on time", _in("closed_at", CLOSED & _in_time("handling_late"))),
        _life("accepted", "受理数", "accepted or rejected", _in("accepted_at", ACCEPTED)),
        _life("accepted_on_time", "及时受理数", "accepted or rejected in time",
              _in("accepted_at", ACCEPTED & _in_time("accept_late"))),
        _life("dispatches", "派遣案件数", "events dispatched", _in("dispatched_at", JUDGED)),
        _life("dispatches_on_time", "及时派遣案件数", "events dispatched in time",
              _in("dispatched_at", JUDGED & _in_time("dispatch_late"))),
        _life("verdicts", "核查数", "checked", _in("verdict_at", VERDICT)),
        _life("verdicts_on_time", "及时核查数", "checked in time", _in("verdict_at", VERDICT & _in_time("check_late"))),
        _life("first_passes", "一次核查通过数", "passed the first check",
              _in("verdict_at", VERDICT & Q(first_check_passed=True))),
        _life("reworked", "返工案件数", "sent back by a check", _in("verdict_at", VERDICT & Q(reworks__gt=0))),
        _life("closings", "结案办理数", "closings by a person", _in("closed_at", CLOSED & Q(ending="checked"))),
        _life("closings_on_time", "及时结案办理数", "closings in time",
              _in("closed_at", CLOSED & Q(ending="checked") & _in_time("close_late"))),
        _life("citizens", "市民诉求数", "events of citizens", _in("reported_at", CITIZENS)),
        _life("contacts_due", "应响应数", "contacts that fell due", _in("contact_due_at", JUDGED)),
        _life("contacted_on_time", "按时响应数", "contacted in time",
              _in("contact_due_at", JUDGED & Q(contacted_at__isnull=False, contact_late=0))),
        _life("answers_due", "应答复数", "answers that fell due", _in("answer_due_at", JUDGED)),
        _life("answered_on_time", "按时答复数", "answered in time",
              _in("answer_due_at", JUDGED & Q(answered_at__isnull=False, answer_late=0))),
        _life("call_backs_due", "应回访数", "call-backs that fell due", _in("call_back_due_at", JUDGED)),
        _life("called_back_on_time", "按时回访数", "called back in time",
              _in("call_back_due_at", JUDGED & Q(called_back_at__isnull=False, call_back_late=0))),
        _life("called_back", "回访数", "called back", _in("called_back_at", JUDGED)),
        _life("solved", "回访已解决数", "solved, says the citizen", _in("called_back_at", JUDGED & Q(is_solved=True))),
        _life("pleased", "回访满意数", "satisfied, says the citizen",
              _in("called_back_at", JUDGED & Q(is_pleased=True))),
        _life("rated", "评价数", "rated", _in("closed_at", CLOSED & Q(satisfaction__isnull=False))),
        _life("satisfied", "满意数", "rated 4 or 5", _in("closed_at", CLOSED & Q(satisfaction__gte=SATISFIED_FROM))),
        _life("checks_passed", "核查通过数", "passed the last check",
              _in("verdict_at", VERDICT & Q(last_check_passed=True))),
        _life("verified", "核实数", "verified", _in("verified_at", JUDGED)),
        _life("standing", "积案数", "open for the whole of the period", _standing),
        _life("opened_again", "重开数", "opened again", _in("reported_at", Q(run__gt=1))),
        _life("verify_minutes", "核实总时长", "minutes until verified", _in("verified_at", JUDGED),
              ("verify_asked_at", "verified_at")),
        _life("dispatch_minutes", "派遣总时长", "minutes until dispatched", _in("dispatched_at", JUDGED),
              ("filed_at", "dispatched_at")),
        _life("check_minutes", "核查总时长", "minutes until checked",
              _in("verdict_at", VERDICT & Q(last_check_passed=True)),
              ("handled_at", "verdict_at")),
        _life("close_minutes", "结案环节总时长", "minutes from check to closing",
              _in("closed_at", CLOSED & Q(ending="checked")),
              ("verdict_at", "closed_at")),
        _life("accept_minutes", "受理总时长", "minutes until accepted", _in("accepted_at", ACCEPTED),
              ("reported_at", "accepted_at")),
        _life("whole_minutes", "办理总时长", "minutes until closed", _in("closed_at", CLOSED),
              ("reported_at", "closed_at")),
        _stint("sent", "派遣数", "dispatched to it", _in("dispatched_at", JUDGED)),
        _stint("sent_on_time", "及时派遣数", "dispatched in time",
               _in("dispatched_at", JUDGED & _in_time("dispatch_late"))),
        _stint("relieved", "回退成立数", "returned, and rightly", _in("dispatched_at", JUDGED & Q(is_relieved=True))),
        _stint("returned", "回退数", "returned", _in("dispatched_at", JUDGED & Q(returns__gt=0))),
        _stint("shirked", "推诿数", "returned again after a refusal",
               _in("dispatched_at", JUDGED & Q(has_shirked=True))),
        _stint("extended", "延期数", "extended", _in("dispatched_at", JUDGED & Q(extensions__gt=0))),
        _stint("ever_suspended", "曾挂账数", "was suspended", _in("dispatched_at", JUDGED & Q(suspensions__gt=0))),
        _stint("signed", "签收数", "signed", _in("signed_at", JUDGED)),
        _stint("signed_on_time", "及时签收数", "signed in time", _in("signed_at", JUDGED & _in_time("sign_late"))),
        _stint("handled", "处置数", "handled", _in("handled_at", JUDGED)),
        _stint("handled_on_time", "按时处置数", "handled in time",
               _in("handled_at", JUDGED & _in_time("handling_late"))),
        _stint("sent_back", "返工数", "sent back", _in("handled_at", JUDGED & Q(reworks__gt=0))),
        _stint("checked", "核查过的处置数", "results checked", _in("verdict_at", JUDGED)),
        _stint("passed_at_once", "一次通过的处置数", "results passed at once",
               _in("verdict_at", JUDGED & Q(first_check_passed=True))),
        _stint("sign_minutes", "签收总时长", "minutes until signed", _in("signed_at", JUDGED),
               ("dispatched_at", "signed_at")),
        _stint("handle_minutes", "处置总时长", "minutes until handled", _in("handled_at", JUDGED),
               ("dispatched_at", "handled_at")),
    )
)  # fmt: skip
