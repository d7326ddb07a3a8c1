"""The lifecycles of events, alerts and work orders, as data."""

from typing import Final

from accounts.roles import ROLE_NAMES, Role
from core.actor import CITIZEN_ROLE, SYSTEM_ROLE
from core.lifecycle import Lifecycle, Transition
from events.moves import AlertMove, Move, OrderMove, OutOfServiceMove, RequestMove

ASSIGNEE: Final = "assignee"
"""Whoever holds the event's field task, or belongs to the office that was asked."""
OWNER_OF_LEG: Final = "leg"
"""The lead department, through its desk or its handlers."""
CO_HANDLER: Final = "co_leg"
"""A co-handling department that holds an open leg, through its desk or its handlers."""
CITIZEN: Final = CITIZEN_ROLE
"""Somebody who reported the event and proves it by the receipt."""
ASKER: Final = "asker"
"""Who made a request."""
NEW: Final = ""

ACCEPTOR, DISPATCHER, CHIEF = Role.ACCEPTOR, Role.DISPATCHER, Role.DUTY_CHIEF
DEPARTMENT = (Role.DEPARTMENT_DESK, Role.HANDLER)
ALERT_SEATS = (Role.WALL_OPERATOR, ACCEPTOR, DISPATCHER, CHIEF)
ALARM_ADMINS = (Role.GRID_ADMIN, Role.SYSTEM_ADMIN)
ANYBODY = (*Role.values, CITIZEN, SYSTEM_ROLE)
NAMES = {
    **ROLE_NAMES,
    SYSTEM_ROLE: "系统",
    ASSIGNEE: "任务承办人",
    OWNER_OF_LEG: "承办部门",
    CO_HANDLER: "协办部门",
    CITIZEN: "市民",
    ASKER: "申请人",
}

EVENT_STATES: Final = {
    NEW: ("新建", "new"),
    "reported": ("已上报", "reported"),
    "verifying": ("核实中", "verifying"),
    "filed": ("已立案", "filed"),
    "dispatched": ("待签收", "dispatched"),
    "returned": ("已回退", "returned"),
    "handling": ("处置中", "handling"),
    "suspended": ("挂账", "suspended"),
    "handled": ("已处置", "handled"),
    "checking": ("核查中", "checking"),
    "checked": ("待结案", "checked"),
    "closed": ("已结案", "closed"),
    "evaluated": ("已评价", "evaluated"),
    "rejected": ("不予受理", "rejected"),
    "merged": ("并案", "merged"),
    "cancelled": ("作废", "cancelled"),
}
STAGES: Final = {
    "reported": "discover",
    "verifying": "verify",
    "filed": "verify",
    "dispatched": "dispatch",
    "returned": "dispatch",
    "handling": "handle",
    "suspended": "handle",
    "handled": "feedback",
    "checking": "feedback",
    "checked": "feedback",
    "closed": "evaluate",
    "evaluated": "evaluate",
    "rejected": "ended",
    "merged": "ended",
    "cancelled": "ended",
}
PUBLIC_STAGES: Final = {
    "reported": "已上报",
    "verifying": "已上报",
    "filed": "已立案",
    "dispatched": "已派遣",
    "returned": "已派遣",
    "handling": "处置中",
    "suspended": "挂账",
    "handled": "已处置",
    "checking": "已处置",
    "checked": "已处置",
    "closed": "已结案",
    "evaluated": "已结案",
    "rejected": "不予受理",
    "merged": "并案",
    "cancelled": "作废",
}
OPEN_STATES: Final = tuple(state for state, stage in STAGES.items() if stage not in {"evaluate", "ended"})
CO_HANDLING: Final = ("dispatched", "handling")
"""States in which co-handling departments work: they need not wait until the lead has signed."""
MERGEABLE: Final = ("reported", "verifying", "filed", "dispatched", "returned")


def _row(
    move: str,
    zh: str,
    en: str,
    sources: tuple[str, ...] | str,
    target: str | None,
    roles: tuple[str, ...] | str,
    guard: str = "",
    needs: tuple[str, ...] = (),
    *,
    built: bool = True,
) -> Transition:
    from_states = (sources,) if isinstance(sources, str) else sources
    held_by = (roles,) if isinstance(roles, str) else roles
    held = frozenset(str(role) for role in held_by)
    return Transition(move, zh, en, frozenset(from_states), target, held, guard, needs, built)


EVENT = Lifecycle(
    name="event",
    states=EVENT_STATES,
    role_names=NAMES,
    transitions=(
        _row(Move.REPORT, "上报", "report", NEW, "reported", ANYBODY, "位置在辖区内"),
        _row(Move.ASK_VERIFICATION, "转核实", "ask verification", "reported", "verifying", ACCEPTOR,
             "", ("assignee_id", "unit_id", "note")),
        _row(Move.REPORT_VERIFICATION, "核实反馈", "report verification", "verifying", "reported",
             (ASSIGNEE, ACCEPTOR), "到场并有照片，或书面结论", ("finding", "note")),
        _row(Move.FILE, "立案", "file", "reported", "filed", (ACCEPTOR, SYSTEM_ROLE),
             "选定立案条件，由其确定处置时限；类型须有现场照片而没有的，先核实或写明理由；系统仅按场景的自动立案，且实测属实率达到下限",
             ("condition_id", "type_code", "level", "note", "no_photo_reason")),
        _row(Move.REJECT, "不予受理", "reject", "reported", "rejected", ACCEPTOR, "说明理由并告知上报人", ("reason",)),
        _row(Move.MERGE, "并案", "merge", MERGEABLE, "merged", (ACCEPTOR, DISPATCHER),
             "主案件本身未被并案", ("main_event_id", "reason")),
        _row(Move.UNMERGE, "撤销并案", "unmerge", "merged", None, (ACCEPTOR, DISPATCHER),
             "回到并案前的状态；原核实人员或主办部门已不可用时退回上一步", ("reason",)),
        _row(Move.FOLLOW, "随并", "follow the new main event", "merged", "merged", SYSTEM_ROLE,
             "主案件并入其他案件时随同"),
        *(
            _row(Move.GAIN_FOLLOWER, "并入案件", "an event merged in", state, state, SYSTEM_ROLE)
            for state in OPEN_STATES
        ),
        *(
            _row(Move.LOSE_FOLLOWER, "撤出并案", "an event unmerged", state, state, SYSTEM_ROLE)
            for state in STAGES if state != "merged"
        ),
        _row(Move.DISPATCH, "派遣", "dispatch", "filed", "dispatched", (DISPATCHER, SYSTEM_ROLE),
             "有且仅有一个主办部门", ("unit_id", "co_units", "note")),
        _row(Move.DISPATCH, "改派", "dispatch elsewhere", "returned", "dispatched", (DISPATCHER, CHIEF),
             "第二次回退由值班长改派", ("unit_id", "co_units", "note")),
        _row(Move.SIGN, "签收", "sign", "dispatched", "handling", OWNER_OF_LEG, "仅主办部门"),
        _row(Move.RETURN, "回退", "return", ("dispatched", "handling"), "returned", OWNER_OF_LEG,
             "说明理由并附依据，第二次由值班长处理", ("reason", "basis", "proposed_unit_id", "attachment_ids")),
        _row(Move.REFUSE_RETURN, "驳回回退", "refuse return", "returned", "dispatched", (DISPATCHER, CHIEF),
             "退回同一部门，暂停的时间计回；第二次由值班长驳回", ("reason",)),
        _row(Move.RECALL, "撤回", "recall", "verifying", "reported", (ACCEPTOR, CHIEF, SYSTEM_ROLE),
             "说明理由并告知承办人", ("reason",)),
        _row(Move.RECALL, "撤回", "recall", "dispatched", "filed", (DISPATCHER, CHIEF, SYSTEM_ROLE),
             "说明理由并告知部门", ("reason",)),
        _row(Move.RECALL, "撤回", "recall", "checking", "handled", (ACCEPTOR, DISPATCHER, CHIEF, SYSTEM_ROLE),
             "说明理由并告知核查人", ("reason",)),
        _row(Move.ASK_EXTENSION, "申请延期", "ask extension", "handling", "handling", OWNER_OF_LEG,
             "未超时，最多批准两次", ("reason",)),
        _row(Move.GRANT_EXTENSION, "批准延期", "grant extension", "handling", "handling", DISPATCHER,
             "经申请单批准，增加一个原时限"),
        *(
            _row(Move.ASK_LEG_EXTENSION, "协办申请延期", "ask extension of a leg", state, state, CO_HANDLER,
                 "本部门已签收的协办工单，未超时，最多批准两次", ("order_id", "reason"))
            for state in CO_HANDLING
        ),
        *(
            _row(Move.GRANT_LEG_EXTENSION, "批准协办延期", "grant extension of a leg", state, state, DISPATCHER,
                 "经申请单批准，只延长该协办工单的时限")
            for state in CO_HANDLING
        ),
        _row(Move.ASK_SUSPENSION, "申请挂账", "ask suspension", "handling", "handling", OWNER_OF_LEG,
             "一次，不超过 365 天", ("reason", "until")),
        _row(Move.SUSPEND, "挂账", "suspend", "handling", "suspended", DISPATCHER,
             "经申请单批准，时限暂停"),
        _row(Move.RESUME, "恢复", "resume", "suspended", "handling", (DISPATCHER, SYSTEM_ROLE),
             "到期自动恢复", ("reason",)),
        _row(Move.CO_HANDLE, "请求协办", "ask co-handling", "handling", "handling", OWNER_OF_LEG,
             "一层，最多 10 个", ("unit_id", "mandatory", "note", "replaces_id")),
        *(
            _row(Move.SIGN_LEG, "协办签收", "sign as co-handler", state, state, CO_HANDLER, "",
                 ("order_id",))
            for state in CO_HANDLING
        ),
        *(
            _row(Move.FINISH_LEG, "协办反馈", "finish as co-handler", state, state, CO_HANDLER, "",
                 ("order_id", "note", "attachment_ids"))
            for state in CO_HANDLING
        ),
        *(
            _row(Move.RETURN_LEG, "协办回退", "return as co-handler", state, state, CO_HANDLER, "说明理由",
                 ("order_id", "reason"))
            for state in CO_HANDLING
        ),
        _row(Move.WAIVE_LEG, "免办", "waive a leg", "handling", "handling", (OWNER_OF_LEG, DISPATCHER),
             "必办协办回退或无需办理，说明理由", ("order_id", "reason")),
        _row(Move.MARK_POINTS, "隐患点核查", "mark hidden-danger points", "verifying", "verifying",
             (ASSIGNEE, ACCEPTOR), "案件的规程列有隐患点，逐点记录", ("points",)),
        *(
            _row(Move.MARK_POINTS, "隐患点核查", "mark hidden-danger points", state, state,
                 (OWNER_OF_LEG, CO_HANDLER, ASSIGNEE), "案件的规程列有隐患点，逐点记录", ("points",))
            for state in CO_HANDLING
        ),
        _row(Move.ASSIGN_TEAM, "二级派遣", "assign to a team", "handling", "handling", (OWNER_OF_LEG, CO_HANDLER),
             "本部门的队伍或人员", ("order_id", "assignee_id", "note")),
        _row(Move.TEAM_REPORT, "队伍反馈", "team reports", "handling", "handling", (ASSIGNEE, SYSTEM_ROLE), "",
             ("note", "attachment_ids")),
        _row(Move.FINISH, "反馈", "finish", "handling", "handled", OWNER_OF_LEG,
             "按类型须有处置后照片，必办协办均已办结", ("note", "attachment_ids")),
        _row(Move.ASK_CHECK, "派核查", "ask check", "handled", "checking", (ACCEPTOR, DISPATCHER),
             "核查人不是处置人", ("assignee_id", "mode", "note")),
        _row(Move.REJECT_FEEDBACK, "驳回反馈", "reject feedback", "handled", "handling", (ACCEPTOR, DISPATCHER),
             "说明理由，处置时限继续计时", ("reason",)),
        _row(Move.CHECK_PASS, "核查通过", "check pass", "checking", "checked", (ASSIGNEE, ACCEPTOR, DISPATCHER),
             "核查人不是处置人；现场核查由承办人提交", ("note", "attachment_ids")),
        _row(Move.CHECK_FAIL, "返工", "check fail", "checking", "handling", (ASSIGNEE, ACCEPTOR, DISPATCHER),
             "说明理由，处置时限继续计时，第二次自动督办", ("reason", "attachment_ids")),
        _row(Move.CLOSE, "结案", "close", "checked", "closed", ACCEPTOR, "符合结案标准并答复上报人", ("reply",)),
        _row(Move.REFUSE_CLOSE, "不予结案", "refuse close", "checked", "handled", ACCEPTOR,
             "说明理由", ("reason",)),
        _row(Move.ASK_FORCE_CLOSE, "申请强制结案", "ask to force-close", OPEN_STATES, None, CHIEF,
             "说明理由，由分管领导批准", ("reason",)),
        _row(Move.FORCE_CLOSE, "强制结案", "force close", OPEN_STATES, "closed", Role.LEADER,
             "经值班长申请"),
        _row(Move.EVALUATE, "评价", "evaluate", "closed", "evaluated", SYSTEM_ROLE,
             "评价期满，或没有市民上报人"),
        _row(Move.SELF_HANDLE, "自行处置", "self-handle", "reported", "closed", (Role.GRID_WORKER, Role.GRID_LEADER),
             "类型允许，有处置前后照片", ("note", "before_attachment_ids", "attachment_ids")),
        *(
            _row(Move.AUDIT, "自行处置抽查", "audit of self-handling", state, state, (ASSIGNEE, SYSTEM_ROLE),
                 "抽样核查，不改变事实", ("note", "attachment_ids"))
            for state in ("closed", "evaluated")
        ),
        _row(Move.ESCALATE_UP, "上报上级", "escalate up", ("reported", "filed", "returned", "handling"), "reported",
             (ACCEPTOR, DISPATCHER, CHIEF), "说明理由，主责中心只变更一次", ("reason",)),
        _row(Move.SKIP_LEVEL, "越级上报", "skip a level", ("reported", "filed", "returned", "handling"), "reported",
             CHIEF, "说明理由", ("reason",)),
        _row(Move.ASSIGN_DOWN, "下派", "assign down", ("reported", "filed", "returned"), "reported",
             (ACCEPTOR, DISPATCHER, CHIEF), "说明理由，可退回一次", ("unit_id", "reason")),
        *(
            _row(Move.URGE, "催办", "urge", state, state, (Role.LEADER, CHIEF, SYSTEM_ROLE), "限期回复",
                 ("note", "reply_hours"))
            for state in OPEN_STATES
        ),
        *(
            _row(Move.SUPERVISE, "督办", "supervise", state, state, (Role.LEADER, SYSTEM_ROLE), "限期回复",
                 ("colour", "note", "reply_hours"))
            for state in OPEN_STATES
        ),
        *(
            _row(Move.REPLY, "回复催督办", "reply to urging", state, state,
                 (OWNER_OF_LEG, CO_HANDLER, ACCEPTOR, DISPATCHER, CHIEF), "由催督办所致单位", ("reminder_id", "note"))
            for state in OPEN_STATES
        ),
        *(
            _row(Move.TAKE, "接办", "take on", state, state, (ACCEPTOR, DISPATCHER, CHIEF), "先接者办",
                 ("take_over",))
            for state in OPEN_STATES
        ),
        *(
            _row(Move.CALL_RESPONDER, "呼叫", "call", state, state, (ACCEPTOR, DISPATCHER, CHIEF, OWNER_OF_LEG),
                 "处置力量有登记的电话", ("responder_id", "outcome", "note"))
            for state in OPEN_STATES
        ),
        *(
            _row(Move.ESCALATE, "超时升级", "threshold crossed", state, state, SYSTEM_ROLE)
            for state in (*OPEN_STATES, "closed", "evaluated")
        ),
        *(
            _row(Move.FOLLOW_CALENDAR, "工作日历变更", "working hours changed", state, state, SYSTEM_ROLE,
                 "承办部门的工作日历变更，时限重算")
            for state in ("dispatched", "returned", "handling", "suspended")
        ),
        *(
            _row(Move.JOIN_ALERT, "并入告警", "take in an alert", state, state, SYSTEM_ROLE, "同一对象的告警")
            for state in OPEN_STATES
        ),
        *(
            _row(Move.CONTACT_REPORTER, "联系诉求人", "contact the reporter", state, state,
                 (ACCEPTOR, DISPATCHER, CHIEF, OWNER_OF_LEG), "市民诉求渠道的案件；记录是否联系上", ("outcome", "note"))
            for state in OPEN_STATES
        ),
        *(
            _row(Move.ANSWER_REPORTER, "答复诉求人", "answer the reporter", state, state,
                 (ACCEPTOR, DISPATCHER, CHIEF, OWNER_OF_LEG), "市民诉求渠道的案件", ("outcome", "note"))
            for state in OPEN_STATES
        ),
        *(
            _row(Move.CALL_BACK, "回访", "call back", state, state, (ACCEPTOR, CHIEF),
                 "市民诉求渠道的案件；联系上时记录是否解决、是否满意", ("outcome", "solved", "satisfied", "note"))
            for state in ("closed", "evaluated")
        ),
        _row(Move.ASK_CANCEL, "申请作废", "ask to cancel", MERGEABLE, None, DISPATCHER,
             "说明理由，由值班长批准", ("reason",)),
        _row(Move.CANCEL, "作废", "cancel", MERGEABLE, "cancelled", CHIEF, "经派遣员申请"),
        _row(Move.REOPEN, "重开", "reopen", ("closed", "rejected"), None, (CITIZEN, CHIEF),
             "说明理由；市民在 14 天内", ("reason",)),
        _row(Move.REOPEN, "重开", "reopen", "evaluated", None, CHIEF, "说明理由，已评价的仅值班长可重开",
             ("reason",)),
        _row(Move.APPEAL, "申诉", "appeal", ("closed", "evaluated"), None, OWNER_OF_LEG,
             "每次办理一次，5 个工作日内", ("reason", "attachment_ids")),
        _row(Move.DECIDE, "申诉裁定", "decide appeal", ("closed", "evaluated"), None, Role.ASSESSOR,
             "成立则免考核，不改变事实"),
        *(
            _row(Move.REQUEST_STEP, "申请单办理", "request moved on", state, state,
                 (OWNER_OF_LEG, CO_HANDLER, ACCEPTOR, DISPATCHER, CHIEF, Role.LEADER, Role.ASSESSOR, SYSTEM_ROLE))
            for state in (*OPEN_STATES, "closed", "evaluated")
        ),
    ),
)  # fmt: skip

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
        _row(AlertMove.RAISE, "告警", "raise", NEW, "open", SYSTEM_ROLE),
        _row(AlertMove.ACKNOWLEDGE, "确认", "acknowledge", "open", "open",
             (Role.WALL_OPERATOR, ACCEPTOR, DISPATCHER, CHIEF), "仅表示已看到"),
        _row(AlertMove.CONFIRM, "属实", "confirm", "open", "confirmed",
             (Role.WALL_OPERATOR, ACCEPTOR, DISPATCHER, CHIEF), "", ("type_code", "level", "note")),
        _row(AlertMove.AUTO_CONFIRM, "自动属实", "confirm by rule", "open", "confirmed", SYSTEM_ROLE,
             "实测属实率达到下限，且不涉及对人的决定"),
        _row(AlertMove.SAMPLE, "抽样交人", "put before a person", "open", "open", SYSTEM_ROLE, "自动判定的抽样复核"),
        _row(AlertMove.DISMISS, "误报", "dismiss", "open", "dismissed",
             (Role.WALL_OPERATOR, ACCEPTOR, DISPATCHER, CHIEF), "说明理由", ("reason", "note")),
        _row(AlertMove.RESTORE, "撤销误报", "restore", "dismissed", "open",
             (Role.WALL_OPERATOR, ACCEPTOR, DISPATCHER, CHIEF), "24 小时内"),
        _row(AlertMove.ESCALATE, "超时升级", "threshold crossed", "open", "open", SYSTEM_ROLE, "限期内无人确认"),
        _row(AlertMove.EXPIRE, "失效", "expire", "open", "expired", SYSTEM_ROLE, "长时间未再出现，或已恢复且已确认"),
        *(
            _row(AlertMove.RECOVER, "恢复", "return to normal", state, state, SYSTEM_ROLE, "来源报告情况已结束")
            for state in ("open", "confirmed")
        ),
        *(
            _row(AlertMove.RECUR, "再次出现", "happen again", state, state, SYSTEM_ROLE, "恢复后又出现")
            for state in ("open", "confirmed")
        ),
        _row(AlertMove.SHELVE, "搁置", "shelve", "open", "open", ALERT_SEATS, "限时，不超过 8 小时，说明理由",
             ("minutes", "reason")),
        _row(AlertMove.UNSHELVE, "取消搁置", "take off the shelf", "open", "open", (*ALERT_SEATS, SYSTEM_ROLE),
             "到时自动恢复", ("note",)),
        _row(AlertMove.TAKE_OUT, "停用告警源", "take the source out", "open", "expired", ALARM_ADMINS,
             "说明理由，每月复核", ("reason",)),
        *(
            _row(AlertMove.TAKE_OUT, "停用告警源", "take the source out", state, state, ALARM_ADMINS,
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
        _row(OutOfServiceMove.TAKE_OUT, "停用", "take out", NEW, "out", ALARM_ADMINS, "说明理由", ("reason",)),
        _row(OutOfServiceMove.REVIEW, "复核", "review", "out", "out", ALARM_ADMINS, "每月一次", ("note",)),
        _row(OutOfServiceMove.PUT_BACK, "恢复使用", "put back", "out", "back", ALARM_ADMINS, "", ("note",)),
    ),
)

WORK_ORDER = Lifecycle(
    name="work_order",
    states={
        NEW: ("新建", "new"),
        "issued": ("待签收", "issued"),
        "signed": ("处置中", "signed"),
        "assigned": ("队伍处置中", "assigned"),
        "done": ("已办结", "done"),
        "returned": ("已回退", "returned"),
        "waived": ("免办", "waived"),
        "withdrawn": ("已撤回", "withdrawn"),
    },
    role_names=NAMES,
    transitions=(
        _row(OrderMove.ISSUE, "派遣", "issue", NEW, "issued", (DISPATCHER, CHIEF, OWNER_OF_LEG, SYSTEM_ROLE)),
        _row(OrderMove.SIGN, "签收", "sign", "issued", "signed", (OWNER_OF_LEG, CO_HANDLER)),
        _row(OrderMove.ASSIGN, "二级派遣", "assign", ("signed", "assigned"), "assigned", (OWNER_OF_LEG, CO_HANDLER),
             "", ("assignee_id", "note")),
        _row(OrderMove.GIVE_BACK, "退回部门", "give back", "assigned", "signed", SYSTEM_ROLE,
             "队伍拒绝、超时或未能办结"),
        _row(OrderMove.FINISH, "反馈", "finish", ("signed", "assigned"), "done", (OWNER_OF_LEG, CO_HANDLER), "",
             ("note", "attachment_ids")),
        _row(OrderMove.RETURN, "回退", "return", ("issued", "signed", "assigned"), "returned",
             (OWNER_OF_LEG, CO_HANDLER), "", ("reason", "attachment_ids")),
        _row(OrderMove.REISSUE, "驳回回退", "refuse return", "returned", "issued", (DISPATCHER, CHIEF)),
        _row(OrderMove.WAIVE, "免办", "waive", ("issued", "signed", "assigned", "returned"), "waived",
             (OWNER_OF_LEG, DISPATCHER)),
        _row(OrderMove.REWORK, "返工", "rework", "done", "signed", SYSTEM_ROLE, "核查未通过或反馈被驳回"),
        _row(OrderMove.WITHDRAW, "撤回", "withdraw", ("issued", "signed", "assigned", "returned"), "withdrawn",
             SYSTEM_ROLE, "案件撤回或结束"),
    ),
)  # fmt: skip
OPEN_ORDER_STATES: Final = ("issued", "signed", "assigned")
HELD_ORDER_STATES: Final = ("issued", "signed", "assigned", "done")
"""States in which a leg gives its department sight of the event."""

REQUEST = Lifecycle(
    name="request",
    states={
        NEW: ("新建", "new"),
        "requested": ("待审核", "requested"),
        "endorsed": ("待批准", "endorsed"),
        "granted": ("已批准", "granted"),
        "refused": ("不同意", "refused"),
        "withdrawn": ("已撤回", "withdrawn"),
        "lapsed": ("已失效", "lapsed"),
    },
    role_names=NAMES,
    transitions=(
        _row(RequestMove.ASK, "申请", "ask", NEW, None, (OWNER_OF_LEG, CO_HANDLER, DISPATCHER, CHIEF),
             "说明理由；处置人员的延期、挂账申请先由部门审核"),
        _row(RequestMove.ENDORSE, "审核同意", "endorse", "requested", "endorsed", Role.DEPARTMENT_DESK,
             "处置人员的申请先由部门审核", ("note",)),
        _row(RequestMove.GRANT, "批准", "grant", "endorsed", "granted",
             (DISPATCHER, CHIEF, Role.LEADER, Role.ASSESSOR), "由该类申请的批准岗位", ("note",)),
        _row(RequestMove.REFUSE, "不同意", "refuse", "requested", "refused", Role.DEPARTMENT_DESK,
             "说明理由", ("reason",)),
        _row(RequestMove.REFUSE, "不同意", "refuse", "endorsed", "refused",
             (DISPATCHER, CHIEF, Role.LEADER, Role.ASSESSOR), "由该类申请的批准岗位，说明理由", ("reason",)),
        _row(RequestMove.WITHDRAW, "撤回", "withdraw", ("requested", "endorsed"), "withdrawn", ASKER,
             "由申请人撤回"),
        _row(RequestMove.LAPSE, "失效", "lapse", ("requested", "endorsed"), "lapsed", SYSTEM_ROLE,
             "案件结束、转出或离开该状态，或协办工单已了结"),
    ),
)  # fmt: skip
OPEN_REQUEST_STATES: Final = ("requested", "endorsed")
