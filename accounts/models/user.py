"""The platform's user."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import connection, models

from core.actor import Actor, ActorGrant

_GRANTS = """
SELECT role, unit_id, area_path, area_level, area_key FROM accounts_grant WHERE user_id = %s ORDER BY id
"""
"""Every request asks this: written out, because composing it costs more than answering it."""


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str, **fields: object) -> "User":
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What the person may do and see comes from grants, not from here."""

    username = models.CharField("登录名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    phone = models.CharField("电话", max_length=20, blank=True)
    email = models.EmailField("电子邮箱", max_length=120, blank=True)
    unit = models.ForeignKey("accounts.OrgUnit", models.PROTECT, null=True, blank=True, verbose_name="所属机构")
    is_active = models.BooleanField("启用", default=True)
    is_staff = models.BooleanField("可进入管理后台", default=False)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "用户"

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）"

    @cached_property
    def _actor(self) -> Actor:
        with connection.cursor() as cursor:
            cursor.execute(_GRANTS, [self.pk])
            return Actor(user_id=self.pk, name=self.name, grants=tuple(ActorGrant(*row) for row in cursor.fetchall()))

    def has_grants(self, grants: Iterable[Iterable[Any]]) -> None:
        """Grants read along with the person: (role, unit, area path, level, key) each."""
        self.__dict__["_actor"] = Actor(
            user_id=self.pk, name=self.name, grants=tuple(ActorGrant(*row) for row in grants)
        )

    def as_actor(self) -> Actor:
        """This person with all grants; read once per instance, that is once per request."""
        return self._actor
