"""Writing and sending a referat."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from actors.models import Event, Notice
from cohorts.models import PuljeStatus
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady, PuljeClosed, StaleEdit
from meetings.actions.follow_up import close_follow_up
from meetings.actions.merknad import add_merknad
from meetings.actions.referat import start_referat, submit_referat
from meetings.actions.referat_lock import approve_referat
from meetings.actions.referat_parts import data_of
from meetings.models import FollowUpStatus, Obligation, PaperStatus, Presence, Referat
from tests.factories.meetings import NOW, make_meeting, make_scene
from tests.factories.papers import (
    NATIONAL_ID,
    SECRET,
    held_meeting,
    make_referat,
    point,
    referat_data,
    send_referat,
    sent_referat,
    write_referat,
)

pytestmark = pytest.mark.django_db
MERKNAD_DUE = date(2026, 11, 27)


# --- writing ------------------------------------------------------------------------------------


def test_it_is_made_from_the_saksliste_and_filled_in(scene):
    referat = make_referat(scene)

    assert [sak.title for sak in referat.saker.all()] == [
        "Oppfølging fra forrige referat",
        "Avtaler og mellomarbeid til neste gang",
    ]
    assert referat.referent == scene.leder.user.name
    assert (referat.held_from, referat.held_to) == (referat.meeting.start, referat.meeting.end)


@pytest.mark.parametrize("key", ["veiledning_2", "styringsgruppemoete_fysisk"])
def test_beginning_twice_gives_the_same_referat(scene, key):
    meeting = held_meeting(scene, key)
    office = "leder" if key == "veiledning_2" else "eier"
    first = make_referat(scene, meeting, office)

    again = make_referat(scene, meeting, office)

    assert (again, again.saker.count()) == (first, first.saker.count())
    assert Event.objects.filter(verb="start_referat").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets in one writer at a time")
@pytest.mark.parametrize("office", ["leder", "eier"])
@pytest.mark.parametrize("attempt", range(3))
def test_two_who_begin_in_the_same_second_get_the_same_referat(office, attempt):
    scene = make_scene()
    key = "veiledning_2" if office == "leder" else "styringsgruppemoete_fysisk"
    meeting = held_meeting(scene, key)
    start, begun = Barrier(2), []

    def begin():
        start.wait()
        begun.append(make_referat(scene, meeting, office).pk)
        connection.close()

    threads = [Thread(target=begin) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert begun == [Referat.objects.get().pk] * 2
    assert Event.objects.filter(verb="start_referat").count() == 1


def test_it_is_not_begun_before_the_meeting(scene):
    with pytest.raises(NotPossible, match="ikke begynt"):
        start_referat(meeting=make_meeting(scene), unit=scene.skole, by=scene.by("leder"), now=NOW)


def test_those_who_said_yes_and_the_writer_are_ticked(scene):
    meeting = held_meeting(scene)
    coming = meeting.attendances.get(user=scene.ppt.user)
    coming.response = "yes"
    coming.save()

    writer = meeting.attendances.get(user=scene.leder.user)
    assert set(data_of(make_referat(scene, meeting))["attendance"]) == {coming.pk, writer.pk}


def test_ticks_are_registered_as_attendance(scene):
    referat = make_referat(scene)
    meeting = referat.meeting
    leder = meeting.attendances.get(user=scene.leder.user)
    said_no = meeting.attendances.get(user=scene.eier.user)
    said_no.response = "no"
    said_no.save()

    write_referat(scene, referat, 1, attendance=[leder.pk], guests="Ola Nordvik, Kari Nordvik")

    presence = dict(meeting.attendances.values_list("name", "presence"))
    assert presence[leder.name] == Presence.PRESENT
    assert presence[said_no.name] == Presence.EXCUSED
    assert presence["Ola Nordvik"] == Presence.PRESENT
    assert presence[scene.ppt.user.name] == Presence.ABSENT


def test_a_half_written_point_is_kept_in_the_draft(scene):
    referat = make_referat(scene)

    write_referat(scene, referat, 1, agreed=[point(responsible="") | {"due": ""}])

    referat.refresh_from_db()
    assert referat.agreed[0]["text"] == "Teamene prøver observasjon"
    assert referat.follow_ups.count() == 0


def test_a_stale_draft_is_refused(scene):
    referat = make_referat(scene)
    write_referat(scene, referat, 1, mellomarbeid="Først")

    with pytest.raises(StaleEdit) as refusal:
        write_referat(scene, referat, 1, mellomarbeid="Sist")

    assert refusal.value.current.mellomarbeid == "Først"


@pytest.mark.parametrize(
    "changes",
    [
        {"guests": NATIONAL_ID},
        {"place": NATIONAL_ID},
        {"referent": NATIONAL_ID},
        {"saker": [{"title": "Sak", "summary": f"Se {NATIONAL_ID}"}]},
        {"agreed": [point(text=f"Ring {NATIONAL_ID}")]},
        {"mellomarbeid": NATIONAL_ID},
        {"next_theme": NATIONAL_ID},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_national_id_number_is_refused_in_every_text(scene, changes):
    referat = make_referat(scene)
    field = next(iter(changes))
    before = data_of(referat)[field]

    refused = write_referat(scene, referat, 1, **changes)

    referat.refresh_from_db()
    assert (refused, data_of(referat)[field]) == ([field], before)
    with pytest.raises(NationalIdFound):
        send_referat(scene, referat, **changes)
    assert not any(NATIONAL_ID in str(event.data) for event in Event.objects.all())


# --- sending ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"saker": [{"title": "Sak", "summary": " "}]}, ["saker"]),
        ({"agreed": [point(responsible="")]}, ["agreed"]),
        ({"referent": ""}, ["referent"]),
        ({"mellomarbeid": ""}, ["mellomarbeid"]),
    ],
)
def test_what_is_needed_to_send(scene, changes, missing):
    with pytest.raises(NotReady) as refusal:
        send_referat(scene, **changes)

    assert refusal.value.fields == missing


def test_a_sent_referat_has_a_receipt_and_a_time_for_merknader(scene):
    referat = make_referat(scene)

    version = send_referat(scene, referat)

    referat.refresh_from_db()
    assert version.receipt == f"RF-9-{referat.pk:06d}-1"
    assert version.content["saker"][0]["summary"] == SECRET
    assert version.content["agreed"][0]["responsible_name"] == "Rektor"
    assert (referat.status, referat.merknad_due) == (PaperStatus.SENT, MERKNAD_DUE)


def test_sending_meets_the_duty_and_tells_the_readers(scene):
    meeting = held_meeting(scene)
    owed = Obligation.objects.get(meeting=meeting, unit=scene.skole, rule__key="referat")

    send_referat(scene, make_referat(scene, meeting))

    owed.refresh_from_db()
    assert owed.met_at == NOW
    told = Notice.objects.filter(kind="referat_sent").values_list("recipient", flat=True)
    offices = ("arbeidsgruppe", "veileder", "co_veileder", "eier", "ppt")
    assert set(told) == {getattr(scene, office).user_id for office in offices}


def test_follow_up_points_are_written_when_sent(scene):
    referat = sent_referat(scene, agreed=[point("Observasjon", "eier", date(2026, 12, 4))])

    follow_up = referat.follow_ups.get()

    assert (follow_up.text, follow_up.responsible) == ("Observasjon", "eier")
    assert (follow_up.due, follow_up.status) == (date(2026, 12, 4), FollowUpStatus.OPEN)


def test_a_double_click_sends_once(scene):
    referat = make_referat(scene)
    sending = {
        "referat": referat,
        "edit_version": 1,
        "data": referat_data(referat),
        "by": scene.by("leder"),
    }

    first = submit_referat(**sending, now=NOW)
    second = submit_referat(**sending, now=NOW + timedelta(seconds=1))

    assert first == second
    assert referat.versions.count() == 1
    assert referat.follow_ups.count() == 1


def test_a_new_version_leaves_the_first_and_drops_a_point_that_is_gone(scene):
    referat = make_referat(scene)
    first = send_referat(scene, referat, agreed=[point("Observasjon"), point("Rutine")])
    content = first.content
    referat.refresh_from_db()

    second = send_referat(scene, referat, agreed=[referat.agreed[1]])

    first.refresh_from_db()
    assert first.content == content
    assert (second.number, len(second.content["agreed"])) == (2, 1)
    statuses = dict(referat.follow_ups.values_list("text", "status"))
    assert statuses == {"Observasjon": "dropped", "Rutine": "open"}


def test_closing_a_point_twice_changes_nothing(scene):
    follow_up = sent_referat(scene).follow_ups.get()

    close_follow_up(follow_up=follow_up, by=scene.by("leder"), now=NOW)
    close_follow_up(follow_up=follow_up, by=scene.by("leder"), now=NOW + timedelta(days=1))

    follow_up.refresh_from_db()
    assert (follow_up.status, follow_up.closed_at) == (FollowUpStatus.DONE, NOW)


@pytest.mark.parametrize(
    ("key", "office"), [("styringsgruppemoete_fysisk", "eier"), ("eiermoete", "veileder")]
)
def test_the_office_of_the_programme_writes_at_owner_level(scene, key, office):
    referat = make_referat(scene, held_meeting(scene, key), office)

    version = send_referat(scene, referat, office=office, mellomarbeid="")

    assert referat.unit is None
    assert version.number == 1


def test_a_closed_pulje_is_read_only(scene):
    referat = sent_referat(scene)
    scene.pulje.status = PuljeStatus.CLOSED
    scene.pulje.save()

    with pytest.raises(PuljeClosed):
        write_referat(scene, referat, referat.edit_version, mellomarbeid="For sent")
    with pytest.raises(PuljeClosed):
        approve_referat(referat=referat, by=scene.by("veileder"), now=NOW)
    with pytest.raises(PuljeClosed):
        add_merknad(referat=referat, text="For sent", by=scene.by("ppt"), now=NOW)
