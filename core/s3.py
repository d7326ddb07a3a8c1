"""Attachments in a store that speaks S3. Loaded only where a site has one.

Nothing is served from there directly: people get files through the scope of whoever owns them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast
from urllib.parse import urlsplit

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ConnectionError, HTTPClientError, SSLError
from storages.backends.s3 import S3Storage

from core.files import StoreUnavailable

_CONNECT_SECONDS, _READ_SECONDS = 3, 10
_IN_MEMORY = 8 * 1024 * 1024
_CHUNK = 256 * 1024
_REASONS = {
    "InvalidAccessKeyId": "refused",
    "SignatureDoesNotMatch": "refused",
    "RequestTimeTooSkewed": "refused",
    "InvalidToken": "refused",
    "NoSuchBucket": "no_bucket",
    "AccessDenied": "not_allowed",
    "403": "not_allowed",
}


class AttachmentStore(S3Storage):  # type: ignore[misc]
    """django-storages' S3 with short time limits, signed content and errors in our words."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.client_config = Config(
            signature_version="s3v4",
            s3={"addressing_style": self.addressing_style, "payload_signing_enabled": True},
            connect_timeout=_CONNECT_SECONDS,
            read_timeout=_READ_SECONDS,
            retries={"total_max_attempts": 1},  # what waits is tried again anyway
            # Stores other than Amazon's do not all know the newer checksums; the signature covers the content.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )

    def get_default_settings(self) -> dict[str, Any]:
        """Only what the site's address says counts, nothing that lies about in the environment."""
        shipped = cast(dict[str, Any], super().get_default_settings())
        return shipped | {"security_token": None, "session_profile": None, "default_acl": None, "custom_domain": None}

    def put(self, path: str, file: Path, content_type: str) -> None:
        with _told(), file.open("rb") as content:
            self._object(path).put(Body=content, ContentType=content_type)

    def fetch(self, path: str) -> IO[bytes]:
        target: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - whoever asked closes it
        try:
            with _told():
                body = self._object(path).get()["Body"]
                for part in body.iter_chunks(_CHUNK):
                    target.write(part)
        except BaseException:
            target.close()
            raise
        target.seek(0)
        return target

    def holds(self, path: str) -> bool:
        try:
            with _told():
                self._object(path).load()
        except FileNotFoundError:
            return False
        return True

    def erase(self, path: str) -> None:
        with _told():
            self._object(path).delete()

    def place(self) -> str:
        return f"{urlsplit(self.endpoint_url).netloc}/{self.bucket_name}"

    def _object(self, path: str) -> Any:
        return self.bucket.Object(f"{self.location}/{path}" if self.location else path)


@contextmanager
def _told() -> Iterator[None]:
    """What went wrong, in a word that people can act on. FileNotFoundError where only the file is missing."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in ("NoSuchKey", "404", "NotFound"):
            raise FileNotFoundError from error
        raise StoreUnavailable(reason=_REASONS.get(code, "failed")) from error
    except SSLError as error:
        raise StoreUnavailable(reason="tls") from error
    except (ConnectionError, HTTPClientError) as error:
        raise StoreUnavailable(reason="unreachable") from error
    except BotoCoreError as error:
        raise StoreUnavailable(reason="failed") from error
