"""What people are told when an offer is answered or lapses: neutral, with a link to open."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from actors.actions.messages import NoticeText, Origin, notify_roles
from actors.models import NoticeCategory, Role
from actors.rules.roles import RoleKind
from cohorts.models import Answer, Decision

YES = NoticeText(
    title_bm="Ja til å delta",
    title_nn="Ja til å delta",
    body_bm="Eieren har takket ja. Enhetene og gruppene er på plass.",
    body_nn="Eigaren har takka ja. Einingane og gruppene er på plass.",
    action_bm="Se svaret",
    action_nn="Sjå svaret",
)
NO = NoticeText(
    title_bm="Nei til å delta",
    title_nn="Nei til å delta",
    body_bm="Eieren har takket nei. Plassen er ledig for neste på reservelista.",
    body_nn="Eigaren har takka nei. Plassen er ledig for neste på reservelista.",
    action_bm="Se svaret",
    action_nn="Sjå svaret",
)
LAPSED = NoticeText(
    title_bm="Et tilbud har falt bort",
    title_nn="Eit tilbod har falle bort",
    body_bm="Svarfristen gikk ut uten svar. Plassen er ledig for neste på reservelista.",
    body_nn="Svarfristen gjekk ut utan svar. Plassen er ledig for neste på reservelista.",
    action_bm="Se tilbudet",
    action_nn="Sjå tilbodet",
)
LAPSED_FOR_OWNER = NoticeText(
    title_bm="Tilbudet til dere har falt bort",
    title_nn="Tilbodet til dykk har falle bort",
    body_bm="Svarfristen gikk ut uten svar. Spør statsforvalteren hvis dere ville delta.",
    body_nn="Svarfristen gjekk ut utan svar. Spør statsforvaltaren om de ville delta.",
    action_bm="Se brevet",
    action_nn="Sjå brevet",
)


def tell_of_answer(answer: Answer, *, now: datetime) -> int:
    """Tell embetet and Udir; return how many notices are new."""
    decision = answer.decision
    text, kind = (YES, "offer-accepted") if answer.accepted else (NO, "offer-declined")
    return _tell_deciders(decision, text, kind, not answer.accepted, now)


def tell_of_lapse(decision: Decision, *, now: datetime) -> int:
    """Tell the owner, embetet and Udir; return how many notices are new."""
    owners = _roles(now).filter(kind=RoleKind.EIER, owner=decision.owner)
    path = decision.get_absolute_url()
    told = _tell(owners, decision, LAPSED_FOR_OWNER, "offer-lapsed", path, now)
    return told + _tell_deciders(decision, LAPSED, "offer-lapsed", True, now)


def _tell_deciders(
    decision: Decision, text: NoticeText, kind: str, is_free: bool, now: datetime
) -> int:
    """The embete gets the candidate to open; Udir the reserve list when a place is free."""
    candidate = decision.soeknad.candidate
    embete = candidate.embete
    number = embete.opptak.pulje.number
    here = _roles(now)
    advisers = here.filter(kind=RoleKind.STATSFORVALTER, statsforvalter=embete.statsforvalter)
    page = reverse("cohorts:reserve_next", args=[number]) if is_free else None
    deciders = here.filter(kind=RoleKind.UDIR)
    return _tell(advisers, decision, text, kind, candidate.get_absolute_url(), now) + _tell(
        deciders, decision, text, kind, page or decision.get_absolute_url(), now
    )


def _roles(now: datetime):
    roles = Role.objects.active(timezone.localdate(now)).select_related("user")
    return roles.order_by("pk")


def _tell(
    roles: Iterable[Role],
    decision: Decision,
    text: NoticeText,
    kind: str,
    path: str,
    now: datetime,
) -> int:
    """One notice to each person, opening in the first of the roles."""
    return notify_roles(
        roles=roles,
        kind=kind,
        subject=f"decision:{decision.pk}",
        occasion=kind,
        text=text,
        url=path,
        now=now,
        place=str(decision.owner),
        origin=Origin(NoticeCategory.DECISION, owner_id=decision.owner_id),
    )
