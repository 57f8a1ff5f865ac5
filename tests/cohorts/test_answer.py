"""A yes lets an owner take part with groups and people; a no frees the place. Once only."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from actors.models import Group, GroupMember, Invitation, Notice
from cohorts.actions.answer import Acceptance, ConfirmedUnit, accept_offer, decline_offer
from cohorts.actions.answer_lapse import lapse_unanswered_offers
from cohorts.actions.answer_people import GivenName
from cohorts.models import Answer, Deltakelse, SoeknadAnswer
from cohorts.queries.answer import units_to_confirm
from cohorts.rules.errors import NationalIdFound, NotAllowedHere, NotPossible
from tests.factories.people import PPTFactory, UserFactory, acting_as, make_role
from tests.factories.recruitment import (
    NOW,
    TODAY,
    add_soeknad_unit,
    decide,
    make_candidate,
    make_embete,
    make_private_school,
    make_soeknad,
)
from tests.factories.register import OwnerFactory, PrivateBarnehageFactory, SkoleFactory

pytestmark = pytest.mark.django_db

HEAD = GivenName("Ragnhild Sæter", "ragnhild@lmp.example")
AFTER = NOW + timedelta(days=57)  # 16 January, the day after the last day to answer


def offer(soeknad=None, **values):
    soeknad = soeknad or make_soeknad(make_candidate(make_embete()), sent=True)
    return decide(soeknad, "tilbud", released=True, **values)


def owner_of(decision):
    return acting_as(make_role("eier", decision.owner))


def yes_to(decision, **values) -> Acceptance:
    units = tuple(
        ConfirmedUnit(row, row.unit, GivenName(row.leader_name, row.leader_email))
        for row in units_to_confirm(decision)
    )
    return Acceptance(**({"units": units, "leader": HEAD} | values))


def accept(decision, by=None, now=NOW, **values) -> Answer:
    yes = yes_to(decision, **values)
    return accept_offer(decision=decision, yes=yes, by=by or owner_of(decision), now=now)


def seated(group) -> list[tuple[str, str]]:
    rows = GroupMember.objects.filter(group=group).order_by("pk")
    return [(row.seat, row.name) for row in rows]


def test_a_yes_makes_deltakelse_units_groups_seats_and_invitations():
    decision = offer()
    ppt = PPTFactory()

    answer = accept(decision, ppt=ppt, ppt_contact=GivenName("Per Vik", "per@lmp.example"))

    deltakelse = answer.deltakelse
    school, kindergarten = deltakelse.units.order_by("pk")
    assert (deltakelse.owner, deltakelse.pulje.number) == (decision.owner, 10)
    assert seated(school.arbeidsgruppe) == [("leder", "Leder 1")]
    assert seated(kindergarten.arbeidsgruppe) == [("leder", "Leder 2")]
    assert seated(deltakelse.styringsgruppe) == [
        ("eier", "Ragnhild Sæter"),
        ("enhetsledere", "Leder 1"),
        ("enhetsledere", "Leder 2"),
        ("ppt", "Per Vik"),
    ]
    invited = Invitation.objects.order_by("pk").values_list("email", "kind")
    assert list(invited) == [
        ("leder1@lmp.example", "leder"),
        ("leder2@lmp.example", "leder"),
        ("ragnhild@lmp.example", "eier"),
        ("per@lmp.example", "ppt"),
    ]
    decision.soeknad.candidate.refresh_from_db()
    assert decision.soeknad.candidate.stage == "ja"


def test_the_personvernkontakt_that_the_owner_names_is_invited():
    answer = accept(offer(), privacy=GivenName("Siri Dal", "siri@lmp.example"))

    invited = Invitation.objects.get(email="siri@lmp.example")
    assert (invited.kind, invited.owner) == ("personvernkontakt", answer.deltakelse.owner)


def test_embetet_and_udir_are_told_once():
    decision = offer()
    adviser = make_role("statsforvalter", decision.soeknad.candidate.embete.statsforvalter)
    udir = make_role("udir")

    accept(decision)

    told = Notice.objects.filter(kind="offer-accepted").order_by("pk")
    assert [notice.recipient for notice in told] == [adviser.user, udir.user]
    assert told[1].url == f"/brev/{decision.pk}/?rolle={udir.pk}"


def test_a_second_press_gives_the_same_answer():
    decision = offer()
    by = owner_of(decision)
    first = accept(decision, by)

    assert accept(decision, by) == first
    assert decline_offer(decision=decision, reason="", by=by, now=NOW) == first
    assert (Deltakelse.objects.count(), Invitation.objects.count()) == (1, 3)


def test_whoever_holds_the_role_is_not_invited_and_sits_once():
    decision = offer()
    row = units_to_confirm(decision)[0]
    rektor = make_role("leder", row.unit, user=UserFactory(email=row.leader_email, name="Marit"))

    answer = accept(decision)

    group = answer.deltakelse.units.get(unit=row.unit).arbeidsgruppe
    assert seated(group) == [("leder", "Marit")]
    assert not Invitation.objects.filter(email=rektor.user.email).exists()


def test_leaders_of_private_units_are_invited_too():
    soeknad = make_soeknad(make_candidate(make_embete()), units=1, sent=True)
    kommune = soeknad.candidate.owner.kommune
    add_soeknad_unit(soeknad, PrivateBarnehageFactory(kommune=kommune), leader_name="Guro Strand")

    answer = accept(offer(soeknad))

    assert answer.deltakelse.units.count() == 2
    assert Invitation.objects.filter(name="Guro Strand", kind="leder").count() == 1


def test_only_the_owner_that_got_the_offer_may_answer():
    decision = offer()
    for role in (make_role("eier"), make_role("udir"), make_role("leder")):
        with pytest.raises(PermissionDenied):
            accept(decision, acting_as(role))
    assert Answer.objects.count() == 0


def test_the_last_day_counts_and_the_day_after_does_not():
    embete = make_embete()
    last = offer(make_soeknad(make_candidate(embete), sent=True), answer_due=TODAY)
    yesterday = TODAY - timedelta(days=1)
    late = offer(make_soeknad(make_candidate(embete), sent=True), answer_due=yesterday)

    assert accept(last).accepted
    with pytest.raises(NotPossible, match="Spør Statsforvalteren i Fiktivt embete"):
        accept(late)


def test_a_lapsed_offer_cannot_be_answered_even_on_its_last_day():
    with pytest.raises(NotPossible):
        accept(offer(answer_due=TODAY, lapsed_at=NOW))


def test_a_held_offer_cannot_be_answered():
    decision = decide(make_soeknad(make_candidate(make_embete()), sent=True), "tilbud")

    with pytest.raises(PermissionDenied):
        accept(decision)


def test_a_yes_with_a_unit_that_the_pulje_does_not_take_changes_nothing():
    decision = offer()
    row = units_to_confirm(decision)[0]
    elsewhere = ConfirmedUnit(row, SkoleFactory(), GivenName("Ola", "ola@lmp.example"))

    with pytest.raises(NotAllowedHere):
        accept(decision, units=(elsewhere,))
    assert (Deltakelse.objects.count(), Group.objects.count(), Answer.objects.count()) == (0, 0, 0)


def test_more_units_than_were_offered_are_refused():
    with pytest.raises(NotPossible, match="Tilbudet gjelder 1 enhet\\."):
        accept(offer(units_offered=1))


def test_a_yes_needs_a_unit():
    with pytest.raises(NotPossible):
        accept(offer(), units=())


def test_a_fodselsnummer_in_a_name_is_refused():
    with pytest.raises(NationalIdFound) as refused:
        accept(offer(), leader=GivenName("Kari 01010750160", "kari@lmp.example"))
    assert refused.value.fields == ["leader_name"]


def test_a_no_frees_the_place_and_keeps_the_reason():
    decision = offer()
    udir = make_role("udir")

    answer = decline_offer(
        decision=decision, reason=" Vi mangler tid. ", by=owner_of(decision), now=NOW
    )

    decision.soeknad.candidate.refresh_from_db()
    assert (answer.accepted, answer.reason, answer.deltakelse) == (False, "Vi mangler tid.", None)
    assert decision.soeknad.candidate.stage == "nei"
    told = Notice.objects.get(kind="offer-declined", recipient=udir.user)
    assert told.url == f"/opptak/10/reserve/?rolle={udir.pk}"


def test_a_private_school_may_do_without_a_styringsgruppe():
    soeknad = make_soeknad(make_private_school(make_embete()), units=1, sent=True)
    decision = offer(soeknad)

    answer = accept(
        decision,
        leader=GivenName(),
        styringsgruppe=False,
        ppt_contact=GivenName("Per Vik", "per@lmp.example"),
    )

    group = answer.deltakelse.units.get().arbeidsgruppe
    assert answer.deltakelse.styringsgruppe is None
    assert seated(group) == [("leder", "Leder 1"), ("ppt", "Per Vik")]


# Three kommuner apply together


def joint(group: str = "felles"):
    lead, second, third = (OwnerFactory() for _ in range(3))
    soeknad = make_soeknad(
        make_candidate(make_embete(), lead), units=0, partners=[second, third], sent=True
    )
    SoeknadAnswer.objects.create(
        soeknad=soeknad,
        key="styringsgruppe",
        value=group,
        updated_at=NOW,
        updated_by=soeknad.created_by,
    )
    for owner in (lead, second, third):
        add_soeknad_unit(soeknad, SkoleFactory(owner=owner))
    return [offer(soeknad, owner=owner) for owner in (lead, second, third)]


def test_each_kommune_of_a_joint_soeknad_answers_for_its_own_units():
    offers = joint()

    owners = [[row.unit.owner for row in units_to_confirm(each)] for each in offers]
    assert owners == [[each.owner] for each in offers]


def test_one_of_three_says_no_and_the_others_share_a_group():
    first, second, third = joint()
    one = accept(first).deltakelse
    decline_offer(decision=second, reason="", by=owner_of(second), now=NOW)
    other = accept(third, leader=GivenName("Ole By", "ole@lmp.example")).deltakelse

    assert one.styringsgruppe == other.styringsgruppe
    assert ("eier", "Ole By") in seated(one.styringsgruppe)
    assert Deltakelse.objects.count() == 2
    candidate = first.soeknad.candidate
    candidate.refresh_from_db()
    assert candidate.stage == "ja"


def test_kommuner_that_chose_groups_of_their_own_have_them():
    first, second, _third = joint("egne")

    assert accept(first).deltakelse.styringsgruppe != accept(second).deltakelse.styringsgruppe


def test_a_partner_that_has_withdrawn_cannot_say_yes():
    _first, second, _third = joint()
    second.soeknad.partners.filter(owner=second.owner).update(status="withdrawn")

    with pytest.raises(NotPossible):
        accept(second)


# No answer in time


def test_an_offer_nobody_answered_falls_away_the_day_after():
    decision = offer()
    eier = make_role("eier", decision.owner)
    adviser = make_role("statsforvalter", decision.soeknad.candidate.embete.statsforvalter)
    udir = make_role("udir")

    assert lapse_unanswered_offers(now=AFTER - timedelta(days=1)) == 0
    assert lapse_unanswered_offers(now=AFTER) == 1
    assert lapse_unanswered_offers(now=AFTER) == 0

    decision.refresh_from_db()
    told = Notice.objects.filter(kind="offer-lapsed").order_by("pk")
    assert decision.lapsed_at == AFTER
    assert [notice.recipient for notice in told] == [eier.user, adviser.user, udir.user]
    assert told[0].title == "Tilbudet til dere har falt bort"


def test_answered_and_withdrawn_offers_do_not_lapse():
    embete = make_embete()
    accept(offer(make_soeknad(make_candidate(embete), sent=True)))
    withdrawn = make_soeknad(make_candidate(embete), sent=True)
    offer(withdrawn)
    withdrawn.status = "withdrawn"
    withdrawn.save()

    assert lapse_unanswered_offers(now=AFTER) == 0
