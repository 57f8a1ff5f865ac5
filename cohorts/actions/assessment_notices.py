"""What the embete's advisers are told about who judges a søknad: neutral words."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from actors.actions.messages import NoticeText, Origin, notify_roles
from actors.models import Role, User
from actors.rules.roles import RoleKind
from cohorts.models import Assessment, Habilitet

HANDED_ON = NoticeText(
    title_bm="En søknad trenger en ny til å vurdere den",
    title_nn="Ein søknad treng ein ny til å vurdere han",
    body_bm="En kollega er inhabil og har gitt fra seg vurderingen av en søknad.",
    body_nn="Ein kollega er inhabil og har gitt frå seg vurderinga av ein søknad.",
    action_bm="Vurder søknaden",
    action_nn="Vurder søknaden",
)
IN_DOUBT = NoticeText(
    title_bm="En kollega er i tvil om habiliteten sin",
    title_nn="Ein kollega er i tvil om habiliteten sin",
    body_bm="Snakk sammen om hvem som bør vurdere søknaden. Lederen avgjør om dere er i tvil.",
    body_nn="Snakk saman om kven som bør vurdere søknaden. Leiaren avgjer om de er i tvil.",
    action_bm="Se søknaden",
    action_nn="Sjå søknaden",
)
TEXT_OF = {Habilitet.INHABIL: HANDED_ON, Habilitet.TVIL: IN_DOUBT}


def tell_the_others(*, assessment: Assessment, by: User, now: datetime) -> int:
    """Queue a notice to the embete's other advisers about an answer that is not «habil».

    Who is inhabil in the søknad is not told. Returns how many notices are new.
    """
    soeknad = assessment.soeknad
    text = TEXT_OF[Habilitet(assessment.habilitet)]
    inhabil = soeknad.assessments.filter(habilitet=Habilitet.INHABIL).values("assessor")
    roles = (
        Role.objects.for_scope(RoleKind.STATSFORVALTER, soeknad.candidate.embete.statsforvalter)
        .active(timezone.localtime(now).date())
        .exclude(user=by)
        .exclude(user__in=inhabil)
    )
    return notify_roles(
        roles=roles.select_related("user"),
        kind=f"assessment_{assessment.habilitet}",
        subject=f"soeknad:{soeknad.pk}",
        occasion=f"{by.pk}:{now.isoformat()}",
        text=text,
        url=reverse("cohorts:assessment_edit", args=[soeknad.pk]),
        now=now,
        place=str(soeknad.candidate.owner),
        origin=Origin(owner_id=soeknad.candidate.owner_id),
    )
