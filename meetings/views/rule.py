"""The rules of a pulje for reminders, and a version that was: read, and taken into use again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actors.access import can_steer_sending
from cohorts.access.deltakelse import is_open_to_change
from cohorts.actions.rule_edition import restore
from cohorts.models import DeadlineRule, Pulje, PuljeStatus, RuleEdition
from cohorts.queries.programme import programme_of
from cohorts.rules.offices import receivers_of
from cohorts.rules.rule_edition import content_of
from lmp.lib.wording import dato, small_first
from meetings.rules.rule_words import from_day_in_words, receivers_in_words
from meetings.views.rule_place import RulePlace, refuse_others, refuse_readers, rule_place


@login_required
@require_safe
def rule_list(request: HttpRequest) -> HttpResponse:
    """The rules of one pulje (`?pulje=`), each in words with its version."""
    refuse_others(request)
    puljer = list(Pulje.objects.visible_to(request.user))
    pulje = _chosen(puljer, request.GET.get("pulje", ""))
    context = {
        "puljer": puljer,
        "pulje": pulje,
        "rows": _rows(pulje) if pulje else [],
        "may_change": pulje is not None
        and can_steer_sending(request.user)
        and is_open_to_change(pulje),
    }
    return render(request, "meetings/rule_list.html", context)


def _chosen(puljer: list[Pulje], asked: str) -> Pulje | None:
    """The pulje asked for, else the newest that is running, else the newest."""
    running = [each for each in puljer if each.status == PuljeStatus.RUNNING]
    wanted = [each for each in puljer if str(each.number) == asked]
    return next(iter([*wanted, *running, *puljer]), None)


def _rows(pulje: Pulje) -> list[dict[str, Any]]:
    programme = programme_of(pulje)
    rules = pulje.deadline_rules.prefetch_related("editions")
    return [
        {
            "rule": rule,
            "words": receivers_in_words(
                content_of(rule).steps, rule.unit, dict(receivers_of(rule.owed_by, programme))
            ),
            "waiting": _waiting(rule),
        }
        for rule in rules
    ]


def _waiting(rule: DeadlineRule) -> RuleEdition | None:
    """The version that takes over on its day; the newest stands first."""
    newest = next(iter(rule.editions.all()), None)
    return newest if newest is not None and newest.number > rule.version else None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule_restore(request: HttpRequest, rule_id: int, number: int) -> HttpResponse:
    """Read a version of a rule, and take it into use again as a new one."""
    place = rule_place(request, rule_id)
    edition = get_object_or_404(place.rule.editions.select_related("made_by"), number=number)
    problem = ""
    if request.method == "POST":
        refuse_readers(request, place)
        try:
            return _restored(request, place, number)
        except ValidationError as error:
            problem = error.messages[0]
    context = {
        "place": place,
        "rule": place.rule,
        "pulje": place.pulje,
        "title": small_first(place.rule.title),
        "edition": edition,
        "words": place.in_words(content_of(edition)),
        "state": _state(place, edition),
        "can_restore": place.may_change and number != place.number,
        "from_words": from_day_in_words(place.from_day, place.today),
        "next_number": place.number + 1,
        "problem": problem,
    }
    return render(request, "meetings/rule_version.html", context)


def _restored(request: HttpRequest, place: RulePlace, number: int) -> HttpResponse:
    seen = request.POST.get("seen", "")
    edition = restore(
        rule=place.rule,
        number=number,
        from_day=place.from_day,
        by=request.user,
        now=timezone.now(),
        seen=int(seen) if seen.isdigit() else 0,
    )
    if edition is None:
        messages.success(request, _("Ingenting er endret."))
    else:
        words = {"number": edition.number, "day": dato(edition.from_day)}
        messages.success(request, _("Versjon %(number)s gjelder fra %(day)s.") % words)
    return redirect("meetings:rule_edit", place.rule.pk)


def _state(place: RulePlace, edition: RuleEdition) -> str:
    """Whether the version holds, waits or is of the past."""
    day = {"day": dato(edition.from_day, year=True)}
    if edition.number == place.rule.version:
        return _("Gjelder nå, fra %(day)s.") % day
    if edition.number == place.number:
        return _("Gjelder fra %(day)s.") % day
    if edition.number > place.rule.version:
        return _("Ble erstattet av en nyere før den skulle gjelde.")
    return _("Gjaldt fra %(day)s, og gjelder ikke lenger.") % day
