"""Writing and sending a veiledningsgrunnlag."""

from datetime import timedelta

import pytest

from actors.models import Event, Notice
from cohorts.models import PuljeStatus
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady, PuljeClosed, StaleEdit
from meetings.actions.grunnlag import data_of, start_grunnlag, submit_grunnlag
from meetings.actions.meeting_change import cancel_meeting
from meetings.models import FollowUpStatus, Obligation, PaperStatus, VeiledningsgrunnlagVersion
from meetings.rules.grunnlag_merge import marks_of
from tests.factories.meetings import NOW, TODAY, make_meeting
from tests.factories.papers import (
    NATIONAL_ID,
    SECRET,
    grunnlag_data,
    held_meeting,
    make_grunnlag,
    make_referat,
    point,
    send_grunnlag,
    send_referat,
    write_grunnlag,
)
from tests.factories.people import make_role

pytestmark = pytest.mark.django_db
TEXTS = (
    "worked_well",
    "was_difficult",
    "voices",
    "questions",
    "tried",
    "story",
    "wanted_outcome",
    "practical_needs",
    "prepared_by",
)


def test_a_draft_is_started_once(scene):
    meeting = make_meeting(scene)

    first = make_grunnlag(scene, meeting)
    second = make_grunnlag(scene, meeting)

    assert first == second
    assert first.status == PaperStatus.DRAFT


def test_the_draft_shows_the_standing_saker_of_the_meeting(scene):
    grunnlag = make_grunnlag(scene)

    titles = [row["title"] for row in data_of(grunnlag)["saker"]]

    assert titles == [
        "Oppfølging fra forrige referat",
        "Avtaler og mellomarbeid til neste gang",
    ]


def test_a_half_written_draft_is_saved(scene):
    grunnlag = make_grunnlag(scene)

    saved = write_grunnlag(scene, grunnlag, worked_well="Felles språk")

    grunnlag.refresh_from_db()
    assert saved.refused == []
    assert (grunnlag.worked_well, grunnlag.edit_version) == ("Felles språk", 2)


def test_saving_the_same_text_twice_is_no_conflict(scene):
    grunnlag = make_grunnlag(scene)
    base = marks_of(data_of(grunnlag))
    write_grunnlag(scene, grunnlag, base=base, tried="Min tekst")

    saved = write_grunnlag(scene, grunnlag, base=base, tried="Min tekst")

    grunnlag.refresh_from_db()
    assert (saved.refused, saved.conflicts) == ([], [])
    assert grunnlag.edit_version == 2


@pytest.mark.parametrize("field", TEXTS)
def test_a_national_id_number_is_refused_and_not_stored(scene, field):
    grunnlag = make_grunnlag(scene)

    saved = write_grunnlag(scene, grunnlag, **{field: f"Født {NATIONAL_ID}", "focus": ["rutiner"]})

    grunnlag.refresh_from_db()
    assert saved.refused == [field]
    assert (getattr(grunnlag, field), grunnlag.focus) == ("", ["rutiner"])
    with pytest.raises(NationalIdFound) as refusal:
        send_grunnlag(scene, grunnlag, **{field: f"Født {NATIONAL_ID}"})
    assert refusal.value.fields == [field]
    assert NATIONAL_ID not in str(refusal.value)
    assert not any(NATIONAL_ID in str(event.data) for event in Event.objects.all())


def test_a_national_id_number_in_a_sak_is_refused(scene):
    grunnlag = make_grunnlag(scene)
    row = {**data_of(grunnlag)["saker"][0], "sak": None, "standing": "", "title": NATIONAL_ID}

    saved = write_grunnlag(scene, grunnlag, saker=[row])

    grunnlag.refresh_from_db()
    assert (saved.refused, grunnlag.saker) == (["saker"], [])


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"questions": " \n"}, ["questions"]),
        ({"questions": "a?\nb?\nc?\nd?"}, ["questions"]),
        ({"prepared_by": ""}, ["prepared_by"]),
    ],
)
def test_what_is_needed_to_send(scene, changes, missing):
    with pytest.raises(NotReady) as refusal:
        send_grunnlag(scene, **changes)

    assert refusal.value.fields == missing


def test_sending_without_the_confirmation_is_refused(scene):
    grunnlag = make_grunnlag(scene)

    with pytest.raises(NotReady) as refusal:
        submit_grunnlag(
            grunnlag=grunnlag,
            edit_version=1,
            data=grunnlag_data(grunnlag),
            confirmed=False,
            by=scene.by("leder"),
            now=NOW,
        )

    assert refusal.value.fields == ["confirmed"]


def test_a_sent_version_has_number_time_author_hash_and_receipt(scene):
    grunnlag = make_grunnlag(scene)

    version = send_grunnlag(scene, grunnlag)

    grunnlag.refresh_from_db()
    assert version.number == 1
    assert version.receipt == f"VG-9-{grunnlag.pk:06d}-1"
    assert (version.sent_at, version.sent_by) == (NOW, scene.leder.user)
    assert version.sent_as == f"Rektor, {scene.skole.unit}"
    assert len(version.sha256) == 64
    assert version.content["story"] == SECRET
    assert version.content["meeting"]["unit"] == str(scene.skole.unit)
    assert (grunnlag.status, grunnlag.sent_at) == (PaperStatus.SENT, NOW)


def test_an_acting_leader_signs_on_behalf_of_the_office(scene):
    acting = make_role("leder", scene.skole.unit, acting=True)

    version = send_grunnlag(scene, by=acting.user.act_as(acting, TODAY))

    assert version.sent_as == f"på vegne av rektor, {scene.skole.unit}"


def test_a_double_click_sends_once(scene):
    grunnlag = make_grunnlag(scene)
    sending = {
        "grunnlag": grunnlag,
        "edit_version": 1,
        "data": grunnlag_data(grunnlag),
        "confirmed": True,
        "by": scene.by("leder"),
    }

    first = submit_grunnlag(**sending, now=NOW)
    second = submit_grunnlag(**sending, now=NOW + timedelta(seconds=1))

    assert first == second
    assert VeiledningsgrunnlagVersion.objects.count() == 1
    assert Notice.objects.filter(kind="grunnlag_sent").count() == 2


def test_a_later_edit_does_not_change_version_one(scene):
    grunnlag = make_grunnlag(scene)
    first = send_grunnlag(scene, grunnlag)
    content, digest = first.content, first.sha256
    grunnlag.refresh_from_db()

    write_grunnlag(scene, grunnlag, story="Ny fortelling")
    second = send_grunnlag(scene, grunnlag, story="Ny fortelling")

    first.refresh_from_db()
    assert (first.content, first.sha256) == (content, digest)
    assert (second.number, second.content["story"]) == (2, "Ny fortelling")
    assert second.receipt == f"VG-9-{grunnlag.pk:06d}-2"


def test_a_stale_submit_is_refused(scene):
    grunnlag = make_grunnlag(scene)
    write_grunnlag(scene, grunnlag, tried="Hannes tekst")

    with pytest.raises(StaleEdit):
        submit_grunnlag(
            grunnlag=grunnlag,
            edit_version=1,
            data=grunnlag_data(grunnlag, tried="Min tekst"),
            confirmed=True,
            by=scene.by("leder"),
            now=NOW,
        )

    assert VeiledningsgrunnlagVersion.objects.count() == 0


def test_sending_tells_the_veiledere_in_neutral_words(scene):
    send_grunnlag(scene)

    notices = Notice.objects.filter(kind="grunnlag_sent")

    told = {scene.veileder.user_id, scene.co_veileder.user_id}
    assert set(notices.values_list("recipient", flat=True)) == told
    assert {notice.title for notice in notices} == {"Veiledningsgrunnlag er sendt"}
    assert not any(SECRET in notice.body for notice in notices)


def test_sending_meets_the_obligation(scene):
    meeting = make_meeting(scene)
    owed = Obligation.objects.get(
        meeting=meeting, unit=scene.skole, rule__key="veiledningsgrunnlag"
    )

    send_grunnlag(scene, make_grunnlag(scene, meeting))

    owed.refresh_from_db()
    assert owed.met_at == NOW


def test_sending_writes_the_saksliste_and_a_draft_does_not(scene):
    meeting = make_meeting(scene)
    grunnlag = make_grunnlag(scene, meeting)
    saker = data_of(grunnlag)["saker"]
    new = {**saker[0], "sak": None, "standing": "", "title": "Rutinen i praksis"}
    rows = [saker[0], new, saker[1]]

    write_grunnlag(scene, grunnlag, saker=rows)
    before = list(meeting.saker.values_list("title", flat=True))
    send_grunnlag(scene, grunnlag, saker=rows)

    assert before == ["Oppfølging fra forrige referat", "Avtaler og mellomarbeid til neste gang"]
    after = list(meeting.saker.order_by("position").values_list("title", flat=True))
    assert after == [before[0], "Rutinen i praksis", before[1]]


def test_open_points_of_earlier_referater_are_carried_over_and_closed_when_done(scene):
    earlier = held_meeting(scene, "veiledning_1", days_ago=30)
    referat = make_referat(scene, earlier)
    send_referat(scene, referat, agreed=[point("Observasjon"), point("Rutine")])
    done, open_ = referat.follow_ups.order_by("position")
    grunnlag = make_grunnlag(scene)
    with pytest.raises(NotReady) as refusal:
        send_grunnlag(scene, grunnlag)

    answers = [
        {"follow_up": done.pk, "outcome": "done", "comment": "Gikk fint"},
        {"follow_up": open_.pk, "outcome": "partly", "comment": ""},
    ]
    version = send_grunnlag(scene, grunnlag, since_last=answers)

    done.refresh_from_db()
    open_.refresh_from_db()
    assert refusal.value.fields == ["since_last"]
    assert (done.status, done.closed_at) == (FollowUpStatus.DONE, NOW)
    assert open_.status == FollowUpStatus.OPEN
    texts = [row["text"] for row in version.content["since_last"]]
    assert texts == ["Observasjon", "Rutine", "Teamene observerer"]  # the last one is mellomarbeid


def test_a_closed_pulje_is_read_only(scene):
    grunnlag = make_grunnlag(scene)
    scene.pulje.status = PuljeStatus.CLOSED
    scene.pulje.save()

    with pytest.raises(PuljeClosed):
        write_grunnlag(scene, grunnlag, tried="For sent")
    with pytest.raises(PuljeClosed):
        send_grunnlag(scene, grunnlag)


def test_the_grunnlag_of_a_cancelled_meeting_is_read_only(scene):
    meeting = make_meeting(scene)
    grunnlag = make_grunnlag(scene, meeting)
    cancel_meeting(meeting=meeting, reason="Snøstorm", by=scene.by("veileder"), now=NOW)

    with pytest.raises(NotPossible):
        write_grunnlag(scene, grunnlag, tried="Avlyst")


def test_each_unit_of_a_joint_meeting_has_its_own(scene):
    meeting = make_meeting(scene, units=[scene.skole, scene.barnehage])

    school = make_grunnlag(scene, meeting, scene.skole)
    barnehage = start_grunnlag(
        meeting=meeting, unit=scene.barnehage, by=scene.by("styrer"), now=NOW
    )

    assert school != barnehage


def test_the_language_follows_the_kommune(scene):
    kommune = scene.deltakelse.owner.kommune
    kommune.maalform = "nynorsk"
    kommune.save()

    assert send_grunnlag(scene).language == "nn"
