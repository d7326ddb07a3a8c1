"""Every move of an event."""

from accounts.roles import Role
from core.actor import SYSTEM_ROLE
from core.lifecycle import Lifecycle
from events.lifecycle.holders import (
    ACCEPTOR,
    ANYBODY,
    ASSIGNEE,
    CHIEF,
    CITIZEN,
    CO_HANDLER,
    DISPATCHER,
    NAMES,
    OWNER_OF_LEG,
)
from events.lifecycle.rows import NEW, row
from events.lifecycle.states import CO_HANDLING, EVENT_STATES, MERGEABLE, OPEN_STATES, STAGES
from events.moves import Move

EVENT = Lifecycle(
    name="event",
    states=EVENT_STATES,
    role_names=NAMES,
    transitions=(
        row(Move.REPORT, "上报", "report", NEW, "reported", ANYBODY, "位置在辖区内"),
        row(Move.ASK_VERIFICATION, "转核实", "ask verification", "reported", "verifying", ACCEPTOR,
            "", ("assignee_id", "unit_id", "note")),
        row(Move.REPORT_VERIFICATION, "核实反馈", "report verification", "verifying", "reported",
            (ASSIGNEE, ACCEPTOR), "到场并有照片，或书面结论", ("finding", "note")),
        row(Move.FILE, "立案", "file", "reported", "filed", (ACCEPTOR, SYSTEM_ROLE),
            "选定立案条件，由其确定处置时限；类型须有现场照片而没有的，先核实或写明理由；系统仅按场景的自动立案，且实测属实率达到下限",
            ("condition_id", "type_code", "level", "note", "no_photo_reason")),
        row(Move.REJECT, "不予受理", "reject", "reported", "rejected", ACCEPTOR, "说明理由并告知上报人", ("reason",)),
        row(Move.MERGE, "并案", "merge", MERGEABLE, "merged", (ACCEPTOR, DISPATCHER),
            "主案件本身未被并案", ("main_event_id", "reason")),
        row(Move.UNMERGE, "撤销并案", "unmerge", "merged", None, (ACCEPTOR, DISPATCHER),
            "回到并案前的状态；原核实人员或主办部门已不可用时退回上一步", ("reason",)),
        row(Move.FOLLOW, "随并", "follow the new main event", "merged", "merged", SYSTEM_ROLE,
            "主案件并入其他案件时随同"),
        *(
            row(Move.GAIN_FOLLOWER, "并入案件", "an event merged in", state, state, SYSTEM_ROLE)
            for state in OPEN_STATES
        ),
        *(
            row(Move.LOSE_FOLLOWER, "撤出并案", "an event unmerged", state, state, SYSTEM_ROLE)
            for state in STAGES if state != "merged"
        ),
        row(Move.DISPATCH, "派遣", "dispatch", "filed", "dispatched", (DISPATCHER, SYSTEM_ROLE),
            "有且仅有一个主办部门", ("unit_id", "co_units", "note")),
        row(Move.DISPATCH, "改派", "dispatch elsewhere", "returned", "dispatched", (DISPATCHER, CHIEF),
            "第二次回退由值班长改派", ("unit_id", "co_units", "note")),
        row(Move.SIGN, "签收", "sign", "dispatched", "handling", OWNER_OF_LEG, "仅主办部门"),
        row(Move.RETURN, "回退", "return", ("dispatched", "handling"), "returned", OWNER_OF_LEG,
            "说明理由并附依据，第二次由值班长处理", ("reason", "basis", "proposed_unit_id", "attachment_ids")),
        row(Move.REFUSE_RETURN, "驳回回退", "refuse return", "returned", "dispatched", (DISPATCHER, CHIEF),
            "退回同一部门，暂停的时间计回；第二次由值班长驳回", ("reason",)),
        row(Move.RECALL, "撤回", "recall", "verifying", "reported", (ACCEPTOR, CHIEF, SYSTEM_ROLE),
            "说明理由并告知承办人", ("reason",)),
        row(Move.RECALL, "撤回", "recall", "dispatched", "filed", (DISPATCHER, CHIEF, SYSTEM_ROLE),
            "说明理由并告知部门", ("reason",)),
        row(Move.RECALL, "撤回", "recall", "checking", "handled", (ACCEPTOR, DISPATCHER, CHIEF, SYSTEM_ROLE),
            "说明理由并告知核查人", ("reason",)),
        row(Move.ASK_EXTENSION, "申请延期", "ask extension", "handling", "handling", OWNER_OF_LEG,
            "未超时，最多批准两次", ("reason",)),
        row(Move.GRANT_EXTENSION, "批准延期", "grant extension", "handling", "handling", DISPATCHER,
            "经申请单批准，增加一个原时限"),
        *(
            row(Move.ASK_LEG_EXTENSION, "协办申请延期", "ask extension of a leg", state, state, CO_HANDLER,
                "本部门已签收的协办工单，未超时，最多批准两次", ("order_id", "reason"))
            for state in CO_HANDLING
        ),
        *(
            row(Move.GRANT_LEG_EXTENSION, "批准协办延期", "grant extension of a leg", state, state, DISPATCHER,
                "经申请单批准，只延长该协办工单的时限")
            for state in CO_HANDLING
        ),
        row(Move.ASK_SUSPENSION, "申请挂账", "ask suspension", "handling", "handling", OWNER_OF_LEG,
            "一次，不超过 365 天", ("reason", "until")),
        row(Move.SUSPEND, "挂账", "suspend", "handling", "suspended", DISPATCHER,
            "经申请单批准，时限暂停"),
        row(Move.RESUME, "恢复", "resume", "suspended", "handling", (DISPATCHER, SYSTEM_ROLE),
            "到期自动恢复", ("reason",)),
        row(Move.CO_HANDLE, "请求协办", "ask co-handling", "handling", "handling", OWNER_OF_LEG,
            "一层，最多 10 个", ("unit_id", "mandatory", "note", "replaces_id")),
        *(
            row(Move.SIGN_LEG, "协办签收", "sign as co-handler", state, state, CO_HANDLER, "",
                ("order_id",))
            for state in CO_HANDLING
        ),
        *(
            row(Move.FINISH_LEG, "协办反馈", "finish as co-handler", state, state, CO_HANDLER, "",
                ("order_id", "note", "attachment_ids"))
            for state in CO_HANDLING
        ),
        *(
            row(Move.RETURN_LEG, "协办回退", "return as co-handler", state, state, CO_HANDLER, "说明理由",
                ("order_id", "reason"))
            for state in CO_HANDLING
        ),
        row(Move.WAIVE_LEG, "免办", "waive a leg", "handling", "handling", (OWNER_OF_LEG, DISPATCHER),
            "必办协办回退或无需办理，说明理由", ("order_id", "reason")),
        row(Move.MARK_POINTS, "隐患点核查", "mark hidden-danger points", "verifying", "verifying",
            (ASSIGNEE, ACCEPTOR), "案件的规程列有隐患点，逐点记录", ("points",)),
        *(
            row(Move.MARK_POINTS, "隐患点核查", "mark hidden-danger points", state, state,
                (OWNER_OF_LEG, CO_HANDLER, ASSIGNEE), "案件的规程列有隐患点，逐点记录", ("points",))
            for state in CO_HANDLING
        ),
        row(Move.MARK_POINTS, "隐患点核查", "mark hidden-danger points", "checking", "checking",
            (ASSIGNEE, ACCEPTOR), "案件的规程列有隐患点，逐点记录；核查人不是处置人", ("points",)),
        row(Move.ASSIGN_TEAM, "二级派遣", "assign to a team", "handling", "handling", (OWNER_OF_LEG, CO_HANDLER),
            "本部门的队伍或人员", ("order_id", "assignee_id", "note")),
        row(Move.TEAM_REPORT, "队伍反馈", "team reports", "handling", "handling", (ASSIGNEE, SYSTEM_ROLE), "",
            ("note", "attachment_ids")),
        row(Move.FINISH, "反馈", "finish", "handling", "handled", OWNER_OF_LEG,
            "按类型须有处置后照片，必办协办均已办结", ("note", "attachment_ids")),
        row(Move.ASK_CHECK, "派核查", "ask check", "handled", "checking", (ACCEPTOR, DISPATCHER),
            "核查人不是处置人", ("assignee_id", "mode", "note")),
        row(Move.REJECT_FEEDBACK, "驳回反馈", "reject feedback", "handled", "handling", (ACCEPTOR, DISPATCHER),
            "说明理由，处置时限继续计时", ("reason",)),
        row(Move.CHECK_PASS, "核查通过", "check pass", "checking", "checked", (ASSIGNEE, ACCEPTOR, DISPATCHER),
            "核查人不是处置人；现场核查由承办人提交", ("note", "attachment_ids")),
        row(Move.CHECK_FAIL, "返工", "check fail", "checking", "handling", (ASSIGNEE, ACCEPTOR, DISPATCHER),
            "说明理由，处置时限继续计时，第二次自动督办", ("reason", "attachment_ids")),
        row(Move.CLOSE, "结案", "close", "checked", "closed", ACCEPTOR, "符合结案标准并答复上报人", ("reply",)),
        row(Move.REFUSE_CLOSE, "不予结案", "refuse close", "checked", "handled", ACCEPTOR,
            "说明理由", ("reason",)),
        row(Move.ASK_FORCE_CLOSE, "申请强制结案", "ask to force-close", OPEN_STATES, None, CHIEF,
            "说明理由，由分管领导批准", ("reason",)),
        row(Move.FORCE_CLOSE, "强制结案", "force close", OPEN_STATES, "closed", Role.LEADER,
            "经值班长申请"),
        row(Move.EVALUATE, "评价", "evaluate", "closed", "evaluated", SYSTEM_ROLE,
            "评价期满，或没有市民上报人"),
        row(Move.SELF_HANDLE, "自行处置", "self-handle", "reported", "closed", (Role.GRID_WORKER, Role.GRID_LEADER),
            "类型允许，有处置前后照片", ("note", "before_attachment_ids", "attachment_ids")),
        *(
            row(Move.AUDIT, "自行处置抽查", "audit of self-handling", state, state, (ASSIGNEE, SYSTEM_ROLE),
                "抽样核查，不改变事实", ("note", "attachment_ids"))
            for state in ("closed", "evaluated")
        ),
        row(Move.ESCALATE_UP, "上报上级", "escalate up", ("reported", "filed", "returned", "handling"), "reported",
            (ACCEPTOR, DISPATCHER, CHIEF), "说明理由，主责中心只变更一次", ("reason",)),
        row(Move.SKIP_LEVEL, "越级上报", "skip a level", ("reported", "filed", "returned", "handling"), "reported",
            CHIEF, "说明理由", ("reason",)),
        row(Move.ASSIGN_DOWN, "下派", "assign down", ("reported", "filed", "returned"), "reported",
            (ACCEPTOR, DISPATCHER, CHIEF), "说明理由，可退回一次", ("unit_id", "reason")),
        *(
            row(Move.URGE, "催办", "urge", state, state, (Role.LEADER, CHIEF, SYSTEM_ROLE), "限期回复",
                ("note", "reply_hours"))
            for state in OPEN_STATES
        ),
        *(
            row(Move.SUPERVISE, "督办", "supervise", state, state, (Role.LEADER, SYSTEM_ROLE), "限期回复",
                ("colour", "note", "reply_hours"))
            for state in OPEN_STATES
        ),
        *(
            row(Move.REPLY, "回复催督办", "reply to urging", state, state,
                (OWNER_OF_LEG, CO_HANDLER, ACCEPTOR, DISPATCHER, CHIEF), "由催督办所致单位", ("reminder_id", "note"))
            for state in OPEN_STATES
        ),
        *(
            row(Move.TAKE, "接办", "take on", state, state, (ACCEPTOR, DISPATCHER, CHIEF), "先接者办",
                ("take_over",))
            for state in OPEN_STATES
        ),
        *(
            row(Move.CALL_RESPONDER, "呼叫", "call", state, state, (ACCEPTOR, DISPATCHER, CHIEF, OWNER_OF_LEG),
                "处置力量有登记的电话", ("responder_id", "outcome", "note"))
            for state in OPEN_STATES
        ),
        *(
            row(Move.ESCALATE, "超时升级", "threshold crossed", state, state, SYSTEM_ROLE)
            for state in (*OPEN_STATES, "closed", "evaluated")
        ),
        *(
            row(Move.FOLLOW_CALENDAR, "工作日历变更", "working hours changed", state, state, SYSTEM_ROLE,
                "承办部门的工作日历变更，时限重算")
            for state in ("dispatched", "returned", "handling", "suspended")
        ),
        *(
            row(Move.JOIN_ALERT, "并入告警", "take in an alert", state, state, SYSTEM_ROLE, "同一对象的告警")
            for state in OPEN_STATES
        ),
        *(
            row(Move.CONTACT_REPORTER, "联系诉求人", "contact the reporter", state, state,
                (ACCEPTOR, DISPATCHER, CHIEF, OWNER_OF_LEG), "市民诉求渠道的案件；记录是否联系上", ("outcome", "note"))
            for state in OPEN_STATES
        ),
        *(
            row(Move.ANSWER_REPORTER, "答复诉求人", "answer the reporter", state, state,
                (ACCEPTOR, DISPATCHER, CHIEF, OWNER_OF_LEG), "市民诉求渠道的案件", ("outcome", "note"))
            for state in OPEN_STATES
        ),
        *(
            row(Move.CALL_BACK, "回访", "call back", state, state, (ACCEPTOR, CHIEF),
                "市民诉求渠道的案件；联系上时记录是否解决、是否满意", ("outcome", "solved", "satisfied", "note"))
            for state in ("closed", "evaluated")
        ),
        row(Move.ASK_CANCEL, "申请作废", "ask to cancel", MERGEABLE, None, DISPATCHER,
            "说明理由，由值班长批准", ("reason",)),
        row(Move.CANCEL, "作废", "cancel", MERGEABLE, "cancelled", CHIEF, "经派遣员申请"),
        row(Move.REOPEN, "重开", "reopen", ("closed", "rejected"), None, (CITIZEN, CHIEF),
            "说明理由；市民在 14 天内", ("reason",)),
        row(Move.REOPEN, "重开", "reopen", "evaluated", None, CHIEF, "说明理由，已评价的仅值班长可重开",
            ("reason",)),
        row(Move.APPEAL, "申诉", "appeal", ("closed", "evaluated"), None, OWNER_OF_LEG,
            "每次办理一次，5 个工作日内", ("reason", "attachment_ids")),
        row(Move.DECIDE, "申诉裁定", "decide appeal", ("closed", "evaluated"), None, Role.ASSESSOR,
            "成立则免考核，不改变事实"),
        *(
            row(Move.REQUEST_STEP, "申请单办理", "request moved on", state, state,
                (OWNER_OF_LEG, CO_HANDLER, ACCEPTOR, DISPATCHER, CHIEF, Role.LEADER, Role.ASSESSOR, SYSTEM_ROLE))
            for state in (*OPEN_STATES, "closed", "evaluated")
        ),
    ),
)  # fmt: skip
