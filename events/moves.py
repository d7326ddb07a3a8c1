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
    FOLLOW: Final = "follow"
    GAIN_FOLLOWER: Final = "gain_follower"
    LOSE_FOLLOWER: Final = "lose_follower"
    DISPATCH: Final = "dispatch"
    SIGN: Final = "sign"
    RETURN: Final = "return"
    REFUSE_RETURN: Final = "refuse_return"
    RECALL: Final = "recall"
    ASK_EXTENSION: Final = "ask_extension"
    GRANT_EXTENSION: Final = "grant_extension"
    ASK_LEG_EXTENSION: Final = "ask_leg_extension"
    GRANT_LEG_EXTENSION: Final = "grant_leg_extension"
    ASK_SUSPENSION: Final = "ask_suspension"
    SUSPEND: Final = "suspend"
    RESUME: Final = "resume"
    CO_HANDLE: Final = "co_handle"
    SIGN_LEG: Final = "sign_leg"
    FINISH_LEG: Final = "finish_leg"
    RETURN_LEG: Final = "return_leg"
    WAIVE_LEG: Final = "waive_leg"
    MARK_POINTS: Final = "mark_points"
    ASSIGN_TEAM: Final = "assign_team"
    TEAM_REPORT: Final = "team_report"
    FINISH: Final = "finish"
    ASK_CHECK: Final = "ask_check"
    REJECT_FEEDBACK: Final = "reject_feedback"
    CHECK_PASS: Final = "check_pass"
    CHECK_FAIL: Final = "check_fail"
    CLOSE: Final = "close"
    REFUSE_CLOSE: Final = "refuse_close"
    ASK_FORCE_CLOSE: Final = "ask_force_close"
    FORCE_CLOSE: Final = "force_close"
    EVALUATE: Final = "evaluate"
    SELF_HANDLE: Final = "self_handle"
    AUDIT: Final = "audit"
    ESCALATE_UP: Final = "escalate_up"
    SKIP_LEVEL: Final = "skip_level"
    ASSIGN_DOWN: Final = "assign_down"
    URGE: Final = "urge"
    SUPERVISE: Final = "supervise"
    REPLY: Final = "reply"
    TAKE: Final = "take"
    ESCALATE: Final = "escalate"
    JOIN_ALERT: Final = "join_alert"
    ASK_CANCEL: Final = "ask_cancel"
    CANCEL: Final = "cancel"
    REOPEN: Final = "reopen"
    APPEAL: Final = "appeal"
    DECIDE: Final = "decide"
    REQUEST_STEP: Final = "request_step"
    FOLLOW_CALENDAR: Final = "follow_calendar"
    CALL_RESPONDER: Final = "call_responder"
    CONTACT_REPORTER: Final = "contact_reporter"
    ANSWER_REPORTER: Final = "answer_reporter"
    CALL_BACK: Final = "call_back"


NOTES = frozenset(
    {
        Move.ESCALATE,
        Move.FOLLOW_CALENDAR,
        Move.JOIN_ALERT,
        Move.SIGN_LEG,
        Move.FINISH_LEG,
        Move.MARK_POINTS,
        Move.TEAM_REPORT,
        Move.AUDIT,
        Move.TAKE,
        Move.FOLLOW,
        Move.GAIN_FOLLOWER,
        Move.LOSE_FOLLOWER,
        Move.URGE,
        Move.SUPERVISE,
        Move.REPLY,
        Move.REQUEST_STEP,
        Move.CALL_RESPONDER,
        Move.ASK_EXTENSION,
        Move.ASK_LEG_EXTENSION,
        Move.GRANT_LEG_EXTENSION,
        Move.ASK_SUSPENSION,
        Move.ASK_CANCEL,
        Move.ASK_FORCE_CLOSE,
        Move.APPEAL,
        Move.CONTACT_REPORTER,
        Move.ANSWER_REPORTER,
        Move.CALL_BACK,
    }
)
"""What is noted on an event without changing what others may do with it: nobody's click becomes stale by it."""

BY_REQUEST = frozenset(
    {
        Move.GRANT_EXTENSION,
        Move.GRANT_LEG_EXTENSION,
        Move.SUSPEND,
        Move.CANCEL,
        Move.FORCE_CLOSE,
        Move.DECIDE,
        Move.REQUEST_STEP,
    }
)
"""What an event does only because a request about it was decided: buttons of the request, not of the event."""


class AlertMove:
    RAISE: Final = "raise"
    ACKNOWLEDGE: Final = "acknowledge"
    CONFIRM: Final = "confirm"
    AUTO_CONFIRM: Final = "auto_confirm"
    SAMPLE: Final = "sample"
    DISMISS: Final = "dismiss"
    RESTORE: Final = "restore"
    EXPIRE: Final = "expire"
    ESCALATE: Final = "escalate"
    RECOVER: Final = "recover"
    RECUR: Final = "recur"
    SHELVE: Final = "shelve"
    UNSHELVE: Final = "unshelve"
    TAKE_OUT: Final = "take_out"


class OutOfServiceMove:
    TAKE_OUT: Final = "take_out"
    REVIEW: Final = "review"
    PUT_BACK: Final = "put_back"


class OrderMove:
    ISSUE: Final = "issue"
    SIGN: Final = "sign"
    FINISH: Final = "finish"
    RETURN: Final = "return"
    REWORK: Final = "rework"
    REISSUE: Final = "reissue"
    ASSIGN: Final = "assign"
    GIVE_BACK: Final = "give_back"
    WAIVE: Final = "waive"
    WITHDRAW: Final = "withdraw"


LEAD_MOVES: Final = {
    OrderMove.SIGN: Move.SIGN,
    OrderMove.ASSIGN: Move.ASSIGN_TEAM,
    OrderMove.FINISH: Move.FINISH,
    OrderMove.RETURN: Move.RETURN,
}
CO_MOVES: Final = {
    OrderMove.SIGN: Move.SIGN_LEG,
    OrderMove.ASSIGN: Move.ASSIGN_TEAM,
    OrderMove.FINISH: Move.FINISH_LEG,
    OrderMove.RETURN: Move.RETURN_LEG,
    OrderMove.WAIVE: Move.WAIVE_LEG,
}
"""Which move of the event a move of a leg is, for the lead's leg and for a co-handling one."""

BY_TASK = frozenset({Move.TEAM_REPORT, Move.AUDIT})
"""Moves that only the end of a field task makes: no screen offers them on the event."""


WITH_THE_FORCES = frozenset({Move.CALL_RESPONDER})
"""Moves made where the forces are listed, with one of them: no button of the event itself."""


IN_THE_BOOK = frozenset({Move.MARK_POINTS})
"""Moves made where the procedure is shown, at one of its points."""


class RequestMove:
    ASK: Final = "ask"
    ENDORSE: Final = "endorse"
    GRANT: Final = "grant"
    REFUSE: Final = "refuse"
    WITHDRAW: Final = "withdraw"
    LAPSE: Final = "lapse"


class Clock:
    """The clocks of an event, those of what its citizen was promised, and those of an alert and of a reminder."""

    ACCEPT: Final = "accept"
    VERIFY: Final = "verify"
    DISPATCH: Final = "dispatch"
    SIGN: Final = "sign"
    HANDLING: Final = "handling"
    CHECK: Final = "check"
    CLOSE: Final = "close"
    RATING: Final = "rating"
    AUDIT: Final = "audit"
    ALERT: Final = "alert"
    REPLY: Final = "reply"
    FIRST_CONTACT: Final = "first_contact"
    ANSWER: Final = "answer"
    CALL_BACK: Final = "call_back"


class PauseReason:
    """Why a clock stands still: kept in its ledger and shown with it."""

    VERIFYING: Final = "verifying"
    RETURNED: Final = "returned"
    SUSPENDED: Final = "suspended"
    MERGED: Final = "merged"
    RECOVERED: Final = "recovered"
    SHELVED: Final = "shelved"
