"""The network address a request comes from. What a header says is believed only from our own front."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Network = IPv4Network | IPv6Network


@lru_cache(maxsize=4)
def _networks(words: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(ip_network(word, strict=False) for word in words)


def _is_front(address: str) -> bool:
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return any(ip in network for network in _networks(tuple(settings.TRUSTED_FRONTS)))


def client_address(request: HttpRequest) -> str:
    """The last address of X-Forwarded-For that is not a front of ours, where the request came through one; else the
    peer's own. What a client writes into the header itself stands further left and is never reached.
    """
    address = str(request.META.get("REMOTE_ADDR") or "")
    for hop in reversed(str(request.META.get("HTTP_X_FORWARDED_FOR") or "").split(",")):
        if not _is_front(address):
            break
        if hop.strip():
            address = hop.strip()
    return address[:45]
