"""Addresses of streams."""

from urllib.parse import urlsplit


def without_password(source: str) -> str:
    """The address fit for logs and screens: user and password cut out."""
    parts = urlsplit(source)
    if "@" not in parts.netloc:
        return source
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
