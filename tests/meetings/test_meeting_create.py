"""Calling a meeting: who is invited and told, what is owed, and what is refused."""

from datetime import date, timedelta

import pytest

from actors.models import Event, Notice
from cohorts.actions.pulje import close_pulje
from cohorts.rules.errors import NotPossible, PuljeClosed
from meetings.models import Meeting, Obligation, Sak
from tests.factories.cohorts import make_deltakende_unit, make_pulje
from tests.factories.meetings import NOW, make_meeting, make_scene
from tests.factories.people import PPTFactory, make_role
from tests.factories.register import PrivateBarnehageFactory

pytestmark = pytest.mark.django_db
THIRD_OF_DECEMBER = date(2026, 12, 3)


def invited(meeting) -> list[tuple[str, str]]:
    return [(row.actor, row.name) for row in meeting.attendances.order_by("pk")]


def test_create_meeting_stores_the_semester_of_its_activity(scene):
    meeting = make_meeting(scene, day=date(2027, 1, 12))

    assert (meeting.semester.number, meeting.semester.year) == (3, 2026)
    assert meeting.title == f"Andre veiledning på enheten, {scene.skole}"


def test_create_meeting_names_it_in_the_maalform_of_the_kommune(scene):
    kommune = scene.deltakelse.owner.kommune
    kommune.maalform = "nynorsk"
    kommune.save()

    meeting = make_meeting(scene)

    assert meeting.title == f"Andre rettleiing på eininga, {scene.skole}"
    assert meeting.saker.first().title == "Oppfølging frå førre referat"


def test_create_meeting_invites_the_offices_of_the_activity(scene):
    meeting = make_meeting(scene)

    assert invited(meeting) == [
        ("leder", scene.leder.user.name),
        ("arbeidsgruppe", scene.arbeidsgruppe.user.name),
        ("ppt", scene.ppt.user.name),
        ("eier", scene.eier.user.name),
        ("veileder", scene.veileder.user.name),
        ("veileder", scene.co_veileder.user.name),
    ]


def test_create_meeting_at_owner_level_invites_leaders_and_the_embete(scene):
    make_role("statsforvalter", make_role("statsforvalter").scope)

    meeting = make_meeting(scene, "styringsgruppemoete_fysisk")

    assert [actor for actor, _ in invited(meeting)] == [
        "eier",
        "leder",
        "leder",
        "ppt",
        "veileder",
        "veileder",
        "statsforvalter",
        "statsforvalter",
        "statsforvalter",
    ]


def test_create_meeting_invites_only_those_of_the_embete_who_sit_in_the_group(scene):
    other = make_role("statsforvalter", scene.statsforvalter.statsforvalter)
    scene.deltakelse.styringsgruppe.members.create(
        user=other.user, name=other.user.name, seat="statsforvalter", valid_from=date(2025, 5, 1)
    )

    meeting = make_meeting(scene, "styringsgruppemoete_fysisk")

    assert invited(meeting)[-1] == ("statsforvalter", other.user.name)
    assert scene.statsforvalter.user.name not in dict(map(reversed, invited(meeting)))


def test_create_meeting_of_a_private_unit_invites_its_own_owner(scene):
    unit = PrivateBarnehageFactory(kommune=scene.deltakelse.owner.kommune)
    private = make_role("eier", unit.owner)
    joined = make_deltakende_unit(scene.deltakelse, unit)

    meeting = make_meeting(scene, units=[joined])

    assert [name for actor, name in invited(meeting) if actor == "eier"] == [private.user.name]


def test_create_meeting_counts_members_without_an_account(scene):
    scene.skole.arbeidsgruppe.members.create(
        name="Siri Foss", seat="sfo_leder", valid_from=date(2025, 5, 1)
    )

    meeting = make_meeting(scene)

    assert invited(meeting)[-1] == ("arbeidsgruppe", "Siri Foss")


def test_create_meeting_invites_who_holds_the_office_on_the_day(scene):
    scene.leder.valid_to = date(2026, 11, 30)
    scene.leder.save()
    successor = make_role("leder", scene.skole.unit, valid_from=date(2026, 12, 1))

    meeting = make_meeting(scene, day=THIRD_OF_DECEMBER)

    assert invited(meeting)[0] == ("leder", successor.user.name)


def test_create_meeting_tells_everybody_once_but_not_the_caller(scene):
    meeting = make_meeting(scene)

    notices = Notice.objects.filter(kind="meeting_invitation")
    assert notices.count() == 5
    assert not notices.filter(recipient=scene.veileder.user).exists()
    notice = notices.get(recipient=scene.leder.user)
    assert notice.title == f"Invitasjon: {meeting.title}"
    assert notice.body == "Torsdag 3. desember kl. 09.00. Svar om du kommer."
    assert notice.url == f"/moeter/{meeting.pk}/"


def test_create_meeting_writes_to_each_in_their_own_language(scene):
    scene.leder.user.language = "nn"
    scene.leder.user.save()

    make_meeting(scene, day=date(2026, 12, 1))

    notice = Notice.objects.get(recipient=scene.leder.user)
    assert notice.body == "Tysdag 1. desember kl. 09.00. Svar om du kjem."


def test_create_meeting_links_to_the_office_of_a_person_with_two(scene):
    make_role("ppt", PPTFactory(), user=scene.leder.user)

    meeting = make_meeting(scene)

    notice = Notice.objects.get(recipient=scene.leder.user)
    assert notice.url == f"/moeter/{meeting.pk}/?rolle={scene.leder.pk}"


def test_create_meeting_in_the_past_tells_nobody(scene):
    make_meeting(scene, day=date(2026, 11, 2))

    assert Notice.objects.count() == 0


def test_create_meeting_stores_what_is_owed(scene):
    meeting = make_meeting(scene)

    rows = Obligation.objects.filter(meeting=meeting).values_list("rule__key", "due")
    assert sorted(rows) == [
        ("referat", date(2026, 12, 10)),
        ("veiledningsgrunnlag", date(2026, 11, 26)),
    ]


def test_create_meeting_records_who_did_it(scene):
    meeting = make_meeting(scene)

    event = Event.objects.get(verb="create_meeting")
    assert (event.subject, event.by, event.role) == (
        f"meeting:{meeting.pk}",
        scene.veileder.user,
        scene.veileder,
    )
    assert event.data == {"invited": 6, "told": 5}


def test_create_meeting_links_it_to_the_meeting_it_hangs_on(scene):
    fagsamling = make_meeting(scene, "fagsamling", day=date(2026, 10, 8))
    other_unit = make_meeting(scene, "veiledning_1", units=[scene.barnehage])

    first = make_meeting(scene, "veiledning_1", day=date(2026, 10, 9))
    second = make_meeting(scene, "veiledning_2")

    assert (first.linked_to, second.linked_to) == (fagsamling, first)
    assert other_unit.linked_to == fagsamling


def test_create_meeting_refuses_the_other_form(scene):
    with pytest.raises(NotPossible, match="skal være fysisk"):
        make_meeting(scene, "veiledning_1", form="digital")


def test_create_meeting_refuses_an_end_before_the_start(scene):
    with pytest.raises(NotPossible, match="slutte etter"):
        make_meeting(scene, minutes=0)


def test_create_meeting_refuses_two_units_where_one_is_asked(scene):
    with pytest.raises(NotPossible, match="én enhet"):
        make_meeting(scene, "lederveiledning", units=[scene.skole, scene.barnehage])


def test_create_meeting_refuses_a_unit_of_another_owner(scene):
    other = make_deltakende_unit(make_scene(make_pulje(10)).deltakelse)

    with pytest.raises(NotPossible, match="samme eieren"):
        make_meeting(scene, units=[scene.skole, other])


def test_create_meeting_refuses_a_closed_pulje(scene):
    close_pulje(pulje=scene.pulje, by=scene.by("udir"), now=NOW)

    with pytest.raises(PuljeClosed):
        make_meeting(scene)
    assert Meeting.objects.count() == 0


def test_standing_saker_stand_first_and_last(scene):
    meeting = make_meeting(scene)

    rows = Sak.objects.filter(meeting=meeting).values_list("standing", "position", "minutes")
    assert list(rows) == [("forrige_referat", 1, 10), ("avtaler", 2, 10)]


def test_create_meeting_uses_a_bounded_number_of_queries(scene, django_assert_max_num_queries):
    for _ in range(4):
        make_role("arbeidsgruppe", scene.skole.unit)

    with django_assert_max_num_queries(90):
        make_meeting(scene, day=THIRD_OF_DECEMBER + timedelta(days=1))
