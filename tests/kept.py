"""Rows that many tests of a module read: written once, in a transaction around them all.

What a test does to them is taken back with the test, as ever; they themselves go with the last test of the module.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def around_tests(blocker: Any) -> Iterator[None]:
    """For a fixture of a module's scope that also asks for `django_db_setup`; `blocker` is pytest-django's."""
    with blocker.unblock(), transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
