"""The recruitment of one owner for the access matrix: at every stage, in one opptak for each.

The opptak are the same in every world, so that each embete has a neighbour in them. What an
address about a whole opptak is given as foreign is one that is not announced.
"""

from dataclasses import dataclass

from actors.models import Owner, Statsforvalter
from cohorts.actions.decision import decide_many
from cohorts.actions.letter import approve_letters, read_letter, release_letters
from cohorts.actions.priority import ensure_list
from cohorts.actions.priority_send import submit_list
from cohorts.actions.soeknad_attachments import add_attachment
from cohorts.actions.soeknad_sending import submit_soeknad
from cohorts.models import (
    Answer,
    AnswerConflict,
    Candidate,
    CandidateContact,
    CandidateInvitation,
    Decision,
    Opptak,
    PriorityListVersion,
    Soeknad,
    SoeknadPartner,
)
from cohorts.queries.programme import programme_of
from cohorts.rules.soeknad_form import CONFIRMATIONS, STYRINGSGRUPPE
from tests.factories.meetings import NOW, TODAY, Scene
from tests.factories.people import InvitationFactory, acting_as, make_role
from tests.factories.recruitment import (
    add_soeknad_unit,
    assess,
    decide,
    make_candidate,
    make_embete,
    make_list,
    make_opptak,
    make_soeknad,
)
from tests.factories.register import KommuneFactory, OwnerFactory

# The number of the pulje of each opptak, by what the owner has come to in it.
WRITING, ASSESSING, LISTED, OFFERED, TOGETHER, UNANNOUNCED = 20, 21, 22, 23, 24, 25


@dataclass(frozen=True)
class Recruiting:
    """One owner in its embete, and a neighbouring kommune that it may apply together with."""

    scene: Scene
    statsforvalter: Statsforvalter
    neighbour: Owner

    @property
    def owner(self) -> Owner:
        return self.scene.deltakelse.owner


def make_recruitment(scene: Scene, private, *, announced: bool = True) -> dict[str, tuple]:
    """Arguments of every address about recruitment; `private` is a barnehage in the kommune."""
    fylke = scene.deltakelse.owner.kommune.fylke
    neighbour = OwnerFactory(kommune=KommuneFactory(fylke=fylke))
    place = Recruiting(scene, fylke.statsforvalter, neighbour)
    arguments = _writing(place) | _sent(place, private) | _listed(place)
    arguments |= _offered(place) | _together(place) | _accepted(place)
    return arguments | _opptak_numbers(scene, announced)


def _opptak_numbers(scene: Scene, announced: bool) -> dict[str, tuple]:
    hidden = _opptak(UNANNOUNCED)
    for statsforvalter in Statsforvalter.objects.all():
        make_embete(hidden, statsforvalter)
    numbers = {
        "opptak": WRITING,
        "opptak+assessing": ASSESSING,
        "opptak+listed": LISTED,
        "opptak+offered": OFFERED,
        "opptak+together": TOGETHER,
    }
    found = {key: (number if announced else UNANNOUNCED,) for key, number in numbers.items()}
    return found | {"opptak+approver": (*found["opptak+listed"], scene.udir.user_id)}


def _opptak(number: int) -> Opptak:
    found = Opptak.objects.filter(pulje__number=number).first()
    return found or make_opptak(number=number, opened=number != UNANNOUNCED)


def _candidate(place: Recruiting, number: int, owner: Owner | None = None) -> Candidate:
    embete = make_embete(_opptak(number), place.statsforvalter)
    return make_candidate(embete, owner or place.owner)


def _application(place: Recruiting, number: int, owner: Owner | None = None, **values) -> Soeknad:
    """A complete draft with a file, in which the PPT of the scene is named."""
    soeknad = make_soeknad(_candidate(place, number, owner), units=0, **values)
    soeknad.answers.filter(key="ppt").update(value=str(place.scene.ppt.ppt_id))
    if owner is None:
        add_soeknad_unit(soeknad, place.scene.skole.unit)
    add_soeknad_unit(soeknad)
    add_attachment(
        soeknad=soeknad, name="plan.pdf", content=b"%PDF-1.7", by=soeknad.created_by, now=NOW
    )
    return soeknad


def _attached(soeknad: Soeknad) -> tuple[int, int]:
    """The søknad with the file that `_application` has added to it."""
    return (soeknad.pk, soeknad.attachments.get().pk)


def _send(place: Recruiting, soeknad: Soeknad) -> Soeknad:
    """Send it as the applicant does."""
    recruitment = programme_of(soeknad.candidate.embete.opptak.pulje).recruitment
    submit_soeknad(
        soeknad=soeknad,
        confirmed=[each.id for each in recruitment.confirmations],
        by=place.scene.by("eier"),
        now=NOW,
    )
    soeknad.refresh_from_db()
    return soeknad


def _send_list(place: Recruiting, *soeknader: Soeknad) -> PriorityListVersion:
    """Assess the applications and send the embete's list with them."""
    for soeknad in soeknader:
        assess(soeknad, assessor=place.scene.statsforvalter.user)
    listed = ensure_list(embete=soeknader[0].candidate.embete, now=NOW)
    return submit_list(
        priority_list=listed,
        edit_version=listed.edit_version,
        late_reason="",
        by=place.scene.by("statsforvalter"),
        now=NOW,
    )


def _writing(place: Recruiting) -> dict[str, tuple]:
    """A draft with a unit that has not delivered, two texts in one field, and an asked kommune."""
    soeknad = _application(place, WRITING)
    soeknad.answers.filter(key=CONFIRMATIONS).update(value=[])
    unit = soeknad.units.get(unit=place.scene.skole.unit)
    unit.part, unit.delivered_at = "draft", None
    unit.save()
    partner = SoeknadPartner.objects.create(soeknad=soeknad, owner=place.neighbour, asked_at=NOW)
    answer = soeknad.answers.get(key="challenges")
    AnswerConflict.objects.create(
        answer=answer, value="En annen tekst.", written_by=place.scene.eier.user, written_at=NOW
    )
    draft = (soeknad.pk,)
    return _candidacy(place, soeknad.candidate) | {
        "draft": draft,
        "draft+attachment": _attached(soeknad),
        "draft+part": (*draft, "behov"),
        "draft+answer": (*draft, answer.pk),
        "draft+unit": (*draft, unit.pk),
        "draft+partner": (*draft, partner.pk),
        "unit_in_draft": (unit.pk,),
        "unit_token": (unit.token,),
    }


def _candidacy(place: Recruiting, candidate: Candidate) -> dict[str, tuple]:
    adviser = place.scene.statsforvalter.user
    CandidateContact.objects.create(
        candidate=candidate, on=TODAY, how="telefon", text="Vil søke.", by=adviser, created_at=NOW
    )
    invitation = InvitationFactory(unit=None, kind="eier", owner=candidate.owner)
    invited = CandidateInvitation.objects.create(candidate=candidate, invitation=invitation)
    return {
        "candidate": (candidate.pk,),
        "candidate+invitation": (candidate.pk, invited.pk),
    }


def _sent(place: Recruiting, private) -> dict[str, tuple]:
    """Sent with a private barnehage among its units; one is done judging it, one is not."""
    soeknad = _application(place, ASSESSING)
    hers = add_soeknad_unit(soeknad, private)
    _send(place, soeknad)
    assess(soeknad)
    assess(soeknad, assessor=place.scene.statsforvalter.user, completed=False)
    listed = ensure_list(embete=soeknad.candidate.embete, now=NOW)
    return {
        "sent": (soeknad.pk,),
        "sent+attachment": _attached(soeknad),
        "sent+part": (soeknad.pk, "behov"),
        "sent+version": (soeknad.pk, 1),
        "unit_in_sent": (soeknad.units.get(unit=place.scene.skole.unit).pk,),
        "private_unit_in_sent": (hers.pk,),
        "unsent_list": (listed.pk,),
    }


def _listed(place: Recruiting) -> dict[str, tuple]:
    """On the list that is sent; Udir has decided, and one letter is approved. None has left."""
    soeknad = _send(place, _application(place, LISTED))
    other = _send(place, _application(place, LISTED, place.neighbour))
    version = _send_list(place, soeknad, other)
    udir = place.scene.by("udir")
    [held] = decide_many(soeknader=[soeknad], outcome="tilbud", by=udir, now=NOW)
    [approved] = decide_many(soeknader=[other], outcome="reserve", by=udir, now=NOW)
    read_letter(decision=approved, by=udir, now=NOW)
    approve_letters(decisions=[approved], by=udir, now=NOW)
    return {
        "listed": (soeknad.pk,),
        "listed+attachment": _attached(soeknad),
        "listed+version": (soeknad.pk, 1),
        "list": (version.list_id,),
        "list+version": (version.list_id, 1),
        "held_letter": (held.pk,),
    }


def _offered(place: Recruiting) -> dict[str, tuple]:
    """Applied together with the neighbour: both are offered a place, and it says no."""
    soeknad = _application(place, OFFERED, partners=[place.neighbour])
    soeknad.answers.create(
        key=STYRINGSGRUPPE, value="egne", updated_at=NOW, updated_by=place.scene.eier.user
    )
    reserve = OwnerFactory(kommune=KommuneFactory(fylke=place.neighbour.kommune.fylke))
    third = _send(place, _application(place, OFFERED, reserve))
    _send_list(place, _send(place, soeknad), third)
    udir, other = place.scene.by("udir"), acting_as(make_role("udir"))
    both = decide_many(soeknader=[soeknad], outcome="tilbud", by=udir, now=NOW)
    decisions = both + decide_many(soeknader=[third], outcome="reserve", by=udir, now=NOW)
    for decision in decisions:
        read_letter(decision=decision, by=udir, now=NOW)
    approve_letters(decisions=decisions, by=udir, now=NOW)
    release_letters(decisions=decisions, approved_by=udir, by=other, now=NOW)
    by_owner = {decision.owner_id: decision for decision in both}
    theirs = by_owner[place.neighbour.pk]
    _answer(place, theirs, accepted=False, reason="Vi har ikke tid.")
    return {
        "offered": (soeknad.pk,),
        "offer": (by_owner[place.owner.pk].pk,),
        "partners_letter": (theirs.pk,),
    }


def _answer(place: Recruiting, decision: Decision, **values) -> Answer:
    return Answer.objects.create(
        decision=decision,
        answered_at=NOW,
        answered_by=place.scene.eier.user,
        answered_as="Barnehage- og skoleeier",
        **values,
    )


def _together(place: Recruiting) -> dict[str, tuple]:
    """Drafts of others: one that the owner has confirmed, and one that it is asked about."""
    confirmed = _application(place, TOGETHER, place.neighbour, partners=[place.owner])
    lead = OwnerFactory(kommune=KommuneFactory(fylke=place.neighbour.kommune.fylke))
    asked = _application(place, TOGETHER, lead)
    SoeknadPartner.objects.create(soeknad=asked, owner=place.owner, asked_at=NOW)
    return {
        "joined": (confirmed.pk,),
        "joined+attachment": _attached(confirmed),
        "joined+part": (confirmed.pk, "behov"),
        "asked": (asked.pk,),
        "asked+part": (asked.pk, "behov"),
    }


def _accepted(place: Recruiting) -> dict[str, tuple]:
    """What the deltakelse of the scene came from: an opptak that has ended, and a yes."""
    opptak = make_opptak(place.scene.pulje)
    make_embete(opptak, place.statsforvalter)
    soeknad = _send(place, _application(place, opptak.pulje.number))
    make_list([soeknad], sent=True)
    decision = decide(soeknad, released=True)
    _answer(place, decision, accepted=True, deltakelse=place.scene.deltakelse)
    opptak.closed_at = NOW
    opptak.save()
    return {
        "accepted": (soeknad.pk,),
        "accepted+attachment": _attached(soeknad),
        "accepted+version": (soeknad.pk, 1),
        "unit_in_accepted": (soeknad.units.get(unit=place.scene.skole.unit).pk,),
        "answered": (decision.pk,),
    }
