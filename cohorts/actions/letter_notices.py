"""Who is told when letters are released: neutral words, never the outcome."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.actions.letters import render_letter
from actors.actions.messages import NoticeText, Origin, notify_roles
from actors.actions.queue import queue_mail
from actors.models import Mail, NoticeCategory, Owner, Role
from actors.rules.roles import RoleKind
from cohorts.models import Decision
from cohorts.queries.letter import contact_of, languages_of

ANSWERED = NoticeText(
    title_bm="Dere har fått svar på søknaden",
    title_nn="De har fått svar på søknaden",
    body_bm="Brevet ligger i portalen.",
    body_nn="Brevet ligg i portalen.",
    action_bm="Les brevet",
    action_nn="Les brevet",
)
EMBETE = NoticeText(
    title_bm="Søkerne deres har fått svar",
    title_nn="Søkjarane dykkar har fått svar",
    body_bm="Dere kan lese brevene i portalen.",
    body_nn="De kan lese breva i portalen.",
    action_bm="Se opptaket",
    action_nn="Sjå opptaket",
)


def tell_applicant(decision: Decision, *, now: datetime) -> None:
    """Tell those who act for the owner at once; when nobody does, the contact of the søknad."""
    roles = Role.objects.of_kind(RoleKind.EIER).filter(owner=decision.owner_id)
    told = _tell(
        roles,
        kind="letter_released",
        subject=f"decision:{decision.pk}",
        occasion="released",
        text=ANSWERED,
        path=decision.get_absolute_url(),
        due=decision.answer_due,
        place=str(decision.owner),
        now=now,
        owner=decision.owner,
    )
    if not told:
        queue_letter_mail(decision, now=now)


def tell_embete(decisions: list[Decision], *, now: datetime) -> None:
    """Tell the embete once about all of its applicants that were answered now."""
    embete = decisions[0].soeknad.candidate.embete
    roles = Role.objects.of_kind(RoleKind.STATSFORVALTER).filter(
        statsforvalter=embete.statsforvalter_id
    )
    _tell(
        roles,
        kind="letters_released",
        subject=f"opptak:{embete.opptak_id}",
        occasion=f"{embete.pk}-{now.isoformat()}",
        text=EMBETE,
        path=embete.opptak.get_absolute_url(),
        due=None,
        place=str(embete),
        now=now,
    )


def _tell(
    roles,
    *,
    kind,
    subject,
    occasion,
    text,
    path,
    due,
    place,
    now: datetime,
    owner: Owner | None = None,
) -> int:
    """One urgent notice to each person who holds one of the roles; return how many people."""
    today = timezone.localtime(now).date()
    found = roles.active(today).filter(user__is_active=True).select_related("user").order_by("pk")
    notify_roles(
        roles=found,
        kind=kind,
        subject=subject,
        occasion=occasion,
        text=text,
        url=path,
        now=now,
        due=due,
        urgent=True,
        place=place,
        origin=Origin(NoticeCategory.DECISION, owner_id=owner.pk if owner else None),
    )
    return len({role.user_id for role in found})


def queue_letter_mail(decision: Decision, *, now: datetime) -> Mail | None:
    """Write to the contact of the søknad that the answer is there, in the målform of the letter.

    None when the søknad names no address.
    """
    to = contact_of(decision)
    if not to:
        return None
    embete = decision.soeknad.candidate.embete
    language = languages_of([decision])[decision.pk]
    with override(language):
        context = {
            "greeting": _("Hei"),
            "owner": str(decision.owner),
            "pulje": embete.opptak.pulje.number,
            "embete": str(embete),
            "url": f"{settings.SITE_URL}{reverse('cohorts:letter_detail', args=[decision.pk])}",
        }
        subject = _("Svar på søknaden til Læringsmiljøprosjektet")
        letter = render_letter("letter_released", subject, context, language)
    return queue_mail(
        key=f"brev-{decision.pk}",
        to=to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        now=now,
    )
