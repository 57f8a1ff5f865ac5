"""Beginning a søknad, its task list, and opening a sent one again."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.models import Owner
from cohorts.access.soeknad import can_apply, can_read_draft, can_write_now, is_writer
from cohorts.actions.soeknad import (
    APPLICANT_OF_OWNER,
    refuse_to_reopen,
    refuse_to_start,
    reopen_soeknad,
    start_soeknad,
)
from cohorts.models import Opptak, Soeknad, SoeknadPartner
from cohorts.queries.candidate_owners import embete_of_owner
from cohorts.queries.opptak import application_deadline, opptak_dates
from cohorts.queries.soeknad_writing import Writing, count_writers, writing_of
from cohorts.rules import soeknad_words
from cohorts.rules.opptak import is_late
from cohorts.rules.soeknad_progress import next_part
from cohorts.views.soeknad_links import part_path
from cohorts.views.soeknad_map import TAKING_PART, who_sees
from cohorts.views.soeknad_place import own_soeknad, seen_soeknad
from cohorts.views.soeknad_rows import bar_of, groups_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def soeknad_create(request: HttpRequest, number: int) -> HttpResponse:
    """What the opptak is, what applications are assessed on, and «Begynn på søknaden»."""
    opptak = get_object_or_404(Opptak.objects.visible_to(request.user), pulje__number=number)
    if not can_apply(request.user):
        raise PermissionDenied(_("Det er barnehage- og skoleeiere som søker."))
    owner, now = request.user.role.owner, timezone.now()
    found = Soeknad.objects.in_opptak(opptak).filter(candidate__owner=owner).first()
    if found is not None:
        return redirect(found)
    why_not = _why_not(refuse_to_start, opptak, owner)
    if request.method == "POST":
        if why_not:
            raise PermissionDenied(why_not)
        if made := _start(request, opptak, owner, now):
            return redirect(made)
    context = _what_it_is(opptak, owner) | {"why_not": why_not, "today": timezone.localdate()}
    return render(request, "cohorts/soeknad_create.html", context)


def _start(request: HttpRequest, opptak: Opptak, owner: Owner, now: datetime) -> Soeknad | None:
    try:
        return start_soeknad(opptak=opptak, owner=owner, by=request.user, now=now)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return None


def _why_not(refuse, *what) -> str:
    try:
        refuse(*what)
    except ValidationError as error:
        return error.messages[0]
    return ""


def _what_it_is(opptak: Opptak, owner: Owner) -> dict[str, Any]:
    embete = opptak.embeter.filter(statsforvalter=embete_of_owner(owner)).first()
    deadline = application_deadline(embete) if embete else opptak_dates(opptak).soeknadsfrist
    applicant = APPLICANT_OF_OWNER[owner.kind]
    return {
        "opptak": opptak,
        "owner": owner,
        "deadline": deadline,
        "criteria": opptak.criteria.filter(applies_to=applicant),
        "joined": SoeknadPartner.objects.filter(
            owner=owner, status__in=TAKING_PART, soeknad__candidate__embete__opptak=opptak
        ).select_related("soeknad__candidate__owner"),
    }


@login_required
@require_safe
def soeknad_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The task list of what is being written; what is sent; others go to the sent version."""
    soeknad, now = seen_soeknad(request, pk), timezone.now()
    if not can_read_draft(request.user, soeknad):
        version = get_object_or_404(soeknad.versions.order_by("-number")[:1])
        return redirect("cohorts:soeknad_version", soeknad.pk, version.number)
    if not soeknad.is_being_written:
        return _show_closed(request, soeknad, now)
    return _show_tasks(request, soeknad, now)


def _show_tasks(request: HttpRequest, soeknad: Soeknad, now: datetime) -> HttpResponse:
    today = timezone.localdate(now)
    writing = writing_of(soeknad, request.user, now)
    writes = is_writer(request.user, soeknad)
    context = _deadline(soeknad, today) | {
        "soeknad": soeknad,
        "pulje": soeknad.candidate.embete.opptak.pulje,
        "years": _years(soeknad),
        "heading": soeknad_words.heading(writing.parts),
        "lead": soeknad_words.lead(writing.parts),
        "bar": bar_of(writing),
        "bar_label": soeknad_words.bar_label(writing.parts),
        "groups": groups_of(writing, request.user),
        "next": _next(writing) if can_write_now(request.user, soeknad) else None,
        "writes": writes,
        "sees": who_sees(writing, count_writers(soeknad, today)),
        "criteria": soeknad.candidate.embete.opptak.criteria.filter(applies_to=soeknad.applicant),
    }
    return render(request, "cohorts/soeknad_detail.html", context)


def _years(soeknad: Soeknad) -> str:
    """«2027–2029»: from the first semester to the last."""
    semesters = soeknad.candidate.embete.opptak.pulje.semesters.filter(number__gt=0)
    years = list(semesters.order_by("number").values_list("year", flat=True))
    return f"{years[0]}–{years[-1]}" if years else ""


def _deadline(soeknad: Soeknad, today: date) -> dict[str, Any]:
    due = application_deadline(soeknad.candidate.embete)
    return {"due": due, "today": today, "late": is_late(today, due)}


def _next(writing: Writing) -> dict[str, Any]:
    """What the writer does now: the next part, or looking it over."""
    found = next_part(writing.parts)
    if found is None:
        return {"url": part_path(writing.soeknad, "bekreft"), "title": ""}
    return {
        "title": found.part.title,
        "note": soeknad_words.note(found, writing.contents) or soeknad_words.missing_words(found),
        "url": part_path(writing.soeknad, found.part.slug),
    }


def _show_closed(request: HttpRequest, soeknad: Soeknad, now: datetime) -> HttpResponse:
    version = soeknad.versions.select_related("sent_by").first()
    may_reopen = is_writer(request.user, soeknad) and not _why_not(refuse_to_reopen, soeknad, now)
    context = _deadline(soeknad, timezone.localdate(now)) | {
        "soeknad": soeknad,
        "pulje": soeknad.candidate.embete.opptak.pulje,
        "version": version,
        "may_reopen": may_reopen,
        "writes": is_writer(request.user, soeknad),
    }
    return render(request, "cohorts/soeknad_closed.html", context)


@login_required
@require_POST
def soeknad_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """«Lag ny versjon»: the form opens again, the sent version counts until the next is sent."""
    soeknad = own_soeknad(request, pk)
    try:
        reopen_soeknad(soeknad=soeknad, by=request.user, now=timezone.now())
    except ValidationError as error:
        raise PermissionDenied(error.messages[0]) from None
    messages.success(request, _("Dere kan endre søknaden. Den forrige gjelder til dere sender."))
    return redirect(soeknad)
