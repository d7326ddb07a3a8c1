from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import HttpRequest, HttpResponse

from accounts.actions.calendars import set_calendar
from accounts.actions.sign_in import count_failure, end_sessions_of, forget_failures, require_not_locked
from accounts.calendar_form import CalendarForm
from accounts.errors import LockedOut
from accounts.models import Grant, OrgUnit, UnitCalendar, User
from accounts.roles import Role
from accounts.rules.calendars import unpublished_years
from core.clock import local, now
from core.live.control import end_sockets_of


class SignInForm(AdminAuthenticationForm):
    """The admin's own door, with the same lock as the other one."""

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username", "")
        try:
            require_not_locked(username)
        except LockedOut as error:
            raise ValidationError(error.detail("zh"), code=error.code) from error
        try:
            values: dict[str, Any] = super().clean()
        except ValidationError:
            count_failure(username)
            raise
        forget_failures(username)
        return values


admin.site.login_form = SignInForm


@admin.register(OrgUnit)
class OrgUnitAdmin(admin.ModelAdmin[OrgUnit]):
    list_display = ("code", "name", "kind", "parent", "area_path", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("code", "name", "short_name")
    autocomplete_fields = ("parent",)


@admin.register(UnitCalendar)
class UnitCalendarAdmin(admin.ModelAdmin[UnitCalendar]):
    """Adding writes the next version, which holds from now on; what was written before is only looked at."""

    form = CalendarForm
    list_display = ("unit", "version", "periods", "set_at", "set_by")
    list_filter = ("unit",)
    list_select_related = ("unit", "set_by")

    def get_fields(self, request: HttpRequest, obj: UnitCalendar | None = None) -> tuple[str, ...]:
        written = ("unit", "version", "periods", "works_on", "rests_on", "set_at", "set_by")
        return ("unit", "hours", "working", "off") if obj is None else written

    def has_add_permission(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and request.user.as_actor().has_role(Role.SYSTEM_ADMIN)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: UnitCalendar, form: Any, change: bool) -> None:
        values, unit = form.cleaned_data, form.cleaned_data["unit"]
        newest = UnitCalendar.objects.filter(unit=unit).aggregate(newest=Max("version"))["newest"] or 0
        calendar = set_calendar(
            unit_id=unit.pk,
            actor=request.user.as_actor(),  # type: ignore[union-attr]
            version=newest,
            periods=values["hours"],
            works_on=values["working"],
            rests_on=values["off"],
        )
        obj.pk, obj.version = calendar.pk, calendar.version
        for year in unpublished_years(local(now()).date(), calendar.works_on, calendar.rests_on):
            messages.warning(request, f"{year} 年的法定节假日尚未公布，该年按周一至周五上班计算")


class GrantInline(admin.TabularInline[Grant, User]):
    model = Grant
    extra = 0
    autocomplete_fields = ("unit",)


@admin.register(User)
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]
    list_display = ("username", "name", "unit", "is_active", "is_staff")
    search_fields = ("username", "name")
    ordering = ("username",)
    filter_horizontal = ()
    list_filter = ("is_active", "is_staff")
    autocomplete_fields = ("unit",)
    fieldsets = (
        (None, {"fields": ("username", "password", "name", "phone", "email", "unit")}),
        ("权限", {"fields": ("is_active", "is_staff", "is_superuser")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "name", "unit", "password1", "password2")}),)
    inlines = (GrantInline,)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        """Whoever signed in with the old password is out at once, also where only a socket is open."""
        answer: HttpResponse = super().user_change_password(request, id, form_url)
        if request.method == "POST" and answer.status_code == 302:
            end_sessions_of(user_id=int(id), but=request.session.session_key)
        return answer

    def save_related(self, request: HttpRequest, form: object, formsets: object, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        end_sockets_of(user_id=form.instance.pk, reason="rights_changed")  # type: ignore[attr-defined]
