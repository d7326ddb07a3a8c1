"""Every move of an alert, and of a source that is out of service."""

from core.actor import SYSTEM_ROLE
from core.lifecycle import Lifecycle
from events.lifecycle.holders import ALARM_ADMINS, ALERT_SEATS, NAMES
from events.lifecycle.rows import NEW, row
from events.moves import AlertMove, OutOfServiceMove

ALERT = Lifecycle(
    name="alert",
    states={
        NEW: ("新建", "new"),
        "open": ("待核实", "open"),
        "confirmed": ("属实", "confirmed"),
        "dismissed": ("误报", "dismissed"),
        "expired": ("已失效", "expired"),
    },
    role_names=NAMES,
    transitions=(
        row(AlertMove.RAISE, "告警", "raise", NEW, "open", SYSTEM_ROLE),
        row(AlertMove.ACKNOWLEDGE, "确认", "acknowledge", "open", "open", ALERT_SEATS, "仅表示已看到"),
        row(AlertMove.CONFIRM, "属实", "confirm", "open", "confirmed", ALERT_SEATS, "", ("type_code", "level", "note")),
        row(AlertMove.AUTO_CONFIRM, "自动属实", "confirm by rule", "open", "confirmed", SYSTEM_ROLE,
            "实测属实率达到下限，且不涉及对人的决定"),
        row(AlertMove.SAMPLE, "抽样交人", "put before a person", "open", "open", SYSTEM_ROLE, "自动判定的抽样复核"),
        row(AlertMove.DISMISS, "误报", "dismiss", "open", "dismissed", ALERT_SEATS, "说明理由", ("reason", "note")),
        row(AlertMove.RESTORE, "撤销误报", "restore", "dismissed", "open", ALERT_SEATS, "24 小时内"),
        row(AlertMove.ESCALATE, "超时升级", "threshold crossed", "open", "open", SYSTEM_ROLE, "限期内无人确认"),
        row(AlertMove.EXPIRE, "失效", "expire", "open", "expired", SYSTEM_ROLE, "长时间未再出现，或已恢复且已确认"),
        *(
            row(AlertMove.RECOVER, "恢复", "return to normal", state, state, SYSTEM_ROLE, "来源报告情况已结束")
            for state in ("open", "confirmed")
        ),
        *(
            row(AlertMove.RECUR, "再次出现", "happen again", state, state, SYSTEM_ROLE, "恢复后又出现")
            for state in ("open", "confirmed")
        ),
        row(AlertMove.SHELVE, "搁置", "shelve", "open", "open", ALERT_SEATS, "限时，不超过 8 小时，说明理由",
            ("minutes", "reason")),
        row(AlertMove.UNSHELVE, "取消搁置", "take off the shelf", "open", "open", (*ALERT_SEATS, SYSTEM_ROLE),
            "到时自动恢复", ("note",)),
        row(AlertMove.TAKE_OUT, "停用告警源", "take the source out", "open", "expired", ALARM_ADMINS,
            "说明理由，每月复核", ("reason",)),
        *(
            row(AlertMove.TAKE_OUT, "停用告警源", "take the source out", state, state, ALARM_ADMINS,
                "说明理由，每月复核", ("reason",))
            for state in ("confirmed", "dismissed", "expired")
        ),
    ),
)  # fmt: skip

OUT_OF_SERVICE = Lifecycle(
    name="out_of_service",
    states={NEW: ("新建", "new"), "out": ("停用", "out of service"), "back": ("已恢复使用", "back in service")},
    role_names=NAMES,
    transitions=(
        row(OutOfServiceMove.TAKE_OUT, "停用", "take out", NEW, "out", ALARM_ADMINS, "说明理由", ("reason",)),
        row(OutOfServiceMove.REVIEW, "复核", "review", "out", "out", ALARM_ADMINS, "每月一次", ("note",)),
        row(OutOfServiceMove.PUT_BACK, "恢复使用", "put back", "out", "back", ALARM_ADMINS, "", ("note",)),
    ),
)
