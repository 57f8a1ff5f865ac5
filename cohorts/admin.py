"""The tables of the app in the administration: to look at, because every change is an action."""

from django.contrib import admin

from actors.admin import ReadOnlyAdmin
from cohorts.models import (
    Activity,
    ActivityRecord,
    DeadlineRule,
    Deltakelse,
    DeltakendeUnit,
    ProgrammeEdition,
    Pulje,
    PuljeEvent,
    Semester,
    Veilederoppdrag,
)


@admin.register(ProgrammeEdition)
class ProgrammeEditionAdmin(ReadOnlyAdmin):
    list_display = ["programme_id", "version", "sha256", "created_at"]


@admin.register(Pulje)
class PuljeAdmin(ReadOnlyAdmin):
    list_display = ["number", "name_bm", "status", "opened_at", "closed_at"]
    list_filter = ["status"]


@admin.register(Semester)
class SemesterAdmin(ReadOnlyAdmin):
    list_display = ["pulje", "number", "term", "year", "start", "term_end", "end"]
    list_filter = ["pulje"]
    list_select_related = ["pulje"]


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin):
    list_display = ["semester", "key", "title_bm", "scope", "minimum", "maximum", "responsible"]
    list_filter = ["semester__pulje", "record", "scope"]
    list_select_related = ["semester"]


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(ReadOnlyAdmin):
    list_display = ["pulje", "key", "anchor", "offset", "unit", "owed_by"]
    list_filter = ["pulje"]
    list_select_related = ["pulje"]


@admin.register(PuljeEvent)
class PuljeEventAdmin(ReadOnlyAdmin):
    list_display = ["pulje", "key", "start", "end", "form"]
    list_filter = ["pulje"]
    list_select_related = ["pulje"]


@admin.register(Deltakelse)
class DeltakelseAdmin(ReadOnlyAdmin):
    list_display = ["pulje", "owner", "status", "withdrawn_from"]
    list_filter = ["pulje", "status"]
    list_select_related = ["pulje", "owner"]
    search_fields = ["owner__name"]


@admin.register(DeltakendeUnit)
class DeltakendeUnitAdmin(ReadOnlyAdmin):
    list_display = ["unit", "deltakelse", "first_semester", "status", "withdrawn_from"]
    list_filter = ["deltakelse__pulje", "status"]
    list_select_related = ["unit", "deltakelse__owner", "deltakelse__pulje"]
    search_fields = ["unit__name"]


@admin.register(Veilederoppdrag)
class VeilederoppdragAdmin(ReadOnlyAdmin):
    list_display = ["veileder", "deltakelse", "function", "valid_from", "valid_to"]
    list_filter = ["deltakelse__pulje"]
    list_select_related = ["veileder", "deltakelse__owner", "deltakelse__pulje"]


@admin.register(ActivityRecord)
class ActivityRecordAdmin(ReadOnlyAdmin):
    """That something was registered and when; what was written is not for administrators."""

    list_display = ["activity", "deltakelse", "unit", "done_on", "registered_at"]
    list_filter = ["activity__semester__pulje"]
    list_select_related = ["activity", "deltakelse__owner", "deltakelse__pulje", "unit__unit"]
    exclude = ["note"]
