from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from accounts.actions.sign_in import count_failure, end_sessions_of, forget_failures, require_not_locked
from accounts.errors import LockedOut
from accounts.models import Grant, OrgUnit, User
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
