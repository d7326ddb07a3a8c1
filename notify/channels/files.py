"""The demonstration's channel: what would be sent is written to a file, one JSON line each."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings

from core.clock import now
from notify.channels.protocol import Call, Envelope, Receipt

FOLDER = "outbox"


class FileChannel:
    """Appends to `VAR_DIR/outbox/<channel>.jsonl`. Nothing leaves the machine."""

    def __init__(self, name: str) -> None:
        self._path = Path(settings.VAR_DIR) / FOLDER / f"{name}.jsonl"

    def send(self, envelope: Envelope) -> Receipt:
        self._write(asdict(envelope))
        return Receipt("delivered", reference=envelope.id)

    def connect(self, call: Call) -> None:
        self._write({"action": "connect", **asdict(call)})

    def _write(self, values: dict[str, Any]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps({"at": now().isoformat(), **values}, ensure_ascii=False)
        with self._path.open("a") as file:
            file.write(line + "\n")
