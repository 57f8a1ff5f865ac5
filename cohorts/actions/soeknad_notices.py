"""What people are told about a søknad: neutral words, and a link that opens in the right office."""

from datetime import datetime

from django.urls import reverse

from actors.actions.messages import NoticeText, Origin, notify_roles
from actors.models import Owner, Role
from cohorts.actions.soeknad_state import local_day
from cohorts.models import Soeknad

SENT = NoticeText(
    title_bm="En søknad er sendt",
    title_nn="Ein søknad er send",
    body_bm="Søknaden kan leses og vurderes.",
    body_nn="Søknaden kan lesast og vurderast.",
    action_bm="Les søknaden",
    action_nn="Les søknaden",
)
WITHDRAWN = NoticeText(
    title_bm="En søknad er trukket",
    title_nn="Ein søknad er trekt",
    body_bm="Søkeren har trukket søknaden. Grunnen står i søknaden.",
    body_nn="Søkjaren har trekt søknaden. Grunnen står i søknaden.",
    action_bm="Se søknaden",
    action_nn="Sjå søknaden",
)
PARTNER_ASKED = NoticeText(
    title_bm="Dere er spurt om å søke sammen med en annen kommune",
    title_nn="De er spurde om å søkje saman med ein annan kommune",
    body_bm="Les utkastet og svar ja eller nei.",
    body_nn="Les utkastet og svar ja eller nei.",
    action_bm="Svar",
    action_nn="Svar",
)
PARTNER_ANSWERED = NoticeText(
    title_bm="En kommune har svart på om dere skal søke sammen",
    title_nn="Ein kommune har svart på om de skal søkje saman",
    body_bm="Svaret står i søknaden.",
    body_nn="Svaret står i søknaden.",
    action_bm="Se svaret",
    action_nn="Sjå svaret",
)
PARTNER_LEFT = NoticeText(
    title_bm="En kommune har trukket seg fra en felles søknad",
    title_nn="Ein kommune har trekt seg frå ein felles søknad",
    body_bm="De andre kommunene søker fortsatt.",
    body_nn="Dei andre kommunane søkjer framleis.",
    action_bm="Se søknaden",
    action_nn="Sjå søknaden",
)


def tell_owner(
    soeknad: Soeknad, owner, text: NoticeText, *, kind: str, occasion: str, page: str, now: datetime
) -> int:
    """Queue a notice to those who act for an owner; `page` is a url name that takes the søknad."""
    roles = Role.objects.filter(owner=owner, kind="eier").active(local_day(now))
    return _tell(soeknad, roles, text, kind, occasion, _path(page, soeknad), owner, now)


def tell_embete(
    soeknad: Soeknad, text: NoticeText, *, kind: str, occasion: str, now: datetime
) -> int:
    """Queue a notice to the adviser responsible for the candidate, else to all in the embete."""
    candidate = soeknad.candidate
    roles = Role.objects.filter(
        statsforvalter=candidate.embete.statsforvalter_id, kind="statsforvalter"
    ).active(local_day(now))
    responsible = roles.filter(user=candidate.responsible_id)
    version = soeknad.versions.first()
    path = reverse("cohorts:soeknad_version", args=[soeknad.pk, version.number if version else 1])
    told = responsible or roles
    return _tell(soeknad, told, text, kind, occasion, path, candidate.owner, now)


def _tell(
    soeknad: Soeknad,
    roles,
    text: NoticeText,
    kind: str,
    occasion: str,
    path: str,
    owner: Owner,
    now,
) -> int:
    return notify_roles(
        roles=roles.select_related("user").order_by("pk"),
        kind=kind,
        subject=f"soeknad:{soeknad.pk}",
        occasion=occasion,
        text=text,
        url=path,
        now=now,
        place=str(owner),
        origin=Origin(owner_id=owner.pk),
    )


def _path(page: str, soeknad: Soeknad) -> str:
    return reverse(f"cohorts:{page}", args=[soeknad.pk])
