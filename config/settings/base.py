"""Settings of every process; values come from `config.env`, nothing else reads the environment."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import django_stubs_ext
from django.conf.global_settings import STORAGES as SHIPPED_STORAGES

from config.env import REPOSITORY, env
from config.storage import attachment_store

django_stubs_ext.monkeypatch()
env.validate()

BASE_DIR = REPOSITORY
VAR_DIR = Path(env.text("VAR_DIR"))
SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
DEBUG = env.flag("DEBUG")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("PUBLIC_ORIGINS")
BUILD_ID = env.text("BUILD_ID")
PUBLIC_BASE = env.text("PUBLIC_BASE")
PROCESS_NAME = env.text("PROCESS_NAME")
EXPECTED_PROCESSES = env.words("EXPECTED_PROCESSES")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "core",
    "accounts",
    "grids",
    "notify",
    "registry",
    "dispatch",
    "events",
    "sensors",
    "video",
    "analytics",
    "wall",
    "simulator",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "accounts.sessions.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "core.api.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.sessions.IdleMiddleware",
    "wall.middleware.DeviceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def database(url: str) -> dict[str, Any]:
    """Django's description of the database behind `url` (postgis://user:password@host:port/name)."""
    parts = urlsplit(url)
    return {
        "ENGINE": "core.database",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, "application_name": f"yiwang-{env.text('PROCESS_NAME')}"},
    }


DATABASES = {"default": database(env.text("DATABASE_URL"))}
SILENCED_SYSTEM_CHECKS = ["gis.W001"]  # Debian 12 has GDAL 3.6; GDAL never opens an address that a user names
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
REDIS_PREFIX = env.text("REDIS_PREFIX")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in"
SESSION_ENGINE = "accounts.sessions"
SESSION_IDLE_SECONDS = env.number("SESSION_IDLE_SECONDS")
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.flag("SECURE_COOKIES")
CSRF_FAILURE_VIEW = "core.api.problems.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SIGN_IN_ATTEMPTS = 5
SIGN_IN_LOCK_SECONDS = 300

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", VAR_DIR / "static")
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", VAR_DIR / "media")
STORAGES = SHIPPED_STORAGES | {"attachments": attachment_store(env.text("EVIDENCE_STORAGE"))}
MODEL_DIR = env.path("MODEL_DIR", VAR_DIR / "models")
DIVISIONS_DIR = MODEL_DIR / "divisions"
"""The national list of divisions lies with what else is fetched once and shared."""
STATICFILES_DIRS = [path for path in (BASE_DIR / "frontend" / "dist-admin",) if path.is_dir()]
FRONT_ACCEL = env.flag("FRONT_ACCEL")
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
UPLOAD_MAX_BYTES = 15 * 1024 * 1024

RTSP_BASE = env.text("RTSP_BASE")
VIDEO_CAPACITY = env.number("VIDEO_CAPACITY")
VIDEO_PROVIDERS = tuple(env.words("VIDEO_PROVIDERS"))
VIDEO_DECODER = env.text("VIDEO_DECODER")
METRICS_TOKEN = env.text("METRICS_TOKEN")
MODEL_LICENCES = tuple(env.words("MODEL_LICENCES"))
MODEL_UPLOAD_MAX_BYTES = env.number("MODEL_UPLOAD_MEGABYTES") * 1024 * 1024
BOUNDARY_UPLOAD_MAX_BYTES = env.number("BOUNDARY_UPLOAD_MEGABYTES") * 1024 * 1024
# A file up to this size is read within the request; a larger one by a worker.
BOUNDARY_READ_AT_ONCE_BYTES = 1024 * 1024
VIEWING_CAPACITY = env.number("VIEWING_CAPACITY")
COMPONENT_CODE_SPLIT = env.text("COMPONENT_CODE_SPLIT")
COMPONENT_UPLOAD_MAX_BYTES = env.number("COMPONENT_UPLOAD_MEGABYTES") * 1024 * 1024
DETECTIONS_KEPT_DAYS = env.number("DETECTIONS_KEPT_DAYS")

# The present outlines in every process that looks places up, some 2 KB for each.
LOCATE_IN_MEMORY = env.flag("LOCATE_IN_MEMORY")

EMAIL_URL = env.text("EMAIL_URL")
_mail = urlsplit(EMAIL_URL if EMAIL_URL.startswith("smtp://") else "smtp://localhost:25")
_mail_tls = dict(parse_qsl(_mail.query)).get("tls", "")
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = _mail_tls == "starttls", _mail_tls == "ssl", 10
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM")
NOTIFY_CHANNELS = {"smtp": EMAIL_URL, "sms": env.text("SMS_GATEWAY"), "phone": env.text("PHONE_GATEWAY")}
GATEWAY_SECRET = env.text("GATEWAY_SECRET")
TRUSTED_FRONTS = env.words("TRUSTED_FRONTS")

LIVE_IDENTITY = "accounts.live_identity"
LIVE_STREAM_LENGTH = 20_000

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.authentication.SignedInSession"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["core.api.rendering.JsonRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "core.api.rendering.OneForm",
    "DEFAULT_PARSER_CLASSES": ["core.api.parsers.BoundedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "core.api.problems.exception_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "COERCE_DECIMAL_TO_STRING": False,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Yiwang",
    "DESCRIPTION": "Municipal command and dispatch: division tree, events, work orders, eyes, live updates.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],  # it takes a second to make
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "OAS_VERSION": "3.1.0",
    "POSTPROCESSING_HOOKS": [],  # choices stay where they are used
    "SERVERS": [{"url": "/"}],
    "ENUM_NAME_OVERRIDES": {  # enums of different apps whose fields have the same name
        "UnitKind": "accounts.models.OrgUnit.Kind",
        "TaskKind": "dispatch.shapes.TASK_KINDS",
        "TaskState": "dispatch.shapes.TASK_STATES",
        "ResponderKind": "dispatch.models.Responder.Kind",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        # They write requests with what is secret in them: signatures, a platform's login.
        **{name: {"level": "WARNING"} for name in ("boto3", "botocore", "httpcore", "httpx", "s3transfer", "urllib3")},
        # Tasks run every second; only what goes wrong with one is news.
        **{name: {"level": "WARNING"} for name in ("celery.app.trace", "celery.worker.strategy", "celery.beat")},
    },
}
