"""The only reader of the process environment.

A value comes from the environment, else from the file that set-up writes (`var/env`, KEY=VALUE lines; another path by
`YIWANG_ENV_FILE`). Everything that is missing is reported at once, so that a new site is configured in one go.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from config.storage import attachment_store
from registry.rules.component_codes import code_form

REPOSITORY = Path(__file__).resolve().parent.parent


class MissingSettings(SystemExit):
    """Raised with one readable message that names every missing or malformed variable."""


@dataclass(frozen=True)
class Variable:
    name: str
    meaning: str
    default: str | None = None


VARIABLES = (
    Variable("DATABASE_URL", "PostgreSQL with PostGIS, e.g. postgis://user:password@127.0.0.1:5432/yiwang"),
    Variable("REDIS_URL", "Redis 7, e.g. redis://127.0.0.1:6379/0"),
    Variable("SECRET_KEY", "a long random text that signs sessions"),
    Variable(
        "SECRET_KEY_FALLBACKS", "former values of SECRET_KEY, separated by commas, until everything is re-encrypted", ""
    ),
    Variable("REDIS_PREFIX", "prefix of every Redis key", "yw"),
    Variable("VAR_DIR", "where the platform keeps its files", str(REPOSITORY / "var")),
    Variable("MEDIA_ROOT", "evidence and photos", ""),
    Variable(
        "EVIDENCE_STORAGE",
        "an S3 store for evidence and photos: s3://key:secret@host:port/bucket?region=…; empty: the media folder",
        "",
    ),
    Variable("MODEL_DIR", "converted detection models", ""),
    Variable("STATIC_ROOT", "collected static files", ""),
    Variable("DEBUG", "1 while developing", "0"),
    Variable("ALLOWED_HOSTS", "host names served, separated by commas", "localhost,127.0.0.1,[::1]"),
    Variable("PUBLIC_ORIGINS", "origins trusted for writes, e.g. https://command.example", ""),
    Variable("FRONT_ACCEL", "1 when nginx sends protected media", "0"),
    Variable("SESSION_IDLE_SECONDS", "a session without input ends after this time", "3600"),
    Variable("SECURE_COOKIES", "1 when the site is served by HTTPS", "0"),
    Variable("BUILD_ID", "the release that is running", "dev"),
    Variable("VIDEO_CAPACITY", "cameras one video worker takes", "16"),
    Variable("VIDEO_PROVIDERS", "what runs the detection models, in order of preference: cuda, openvino, cpu", "cpu"),
    Variable("VIDEO_DECODER", "what decodes streams: cpu, or cuda or vaapi where PyAV and the machine have it", "cpu"),
    Variable("METRICS_TOKEN", "lets Prometheus read /api/v1/video/metrics with it as bearer; empty: people only", ""),
    Variable("MODEL_LICENCES", "copyleft licences of models this site accepts by name, e.g. AGPL-3.0", ""),
    Variable("MODEL_UPLOAD_MEGABYTES", "the largest own model a site may send", "256"),
    Variable("BOUNDARY_UPLOAD_MEGABYTES", "the largest file of boundaries that is taken", "200"),
    Variable(
        "DETECTIONS_KEPT_DAYS", "for how long it is kept what cameras saw, to replay rules on; 0: not at all", "7"
    ),
    Variable(
        "COMPONENT_CODE_SPLIT", "digits of district, main class, sub class and number in component codes", "6+2+2+6"
    ),
    Variable("LOCATE_IN_MEMORY", "0 asks the database for every place, and keeps no outlines in memory", "1"),
    Variable("COMPONENT_UPLOAD_MEGABYTES", "the largest file of components that is taken", "200"),
    Variable("VIEWING_CAPACITY", "cameras that may be watched live at once", "48"),
    Variable("RTSP_BASE", "the demo RTSP server", "rtsp://127.0.0.1:8554"),
    Variable("PUBLIC_BASE", "the address people open in the browser", "http://127.0.0.1:8000"),
    Variable("EMAIL_URL", "mail: smtp://user:password@host:587?tls=starttls (or tls=ssl), file, or empty for none", ""),
    Variable("EMAIL_FROM", "the sender of mails", "yiwang@localhost"),
    Variable("SMS_GATEWAY", "SMS: the URL of a gateway, file, or empty for none", ""),
    Variable("PHONE_GATEWAY", "telephony: the URL of a gateway, file, or empty for none", ""),
    Variable("GATEWAY_SECRET", "signs what gateways are sent and what they report", ""),
    Variable("TRUSTED_FRONTS", "networks whose X-Forwarded-For is believed", "127.0.0.0/8,::1/128"),
    Variable("PROCESS_NAME", "this process's name on /health", "command"),
    Variable("EXPECTED_PROCESSES", "processes /health expects", "web,live,relay,worker,beat,video,viewing"),
)

DECODERS = ("cpu", "cuda", "vaapi")
PROVIDERS = ("cuda", "openvino", "cpu")


class Environment:
    """Settings by name; `validate()` raises MissingSettings with everything that is wrong."""

    def __init__(self) -> None:
        self._file = self._read_file(Path(os.environ.get("YIWANG_ENV_FILE", REPOSITORY / "var" / "env")))

    @staticmethod
    def _read_file(path: Path) -> dict[str, str]:
        if not path.is_file():
            return {}
        lines = (line.strip() for line in path.read_text().splitlines())
        pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#") and "=" in line)
        return {key.strip(): value.strip() for key, value in pairs}

    def text(self, name: str) -> str:
        default = next(variable.default for variable in VARIABLES if variable.name == name)
        return os.environ.get(name) or self._file.get(name) or default or ""

    def number(self, name: str) -> int:
        return int(self.text(name))

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"1", "true", "yes", "on"}

    def words(self, name: str) -> list[str]:
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def path(self, name: str, default: Path) -> Path:
        return Path(self.text(name) or default)

    def validate(self) -> None:
        wrong = [f"  {v.name}: missing ({v.meaning})" for v in VARIABLES if v.default is None and not self.text(v.name)]
        for name in (
            "DETECTIONS_KEPT_DAYS",
            "SESSION_IDLE_SECONDS",
            "VIDEO_CAPACITY",
            "VIEWING_CAPACITY",
            "MODEL_UPLOAD_MEGABYTES",
            "BOUNDARY_UPLOAD_MEGABYTES",
            "COMPONENT_UPLOAD_MEGABYTES",
        ):
            if not self.text(name).isdigit():
                wrong.append(f"  {name}: a whole number is needed, found {self.text(name)!r}")
        for name in ("SMS_GATEWAY", "PHONE_GATEWAY"):
            if self.text(name) not in ("", "file") and not self.text(name).startswith(("http://", "https://")):
                wrong.append(f"  {name}: an http(s) address, `file` or nothing is needed, found {self.text(name)!r}")
            if self.text(name).startswith("http") and not self.text("GATEWAY_SECRET"):
                wrong.append(f"  GATEWAY_SECRET: missing, {name} needs it to sign what it sends")
        if self.text("EMAIL_URL") not in ("", "file") and not self.text("EMAIL_URL").startswith("smtp://"):
            wrong.append("  EMAIL_URL: smtp://…, `file` or nothing is needed")
        for word in self.words("VIDEO_PROVIDERS"):
            if word not in PROVIDERS:
                wrong.append(f"  VIDEO_PROVIDERS: {word!r} is not one of {', '.join(PROVIDERS)}")
        if self.text("VIDEO_DECODER") not in DECODERS:
            wrong.append(f"  VIDEO_DECODER: {self.text('VIDEO_DECODER')!r} is not one of {', '.join(DECODERS)}")
        try:
            code_form(self.text("COMPONENT_CODE_SPLIT"))
        except ValueError as problem:
            wrong.append(f"  COMPONENT_CODE_SPLIT: {problem}")
        try:
            attachment_store(self.text("EVIDENCE_STORAGE"))
        except ValueError as problem:
            wrong.append(f"  EVIDENCE_STORAGE: {problem}")
        if wrong:
            hint = "Set them in the environment or in var/env; `make run` writes that file for you."
            raise MissingSettings("Yiwang cannot start, these settings are missing:\n" + "\n".join(wrong) + "\n" + hint)


env = Environment()
