"""A merknad with a proposal, and the three ways out of it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from actors.models import Notice
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady
from meetings.actions.merknad import add_merknad, answer_merknad
from meetings.actions.referat import save_referat
from meetings.actions.referat_lock import lock_expired_referater
from meetings.models import Merknad, Referat
from meetings.rules.referat import is_as_sent
from tests.factories.meetings import NOW
from tests.factories.papers import NATIONAL_ID, SECRET, make_referat, send_referat
from tests.factories.people import sign_in
from tests.markup import squeeze

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 27)
NOW_TEXT = "Vi prøver rutinen i to uker."
PROPOSAL = "Vi prøver rutinen i fire uker."
SAKER = [
    {"title": "Rutinen", "summary": NOW_TEXT},
    {"title": "Overganger", "summary": SECRET},
]
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def referat(scene):
    referat = make_referat(scene)
    send_referat(scene, referat, saker=SAKER)
    referat.refresh_from_db()
    return referat


def object_to(scene, referat, **changes):
    values = {"text": "Vi sa fire uker.", "sak": 1, "proposal": PROPOSAL, "now": NOW, **changes}
    return add_merknad(referat=referat, by=scene.by("veileder"), **values)


def answer(scene, merknad, text="", *, taken_in=True, now=NOW):
    return answer_merknad(
        merknad=merknad, taken_in=taken_in, text=text, answer="Takk", by=scene.by("leder"), now=now
    )


def page(name, referat, *args):
    return reverse(f"meetings:{name}", args=[referat.meeting_id, *args])


# --- writing ------------------------------------------------------------------------------------


def test_it_is_about_a_sak_and_proposes_a_text(scene, referat):
    merknad = object_to(scene, referat)

    assert (merknad.sak, merknad.proposal, merknad.version.number) == (1, PROPOSAL, 1)


def test_a_double_click_writes_one(scene, referat):
    assert object_to(scene, referat) == object_to(scene, referat)
    assert Notice.objects.filter(kind="merknad_written").count() == 1


@pytest.mark.parametrize("sak", [0, 3])
def test_a_sak_that_is_not_there_is_refused(scene, referat, sak):
    with pytest.raises(NotPossible):
        object_to(scene, referat, sak=sak)


def test_white_space_is_no_merknad(scene, referat):
    with pytest.raises(NotReady):
        object_to(scene, referat, text=" \n ")


def test_a_national_id_number_in_the_proposal_is_refused(scene, referat):
    with pytest.raises(NationalIdFound):
        object_to(scene, referat, proposal=NATIONAL_ID)


@pytest.mark.parametrize(
    ("clock", "is_in_time"),
    [("2026-11-27T22:59:00+00:00", True), ("2026-11-27T23:00:00+00:00", False)],
)
def test_the_last_day_counts_until_midnight_in_oslo(scene, referat, clock, is_in_time):
    moment = type(NOW).fromisoformat(clock)

    if is_in_time:
        object_to(scene, referat, now=moment)
        referat.refresh_from_db()
        assert referat.merknad_due == date(2026, 12, 4)
    else:
        with pytest.raises(NotPossible):
            object_to(scene, referat, now=moment)


# --- the three ways out -------------------------------------------------------------------------


def test_the_proposal_becomes_the_text_of_version_2(scene, referat):
    answered = answer(scene, object_to(scene, referat), PROPOSAL)

    newest = referat.versions.first()
    assert (newest.number, answered.status) == (2, "taken_in")
    assert [sak["summary"] for sak in newest.content["saker"]] == [PROPOSAL, SECRET]
    assert Referat.objects.get().status == "sent"
    assert [point.text for point in referat.follow_ups.all()] == ["Teamene prøver observasjon"]


def test_both_texts_stand_without_a_new_version(scene, referat):
    answer(scene, object_to(scene, referat), taken_in=False)

    assert referat.versions.count() == 1
    assert Merknad.objects.get().status == "both_stand"


def test_the_author_may_write_a_third_text(scene, referat):
    answer(scene, object_to(scene, referat), "Vi prøver i tre uker.")

    assert referat.versions.first().content["saker"][0]["summary"] == "Vi prøver i tre uker."


def test_answering_twice_sends_one_version(scene, referat):
    merknad = object_to(scene, referat)

    answer(scene, merknad, PROPOSAL)
    answer(scene, merknad, PROPOSAL, now=NOW + timedelta(seconds=1))

    assert referat.versions.count() == 2


def test_other_changes_that_are_not_sent_are_not_sent_along(scene, referat):
    merknad = object_to(scene, referat)
    save_referat(
        referat=referat,
        edit_version=referat.edit_version,
        data={"mellomarbeid": "Ikke ferdig skrevet"},
        by=scene.by("leder"),
        now=NOW,
    )

    answer(scene, merknad, PROPOSAL)

    assert referat.versions.count() == 1
    draft = Referat.objects.get()
    assert draft.saker.first().summary == PROPOSAL
    assert draft.mellomarbeid == "Ikke ferdig skrevet"


@pytest.mark.parametrize(
    ("now", "is_same"),
    [
        ({"place": "Oslo", "meeting": {"title": "Nytt"}, "attendance": {}}, True),
        ({"place": "Bergen"}, False),
        ({}, False),
        ({"place": "Oslo", "carried": []}, True),
        ({"place": "Oslo", "agreed": [{"text": "Øve", "sak": 2}]}, True),
        ({"place": "Oslo", "agreed": [{"text": "Prøve", "sak": 2}]}, False),
        ({"place": "Oslo", "agreed": []}, False),
    ],
)
def test_what_counts_as_a_change_since_it_was_sent(now, is_same):
    sent = {"place": "Oslo", "meeting": {"title": "Gammelt"}, "attendance": {"present": []}}
    if "agreed" in now:
        sent["agreed"] = [{"text": "Øve"}]

    assert is_as_sent(now, sent) == is_same


def test_a_person_who_is_renamed_does_not_stop_the_proposal(scene, referat):
    merknad = object_to(scene, referat)
    referat.meeting.attendances.update(name="Nytt navn")

    answer(scene, merknad, PROPOSAL)

    assert referat.versions.count() == 2


def test_a_merknad_still_waits_when_another_is_taken_in(scene, referat):
    first, second = object_to(scene, referat), object_to(scene, referat, sak=2, proposal="")

    answer(scene, first, PROPOSAL)

    assert Referat.objects.get().status == "merknad"
    answer(scene, second, taken_in=False)
    assert Referat.objects.get().status == "sent"


def test_one_taken_in_that_was_never_sent_stands_beside_the_locked_text(scene, referat):
    answer(scene, object_to(scene, referat, sak=None, proposal=""))

    lock_expired_referater(today=DUE + timedelta(days=8), now=NOW)

    merknad = Merknad.objects.get()
    assert (merknad.status, merknad.answer) == ("both_stand", "Takk")


def test_one_that_was_taken_in_and_sent_stays_so_when_locked(scene, referat):
    answer(scene, object_to(scene, referat), PROPOSAL)

    lock_expired_referater(today=DUE + timedelta(days=30), now=NOW)

    assert Merknad.objects.get().status == "taken_in"
    assert Referat.objects.get().status == "locked"


# --- pages --------------------------------------------------------------------------------------


def test_a_reader_writes_one_with_a_proposal(client, scene, referat):
    sign_in(client, scene.veileder)

    response = client.post(
        page("merknad_create", referat), {"sak": "1", "text": "Fire uker.", "proposal": PROPOSAL}
    )

    assert response.status_code == 302
    assert Merknad.objects.get().proposal == PROPOSAL


def test_a_proposal_needs_a_sak(client, scene, referat):
    sign_in(client, scene.veileder)

    response = client.post(
        page("merknad_create", referat), {"sak": "hele", "text": "Nei.", "proposal": PROPOSAL}
    )

    assert "Velg saken som forslaget gjelder." in response.content.decode()
    assert Merknad.objects.count() == 0


def test_the_author_sees_what_differs(client, scene, referat):
    merknad = object_to(scene, referat)
    sign_in(client, scene.leder)

    body = squeeze(client.get(page("merknad_answer", referat, merknad.pk)).content.decode())

    assert f"{scene.veileder.user.name} har en merknad til sak 1" in body
    assert '<del><span class="ds-sr-only">Fjernet: </span>to </del>' in body
    assert '<ins><span class="ds-sr-only">Lagt til: </span>fire </ins>' in body
    assert "Ta inn forslaget. Referatet blir versjon 2" in body
    assert SECRET not in body


@pytest.mark.parametrize(
    ("typed", "texts", "status"),
    [
        ({"choice": "taken_in"}, [PROPOSAL, NOW_TEXT], "taken_in"),
        ({"choice": "both_stand"}, [NOW_TEXT], "both_stand"),
        ({"choice": "third", "new_text": "Tre uker."}, ["Tre uker.", NOW_TEXT], "taken_in"),
    ],
    ids=["taken_in", "both_stand", "third"],
)
def test_the_three_ways_out(client, scene, referat, typed, texts, status):
    merknad = object_to(scene, referat)
    sign_in(client, scene.leder)

    response = client.post(page("merknad_answer", referat, merknad.pk), typed)

    assert response.url == page("referat_detail", referat)
    sent = [each.content["saker"][0]["summary"] for each in referat.versions.all()]
    assert (sent, Merknad.objects.get().status) == (texts, status)


def test_a_third_text_must_be_written(client, scene, referat):
    merknad = object_to(scene, referat)
    sign_in(client, scene.leder)
    typed = {"choice": "third", "new_text": "  ", "answer": "Vi møtes på midten"}

    response = client.post(page("merknad_answer", referat, merknad.pk), typed)

    body = response.content.decode()
    assert "Skriv teksten som skal stå i saken." in body
    assert "Vi møtes på midten" in body
    assert Merknad.objects.get().status == "open"


def test_a_script_is_shown_as_text_everywhere(client, scene, referat):
    merknad = object_to(scene, referat, text=SCRIPT, proposal=SCRIPT)
    sign_in(client, scene.leder)
    open_page = client.get(page("merknad_answer", referat, merknad.pk)).content.decode()
    answer(scene, merknad, taken_in=False)
    version = referat.versions.get()

    bodies = [
        open_page,
        client.get(page("referat_detail", referat)).content.decode(),
        client.get(page("referat_print", referat, version.pk)).content.decode(),
    ]

    assert not any("<script>alert" in body for body in bodies)
    assert all("&lt;script&gt;" in body for body in bodies)


@pytest.mark.parametrize("office", ["veileder", "eier", "arbeidsgruppe", "udir"])
def test_only_the_author_answers(client, scene, referat, office):
    merknad = object_to(scene, referat)
    sign_in(client, getattr(scene, office))

    response = client.post(page("merknad_answer", referat, merknad.pk), {"choice": "taken_in"})

    assert response.status_code == 403
    assert Merknad.objects.get().status == "open"
