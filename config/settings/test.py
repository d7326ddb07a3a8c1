"""Settings of the tests: fast hashing, own media folder, everything else as in production."""

import tempfile
from pathlib import Path

from django.conf.global_settings import STORAGES as SHIPPED_STORAGES

from config.settings.base import *  # noqa: F403
from config.storage import FOLDER

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DEBUG = False
ALLOWED_HOSTS = ["*"]
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="yiwang-media-"))
STORAGES = SHIPPED_STORAGES | {"attachments": FOLDER}
# A test's outlines are its own: what holds them in memory is switched on where it is tested.
LOCATE_IN_MEMORY = False
