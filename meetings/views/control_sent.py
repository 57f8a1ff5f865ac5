"""Search in what was sent, and the history of a person and of a thing."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from actors.access import can_steer_sending
from actors.models import Notice, Owner, Role, Unit, User
from meetings.actions.obligation.words import obligation_title, place_name
from meetings.forms.control import SentForm
from meetings.models import Meeting, Obligation
from meetings.queries.control import (
    found_notices,
    notices_about,
    notices_to,
    rule_titles,
    rules_by_pk,
)
from meetings.views.control_gate import refuse_unless_sees
from meetings.views.control_rows import notice_rows, office_words

PER_PAGE = 50


@login_required
@require_safe
def control_sent(request: HttpRequest) -> HttpResponse:
    """Everything that was written to anybody, newest first, and a search in it."""
    refuse_unless_sees(request)
    form = SentForm(request.GET, rules=rule_titles())
    none = Notice.objects.none()
    asked = {name: form.data[name] for name in form.fields if form.data.get(name)}
    context = {
        **_listed(request, found_notices(form.wanted()) if form.is_valid() else none),
        "form": form,
        "searched": bool(asked),
        "query": urlencode(asked),
    }
    return render(request, "meetings/control_sent.html", context)


@login_required
@require_safe
def control_person(request: HttpRequest, pk: int) -> HttpResponse:
    """All notices to one person, and whether mail reaches her."""
    refuse_unless_sees(request)
    person = get_object_or_404(User, pk=pk)
    roles = Role.objects.filter(user=person).active(timezone.localdate()).with_scope()
    context = {
        **_listed(request, notices_to(person)),
        "person": person,
        "offices": [office_words(role) for role in roles],
        "steers": can_steer_sending(request.user),
    }
    return render(request, "meetings/control_person.html", context)


@login_required
@require_safe
def control_about(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Who was told of one thing: a unit, an owner (with its units), a meeting or a duty."""
    refuse_unless_sees(request)
    if kind not in THINGS:
        raise Http404
    thing = get_object_or_404(THINGS[kind], pk=pk)
    title, place, url = _words(thing)
    context = {
        **_listed(request, notices_about(thing)),
        "title": title,
        "place": place,
        "url": url,
    }
    return render(request, "meetings/control_about.html", context)


THINGS: dict[str, QuerySet] = {
    "unit": Unit.objects.all(),
    "eier": Owner.objects.all(),
    "moete": Meeting.objects.select_related("deltakelse__owner"),
    "plikt": Obligation.objects.with_recruitment().for_lists(),
}


def _words(thing: Unit | Owner | Meeting | Obligation) -> tuple[str, str, str]:
    """What the thing is called, where it is, and its page."""
    if isinstance(thing, Unit):
        return str(thing), "", reverse("reports:unit_detail", args=[thing.pk])
    if isinstance(thing, Owner):
        return str(thing), "", reverse("reports:owner_detail", args=[thing.pk])
    if isinstance(thing, Meeting):
        place = str(thing.deltakelse.owner) if thing.deltakelse else ""
        return thing.title, place, thing.get_absolute_url()
    return obligation_title(thing), place_name(thing), ""


def _listed(request: HttpRequest, notices: QuerySet[Notice]) -> dict[str, Any]:
    """A page of notices as rows, with the rules they come from."""
    page: Page = Paginator(notices, PER_PAGE).get_page(request.GET.get("side"))
    rules = rules_by_pk({notice.rule for notice in page})
    return {"page": page, "rows": notice_rows(page, rules), "now": timezone.now()}
