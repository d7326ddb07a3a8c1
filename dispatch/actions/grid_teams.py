"""Naming and releasing people of a grid's team, and writing its lists of duties and tasks."""

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.actor import Actor
from core.clock import local, now
from core.errors import Invalid, NotFound, StaleVersion
from core.history.record import append
from core.lifecycle import Change
from dispatch.actions.duty_rounds import ask_anew, call_off
from dispatch.errors import PostHeld
from dispatch.models import DutyEntry, GridTeamMember, Responder
from dispatch.models.telephone import TELEPHONE
from dispatch.rules.rounds import most_times
from grids.models import Area, AreaLevel
from grids.policies import require_tree_admin

_SENDS = ("area_path", "level", "post", "per", "times", "makes_tasks")
"""What a line's patrols hang on: who goes where, and when."""
MEMBER_KIND, ENTRY_KIND = "grid_team_member", "duty_entry"


@dataclass(frozen=True)
class EntryContent:
    """A line of a list, for every grid at or below `area_path`."""

    area_path: str
    level: str
    kind: str
    title: str
    post: str
    per: str
    times: int = 1
    group: str = ""
    rank: int = 0
    makes_tasks: bool = False


@transaction.atomic
def name_member(
    *,
    grid_path: str,
    post: str,
    actor: Actor,
    responder_id: int | None = None,
    name: str = "",
    unit_name: str = "",
    phone: str = "",
    since: date | None = None,
) -> GridTeamMember:
    """Somebody joins the team of a grid: a responder of the platform, or a person by name.

    Raises PostHeld where the grid has a leader or secretary already, or this person holds this post.
    """
    grid = _grid(grid_path, actor)
    role = require_tree_admin(actor, grid.path)
    responder = _responder(responder_id, actor)
    name = responder.name if responder else name.strip()
    if not name:
        raise _invalid("name", "required", "请填写姓名或选择人员。", "Write a name or choose somebody.")
    if phone:
        _check_phone(phone)
    member = GridTeamMember(
        grid_path=grid.path,
        post=post,
        name=name,
        responder=responder,
        user_id=responder.user_id if responder else None,
        unit_name=unit_name.strip(),
        phone=phone,
        since=since or local(now()).date(),
    )
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as error:
        holder = GridTeamMember.objects.filter(grid_path=grid.path, post=post).values_list("name", flat=True).first()
        raise PostHeld(post_name=GridTeamMember.Post(post).label, post=post, holder=holder or name) from error
    append(
        subject_kind=MEMBER_KIND,
        subject_id=member.pk,
        actor=actor,
        change=Change(move="name", from_state="", to_state="current", role=role),
        facts={"grid": grid.path, "post": post, "responder": responder_id},
        personal={"name": name, "phone": phone},
        first=True,
    )
    return member


@transaction.atomic
def release_member(*, member_id: int, actor: Actor) -> None:
    """Somebody leaves the team; that they were in it stays in the history."""
    found = GridTeamMember.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=member_id)
    member = found.first()
    if member is None:
        raise NotFound()
    role = require_tree_admin(actor, member.grid_path)
    append(
        subject_kind=MEMBER_KIND,
        subject_id=member.pk,
        actor=actor,
        change=Change(move="release", from_state="current", to_state="past", role=role),
        facts={"grid": member.grid_path, "post": member.post},
    )
    member.delete()


@transaction.atomic
def write_entry(*, content: EntryContent, actor: Actor) -> DutyEntry:
    """From now on this is due in every grid at or below the area."""
    role = _require_area(content.area_path, actor)
    _check_rounds(content)
    entry = DutyEntry.objects.create(**asdict(content))
    _keep(entry, "write", actor, role, first=True)
    return entry


@transaction.atomic
def edit_entry(*, entry_id: int, version: int, content: EntryContent, actor: Actor) -> DutyEntry:
    """The line says something else from now on. People who are out for it are called back only where that changes who
    goes, where, or how often; those rounds are then asked for anew.
    """
    entry = _lock(entry_id, version, actor)
    role = _require_area(content.area_path, actor)
    _check_rounds(content)
    if any(getattr(entry, name) != getattr(content, name) for name in _SENDS):
        call_off(entry, actor)
        ask_anew(entry, now())
    for name, value in asdict(content).items():
        setattr(entry, name, value)
    entry.version += 1
    entry.save()
    _keep(entry, "edit", actor, role)
    return entry


@transaction.atomic
def remove_entry(*, entry_id: int, version: int, actor: Actor) -> None:
    """It is not due any more."""
    entry = _lock(entry_id, version, actor)
    role = _require_area(entry.area_path, actor)
    call_off(entry, actor)
    _keep(entry, "remove", actor, role)
    entry.delete()


def follow_areas(*, moved: dict[str, str]) -> None:
    """The team of a grid that was closed: its people go with the ground, but a post that is held there stays held."""
    for closed, heir in moved.items():
        held = set(GridTeamMember.objects.filter(grid_path=heir).values_list("post", flat=True))
        single = held & {GridTeamMember.Post.LEADER.value, GridTeamMember.Post.SECRETARY.value}
        known = GridTeamMember.objects.filter(grid_path=heir).exclude(responder=None).values("responder")
        leaving = GridTeamMember.objects.filter(grid_path=closed)
        leaving.filter(responder__in=known).delete()
        leaving.filter(post__in=single).update(post=GridTeamMember.Post.PART_TIME)
        leaving.update(grid_path=heir)


def _keep(entry: DutyEntry, move: str, actor: Actor, role: str, *, first: bool = False) -> None:
    facts = {
        "area": entry.area_path,
        "title": entry.title,
        "times": entry.times,
        "per": entry.per,
        "post": entry.post,
        "makes_tasks": entry.makes_tasks,
    }
    append(
        subject_kind=ENTRY_KIND,
        subject_id=entry.pk,
        actor=actor,
        change=Change(move=move, from_state="" if first else "current", to_state="current", role=role),
        facts=facts,
        first=first,
    )


def _lock(entry_id: int, version: int, actor: Actor) -> DutyEntry:
    entry = DutyEntry.objects.select_for_update().filter(pk=entry_id).first()
    if entry is None:
        raise NotFound()
    _require_area(entry.area_path, actor)
    if entry.version != version:
        raise StaleVersion(current_version=entry.version)
    return entry


def _require_area(path: str, actor: Actor) -> str:
    seen = Area.objects.current() if actor.is_system else Area.objects.current().visible_to(actor)
    if not seen.filter(path=path).exists():
        raise NotFound()
    return require_tree_admin(actor, path)


def _grid(path: str, actor: Actor) -> Area:
    """Locked, so that two leaders are not named at once."""
    seen = Area.objects.current() if actor.is_system else Area.objects.current().visible_to(actor)
    found = seen.select_for_update(of=("self",))
    grid = found.filter(path=path, level__in=(AreaLevel.GRID, AreaLevel.MICRO_GRID)).first()
    if grid is None:
        raise NotFound()
    return grid


def _responder(responder_id: int | None, actor: Actor) -> Responder | None:
    if responder_id is None:
        return None
    found = Responder.objects.active().visible_to(actor).filter(pk=responder_id).first()
    if found is None:
        raise _invalid("responder_id", "unknown", "没有这个人员，或已停用。", "There is no such person any more.")
    return found


def _check_rounds(content: EntryContent) -> None:
    if content.makes_tasks and content.per == DutyEntry.Per.NEED:
        raise _invalid("makes_tasks", "never_due", "按需的事项不会到期。", "What is done when needed is never due.")
    most = most_times(content.per)
    if content.makes_tasks and most is not None and content.times > most:
        zh = f"派任务的事项每次至少留一小时，此频次最多{most}次。"
        raise _invalid("times", "too_often", zh, f"A line that sends people leaves an hour for each: {most} at most.")


def _check_phone(phone: str) -> None:
    try:
        TELEPHONE(phone)
    except ValidationError as error:
        raise _invalid("phone", "invalid", "请填写电话号码。", "This is no telephone number.") from error


def _invalid(field: str, code: str, zh: str, en: str) -> Invalid:
    return Invalid(errors=[{"field": field, "code": code, "message_zh": zh, "message_en": en}])
