"""An embete's share of an opptak: its places and its own deadline."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.actions.events import record_event
from actors.actions.messages import NoticeText, notify_roles
from actors.models import Role, User
from actors.rules.roles import RoleKind
from cohorts.actions.deltakelse import note_change
from cohorts.actions.opptak_settings import change_opptak, refuse_ended
from cohorts.models import EmbeteOpptak, Opptak
from cohorts.queries.opptak import opptak_dates
from cohorts.queries.programme import programme_of
from cohorts.rules.errors import NotPossible
from cohorts.rules.opptak import internal_deadline_problem


@transaction.atomic
def set_places(
    *,
    opptak: Opptak,
    capacity: int | None,
    quotas: Mapping[int, int | None],
    by: User,
    now: datetime,
) -> Opptak:
    """Set the places in all and those of each embete, by the key of its share; see `set_quota`."""
    opptak = change_opptak(opptak=opptak, capacity=capacity, by=by, now=now)
    for embete in opptak.embeter.filter(pk__in=quotas):
        set_quota(embete=embete, quota=quotas[embete.pk], by=by, now=now)
    return opptak


@transaction.atomic
def set_quota(*, embete: EmbeteOpptak, quota: int | None, by: User, now: datetime) -> EmbeteOpptak:
    """Set how many places an embete has; the same number again changes nothing.

    After the embete has sent its list, the former number is kept beside the new one and its people
    are told: what they sent still counts, and they may send a new version.
    """
    embete = _locked(embete)
    refuse_ended(embete.opptak)
    former = embete.quota
    if former == quota:
        return embete
    embete.quota = quota
    listed = getattr(embete, "priority_list", None)
    sent = listed is not None and listed.sent_at is not None
    if sent:
        embete.former_quota, embete.quota_changed_at = former, now
    embete.save(update_fields=["quota", "former_quota", "quota_changed_at"])
    record_event(
        by=by,
        verb="set-quota",
        subject=f"opptak:{embete.opptak_id}",
        now=now,
        embete=embete.statsforvalter.code,
        before=former,
        after=quota,
        after_list=sent,
    )
    if sent:
        _tell_embete(embete, now)
    return embete


@transaction.atomic
def set_internal_deadline(
    *, embete: EmbeteOpptak, deadline: date | None, by: User, now: datetime
) -> EmbeteOpptak:
    """Set the embete's own deadline for applications; None brings back that of the opptak.

    Raises ValidationError at `deadline` for a day that has passed, is no working day, or comes
    after the day the list is to be with Udir.
    """
    embete = _locked(embete)
    refuse_ended(embete.opptak)
    if not embete.opptak.is_open:
        raise NotPossible(_("Opptaket er ikke åpnet."), "not_open")
    before = embete.internal_deadline
    if before == deadline:
        return embete
    if deadline is not None:
        problem = internal_deadline_problem(
            deadline,
            latest=opptak_dates(embete.opptak).prioritert_liste,
            calendar=programme_of(embete.opptak.pulje).calendar_rules.calendar,
            today=timezone.localtime(now).date(),
        )
        if problem:
            raise ValidationError({"deadline": problem})
    embete.internal_deadline = deadline
    embete.save(update_fields=["internal_deadline"])
    note_change(embete.opptak.pulje, now)
    record_event(
        by=by,
        verb="set-internal-deadline",
        subject=f"opptak:{embete.opptak_id}",
        now=now,
        embete=embete.statsforvalter.code,
        before=before.isoformat() if before else None,
        after=deadline.isoformat() if deadline else None,
    )
    return embete


def _locked(embete: EmbeteOpptak) -> EmbeteOpptak:
    found = EmbeteOpptak.objects.select_for_update(of=("self",))
    related = ("opptak__pulje", "statsforvalter", "priority_list")
    return found.select_related(*related).get(pk=embete.pk)


def _tell_embete(embete: EmbeteOpptak, now: datetime) -> None:
    """A notice to everybody who acts for the embete today."""
    text = NoticeText(**_in_both(lambda: _notice_words(embete)))
    roles = Role.objects.for_scope(RoleKind.STATSFORVALTER, embete.statsforvalter)
    notify_roles(
        roles=roles.active(timezone.localtime(now).date()).select_related("user"),
        kind="quota-changed",
        subject=f"opptak:{embete.opptak_id}",
        occasion=f"{embete.pk}:{now.isoformat()}",
        text=text,
        url=embete.opptak.get_absolute_url(),
        now=now,
        place=str(embete.statsforvalter),
    )


def _notice_words(embete: EmbeteOpptak) -> dict[str, str]:
    values = {"before": _places(embete.former_quota), "after": _places(embete.quota)}
    body = _(
        "Udir har endret antall plasser for embetet fra %(before)s til %(after)s. Lista dere har "
        "sendt, gjelder fortsatt. Dere kan sende en ny versjon."
    )
    return {
        "title": _("Antall plasser er endret"),
        "body": body % values,
        "action": _("Se opptaket"),
    }


def _places(quota: int | None) -> str:
    return str(quota) if quota is not None else _("ikke fastsatt")


def _in_both(words: Callable[[], dict[str, str]]) -> dict[str, str]:
    """The words in both languages, named as the columns of a notice."""
    both: dict[str, str] = {}
    for language, ending in (("nb", "bm"), ("nn", "nn")):
        with override(language):
            both |= {f"{name}_{ending}": text for name, text in words().items()}
    return both
