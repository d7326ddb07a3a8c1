"""Accounts that can sign in, one or more for every post; and the file that tells their passwords."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.models import Permission

from accounts.actions.grants import give_grant
from accounts.models import User
from accounts.queries.me import home_of
from accounts.roles import DEPARTMENT_ROLES, ROLE_NAMES, Role
from grids.models import Area, AreaLevel
from simulator.sample.org import CENTRE, Organisation

SHOW_STREET = "望江街道"
SHOW_COMMUNITY = "荷花社区"
"""Where the demonstration happens: its workers can sign in, its cameras show real clips."""

DESKS = (
    ("chengguan", "刘强"), ("gongan", "孙勇"), ("xiaofang", "郭磊"), ("zhujian", "何峰"), ("jiaotong", "高洋"),
    ("huanbao", "林霞"), ("shichang", "郑玲"), ("yingji", "罗辉"), ("shuiwu", "宋平"), ("yuanlin", "谢萍"),
    ("weijian", "姚芳"), ("minzheng", "邹丽"), ("sifa", "熊建"), ("jinrong", "金鑫"), ("gongdian", "陆军"),
    ("jiaojing", "郝勇"), ("jiaoyu", "孔敏"), ("gongxin", "白杰"), ("shangwu", "崔宁"), ("youzheng", "康健"),
    ("guihua", "毛伟"), ("qixiang", "邱晴"), ("haishi", "江波"), ("nongye", "田禾"), ("renshe", "顾斌"),
    ("xinfang", "侯静"), ("ranqi", "邵峰"),
)  # fmt: skip
"""The department desks that can sign in; the user name is the department's code."""
OFFICES = (("wj_office", "许文", "zhifa"), ("wj_pingan", "龙梅", "ping-an"), ("wj_chengjian", "万里", "chengjian"),
           ("wj_minsheng", "段秀英", "minsheng"))  # fmt: skip
"""The desks of the street's offices."""
WORKERS = ("张红", "冯雨桐", "程浩然", "蔡嘉怡", "彭伟", "潘娟", "袁家豪", "于晨")

_ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_PASSWORD_LENGTH = 12


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 with a tenth of the work, enough for random passwords; the first sign-in makes it a full one."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1


@dataclass(frozen=True)
class Post:
    """A sample account: who, in which role, at which unit, over which area."""

    username: str
    name: str
    role: Role
    unit: str
    area_path: str = ""
    is_staff: bool = False
    is_superuser: bool = False


def posts(organisation: Organisation) -> list[Post]:
    """Every sample account, in the order in which they are shown."""
    district = organisation.district.path
    street = next(street for street in organisation.streets if street.name == SHOW_STREET)
    community = Area.objects.get(level=AreaLevel.COMMUNITY, parent=street, name=SHOW_COMMUNITY)
    grids = Area.objects.filter(level=AreaLevel.GRID, parent=community).order_by("code")
    centre, street_centre = CENTRE, f"{CENTRE}-{street.label}"
    return [
        Post("wall", "钱望", Role.WALL_OPERATOR, centre, district),
        Post("acceptor", "李敏", Role.ACCEPTOR, centre, district),
        Post("dispatcher", "张涛", Role.DISPATCHER, centre, district),
        Post("chief", "王建国", Role.DUTY_CHIEF, centre, district),
        Post("leader", "陈立新", Role.LEADER, centre, district),
        Post("assessor", "周静", Role.ASSESSOR, centre, district),
        Post("collector", "吴海燕", Role.COLLECTOR, centre, district),
        Post("handler", "赵鹏", Role.HANDLER, "chengguan"),
        *(Post(code, name, Role.DEPARTMENT_DESK, code) for code, name in DESKS),
        Post("wj_acceptor", "唐雪", Role.ACCEPTOR, street_centre, street.path),
        Post("wj_dispatcher", "韩晓东", Role.DISPATCHER, street_centre, street.path),
        Post("wj_chief", "曹志明", Role.DUTY_CHIEF, street_centre, street.path),
        *(Post(login, name, Role.DEPARTMENT_DESK, f"{office}-{street.label}") for login, name, office in OFFICES),
        Post("gridleader", "邓桂兰", Role.GRID_LEADER, street_centre, community.path),
        *(
            Post(f"worker{number:02d}", name, Role.GRID_WORKER, street_centre, grid.path)
            for number, (grid, name) in enumerate(
                zip(grids, WORKERS, strict=False),
                start=1,
            )
        ),
        Post("gridadmin", "董国强", Role.GRID_ADMIN, centre, district, is_staff=True),
        Post("sysadmin", "余思源", Role.SYSTEM_ADMIN, centre, district, is_staff=True, is_superuser=True),
    ]


def write_accounts(organisation: Organisation) -> dict[str, User]:
    """Creates missing accounts; passwords stay what the file says, a lost file means new passwords for all."""
    wanted = posts(organisation)
    path = Path(settings.VAR_DIR) / "sample-accounts.json"
    known = _read_passwords(path)
    users = {user.username: user for user in User.objects.filter(username__in=[post.username for post in wanted])}
    areas = {area.path: area for area in Area.objects.filter(path__in=[p.area_path for p in wanted if p.area_path])}
    for post in wanted:
        is_new = post.username not in users
        password = known.get(post.username) or "".join(secrets.choice(_ALPHABET) for _ in range(_PASSWORD_LENGTH))
        if is_new:
            users[post.username] = _create(post, password, organisation, areas)
        elif post.username not in known:
            users[post.username].password = _hashed(password)
            users[post.username].save(update_fields=["password"])
        known[post.username] = password
    _write_passwords(path, wanted, known, organisation)
    return users


def _create(post: Post, password: str, organisation: Organisation, areas: dict[str, Area]) -> User:
    unit = organisation.units[post.unit]
    user = User.objects.create(
        username=post.username,
        password=_hashed(password),
        name=post.name,
        # Addresses that nobody has: a message to them shows in the outbox file and reaches no one.
        email=f"{post.username}@yiwang.example",
        phone=f"0000{crc32(post.username.encode()) % 10_000_000:07d}",
        unit=unit,
        is_staff=post.is_staff,
        is_superuser=post.is_superuser,
    )
    if post.role in DEPARTMENT_ROLES:
        give_grant(user=user, role=post.role, unit=unit)
    else:
        area = areas[post.area_path]
        give_grant(user=user, role=post.role, unit=unit, area_path=area.path, area_level=area.level, area_key=area.pk)
    if post.role == Role.GRID_ADMIN:
        allowed = Permission.objects.filter(content_type__app_label__in=("grids", "registry"))
        user.user_permissions.set(allowed.exclude(codename__startswith="delete_"))
    return user


def _hashed(password: str) -> str:
    hasher = QuickArgon2()
    return hasher.encode(password, hasher.salt())


def _read_passwords(path: Path) -> dict[str, str]:
    try:
        rows = json.loads(path.read_text())["accounts"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {row["username"]: row["password"] for row in rows if row.get("username") and row.get("password")}


def _write_passwords(path: Path, wanted: list[Post], passwords: dict[str, str], organisation: Organisation) -> None:
    rows = [
        {
            "username": post.username,
            "password": passwords[post.username],
            "name": post.name,
            "role": post.role.value,
            "role_name": ROLE_NAMES[post.role],
            "unit": organisation.units[post.unit].name,
            "home": home_of(frozenset({post.role.value})),
        }
        for post in wanted
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump({"accounts": rows}, file, ensure_ascii=False, indent=1)
    path.chmod(0o600)
