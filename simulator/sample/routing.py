"""A few rules of routing and rows of the matrix, so that their page is not empty: written, replayed and switched on by
the sample duty chief, as anybody would.
"""

from accounts.models import User
from events.actions.replay import replay
from events.actions.responsibilities import RowContent, write_row
from events.actions.routing_rules import RuleContent, switch_rule, write_rule
from events.models import EventType, ResponsibilityRow, RoutingRule
from simulator.sample.org import Organisation

CHIEF = "chief"
DAYS = 7

IN_FORCE = (
    RuleContent(
        name="渣土抛洒由城管牵头、交警协办",
        expression="text.matches('渣土|泥头车|抛洒')",
        lead_unit_code="chengguan",
        co_unit_codes=("gongan",),
        note="涉及机动车，请公安分局协助锁定车辆",
    ),
    RuleContent(
        name="夜间市民投诉先电话核实",
        expression="has_citizen && (hour >= 22 || hour < 6)",
        note="夜间投诉：先电话核实，避免夜间上门",
    ),
)
DRAFTS = (
    RuleContent(
        name="网格员上报的街面秩序交街道执法队",
        expression="main_class == '街面秩序' && source == 'grid_worker' && level >= 3",
        lead_office_code="zhifa",
        owner_level="street",
        note="街道先行处置，处置不了再上报",
    ),
    RuleContent(
        name="非工作时间的视频告警提一级",
        expression="source == 'video' && !working_time",
        level=2,
    ),
)
ROWS = (("园林绿化", "yuanlin"), ("消防安全", "xiaofang"))
"""Main classes whose department answers in the whole district."""


def write_routing(organisation: Organisation) -> dict[str, int]:
    """Only where nobody wrote rules yet, and the catalogue is there."""
    chief = User.objects.filter(username=CHIEF).first()
    if chief is None or RoutingRule.objects.exists() or not EventType.objects.exists():
        return {}
    actor = chief.as_actor()
    for content in IN_FORCE:
        rule = write_rule(actor=actor, content=content)
        replay(rule_id=rule.pk, actor=actor, days=DAYS)
        rule.refresh_from_db()
        switch_rule(rule_id=rule.pk, actor=actor, version=rule.version, on=True)
    for content in DRAFTS:
        write_rule(actor=actor, content=content)
    classes = set(EventType.objects.current().values_list("main_class", flat=True))
    for main_class, code in ROWS:
        if main_class in classes:
            unit = organisation.units[code]
            write_row(
                actor=actor,
                content=RowContent(area_path=organisation.district.path, unit_id=unit.pk, main_class=main_class),
            )
    return {"rules": RoutingRule.objects.count(), "rows": ResponsibilityRow.objects.count()}
