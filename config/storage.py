"""Where attachments lie, said by one address: `s3://key:secret@host:port/bucket?region=…`; nothing is the media folder.

Problems are told without the address, because it holds a secret.
"""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

FOLDER = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
_SAID = {"region", "tls", "ca", "prefix", "addressing"}


def attachment_store(address: str) -> dict[str, Any]:
    """An entry of Django's STORAGES. Raises ValueError, in words that may be shown."""
    if not address:
        return FOLDER
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError("it cannot be read; are signs like / or @ in key and secret written as %2F and %40?") from None
    if parts.scheme != "s3":
        raise ValueError("it begins with s3://, or is empty for the media folder")
    key, secret = unquote(parts.username or ""), unquote(parts.password or "")
    bucket = parts.path.strip("/")
    if not (host and key and secret):
        raise ValueError("key, secret and host are needed: s3://key:secret@host:port/bucket")
    if not bucket or "/" in bucket:
        raise ValueError("the path names one bucket; a folder in it is said by ?prefix=")
    said = dict(parse_qsl(parts.query))
    if unknown := sorted(set(said) - _SAID):
        raise ValueError(f"{', '.join(unknown)}: not known; it may say {', '.join(sorted(_SAID))}")
    if said.get("tls", "on") not in ("on", "off"):
        raise ValueError("tls is on or off")
    if said.get("addressing", "path") not in ("path", "virtual"):
        raise ValueError("addressing is path or virtual")
    is_secure = said.get("tls", "on") == "on"
    options = {
        "access_key": key,
        "secret_key": secret,
        "endpoint_url": f"{'https' if is_secure else 'http'}://{_host(host)}{f':{port}' if port else ''}",
        "bucket_name": bucket,
        "region_name": said.get("region", "us-east-1"),
        "location": said.get("prefix", "").strip("/"),
        "addressing_style": said.get("addressing", "path"),
        "verify": said.get("ca") or None,
    }
    return {"BACKEND": "core.s3.AttachmentStore", "OPTIONS": options}


def _host(name: str) -> str:
    return f"[{name}]" if ":" in name else name
