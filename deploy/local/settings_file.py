"""Writes `var/env`, from which every process reads its settings (config/env.py), and knows which stores were given."""

import os

from deploy.local.place import Place
from deploy.local.secrets_file import secret


def given(name: str) -> str:
    """A setting that the person running this gave in the environment; it replaces what set-up would choose."""
    return os.environ.get(name, "").strip()


def open_to_network() -> str:
    """The address to publish on. Only this machine by default: sample accounts are no place for strangers."""
    return given("LISTEN") or "127.0.0.1"


def write(place: Place, *, database_url: str, redis_url: str, front_port: int, rtsp_port: int, build_id: str) -> None:
    listen = open_to_network()
    hosts = ["localhost", "127.0.0.1", "[::1]"]
    if listen != "127.0.0.1":
        hosts.append(given("PUBLIC_HOST") or "*")
    names = [host for host in hosts if host != "*"]
    values = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "SECRET_KEY": secret(place.secrets, "secret-key", 48),
        "VAR_DIR": str(place.var),
        "MEDIA_ROOT": str(place.media),
        "MODEL_DIR": str(place.models),
        "STATIC_ROOT": str(place.static),
        "ALLOWED_HOSTS": ",".join(hosts),
        "PUBLIC_ORIGINS": ",".join(f"http://{name}:{front_port}" for name in names),
        "PUBLIC_BASE": f"http://{given('PUBLIC_HOST') or '127.0.0.1'}:{front_port}",
        "FRONT_ACCEL": "1",
        "RTSP_BASE": f"rtsp://127.0.0.1:{rtsp_port}",
        "BUILD_ID": build_id,
        # Nothing leaves this machine unless it is told where to: see docs/how-to/gateways.md.
        **{name: given(name) or "file" for name in ("EMAIL_URL", "SMS_GATEWAY", "PHONE_GATEWAY")},
    }
    text = "# Written by set-up; changes here are lost. A value in the process environment has precedence.\n"
    text += "".join(f"{name}={value}\n" for name, value in values.items())
    fresh = place.env_file.with_name("env.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    fresh.replace(place.env_file)


def child_environment(place: Place, process: str = "") -> dict[str, str]:
    """What a process of the platform gets: the caller's environment, the settings file, our programs first."""
    own = {
        "YIWANG_ENV_FILE": str(place.env_file),
        "PYTHONUNBUFFERED": "1",
        "PATH": f"{place.venv / 'bin'}{os.pathsep}{os.environ.get('PATH', '/usr/bin:/bin')}",
    }
    if process:
        own["PROCESS_NAME"] = process
    stray = {"PYTHONHOME", "PYTHONPATH", "DJANGO_SETTINGS_MODULE", "MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
    kept = {name: value for name, value in os.environ.items() if name not in stray}
    return {**kept, **own}


def settings_without_stores(place: Place) -> dict[str, str]:
    """Settings that let Django be imported; no store is asked."""
    return {
        **child_environment(place, "check"),
        "YIWANG_ENV_FILE": os.devnull,
        "DATABASE_URL": "postgis://check@127.0.0.1:1/check",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "SECRET_KEY": "check-only",
        "PYTHONWARNINGS": "ignore::RuntimeWarning",
        "MODEL_DIR": str(place.models),
        "NO_COLOR": "1",
    }
