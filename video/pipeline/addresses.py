"""Addresses of streams, and the logins that are kept apart from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_SECRET_NAMES = frozenset(
    ["user", "username", "usr", "account", "password", "passwd", "pass", "pwd", "psw", "token", "access_token", "auth"]
    + ["key", "secret", "sign", "signature"]
)
_LEAST_TO_HIDE = 3


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks for a stream. `query` are the parts of the address's query that are secret, as some makers want them.

    Its text never shows what it holds, wherever it is logged.
    """

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    query: str = field(default="", repr=False)

    def hidden_in(self, text: str) -> str:
        """The text without anything of this login, plain or as it stands in an address."""
        plain = [self.password, *(value for _, value in parse_qsl(self.query))]
        for value in sorted({*plain, *(quote(one, safe="") for one in plain)}, key=len, reverse=True):
            if len(value) >= _LEAST_TO_HIDE:
                text = text.replace(value, "***")
        return text


NO_LOGIN = Login()


def without_password(source: str) -> str:
    """The address fit for logs and screens: user, password and secret parts of the query cut out."""
    return split_address(source)[0]


def split_address(source: str) -> tuple[str, Login]:
    """The address that may be shown, and the login that stood in it."""
    parts = urlsplit(source)
    if parts.scheme == "file":
        return source, NO_LOGIN
    login, host = "", parts.netloc
    if "@" in host:
        login, _, host = host.rpartition("@")
    user, _, password = login.partition(":")
    fields = parse_qsl(parts.query, keep_blank_values=True)
    secret = [pair for pair in fields if pair[0].lower() in _SECRET_NAMES]
    if not login and not secret:
        return source, NO_LOGIN
    query = urlencode([pair for pair in fields if pair not in secret]) if secret else parts.query
    shown = parts._replace(netloc=host, query=query).geturl()
    return shown, Login(unquote(user), unquote(password), urlencode(secret))


def with_login(source: str, login: Login) -> str:
    """The address as it is opened. Never to be shown or logged."""
    if login == NO_LOGIN:
        return source
    parts = urlsplit(source)
    named = f"{quote(login.user, safe='')}:{quote(login.password, safe='')}@" if login.user or login.password else ""
    query = "&".join(filter(None, (parts.query, login.query)))
    return parts._replace(netloc=named + parts.netloc, query=query).geturl()


def host_of(source: str) -> str:
    """Where the address leads: a login given for one host is never sent to another."""
    parts = urlsplit(source)
    return f"{parts.hostname}:{parts.port or ''}".lower() if parts.hostname else ""
