"""Signed-in sessions, with the owner and the time of the last input."""

from typing import cast

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.module_loading import import_string


class Session(AbstractBaseSession):
    """`last_input_at` is the last time the person touched the keyboard or screen: polling and sockets do not count.

    `user_id` is a plain number so that ending all sessions of a person is one statement.
    """

    user_id = models.BigIntegerField(null=True, db_index=True)
    last_input_at = models.DateTimeField(null=True)
    idle_exempt = models.BooleanField(default=False)

    class Meta:
        db_table = "accounts_session"

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        return cast(type[SessionBase], import_string("accounts.sessions.SessionStore"))
