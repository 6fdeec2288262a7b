"""Who works here, in which role, with which keys and saved views; and who asserts claims."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminSelectWidget

from claims import keys, saved_views
from claims.admin.base import DomainAdmin, DomainForm, active_people, attempt, person
from claims.models import ApiKey, Claimant, SavedView, User
from sources.admin import ModelAdmin, ReadOnlyAdmin, after_dialog, chip, page_action, row_or_404, time_column


@admin.register(User)
class PersonAdmin(ModelAdmin, UserAdmin):  # type: ignore[type-arg]
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = (
        "username",
        "full_name",
        "email",
        "role",
        "is_active",
        time_column("last_login", "last seen"),
    )
    list_filter = (("groups", RelatedDropdownFilter),)
    search_fields = ("username", "first_name", "last_name", "email")
    ordering = ("username",)
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": (("first_name", "last_name"), "email")}),
        ("Role", {"fields": ("groups", "is_active")}),
        ("Seen", {"fields": (("last_login", "date_joined"),)}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": (
                    "username",
                    "email",
                    ("first_name", "last_name"),
                    "groups",
                    "password1",
                    "password2",
                )
            },
        ),
    )
    readonly_fields = ("last_login", "date_joined")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return User.objects.prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a superuser changes a superuser: a role must not become more than it is."""
        above = isinstance(obj, User) and obj.is_superuser and not person(request).is_superuser
        return not above and bool(super().has_change_permission(request, obj))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["widget"] = UnfoldAdminCheckboxSelectMultipleWidget()
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups" and field:
            field.label = "Role"
            field.help_text = "Each role may do what the one before it may, and more."
            field.queryset = Group.objects.order_by("pk")
        return field

    @admin.display(description="name", ordering="first_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description="role")
    def role(self, user: User) -> str:
        roles = ["superuser"] if user.is_superuser else []
        return ", ".join([*roles, *(group.name for group in user.groups.all())])


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(ReadOnlyAdmin, GroupAdmin):
    """The four roles, as the migrations made them."""

    list_display = ("name", "number_of_people")
    search_fields = ("name",)
    fields = ("name", "may")
    readonly_fields = ("may",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        return Group.objects.annotate(people=Count("user", distinct=True)).order_by("pk")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("claims.view_user")

    @admin.display(description="people", ordering="people")
    def number_of_people(self, group: Any) -> int:
        return int(group.people)

    @admin.display(description="may")
    def may(self, group: Group) -> str:
        names = group.permissions.order_by("name").values_list("name", flat=True)
        return ", ".join(name.removeprefix("Can ") for name in names)


class KeyForm(DomainForm):
    scopes = forms.MultipleChoiceField(
        choices=ApiKey.Scope.choices, initial=["read"], widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="read: lists and status; write: articles, claims, evidence; publish: verdicts.",
    )  # fmt: skip
    owner = forms.ModelChoiceField(
        active_people(), help_text="What the key may do is also bounded by its owner’s role.",
        widget=UnfoldAdminSelectWidget,
    )  # fmt: skip


@admin.register(ApiKey)
class KeyAdmin(DomainAdmin):
    form = KeyForm
    list_display = (
        "name", "owner", "shown_prefix", "scope_words", "state_now", time_column("created_at", "made"),
        time_column("expires_at", "expires"), time_column("last_used_at", "last used"),
    )  # fmt: skip
    list_select_related = ("owner",)
    search_fields = ("name", "prefix", "owner__username")
    actions_detail = ("revoke",)
    add_fieldsets = ((None, {"fields": ("owner", "name", "scopes", "expires_at")}),)
    fieldsets = (
        (None, {"fields": (
            ("name", "owner"), ("shown_prefix", "scope_words", "state_now"),
            ("created_at", "expires_at"), ("last_used_at", "revoked_at"),
        )}),
    )  # fmt: skip
    readonly_fields = ("shown_prefix", "scope_words", "state_now", "created_at", "last_used_at", "revoked_at")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="begins with")
    def shown_prefix(self, key: ApiKey) -> str:
        return f"{keys.START}_{key.prefix}_…"

    @admin.display(description="scopes")
    def scope_words(self, key: ApiKey) -> str:
        return ", ".join(key.scopes)

    @admin.display(description="state")
    def state_now(self, key: ApiKey) -> str:
        if key.revoked_at:
            return chip("revoked", "danger")
        over = key.expires_at and key.expires_at <= timezone.now()
        return chip("expired", "warning") if over else chip("usable", "success")

    def save_model(self, request: HttpRequest, obj: ApiKey, form: Any, change: bool) -> None:
        given = form.cleaned_data
        row, key = keys.create(
            owner=given["owner"], name=given["name"], scopes=given["scopes"], at=timezone.now(),
            expires_at=given["expires_at"], by=person(request),
        )  # fmt: skip
        messages.warning(request, f"Copy the key now, it is not shown again: {key}")
        obj.pk = row.pk
        obj.refresh_from_db()

    def has_revoke_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        usable = (
            not str(object_id or "").isdecimal()
            or ApiKey.objects.filter(pk=object_id, revoked_at=None).exists()
        )
        return usable and request.user.has_perm("claims.change_apikey")

    @page_action(description="Revoke", icon="block", permissions=["revoke"], dialog={
        "title": "Revoke this key?",
        "description": "Programs that use it are refused from now on. This cannot be undone.",
        "form_submit_text": "Revoke",
    })  # fmt: skip
    def revoke(self, request: HttpRequest, form: Any, object_id: str) -> HttpResponse:
        key = row_or_404(ApiKey, object_id)
        attempt(request, lambda by, at: keys.revoke(key=key, by=by, at=at), "The key is revoked.")
        return after_dialog(reverse("admin:claims_apikey_change", args=[object_id]))


@admin.register(SavedView)
class SavedViewAdmin(ModelAdmin):
    """One's own views and everybody's; only one's own can be changed. New ones are saved above the list."""

    list_display = ("name", "owner", "seen_by", "query")
    list_select_related = ("owner",)
    search_fields = ("name",)
    fields = ("name", "shared", "query")

    @admin.display(description="seen by", ordering="shared")
    def seen_by(self, view: SavedView) -> str:
        return "everybody" if view.shared else "its owner"

    def get_queryset(self, request: HttpRequest) -> QuerySet[SavedView]:
        return saved_views.visible_to(person(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj, "claims.change_savedview")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj, "claims.delete_savedview")

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[SavedView]) -> None:
        queryset.filter(owner=person(request)).delete()

    @staticmethod
    def _may(request: HttpRequest, obj: Any, permission: str) -> bool:
        mine = not isinstance(obj, SavedView) or obj.owner_id == request.user.pk
        return mine and request.user.has_perm(permission)


@admin.register(Claimant)
class ClaimantAdmin(ModelAdmin):
    list_display = ("name", "kind", "other_names", "wikidata_id", "number_of_claims")
    list_filter = (("kind", ChoicesDropdownFilter),)
    search_fields = ("name", "aliases", "wikidata_id")
    search_help_text = "Name, alias or Wikidata id"
    fields = ("name", "kind", "aliases", "wikidata_id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claimant]:
        return Claimant.objects.annotate(claim_count=Count("claims"))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "aliases":
            field.help_text = "Separated by commas."
            field.widget.attrs["rows"] = 2
        return field

    @admin.display(description="also called")
    def other_names(self, claimant: Claimant) -> str:
        return ", ".join(claimant.aliases)

    @admin.display(description="claims", ordering="claim_count")
    def number_of_claims(self, claimant: Any) -> int:
        return int(claimant.claim_count)
