import base64
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import migrations


def _cipher() -> Fernet:
    digest = hmac.new(settings.SECRET_KEY.encode(), b"yiwang camera credentials", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def take_out(apps: Any, schema_editor: Any) -> None:
    """Users and passwords that stand in addresses are kept encrypted beside them."""
    cipher = _cipher()
    for camera in apps.get_model("video", "Camera").objects.filter(source__contains="@", secret=""):
        parts = urlsplit(camera.source)
        if parts.scheme == "file" or "@" not in parts.netloc:
            continue
        login, _, host = parts.netloc.rpartition("@")
        user, _, password = login.partition(":")
        plain = json.dumps([unquote(user), unquote(password), ""], ensure_ascii=False).encode()
        camera.source, camera.secret = parts._replace(netloc=host).geturl(), cipher.encrypt(plain).decode()
        camera.save(update_fields=["source", "secret"])


def put_back(apps: Any, schema_editor: Any) -> None:
    cipher = _cipher()
    for camera in apps.get_model("video", "Camera").objects.exclude(secret=""):
        try:
            user, password, _ = json.loads(cipher.decrypt(camera.secret.encode()))
        except InvalidToken:
            continue
        parts = urlsplit(camera.source)
        camera.source = parts._replace(
            netloc=f"{quote(user, safe='')}:{quote(password, safe='')}@{parts.netloc}"
        ).geturl()
        camera.secret = ""
        camera.save(update_fields=["source", "secret"])


class Migration(migrations.Migration):
    dependencies = [
        ("video", "0007_how_pictures_should_look"),
    ]

    operations = [migrations.RunPython(take_out, put_back)]
