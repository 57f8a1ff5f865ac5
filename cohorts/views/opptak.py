"""The opptak: a list of them, and the door to one, which differs by role."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from actors.rules.roles import RoleKind
from cohorts.access.opptak import can_set_up_opptak, may_apply
from cohorts.models import EmbeteOpptak, Opptak, Pulje, PuljeDate
from cohorts.queries.opptak import opptak_dates, settings_of
from cohorts.queries.programme import programme_of
from cohorts.rules.opptak import APPLICANTS, DATE_LABELS
from cohorts.views.candidate_board import board_context
from cohorts.views.opptak_owner import owner_context
from cohorts.views.opptak_udir import udir_context
from cohorts.views.priority_summary import summary_context
from lmp.lib.wording import frist, tallord


@login_required
@require_safe
def opptak_list(request: HttpRequest) -> HttpResponse:
    """Every opptak that the role sees, the newest first, with its dates."""
    dates = Prefetch("pulje__dates", PuljeDate.objects.order_by("date"))
    found = Opptak.objects.visible_to(request.user).select_related("pulje").prefetch_related(dates)
    rows = [{"opptak": each, "dates": _dates(each)} for each in found]
    may_edit = can_set_up_opptak(request.user)
    others = Pulje.objects.visible_to(request.user).filter(opptak=None) if may_edit else []
    title = ngettext("Ett opptak er åpent", "%(count)s opptak er åpne", _open(rows))
    context = {
        "rows": rows,
        "title": title % {"count": tallord(_open(rows)).capitalize()}
        if _open(rows)
        else _("Ingen opptak er åpne nå"),
        "may_edit": may_edit,
        "others": others,
    }
    return render(request, "cohorts/opptak_list.html", context)


def _open(rows: list[dict[str, Any]]) -> int:
    return sum(row["opptak"].is_open for row in rows)


def _dates(opptak: Opptak) -> list[tuple[str, Any]]:
    return [
        (str(DATE_LABELS[each.key]), each.date)
        for each in opptak.pulje.dates.all()
        if each.key in DATE_LABELS
    ]


@login_required
@require_safe
def opptak_detail(request: HttpRequest, number: int) -> HttpResponse:
    """The board for a statsforvalter, what waits for Udir, information and the own søknad for
    those who may apply, and the information alone for everybody else."""
    visible = settings_of(Opptak.objects.visible_to(request.user))
    opptak = get_object_or_404(visible, pulje__number=number)
    kind = request.user.role.kind
    if kind == RoleKind.UDIR:
        return render(request, "cohorts/opptak_udir.html", udir_context(request, opptak))
    if kind == RoleKind.STATSFORVALTER:
        shares = EmbeteOpptak.objects.visible_to(request.user)
        embete = shares.filter(opptak=opptak).select_related("statsforvalter").first()
        if embete is not None:
            embete.opptak = opptak
            return render(request, "cohorts/opptak_embete.html", _embete(request, embete))
    context = info_context(opptak)
    if may_apply(request.user, opptak) or kind == RoleKind.EIER:
        context |= owner_context(request, opptak)
    return render(request, "cohorts/opptak_detail.html", context)


def _embete(request: HttpRequest, embete: EmbeteOpptak) -> dict[str, Any]:
    return board_context(request, embete) | summary_context(embete) | info_context(embete.opptak)


def info_context(opptak: Opptak) -> dict[str, Any]:
    """What everybody may read: the information, the dates, who may apply and the criteria."""
    today = timezone.localdate()
    dates = opptak_dates(opptak)
    calendar = programme_of(opptak.pulje).calendar_rules.calendar
    due = dates.soeknadsfrist
    kinds = dict(Opptak.criteria.rel.related_model._meta.get_field("applies_to").choices)
    found = list(opptak.criteria.all())
    return {
        "opptak": opptak,
        "pulje": opptak.pulje,
        "dates": dates,
        "date_rows": [(DATE_LABELS[key], day) for key, day in dates.by_key().items() if day],
        "due": due,
        "frist": frist(due, today, calendar) if due else None,
        "today": today,
        "kinds": [APPLICANTS[each] for each in opptak.applicants],
        "criteria": [
            (kinds[kind], [each for each in found if each.applies_to == kind])
            for kind in opptak.applicants
        ],
    }
