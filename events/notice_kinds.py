"""The kinds of messages about events, with their texts. Who gets which is in `notices.py`."""

from notify.kinds import IN_APP, PHONE, SMS, SMTP, Kind

PUBLIC = (SMS, SMTP)

_STAFF = (
    (
        ("order_issued", "新工单", "New work order"),
        "{number} {title}（{place}）已派遣给{unit}，请签收",
        "{number} {title} ({place}) was dispatched to {unit}: please sign",
    ),
    (
        ("order_rework", "返工", "Rework"),
        "{number} {title}（{place}）需返工：{reason}",
        "{number} {title} ({place}) goes back for rework: {reason}",
    ),
    (
        ("order_withdrawn", "工单撤回", "Work order withdrawn"),
        "{number} {title}（{place}）的工单已撤回",
        "The work order of {number} {title} ({place}) was withdrawn",
    ),
    (
        ("order_given_back", "队伍退回", "Team gave it back"),
        "{number} {title}（{place}）：队伍未能办理，请另派人员或自行处置。{reason}",
        "{number} {title} ({place}): the team did not do it; send another or handle it yourselves. {reason}",
    ),
    (
        ("leg_returned", "协办回退", "Co-handler gave back"),
        "{number} {title}：协办部门已回退，请更换或免办",
        "{number} {title}: a co-handling department gave its leg back; replace or waive it",
    ),
    (
        ("event_returned", "案件回退", "Event returned"),
        "{number} {title}（{place}）被{unit}回退：{reason}",
        "{number} {title} ({place}) was returned by {unit}: {reason}",
    ),
    (
        ("verification_asked", "委托核实", "Verification asked"),
        "{number} {title}（{place}）请贵单位核实",
        "{number} {title} ({place}): your office is asked to verify it",
    ),
    (
        ("verification_off", "委托核实撤回", "Verification called off"),
        "{number} {title}（{place}）不需贵单位核实了",
        "{number} {title} ({place}): your office need not verify it any more",
    ),
    (
        ("event_resumed", "挂账恢复", "Handling goes on"),
        "{number} {title} 已恢复处置，时限继续计时",
        "{number} {title}: handling goes on, its clock runs again",
    ),
    (
        ("event_handed_over", "案件转来", "Event handed over"),
        "{number} {title}（{place}）由其他中心转来：{reason}",
        "{number} {title} ({place}) was handed over by another centre: {reason}",
    ),
    (
        ("event_reopened", "案件重开", "Event reopened"),
        "{number} {title}（{place}）已重开：{reason}",
        "{number} {title} ({place}) was reopened: {reason}",
    ),
    (
        ("own_report_ended", "本人上报的案件", "Your report"),
        "您上报的 {number} {title}：{state}",
        "Your report {number} {title}: {state_en}",
    ),
    (
        ("request_asked", "待批申请", "Request to decide"),
        "{number} {title}：{what}申请待您审批，理由：{reason}",
        "{number} {title}: a request waits for your decision ({what}): {reason}",
    ),
    (
        ("request_decided", "申请结果", "Request decided"),
        "{number} {title}：{what}申请{result}",
        "{number} {title}: the request ({what}) {result_en}",
    ),
    (
        ("leg_extension_asked", "协办申请延期", "A helper asks for time"),
        "{number} {title}：协办部门{unit}申请延长其工单时限，待派遣员审批，理由：{reason}",
        "{number} {title}: {unit}, who helps, asks for more time; the dispatcher decides. {reason}",
    ),
    (
        ("leg_extension_decided", "协办延期结果", "A helper's time decided"),
        "{number} {title}：协办部门{unit}的延期申请{result}",
        "{number} {title}: the request of {unit}, who helps, for more time {result_en}",
    ),
    (
        ("reminded", "催督办", "Reminder"),
        "{number} {title}：{what}，请于 {due} 前回复。{note}",
        "{number} {title}: {what}, reply due {due}. {note}",
    ),
    (
        ("reminder_replied", "催督办回复", "Reply to a reminder"),
        "{number} {title}：{unit}已回复{what}",
        "{number} {title}: {unit} replied to your reminder",
    ),
    (
        ("escalated", "时限预警", "Clock warning"),
        "{number} {title}：{clock}时限已用 {threshold}%",
        "{number} {title}: {threshold}% of the limit ({clock_en}) is used",
    ),
    (
        ("alert_escalated", "告警超时", "Alert waits"),
        "告警“{title}”（{place}）超过时限（{threshold}%）仍无人确认",
        "Nobody has acknowledged the alert {title} ({place}): {threshold}% of its limit is over",
    ),
    (
        ("alert_called", "特急告警无人确认", "Critical alert waits"),
        "特急告警“{title}”（{place}）仍无人确认，请立即处理",
        "Nobody has acknowledged the critical alert {title} ({place}). Please act at once",
    ),
    (
        ("automation_stopped", "自动判定已停用", "No longer automatic"),
        "{what} 的自动判定已停用：{why}（属实率下限 {lower}，要求 {asked}，样本 {sample} 条）。告警改由人核实",
        "{what} is no longer automatic: {why_en} (at least {lower}, asked {asked}, {sample} judged). People decide",
    ),
    (
        ("report_held", "公众上报待甄别", "Report to look at"),
        "有一条公众上报待甄别（{place}）",
        "A report from the public waits to be looked at ({place})",
    ),
)
_PUBLIC = (
    (
        ("report_closed", "办结告知", "Report settled"),
        "您反映的“{kind}”已办结，查看答复并评价：{link}（回执 {receipt}）",
        "Your report ({kind}) is settled. The answer, and your rating: {link} (receipt {receipt})",
    ),
    (
        ("report_rejected", "不予受理告知", "Report not taken"),
        "您反映的问题未予受理，理由见：{link}（回执 {receipt}）",
        "Your report was not taken; the reason: {link} (receipt {receipt})",
    ),
    (
        ("report_cancelled", "作废告知", "Report voided"),
        "您反映的“{kind}”经核实已作废，不再办理。如仍有问题请重新反映：{link}（回执 {receipt}）",
        "Your report ({kind}) was voided after a look at it. If it goes on, report again: {link} (receipt {receipt})",
    ),
    (
        ("report_merged", "并案告知", "Report joined"),
        "您反映的“{kind}”已与同一问题合并办理，进度：{link}（回执 {receipt}）",
        "Your report ({kind}) is handled together with an earlier one: {link} (receipt {receipt})",
    ),
)
IN_APP_ALONE = frozenset({"report_held"})
BY_TELEPHONE = frozenset({"alert_called"})
"""They do not wait for somebody to look at a screen."""
PROMPT = frozenset({"order_issued", "reminded"})


def _channels(code: str) -> tuple[str, ...]:
    if code in BY_TELEPHONE:
        return (IN_APP, SMS, PHONE)
    return (IN_APP,) if code in IN_APP_ALONE else (IN_APP, SMTP)


KINDS = (
    *(
        Kind(
            *names,
            zh,
            en,
            channels=_channels(names[0]),
            is_prompt=names[0] in PROMPT,
        )
        for names, zh, en in _STAFF
    ),
    *(Kind(*names, zh, en, channels=PUBLIC, is_public=True) for names, zh, en in _PUBLIC),
)
