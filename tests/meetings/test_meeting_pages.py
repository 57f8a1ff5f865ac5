"""The page of a meeting: what each role sees there. The day is 20 November 2026."""

from datetime import date

import pytest

from cohorts.actions.pulje import close_pulje
from meetings.actions.attendance import Entry, record_attendance
from meetings.actions.meeting_change import cancel_meeting, change_meeting
from meetings.actions.saksliste import add_sak
from meetings.models import Attendance, Sak
from meetings.rules.saksliste import SakInput
from meetings.views.meeting_people import answers_of
from tests.factories.cohorts import make_pulje
from tests.factories.meetings import NOW, make_meeting, make_scene, oslo
from tests.factories.pages import open_page, text_of
from tests.factories.pages import page as url
from tests.factories.people import make_role, sign_in
from tests.markup import squeeze

pytestmark = pytest.mark.django_db
HELD = date(2026, 11, 10)
SECRET = SakInput("Sak som bare noen leser", "droefting", "leder", 30)


@pytest.mark.parametrize(
    ("responses", "words"),
    [
        (["yes", "yes", "no", "none"], "2 ja · 1 nei · 1 har ikke svart"),
        (["yes", "none"], "1 ja · 1 har ikke svart"),
        (["yes"], "1 ja"),
        ([], ""),
    ],
)
def test_what_nobody_has_answered_is_left_out(responses, words):
    assert answers_of([Attendance(user_id=1, response=each) for each in responses]) == words


def test_meeting_page_tells_when_where_and_how_long_until(client, scene):
    make_meeting(scene, "veiledning_1", day=date(2026, 10, 8))
    meeting = make_meeting(scene, "veiledning_2", place="Personalrommet")

    page = open_page(client, scene.leder, url("meeting_detail", meeting))

    assert "Torsdag 3. desember 2026 kl. 09.00–11.30 · Personalrommet" in page
    assert "om 13 dager · 8 uker etter veiledning ved fagsamlingen" in page
    assert "Planlagt" in page


def test_meeting_page_has_a_chain_of_the_papers_the_programme_asks_for(client, scene):
    def steps(key):
        sign_in(client, scene.eier)
        response = client.get(url("meeting_detail", make_meeting(scene, key)))
        return [str(step["label"]) for step in response.context["chain"]]

    assert steps("veiledning_2") == ["Grunnlag", "Saksliste", "Møte", "Referat", "Oppfølging"]
    assert steps("styringsgruppemoete_fysisk") == ["Saksliste", "Møte", "Referat", "Oppfølging"]
    assert steps("arbeidsgruppemoete") == ["Møte"]


def test_meeting_page_marks_the_first_step_that_is_not_done(client, scene):
    sign_in(client, scene.leder)

    def states(day):
        response = client.get(url("meeting_detail", make_meeting(scene, day=day)))
        return [step["state"] for step in response.context["chain"]]

    assert states(date(2026, 12, 3)) == ["now", "", "", "", ""]
    assert states(HELD) == ["now", "", "done", "", ""]


def test_meeting_page_shows_each_sak_with_its_time_and_who(client, scene):
    meeting = make_meeting(scene)
    add_sak(meeting=meeting, item=SECRET, by=scene.by("veileder"), now=NOW)

    page = open_page(client, scene.leder, url("meeting_detail", meeting))

    assert "Sak som bare noen leser" in page
    assert "Drøfting · Rektor" in page
    assert page.index("09.00</span>") < page.index("09.10</span>") < page.index("09.40</span>")


@pytest.mark.parametrize(
    ("office", "reads"),
    [
        ("leder", True),
        ("arbeidsgruppe", True),
        ("ppt", True),
        ("eier", True),
        ("veileder", True),
        ("koordinator", True),
        ("udir", False),
        ("statsforvalter", False),
    ],
)
def test_meeting_page_shows_status_not_content(client, scene, office, reads):
    meeting = make_meeting(scene)
    add_sak(meeting=meeting, item=SECRET, by=scene.by("veileder"), now=NOW)

    page = open_page(client, getattr(scene, office), url("meeting_detail", meeting))

    assert (SECRET.title in page) is reads
    assert (scene.ppt.user.name in page) is reads
    assert ("Sakslista har 3 saker" in page) is not reads


def test_meeting_page_of_a_joint_meeting_shows_each_leader_the_own_saker(client, scene):
    meeting = make_meeting(scene, units=[scene.skole, scene.barnehage])
    for unit, title in ((scene.skole, "Skolegården"), (scene.barnehage, "Garderoben")):
        item = SakInput(title, "droefting")
        add_sak(meeting=meeting, item=item, unit=unit, by=scene.by("leder"), now=NOW)

    page = open_page(client, scene.leder, url("meeting_detail", meeting))

    assert ("Skolegården" in page, "Garderoben" in page) == (True, False)


def test_meeting_page_of_a_foreign_unit_is_not_found(client, scene):
    meeting = make_meeting(scene)
    stranger = make_scene(make_pulje(10))
    sign_in(client, stranger.leder)

    names = ["meeting_detail", "meeting_edit", "meeting_cancel", "saksliste_edit"]
    codes = {name: client.get(url(name, meeting)).status_code for name in names}

    assert set(codes.values()) == {404}
    assert client.post(url("meeting_respond", meeting), {"svar": "ja"}).status_code == 404


def test_meeting_page_needs_a_person(client, scene):
    response = client.get(url("meeting_detail", make_meeting(scene)))

    assert (response.status_code, response.url.split("?")[0]) == (302, "/konto/login/")


def test_meeting_page_afterwards_says_who_was_there(client, scene):
    meeting = make_meeting(scene, day=HELD)
    rows = {row.user_id: row for row in meeting.attendances.all()}
    record_attendance(
        meeting=meeting,
        entries=[
            Entry(rows[scene.leder.user_id], "present", "physical"),
            Entry(rows[scene.ppt.user_id], "present", "digital"),
            Entry(rows[scene.eier.user_id], "excused"),
        ],
        by=scene.by("leder"),
        now=NOW,
    )

    page = squeeze(open_page(client, scene.leder, url("meeting_detail", meeting)))

    assert "Gjennomført" in page
    assert "2 av 6 møtte" in page
    present = f"{scene.leder.user.name} (Rektor), {scene.ppt.user.name}"
    assert f"<dt>Til stede</dt><dd>{present}" in page
    assert f"<dt>Meldt forfall</dt><dd>{scene.eier.user.name}" in page


def test_meeting_page_of_a_moved_meeting_says_from_when(client, scene):
    meeting = make_meeting(scene, day=date(2026, 12, 2))
    change_meeting(
        meeting=meeting,
        edit_version=1,
        start=oslo(date(2026, 12, 3), "09.00"),
        end=oslo(date(2026, 12, 3), "11.30"),
        by=scene.by("veileder"),
        now=NOW,
    )

    page = open_page(client, scene.leder, url("meeting_detail", meeting))

    assert "Det skulle være onsdag 2. desember kl. 09.00." in page
    mover = scene.veileder.user.name
    assert f"{mover} flyttet møtet fra 2. desember til 3. desember" in page


def test_meeting_page_of_a_cancelled_meeting_says_why(client, scene):
    meeting = make_meeting(scene)
    cancel_meeting(meeting=meeting, reason="Snøstorm i fjellet", by=scene.by("veileder"), now=NOW)

    page = open_page(client, scene.veileder, url("meeting_detail", meeting))

    assert "Snøstorm i fjellet" in page
    assert ("Kommer du?" in page, "Avlys møtet" in page) == (False, False)


def test_meeting_page_in_a_closed_pulje_offers_no_button(client, scene):
    meeting = make_meeting(scene)
    close_pulje(pulje=scene.pulje, by=scene.by("udir"), now=NOW)

    page = open_page(client, scene.veileder, url("meeting_detail", meeting))

    assert "Pulja er avsluttet" in page
    assert ("Endre tid" in page, "Kommer du?" in page, "Legg til en sak" in page) == (False,) * 3


def test_meeting_page_in_nynorsk(client, scene):
    meeting = make_meeting(scene, day=date(2026, 12, 1))
    scene.leder.user.language = "nn"
    scene.leder.user.save()
    sign_in(client, scene.leder)

    page = text_of(client.get(url("meeting_detail", meeting)))

    assert "Tysdag 1. desember 2026" in page


def test_meeting_page_takes_as_many_queries_with_many_people_and_saker(
    client, scene, django_assert_max_num_queries
):
    meeting = make_meeting(scene)
    sign_in(client, scene.leder)
    with django_assert_max_num_queries(15) as few:
        client.get(url("meeting_detail", meeting))
    for number in range(12):
        make_role("arbeidsgruppe", scene.skole.unit)
        item = SakInput(f"Sak {number}", "droefting")
        add_sak(meeting=meeting, item=item, by=scene.by("veileder"), now=NOW)
    larger = make_meeting(scene)
    Sak.objects.filter(meeting=meeting, standing="").update(meeting=larger)

    with django_assert_max_num_queries(15) as many:
        client.get(url("meeting_detail", larger))

    assert len(many) == len(few)
