"""The tables of the app in the administration: to look at, because every change is an action.

The texts of papers are not shown here: the administration is no way round the two-hats rule.
"""

from django.contrib import admin

from actors.admin import ReadOnlyAdmin
from meetings.models import (
    Attendance,
    FollowUp,
    Meeting,
    Obligation,
    Referat,
    Veiledningsgrunnlag,
)

PAPER_COLUMNS = ["meeting", "unit", "status", "sent_at", "updated_at"]


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    list_display = ["title", "kind", "start", "form", "status", "semester"]
    list_filter = ["pulje", "kind", "status"]
    list_select_related = ["semester"]
    search_fields = ["title"]
    date_hierarchy = "start"


@admin.register(Attendance)
class AttendanceAdmin(ReadOnlyAdmin):
    list_display = ["meeting", "name", "actor", "response", "presence", "mode"]
    list_filter = ["actor", "response", "presence"]
    list_select_related = ["meeting"]
    search_fields = ["name"]


@admin.register(Veiledningsgrunnlag)
class VeiledningsgrunnlagAdmin(ReadOnlyAdmin):
    list_display = PAPER_COLUMNS
    list_filter = ["status"]
    list_select_related = ["meeting", "unit__unit"]
    fields = PAPER_COLUMNS


@admin.register(Referat)
class ReferatAdmin(ReadOnlyAdmin):
    list_display = [*PAPER_COLUMNS, "merknad_due", "locked_at"]
    list_filter = ["status"]
    list_select_related = ["meeting", "unit__unit"]
    fields = [*PAPER_COLUMNS, "merknad_due", "approved_at", "locked_at"]


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnlyAdmin):
    list_display = ["referat", "responsible", "due", "status"]
    list_filter = ["status"]
    list_select_related = ["referat__meeting"]
    fields = ["referat", "responsible", "due", "status", "closed_at"]


@admin.register(Obligation)
class ObligationAdmin(ReadOnlyAdmin):
    list_display = ["key", "office", "due", "met_at", "void_at"]
    list_filter = ["pulje", "office"]
    date_hierarchy = "due"
