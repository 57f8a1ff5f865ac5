"""The pages of a veiledningsgrunnlag: write, read, receipt."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actors.access import Artefact
from cohorts.rules.errors import StaleEdit
from cohorts.rules.paper import Data, is_late
from cohorts.rules.text import in_language
from lmp.lib.wording import klokka
from meetings.access.papers import (
    can_edit_grunnlag,
    can_read_grunnlag,
    can_submit_grunnlag,
    reading_offices,
    why_status_only,
)
from meetings.actions.grunnlag import (
    data_of,
    refuse_read_only,
    save_grunnlag,
    start_grunnlag,
    submit_grunnlag,
)
from meetings.actions.paper_content import actor_name
from meetings.actions.paper_notices import receivers
from meetings.forms.grunnlag import OUTCOMES, GrunnlagPage
from meetings.forms.sak_types import SAK_TYPES
from meetings.models import FollowUp, Referat, Veiledningsgrunnlag, VeiledningsgrunnlagVersion
from meetings.rules.grunnlag import shown
from meetings.views.paper_conflict import (
    keep_theirs,
    kept_fields,
    two_texts,
    with_choices,
)
from meetings.views.paper_place import (
    PaperPlace,
    edit_version_in,
    find_place,
    find_version,
    refuse_with_reason,
)
from meetings.views.paper_sheet import sheet_of
from meetings.views.papers import due_day_of, who_sees

SEND, REMOVE = "send", "fjern_sak:"


@login_required
@require_safe
def grunnlag_detail(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """What the unit has sent, for those who may read it; an author with a draft goes on writing."""
    place = find_place(request, meeting_id, "before")
    if not can_read_grunnlag(request.user, place.unit):
        raise PermissionDenied(why_status_only(request.user))
    grunnlag = Veiledningsgrunnlag.objects.filter(meeting=place.meeting, unit=place.unit).first()
    version = grunnlag.versions.first() if grunnlag else None
    can_edit = can_edit_grunnlag(request.user, place.unit)
    is_open = not (place.meeting.pulje.is_closed or place.meeting.is_cancelled)
    if version is None and can_edit and is_open:
        return redirect(place.path("grunnlag_edit"))
    context = {
        "place": place,
        "grunnlag": grunnlag,
        "sheet": sheet_of(version) if version else None,
        "versions": grunnlag.versions.select_related("sent_by") if grunnlag else [],
        "edit_url": place.path("grunnlag_edit") if can_edit and is_open else "",
        "is_late": version is not None and is_late(_first_sent_on(grunnlag), due_day_of(place)),
        "is_changed": can_edit and version is not None and grunnlag.updated_at > version.sent_at,
        "due": due_day_of(place),
        "today": timezone.localdate(),
        "sees": who_sees(Artefact.GRUNNLAG, is_sent=version is not None, user=request.user),
    }
    return render(request, "meetings/grunnlag_detail.html", context)


def _first_sent_on(grunnlag: Veiledningsgrunnlag) -> date:
    return timezone.localtime(grunnlag.versions.last().sent_at).date()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def grunnlag_edit(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Write the grunnlag: «Lagre utkast» and «Send» are buttons of the same page."""
    place = find_place(request, meeting_id, "before")
    if not can_edit_grunnlag(request.user, place.unit):
        if can_read_grunnlag(request.user, place.unit):
            return redirect(place.path("grunnlag_detail"))
        raise PermissionDenied(why_status_only(request.user))
    refuse_with_reason(refuse_read_only, place.meeting)
    if request.method == "POST":
        return _save_or_send(request, place)
    grunnlag = _found_or_new(place)
    return _show(request, place, grunnlag, _page(place, grunnlag))


def _save_or_send(request: HttpRequest, place: PaperPlace) -> HttpResponse:
    """Save what was typed, whatever it is; send it when that was asked for and all is there."""
    handling, now = request.POST.get("handling", ""), timezone.now()
    sending = handling == SEND
    if sending and not can_submit_grunnlag(request.user, place.unit):
        raise PermissionDenied(_("Det er lederen som sender grunnlaget. Utkastet er lagret."))
    edit_version = edit_version_in(request)
    grunnlag = start_grunnlag(meeting=place.meeting, unit=place.unit, by=request.user, now=now)
    page = _page(place, grunnlag, request, sending=sending, handling=handling)
    is_right = page.is_valid()
    data = keep_theirs(request.POST, page.data(), data_of(grunnlag))
    write = {"grunnlag": grunnlag, "edit_version": edit_version, "by": request.user, "now": now}
    try:
        if sending and is_right:
            version = submit_grunnlag(**write, data=data, confirmed=True)
            return redirect("meetings:grunnlag_receipt", place.meeting.pk, version.receipt)
        save_grunnlag(**write, data=data)
    except StaleEdit as stale:
        return _show_both(request, place, data, stale.current)
    if not is_right:
        grunnlag.refresh_from_db()
        return _show(request, place, grunnlag, page)
    messages.success(request, _("Utkastet er lagret %(clock)s.") % {"clock": klokka(now)})
    row_changed = handling.startswith(REMOVE) or handling == "ny_sak"
    return redirect(place.path("grunnlag_edit") + ("#saksliste" if row_changed else ""))


def _found_or_new(place: PaperPlace) -> Veiledningsgrunnlag:
    rows = Veiledningsgrunnlag.objects.select_related("updated_by")
    found = rows.filter(meeting=place.meeting, unit=place.unit).first()
    return found or Veiledningsgrunnlag(meeting=place.meeting, unit=place.unit)


def _page(
    place: PaperPlace,
    grunnlag: Veiledningsgrunnlag,
    request: HttpRequest | None = None,
    *,
    sending: bool = False,
    handling: str = "",
) -> GrunnlagPage:
    row = handling.removeprefix(REMOVE) if handling.startswith(REMOVE) else ""
    tema = getattr(place.meeting.semester, "tema", None)
    focus = tema.content.get("focus", []) if tema else []
    return GrunnlagPage(
        saved=data_of(grunnlag),
        points=_points(place, grunnlag),
        focus=[(each["id"], in_language(each["bm"], each["nn"])) for each in focus],
        unit_kind=place.unit.unit.kind,
        post=with_choices(request.POST) if request else None,
        sending=sending,
        removed_row=int(row) if row.isdecimal() else None,
    )


def _points(place: PaperPlace, grunnlag: Veiledningsgrunnlag) -> list[SimpleNamespace]:
    """What is carried over: points still open, and those this grunnlag has already answered."""
    answered = [row["follow_up"] for row in grunnlag.since_last]
    open_points = FollowUp.objects.carried_to(place.meeting, place.unit)
    again = FollowUp.objects.filter(pk__in=answered, referat__unit=place.unit)
    points = {p.pk: p for p in [*open_points, *again.select_related("referat__meeting")]}
    return [
        SimpleNamespace(
            pk=point.pk,
            text=point.text,
            origin=_("Ansvarlig: %(who)s · frist %(due)s")
            % {
                "who": actor_name(
                    place.meeting, point.responsible, place.unit, _language()
                ).lower(),
                "due": f"{point.due:%d.%m.%Y}",
            },
            meeting=point.referat.meeting,
        )
        for point in sorted(points.values(), key=lambda each: (each.due, each.pk))
    ]


def _language() -> str:
    return in_language("nb", "nn")


def _show(
    request: HttpRequest, place: PaperPlace, grunnlag: Veiledningsgrunnlag, page: GrunnlagPage
) -> HttpResponse:
    before = Referat.objects.filter(unit=place.unit, meeting__start__lt=place.meeting.start)
    context = {
        "place": place,
        "grunnlag": grunnlag,
        "page": page,
        "form": page.form,
        "has_errors": bool(page.error_lines()) if page.form.is_bound else False,
        "edit_version": grunnlag.edit_version,
        "can_submit": can_submit_grunnlag(request.user, place.unit),
        "tema": getattr(place.meeting.semester, "tema", None),
        "earlier": before.sent().order_by("-meeting__start").select_related("meeting").first(),
        "due": due_day_of(place),
        "today": timezone.localdate(),
        "sees": who_sees(
            Artefact.GRUNNLAG, is_sent=grunnlag.sent_at is not None, user=request.user
        ),
    }
    return render(request, "meetings/grunnlag_edit.html", context)


def _show_both(
    request: HttpRequest, place: PaperPlace, mine: Data, current: Veiledningsgrunnlag
) -> HttpResponse:
    """Somebody else has saved: both texts, field by field; nothing of either is lost."""
    page = _page(place, current)
    fields = page.form.fields
    labels = {key: fields[key].label for key in mine if key in fields}
    labels |= {"since_last": _("Siden sist"), "saker": _("Saksliste")}
    conflicts = two_texts(mine, data_of(current), labels, _worder(page))
    context = {
        "place": place,
        "conflicts": conflicts,
        "kept": kept_fields(with_choices(request.POST), conflicts),
        "other": current.updated_by,
        "saved_at": current.updated_at,
        "edit_version": current.edit_version,
        "back": place.path("grunnlag_edit"),
        "has_errors": True,
    }
    return render(request, "meetings/_paper_conflict.html", context, status=409)


def _worder(page: GrunnlagPage):
    """Words for the values of a grunnlag that are not texts."""
    points = {part.point.pk: part.point.text for part in page.points}
    outcomes, types = dict(OUTCOMES), dict(SAK_TYPES)
    focus = dict(page.form.fields["focus"].choices)

    def as_text(key: str, value: Any) -> str:
        if key == "since_last":
            lines = [
                f"{points.get(row['follow_up'], '')}: {outcomes.get(row['outcome'], '–')}"
                + (f" ({row['comment']})" if row["comment"] else "")
                for row in value
            ]
        elif key == "saker":
            lines = [
                f"{row['title']} ({types.get(row['type'], '')}, {row['minutes'] or '–'} min)"
                for row in shown(value)
            ]
        elif key == "focus":
            lines = [focus.get(each, each) for each in value]
        else:
            lines = [_("Ja") if value else _("Nei")]
        return "\n".join(map(str, lines))

    return as_text


@login_required
@require_safe
def grunnlag_receipt(request: HttpRequest, meeting_id: int, receipt: str) -> HttpResponse:
    """What was sent, when, with which checksum, and who can read it."""
    version = find_version(request, VeiledningsgrunnlagVersion, meeting_id, receipt=receipt)
    place = find_place(request, meeting_id, "before", version.paper.unit_id)
    context = {
        "version": version,
        "sheet": sheet_of(version),
        "place": place,
        "is_late": is_late(timezone.localtime(version.sent_at).date(), due_day_of(place)),
        "read_url": place.path("grunnlag_detail"),
        "edit_url": place.path("grunnlag_edit"),
        "people": receivers(
            reading_offices(Artefact.GRUNNLAG), place.meeting, place.unit, timezone.localdate()
        ),
        "sees": who_sees(Artefact.GRUNNLAG, is_sent=True, user=request.user),
    }
    return render(request, "meetings/grunnlag_receipt.html", context)
