"""The opptak as an owner meets it: the deadline of its embete, and its own søknad."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from cohorts.access.opptak import may_apply
from cohorts.models import Decision, EmbeteOpptak, Opptak, Soeknad
from cohorts.queries.candidate_owners import APPLICANT_OF_KIND, embete_of_owner
from cohorts.queries.opptak import application_deadline, opptak_dates
from cohorts.queries.programme import programme_of
from cohorts.rules.opptak import DATE_LABELS
from lmp.lib.wording import frist


def owner_context(request: HttpRequest, opptak: Opptak) -> dict[str, Any]:
    """What the owner acts on. Another applicant's søknad is never among it."""
    owner = request.user.role.owner
    applicant = APPLICANT_OF_KIND.get(owner.kind, "")
    embete = _embete(opptak, owner)
    today = timezone.localdate()
    calendar = programme_of(opptak.pulje).calendar_rules.calendar
    due = application_deadline(embete) if embete else None
    visible = Soeknad.objects.visible_to(request.user).in_opptak(opptak)
    soeknader = list(visible.select_related("candidate__owner"))
    decisions = Decision.objects.visible_to(request.user).current().select_related("answer")
    mine = [each for each in soeknader if each.candidate.owner_id == owner.pk]
    own = embete is not None and embete.internal_deadline is not None
    return {
        "embete": embete,
        "date_rows": _dates(opptak, own),
        "due": due,
        "frist": frist(due, today, calendar) if due else None,
        "soeknad": mine[0] if mine else None,
        "joined": [each for each in soeknader if each.candidate.owner_id != owner.pk],
        "decision": decisions.filter(soeknad__in=soeknader).first(),
        "may_apply": may_apply(request.user, opptak) and applicant in opptak.applicants,
        "cannot_apply": applicant not in opptak.applicants,
        "criteria": [
            (each.get_applies_to_display(), list(opptak.criteria.filter(applies_to=applicant)))
            for each in opptak.criteria.filter(applies_to=applicant)[:1]
        ],
    }


def _dates(opptak: Opptak, own_deadline: bool) -> list[tuple[Any, Any]]:
    """The dates that hold for the owner: its embete's own deadline stands for that of all."""
    days = opptak_dates(opptak).by_key().items()
    hidden = "soeknadsfrist" if own_deadline else ""
    return [(DATE_LABELS[key], day) for key, day in days if day and key != hidden]


def _embete(opptak: Opptak, owner) -> EmbeteOpptak | None:
    statsforvalter = embete_of_owner(owner)
    found = EmbeteOpptak.objects.filter(opptak=opptak, statsforvalter=statsforvalter)
    embete = found.select_related("statsforvalter").first() if statsforvalter else None
    if embete is not None:
        embete.opptak = opptak
    return embete
