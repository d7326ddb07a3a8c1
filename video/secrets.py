"""Users and passwords of cameras and platforms, encrypted at rest.

The key is worked out of SECRET_KEY, so that there is no second secret to lose; former keys of SECRET_KEY_FALLBACKS
still read, until `manage.py reencrypt_camera_secrets` has written everything under the present one.
"""

import base64
import hashlib
import hmac
import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from video.pipeline.addresses import NO_LOGIN, Login

_PURPOSE = b"yiwang camera credentials"


class SecretUnreadable(Exception):
    """Written under a key that is no more: the password must be entered again. Never says anything of its content."""


def seal(login: Login) -> str:
    """What is stored; empty for no login at all."""
    if login == NO_LOGIN:
        return ""
    plain = json.dumps([login.user, login.password, login.query], ensure_ascii=False).encode()
    return _keys().encrypt(plain).decode()


def unseal(sealed: str) -> Login:
    """The login again. Raises SecretUnreadable."""
    if not sealed:
        return NO_LOGIN
    try:
        user, password, query = json.loads(_keys().decrypt(sealed.encode()))
    except (InvalidToken, ValueError, TypeError):
        raise SecretUnreadable from None
    return Login(user, password, query)


def resealed(sealed: str) -> str:
    """The same under the present key. Raises SecretUnreadable."""
    try:
        return _keys().rotate(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        raise SecretUnreadable from None


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(_key_of(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key_of(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hmac.new(secret.encode(), _PURPOSE, hashlib.sha256).digest())
