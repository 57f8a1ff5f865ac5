"""Min side while an opptak is open: how far it has come, and where to go on.

For an owner its own søknad, for Udir what waits in the opptak.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from actors.rules.roles import RoleKind
from cohorts.models import Decision, Opptak, Outcome, Soeknad, SoeknadPartner, SoeknadStatus
from cohorts.queries.opptak_status import OpptakStatus, opptak_status
from cohorts.rules.opptak_words import (
    free_in_words,
    held_in_words,
    lists_headline,
    undecided_in_words,
)
from lmp.lib.wording import dag

ASKED = SoeknadPartner.Status.ASKED


@dataclass(frozen=True)
class RecruitmentNow:
    """What the section says: a sentence, and one link with what it opens.

    `waits` is whether Udir has something to do there that is no duty with a deadline.
    """

    title: str
    text: str
    url: str
    action: str
    waits: bool = False


def recruitment_of(user) -> RecruitmentNow | None:
    """How the opptak that is open stands for an owner, or for Udir; None for others.

    Four queries at most for an owner, six for Udir.
    """
    if user.role is None or user.role.kind not in (RoleKind.EIER, RoleKind.UDIR):
        return None
    opptak = Opptak.objects.open().select_related("pulje").order_by("-pulje__number").first()
    if opptak is None:
        return None
    if user.role.kind == RoleKind.UDIR:
        status, url = opptak_status(opptak), opptak.get_absolute_url()
        waits = bool(status.undecided or status.held or status.free)
        return RecruitmentNow(str(opptak), _waiting(status), url, _("Se opptaket"), waits)
    seen = Soeknad.objects.visible_to(user).in_opptak(opptak).select_related("candidate__owner")
    soeknad = seen.order_by("status", "pk").first()
    text, url, action = _standing(user, opptak, soeknad)
    return RecruitmentNow(title=str(opptak), text=text, url=url, action=action)


def _waiting(status: OpptakStatus) -> str:
    """What waits for Udir in sentences; how many lists have come when nothing does."""
    waits = [
        (status.undecided, undecided_in_words),
        (status.held, held_in_words),
        (status.free, free_in_words),
    ]
    said = [words(count) for count, words in waits if count]
    return " ".join(said) or f"{lists_headline(len(status.sent), status.total)}."


def _standing(user, opptak: Opptak, soeknad: Soeknad | None) -> tuple[str, str, str]:
    """The sentence, the address and the words of the link."""
    if soeknad is None:
        text = _("Opptaket er åpent. Se hvem som kan søke, og hva dere må ha på plass.")
        return text, opptak.get_absolute_url(), _("Se opptaket")
    owner = user.role.owner_id
    if soeknad.candidate.owner_id != owner and _is_asked(soeknad, owner):
        text = _("%(owner)s spør om dere vil søke sammen.") % {"owner": soeknad.candidate.owner}
        return text, reverse("cohorts:soeknad_partners", args=[soeknad.pk]), _("Svar")
    decision = _decision(user, soeknad)
    if decision is not None:
        return _outcome(decision), decision.get_absolute_url(), _("Les brevet")
    page = reverse("cohorts:soeknad_status", args=[soeknad.pk])
    if soeknad.status == SoeknadStatus.WITHDRAWN:
        return _("Dere har trukket søknaden."), page, _("Se søknaden")
    if soeknad.sent_at is None:
        text = _("Dere har begynt på søknaden. Den er ikke sendt.")
        return text, soeknad.get_absolute_url(), _("Fortsett på søknaden")
    text = _("Søknaden ble sendt %(day)s.") % {"day": dag(soeknad.sent_at)}
    return text, page, _("Se hvor søknaden er")


def _is_asked(soeknad: Soeknad, owner: int | None) -> bool:
    return soeknad.partners.filter(owner=owner, status=ASKED).exists()


def _decision(user, soeknad: Soeknad) -> Decision | None:
    """The outcome that the owner has been told, with its answer."""
    told = Decision.objects.visible_to(user).current().filter(soeknad=soeknad)
    return told.select_related("answer").first()


def _outcome(decision: Decision) -> str:
    answer = getattr(decision, "answer", None)
    if answer is not None:
        return _("Dere har takket ja.") if answer.accepted else _("Dere har takket nei.")
    if decision.lapsed_at is not None:
        return _("Svarfristen gikk ut, og tilbudet har falt bort.")
    if decision.outcome == Outcome.TILBUD and decision.answer_due is not None:
        return _("Dere har fått tilbud. Svar innen %(day)s.") % {"day": dag(decision.answer_due)}
    if decision.outcome == Outcome.RESERVE:
        return _("Dere står på reservelista.")
    return _("Dere fikk ikke plass denne gangen.")
