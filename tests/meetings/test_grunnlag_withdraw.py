"""Taking a sent grunnlag back, until a veileder has opened it."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from actors.models import Event, Notice, Opening
from cohorts.models import PuljeStatus
from cohorts.rules.errors import NotPossible, PuljeClosed
from meetings.actions.grunnlag import data_of
from meetings.actions.grunnlag_comment import add_comment
from meetings.actions.grunnlag_withdraw import can_withdraw, withdraw_grunnlag
from meetings.actions.opening import open_version
from meetings.actions.saksliste import add_sak
from meetings.models import (
    FollowUpStatus,
    Obligation,
    PaperStatus,
    Veiledningsgrunnlag,
    VeiledningsgrunnlagVersion,
)
from meetings.rules.saksliste import SakInput
from tests.factories.meetings import NOW, make_meeting, make_scene
from tests.factories.own_work import make_mellomarbeid
from tests.factories.papers import (
    held_meeting,
    make_grunnlag,
    make_referat,
    send_grunnlag,
    send_referat,
)
from tests.factories.papers import point as agreed_point

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=20)


@pytest.fixture
def version(scene):
    return send_grunnlag(scene)


def withdraw(scene, version, now=LATER):
    grunnlag = Veiledningsgrunnlag.objects.get(pk=version.paper_id)
    return withdraw_grunnlag(grunnlag=grunnlag, by=scene.by("leder"), now=now)


def open_it(scene, version, office="veileder", way=Opening.Way.PORTAL):
    return open_version(version=version, way=way, by=scene.by(office), now=LATER)


def own_row(title):
    return {
        "sak": None,
        "title": title,
        "type": "droefting",
        "minutes": 20,
        "responsible": "",
        "standing": "",
        "removed": False,
    }


def test_it_is_a_draft_again_and_the_version_stays_in_the_log(scene, version):
    grunnlag = withdraw(scene, version)

    version.refresh_from_db()
    assert (grunnlag.status, grunnlag.sent_at) == (PaperStatus.DRAFT, None)
    assert (version.withdrawn_at, version.withdrawn_by) == (LATER, scene.leder.user)
    assert version.content["story"] == grunnlag.story
    assert Event.objects.get(verb="withdraw_grunnlag").data == {"receipts": [version.receipt]}


@pytest.mark.parametrize("office", ["leder", "arbeidsgruppe", "veileder", "eier", "ppt"])
def test_nobody_reads_what_was_withdrawn(scene, version, office):
    withdraw(scene, version)

    versions = VeiledningsgrunnlagVersion.objects

    assert versions.visible_to(scene.by(office)).count() == 0
    assert versions.all().shown_to(scene.by(office)).count() == 0


def test_an_older_version_does_not_come_back_when_it_is_sent_again(scene, version):
    grunnlag = withdraw(scene, version)

    again = send_grunnlag(scene, grunnlag, now=LATER)

    assert (again.number, again.sha256) == (2, version.sha256)
    shown = VeiledningsgrunnlagVersion.objects.visible_to(scene.by("veileder"))
    assert [each.number for each in shown] == [2]


def test_what_is_owed_opens_again(scene, version):
    owed = Obligation.objects.filter(meeting=version.paper.meeting, activity__paper="before")
    assert [each.met_at for each in owed] == [NOW]

    withdraw(scene, version)

    assert [(each.met_at, each.void_at) for each in owed.all()] == [(None, None)]


def test_notices_that_have_not_gone_out_are_stopped(scene, version):
    withdraw(scene, version)

    notices = Notice.objects.filter(kind="grunnlag_sent")
    assert {(each.status, each.outcome) for each in notices} == {
        ("cancelled", "Grunnlaget er trukket tilbake")
    }


def test_the_veiledere_are_told_when_it_is_sent_again(scene, version):
    grunnlag = withdraw(scene, version)

    send_grunnlag(scene, grunnlag, now=LATER)

    waiting = Notice.objects.filter(kind="grunnlag_sent", status="queued")
    assert {each.recipient for each in waiting} == {scene.veileder.user, scene.co_veileder.user}


def test_the_units_own_saker_come_off_the_list_and_others_stay(scene):
    meeting = make_meeting(scene)
    grunnlag = make_grunnlag(scene, meeting)
    rows = data_of(grunnlag)["saker"]
    version = send_grunnlag(scene, grunnlag, saker=[rows[0], own_row("Uro i garderoben"), rows[1]])
    item = SakInput(title="Fra veileder", type="droefting")
    add_sak(meeting=meeting, item=item, by=scene.by("veileder"), now=NOW)

    grunnlag = withdraw(scene, version)

    titles = list(meeting.saker.filter(standing="").values_list("title", flat=True))
    assert titles == ["Fra veileder"]
    drafted = [each["title"] for each in data_of(grunnlag)["saker"] if not each["standing"]]
    assert sorted(drafted) == ["Fra veileder", "Uro i garderoben"]


def test_a_sak_withdrawn_and_sent_again_is_there_once(scene):
    meeting = make_meeting(scene)
    grunnlag = make_grunnlag(scene, meeting)
    rows = data_of(grunnlag)["saker"]
    version = send_grunnlag(scene, grunnlag, saker=[rows[0], own_row("Rutinen"), rows[1]])
    grunnlag = withdraw(scene, version)

    send_grunnlag(scene, grunnlag, now=LATER)

    assert list(meeting.saker.filter(standing="").values_list("title", flat=True)) == ["Rutinen"]


def test_what_was_reported_as_done_is_open_again(scene):
    send_referat(scene, make_referat(scene, held_meeting(scene)), agreed=[agreed_point()])
    task = make_mellomarbeid(scene)
    grunnlag = make_grunnlag(scene)
    follow_up = scene.skole.referat_set.get().follow_ups.get()
    rows = [
        {"follow_up": follow_up.pk, "outcome": "done", "comment": ""},
        {"mellomarbeid": task.pk, "outcome": "done", "comment": ""},
    ]
    version = send_grunnlag(scene, grunnlag, since_last=rows)
    follow_up.refresh_from_db()
    task.refresh_from_db()
    assert (follow_up.status, task.status) == (FollowUpStatus.DONE, "done")

    withdraw(scene, version)

    follow_up.refresh_from_db()
    task.refresh_from_db()
    assert (follow_up.status, task.status, task.record) == (FollowUpStatus.OPEN, "under_way", None)


def test_withdrawing_twice_changes_nothing(scene, version):
    withdraw(scene, version)
    withdraw(scene, version, LATER + timedelta(minutes=1))

    assert Event.objects.filter(verb="withdraw_grunnlag").count() == 1


@pytest.mark.parametrize("office", ["eier", "ppt", "koordinator", "arbeidsgruppe"])
def test_readers_who_are_no_veileder_do_not_hinder_it(scene, version, office):
    open_it(scene, version, office)

    assert can_withdraw(version.paper, LATER)


@pytest.mark.parametrize("way", Opening.Way.values)
def test_a_veileder_who_has_opened_it_in_any_way_hinders_it(scene, version, way):
    open_it(scene, version, way=way)

    assert not can_withdraw(version.paper, LATER)
    with pytest.raises(NotPossible, match=scene.veileder.user.name):
        withdraw(scene, version)


def test_a_version_opened_earlier_hinders_it_too(scene, version):
    open_it(scene, version)
    newer = send_grunnlag(scene, version.paper, now=LATER, tried="Endret")

    with pytest.raises(NotPossible):
        withdraw(scene, newer)


def test_a_comment_hinders_it(scene, version):
    add_comment(grunnlag=version.paper, text="Fint", by=scene.by("veileder"), now=LATER)

    with pytest.raises(NotPossible, match="kommentert"):
        withdraw(scene, version)


def test_after_the_meeting_it_stays(scene, version):
    with pytest.raises(NotPossible, match="Møtet er over"):
        withdraw(scene, version, version.paper.meeting.end + timedelta(minutes=1))


def test_in_a_closed_pulje_it_stays(scene, version):
    scene.pulje.status = PuljeStatus.CLOSED
    scene.pulje.save()

    with pytest.raises(PuljeClosed):
        withdraw(scene, version)


# --- the same second ----------------------------------------------------------------------------


def test_opening_after_withdrawing_shows_nothing(scene, version):
    withdraw(scene, version)

    assert open_it(scene, version) is False
    assert not Opening.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets in one writer at a time")
@pytest.mark.parametrize("attempt", range(5))
def test_in_the_same_second_exactly_one_wins(attempt):
    scene = make_scene()
    version = send_grunnlag(scene)
    start, outcome = Barrier(2), {}

    def take_back():
        start.wait()
        try:
            withdraw(scene, version)
            outcome["withdrawn"] = True
        except NotPossible:
            outcome["withdrawn"] = False
        connection.close()

    def read():
        start.wait()
        outcome["opened"] = open_it(scene, version)
        connection.close()

    threads = [Thread(target=take_back), Thread(target=read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcome["withdrawn"] is not outcome["opened"]
