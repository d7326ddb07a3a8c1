"""A server that speaks S3 and checks signatures, in a process of its own, and what a site says to use it."""

import json
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import boto3

from config.storage import attachment_store

BUCKET = "evidence"
_STARTED_SECONDS = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class S3Server:
    """`checks` logins: then there is one user, who may read, write and delete."""

    port: int
    checks: bool
    key: str = "anybody"
    secret: str = "any/secret+with@signs"
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        # The first four requests set the user and the bucket up; from then on every one is checked.
        free = {"INITIAL_NO_AUTH_ACTION_COUNT": "4"} if self.checks else {}
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        self.process = subprocess.Popen(command, env=free, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._wait()
        if self.checks:
            self._make_user()
        self.client("s3").create_bucket(Bucket=BUCKET)

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(10)
            self.process = None

    def client(self, service: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=f"http://127.0.0.1:{self.port}",
            region_name="us-east-1",
            aws_access_key_id=self.key,
            aws_secret_access_key=self.secret,
        )

    def address(self, *, secret: str | None = None, bucket: str = BUCKET, more: str = "") -> str:
        login = f"{quote(self.key, '')}:{quote(secret or self.secret, '')}"
        return f"s3://{login}@127.0.0.1:{self.port}/{bucket}?tls=off&prefix=city{more}"

    def storages(self, storages: dict[str, Any], **said: Any) -> dict[str, Any]:
        """Django's STORAGES of a site that uses this server."""
        return storages | {"attachments": attachment_store(self.address(**said))}

    def names(self) -> list[str]:
        """What the bucket holds."""
        return sorted(row["Key"] for row in self.client("s3").list_objects_v2(Bucket=BUCKET).get("Contents", []))

    def empty(self) -> None:
        for name in self.names():
            self.client("s3").delete_object(Bucket=BUCKET, Key=name)

    def _make_user(self) -> None:
        iam = self.client("iam")
        iam.create_user(UserName="yiwang")
        may = ["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:ListBucket"]
        rights = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": may, "Resource": "*"}]}
        iam.put_user_policy(UserName="yiwang", PolicyName="attachments", PolicyDocument=json.dumps(rights))
        made = iam.create_access_key(UserName="yiwang")["AccessKey"]
        # The bucket is the fourth request, made by whoever the site will be.
        self.key, self.secret = made["AccessKeyId"], made["SecretAccessKey"]

    def _wait(self) -> None:
        until = time.monotonic() + _STARTED_SECONDS
        while socket.socket().connect_ex(("127.0.0.1", self.port)) != 0:
            assert time.monotonic() < until, "the S3 server did not start"
            time.sleep(0.1)
