"""What the system administrator may look up, and the little that may be changed by hand.

People come in by invitation and roles are given by those who may, so nothing is added here. The
text of a mail is not shown: an invitation's link would open somebody else's door.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from actors.models import Event, Group, GroupMember, Invitation, Mail, Notice, Role, User
from actors.models.people import SCOPE_FIELDS


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows to be looked up, never changed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Close an account, or let somebody use the administration."""

    list_display = ["name", "email", "language", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["name", "email"]
    fields = ["name", "email", "language", "is_active", "is_staff", "is_superuser"]
    readonly_fields = ["email"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Role)
class RoleAdmin(ReadOnlyAdmin):
    list_display = ["user", "kind", "scope_label", "valid_from", "valid_to", "acting"]
    list_filter = ["kind"]
    list_select_related = ["user", *SCOPE_FIELDS]
    search_fields = ["user__name", "user__email"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["name", "email", "kind", "sent_at", "expires_at", "accepted_at"]
    list_filter = ["kind"]
    search_fields = ["name", "email"]
    exclude = ["token"]


class GroupMemberInline(admin.TabularInline):
    model = GroupMember
    fields = ["name", "seat", "deputy", "valid_from", "valid_to"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    list_display = ["kind", "owner", "unit", "created_at", "closed_at"]
    list_select_related = ["owner", "unit"]
    inlines = [GroupMemberInline]


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ["title", "recipient", "kind", "status", "due", "created_at"]
    list_filter = ["status", "kind"]
    list_select_related = ["recipient"]
    date_hierarchy = "created_at"


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    list_display = ["subject", "to", "status", "attempts", "next_attempt_at", "sent_at", "error"]
    list_filter = ["status"]
    search_fields = ["to"]
    exclude = ["text", "html"]
    date_hierarchy = "created_at"


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ["at", "verb", "subject", "by", "role"]
    list_filter = ["verb"]
    list_select_related = [
        "by",
        *(f"role__{scope}" for scope in SCOPE_FIELDS),
    ]
    search_fields = ["subject"]
    date_hierarchy = "at"
