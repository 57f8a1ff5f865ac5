"""A letter on its way out: two people, one language, released once."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from actors.models import Event, Mail, Notice
from cohorts.actions.decision import offer_to_reserve
from cohorts.actions.letter import (
    approve_letters,
    drop_withdrawn_letters,
    read_letter,
    release_letters,
    take_back_approval,
)
from cohorts.models import Decision, Letter, LetterTemplate
from cohorts.queries.letter import build_letter, languages_of, letter_facts, units_of_decision
from cohorts.rules.errors import NotAllowedHere, NotPossible
from cohorts.rules.letter_defaults import DEFAULT_LETTERS
from lmp.lib.hashing import content_hash
from tests.factories.letters import held, release, sent_soeknad, udir
from tests.factories.people import make_role
from tests.factories.recruitment import (
    NOW,
    TODAY,
    add_soeknad_unit,
    decide,
    make_embete,
    make_list,
    make_private_school,
    make_soeknad,
)
from tests.factories.register import KommuneFactory, OwnerFactory, PrivateBarnehageFactory

pytestmark = pytest.mark.django_db
SAMI = "Porsáŋgu – Porsanki"


# Two people


def test_a_letter_that_nobody_has_read_is_neither_approved_nor_released():
    decision = held(read=False)
    with pytest.raises(NotPossible):
        approve_letters(decisions=[decision], by=udir(), now=NOW)
    first = udir()
    Decision.objects.filter(pk=decision.pk).update(approved_by=first)
    with pytest.raises(NotPossible):
        release_letters(decisions=[decision], approved_by=first, by=udir(), now=NOW)
    assert not Letter.objects.exists()


def test_reading_is_noted_once():
    decision, first = held(read=False), udir()
    assert read_letter(decision=decision, by=first, now=NOW).read_by == first
    assert read_letter(decision=decision, by=udir(), now=NOW).read_by == first
    assert Event.objects.filter(verb="read-letter").count() == 1


def test_the_one_who_approved_cannot_release():
    decision, alone = held(), udir()
    with pytest.raises(NotAllowedHere):
        release([decision], alone, alone)
    assert not Letter.objects.exists()


def test_a_letter_that_was_not_approved_by_the_named_one_is_not_released():
    decision = held()
    with pytest.raises(NotAllowedHere):
        release_letters(decisions=[decision], approved_by=udir(), by=udir(), now=NOW)


def test_an_approval_can_be_taken_back():
    decision, first = held(), udir()
    approve_letters(decisions=[decision], by=first, now=NOW)
    take_back_approval(decisions=[decision], by=udir(), now=NOW)
    with pytest.raises(NotAllowedHere):
        release_letters(decisions=[decision], approved_by=first, by=udir(), now=NOW)


def test_an_offer_without_time_to_answer_is_stopped():
    with pytest.raises(NotPossible):
        approve_letters(decisions=[held(answer_due=TODAY - timedelta(days=1))], by=udir(), now=NOW)


# What releasing does


def test_a_release_freezes_the_letter_and_says_who():
    first, second, decision = udir(), udir(), held()

    (letter,) = release([decision], first, second)

    decision.refresh_from_db()
    assert (decision.released_at, decision.released_by, decision.approved_by) == (
        NOW,
        second,
        first,
    )
    assert letter.reference == f"2026/10-{decision.pk:04d}"
    assert letter.sha256 == content_hash(letter.content)
    assert letter.content["date"] == "2026-11-20"
    decision.soeknad.candidate.refresh_from_db()
    assert decision.soeknad.candidate.stage == "avgjort"
    Decision.objects.filter(pk=decision.pk).update(reason="Endret etterpå.")
    letter.refresh_from_db()
    assert "Endret" not in str(letter.content)


def test_a_double_click_releases_once():
    first, second, decision = udir(), udir(), held()
    make_role("eier", decision.owner)
    release([decision], first, second)
    assert release_letters(decisions=[decision], approved_by=first, by=second, now=NOW) == []
    assert (Letter.objects.count(), Notice.objects.count()) == (1, 1)


def test_the_owner_and_the_embete_are_told_neutrally():
    decision = held()
    owner = make_role("eier", decision.owner)
    adviser = make_role("statsforvalter", decision.soeknad.candidate.embete.statsforvalter)
    make_role("eier", OwnerFactory())

    release([decision])

    told = {notice.recipient: notice for notice in Notice.objects.all()}
    assert set(told) == {owner.user, adviser.user}
    mine = told[owner.user]
    assert mine.url == f"/brev/{decision.pk}/?rolle={owner.pk}"
    assert (mine.urgent, mine.due) == (True, decision.answer_due)
    assert "ilbud" not in f"{mine.title}{mine.body}"
    assert not Mail.objects.exists()


def test_the_embete_is_told_once_for_all_its_applicants():
    embete = make_embete()
    decisions = [held(soeknad=sent_soeknad(embete)) for _each in range(3)]
    make_role("statsforvalter", embete.statsforvalter)
    release(decisions)
    assert Notice.objects.filter(kind="letters_released").count() == 1


def test_an_owner_nobody_acts_for_gets_a_mail_to_the_contact_in_the_right_language():
    owner = OwnerFactory(kommune=KommuneFactory(maalform="nynorsk"))
    decision = held(soeknad=sent_soeknad(owner=owner))
    release([decision])
    mail = Mail.objects.get()
    assert mail.to == "post@lmp.example"
    assert "Ingen hos dykk har tilgang" in mail.text
    assert "Arbeidet er godt forankret" not in mail.text


def test_a_withdrawn_applicant_gets_no_letter():
    partner = OwnerFactory()
    soeknad = sent_soeknad(partners=[partner])
    stays, leaves = held(soeknad=soeknad), held(soeknad=soeknad, owner=partner)
    first = udir()
    approve_letters(decisions=[stays, leaves], by=first, now=NOW)
    soeknad.partners.update(status="withdrawn")

    letters = release_letters(decisions=[stays, leaves], approved_by=first, by=udir(), now=NOW)

    assert [letter.decision for letter in letters] == [stays]
    leaves.refresh_from_db()
    assert (leaves.is_current, leaves.released_at) == (False, None)


def test_the_worker_clears_the_letters_of_those_who_withdrew():
    embete = make_embete()
    decision, other = held(soeknad=sent_soeknad(embete)), held(soeknad=sent_soeknad(embete))
    type(decision.soeknad).objects.filter(pk=decision.soeknad_id).update(status="withdrawn")
    assert drop_withdrawn_letters(now=NOW) == 1
    assert list(Decision.objects.held()) == [other]


def test_a_reserve_offer_goes_the_same_way():
    soeknad = sent_soeknad(forwarded_at=NOW)
    reserve = decide(soeknad, "reserve", released=True)
    by = udir()
    offer = offer_to_reserve(decision=reserve, answer_due=date(2027, 2, 1), by=by, now=NOW)
    read_letter(decision=offer, by=by, now=NOW)
    (letter,) = release([offer])
    assert letter.content["outcome"] == "tilbud"


# What it says


@pytest.mark.parametrize(
    ("maalform", "answer", "title"),
    [
        ("nynorsk", "nb", "De er inviterte til Læringsmiljøprosjektet, pulje 10"),
        ("bokmaal", "nn", "Dere er invitert til Læringsmiljøprosjektet, pulje 10"),
        ("noeytral", "nn", "De er inviterte til Læringsmiljøprosjektet, pulje 10"),
    ],
)
def test_a_nynorsk_kommune_gets_a_nynorsk_letter_whoever_writes_it(maalform, answer, title):
    owner = OwnerFactory(kommune=KommuneFactory(maalform=maalform))
    decision = held(soeknad=sent_soeknad(owner=owner))
    decision.soeknad.answers.filter(key="maalform").update(value=answer)
    with override("nb"):
        content = build_letter(decision, TODAY)
        assert content["title"] == title
    with override("nn"):
        assert build_letter(decision, TODAY) == content


def test_a_private_owner_chooses_the_language():
    soeknad = make_soeknad(make_private_school(), sent=True)
    soeknad.answers.filter(key="maalform").update(value="nn")
    decision = held(soeknad=soeknad)
    assert languages_of([decision]) == {decision.pk: "nn"}
    assert build_letter(decision, TODAY)["to"][1] == "ved styret"


def test_the_letter_has_the_own_rank_from_the_sent_list_and_no_others():
    embete = make_embete()
    first, second = sent_soeknad(embete), sent_soeknad(embete)
    make_list([first, second], sent=True)
    second.priority.delete()  # a reopened draft counts for nothing
    decision = held(soeknad=second)
    assert letter_facts(decision, TODAY).rank == 2
    assert first.candidate.owner.name not in str(build_letter(decision, TODAY))


def test_each_of_a_joint_soeknad_has_its_own_units_with_the_private_ones_of_the_kommune():
    partner = OwnerFactory()
    soeknad = sent_soeknad(partners=[partner], units=1)
    own = add_soeknad_unit(soeknad, PrivateBarnehageFactory(kommune=partner.kommune))
    add_soeknad_unit(soeknad, part="declined")
    lead, other = held(soeknad=soeknad), held(soeknad=soeknad, owner=partner)
    assert units_of_decision(lead) == [soeknad.units.first()]
    assert units_of_decision(other) == [own]
    soeknad.partners.update(status="withdrawn")
    assert units_of_decision(lead) == [soeknad.units.first()]


def test_a_partner_gets_its_letter_at_its_own_contact():
    partner = OwnerFactory()
    soeknad = sent_soeknad(partners=[partner])
    soeknad.partners.update(contact_email="partner@lmp.example")
    decision = held(soeknad=soeknad, owner=partner)
    assert build_letter(decision, TODAY)["to"][2] == "partner@lmp.example"


def test_the_words_of_udir_are_used_when_there_are_any():
    decision = held("avslag")
    opptak = decision.soeknad.candidate.embete.opptak
    texts = DEFAULT_LETTERS["avslag"] | {"title_bm": "Svar til {kommune}"}
    LetterTemplate.objects.create(opptak=opptak, outcome="avslag", **texts)
    assert build_letter(decision, TODAY)["title"] == f"Svar til {decision.owner}"


def test_a_sami_and_kven_name_stands_whole():
    owner = OwnerFactory(name=f"Fiktivsanger – {SAMI} kommune")
    content = build_letter(held(soeknad=sent_soeknad(owner=owner)), TODAY)
    assert content["to"][0] == f"Fiktivsanger – {SAMI} kommune"
