"""Whose socket it is: asked of the module that settings.LIVE_IDENTITY names, for many sockets at once.

After a cut every page comes back within a second; one question for each would make the last ones wait.
"""

import asyncio
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import import_module
from typing import Protocol, cast

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections

from core.live.publish import Audience


class Identity(Protocol):
    """Whose socket it is and what it may see."""

    @property
    def session_key(self) -> str: ...
    @property
    def user_id(self) -> int: ...
    @property
    def keys(self) -> Audience: ...


class IdentitySource(Protocol):
    """The module named by settings.LIVE_IDENTITY."""

    def identities(self, session_keys: Iterable[str]) -> Mapping[str, Identity]:
        """The identity of each session that has not ended, in a few statements."""


@lru_cache(maxsize=1)
def _source() -> IdentitySource:
    return cast(IdentitySource, import_module(settings.LIVE_IDENTITY))


@sync_to_async
def find_identities(session_keys: Iterable[str]) -> Mapping[str, Identity]:
    close_old_connections()
    return _source().identities(session_keys)


class Identifier:
    """Gathers questions while one is being answered."""

    def __init__(self) -> None:
        self._waiting: dict[asyncio.Future[Identity | None], str] = {}
        self._task: asyncio.Task[None] | None = None

    async def identify(self, session_key: str) -> Identity | None:
        """The identity of a living session, or None. Raises what the database raises."""
        answer: asyncio.Future[Identity | None] = asyncio.get_running_loop().create_future()
        self._waiting[answer] = session_key
        if self._task is None:
            self._task = asyncio.create_task(self._answer_all())
        return await answer

    async def _answer_all(self) -> None:
        try:
            while self._waiting:
                asked, self._waiting = self._waiting, {}
                await self._answer(asked)
        finally:
            self._task = None

    @staticmethod
    async def _answer(asked: dict[asyncio.Future[Identity | None], str]) -> None:
        open_questions = {answer: key for answer, key in asked.items() if not answer.done()}
        try:
            found = await find_identities(set(open_questions.values()))
        except Exception as fault:
            for answer in open_questions:
                if not answer.done():
                    answer.set_exception(fault)
            return
        for answer, key in open_questions.items():
            if not answer.done():
                answer.set_result(found.get(key))
