"""Conditions of CHECK constraints that are short to the database.

PostgreSQL reads the text of every CHECK of a table anew for each statement that writes to it. For the event's that text
had grown to 19,000 characters, and reading it cost more than half of an insert. These say the same in a quarter: a list
of words as one constant, one comparison for many counts, and "exactly when" instead of both halves of it.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, Func, Q


class OneOf(Func):
    """`column` holds one of `words`, which are identifiers."""

    template = "%(expressions)s = ANY ('{%(words)s}'::text[])"
    output_field = BooleanField()

    def __init__(self, column: str, words: Iterable[str], **extra: Any) -> None:
        ordered = sorted(words)
        if not ordered or not all(word.isidentifier() for word in ordered):
            raise ValueError(f"not a list of identifiers: {ordered}")
        super().__init__(column, words=",".join(ordered), **extra)


class NoneNegative(Func):
    """Every one of the columns is 0 or above; an empty one counts as 0."""

    function = "LEAST"
    template = "%(function)s(%(expressions)s) >= 0"
    output_field = BooleanField()


class ExactlyWhen(Func):
    """Two conditions are true together or false together."""

    template = "(%(expressions)s)"
    arg_joiner = ") = ("
    output_field = BooleanField()

    def __init__(self, one: Q | Func, other: Q | Func, **extra: Any) -> None:
        super().__init__(one, other, **extra)
