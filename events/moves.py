"""The names of all moves."""

from typing import Final


class Move:
    REPORT: Final = "report"
    ASK_VERIFICATION: Final = "ask_verification"
    REPORT_VERIFICATION: Final = "report_verification"
    FILE: Final = "file"
    REJECT: Final = "reject"
    MERGE: Final = "merge"
    UNMERGE: Final = "unmerge"
    DISPATCH: Final = "dispatch"
    SIGN: Final = "sign"
    RETURN: Final = "return"
    REFUSE_RETURN: Final = "refuse_return"
    RECALL: Final = "recall"
    ASK_EXTENSION: Final = "ask_extension"
    GRANT_EXTENSION: Final = "grant_extension"
    SUSPEND: Final = "suspend"
    RESUME: Final = "resume"
    CO_HANDLE: Final = "co_handle"
    FINISH: Final = "finish"
    ASK_CHECK: Final = "ask_check"
    REJECT_FEEDBACK: Final = "reject_feedback"
    CHECK_PASS: Final = "check_pass"
    CHECK_FAIL: Final = "check_fail"
    CLOSE: Final = "close"
    REFUSE_CLOSE: Final = "refuse_close"
    FORCE_CLOSE: Final = "force_close"
    EVALUATE: Final = "evaluate"
    SELF_HANDLE: Final = "self_handle"
    ESCALATE_UP: Final = "escalate_up"
    SKIP_LEVEL: Final = "skip_level"
    ASSIGN_DOWN: Final = "assign_down"
    URGE: Final = "urge"
    SUPERVISE: Final = "supervise"
    ESCALATE: Final = "escalate"
    JOIN_ALERT: Final = "join_alert"
    CANCEL: Final = "cancel"
    REOPEN: Final = "reopen"
    APPEAL: Final = "appeal"
    DECIDE: Final = "decide"


NOTES = frozenset({Move.ESCALATE, Move.JOIN_ALERT})
"""What the platform notes on an open event: nobody's click becomes stale by it."""


class AlertMove:
    RAISE: Final = "raise"
    ACKNOWLEDGE: Final = "acknowledge"
    CONFIRM: Final = "confirm"
    DISMISS: Final = "dismiss"
    RESTORE: Final = "restore"
    EXPIRE: Final = "expire"


class OrderMove:
    ISSUE: Final = "issue"
    SIGN: Final = "sign"
    FINISH: Final = "finish"
    RETURN: Final = "return"
    REWORK: Final = "rework"
    WITHDRAW: Final = "withdraw"


class Clock:
    """The clocks of an event (and the one of an alert)."""

    ACCEPT: Final = "accept"
    VERIFY: Final = "verify"
    DISPATCH: Final = "dispatch"
    SIGN: Final = "sign"
    HANDLING: Final = "handling"
    CHECK: Final = "check"
    CLOSE: Final = "close"
    RATING: Final = "rating"
    ALERT: Final = "alert"
