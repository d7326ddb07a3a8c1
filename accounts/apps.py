from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "用户与机构"

    def ready(self) -> None:
        register = import_module("core.deadlines.registry").register_calendars
        register(import_module("accounts.calendars").calendar_named)
