"""The pages that close and open an evaluation, and where it is said. Friday 20 November 2026."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertRedirects

from actors.models import Event
from actors.rules.links import task_link
from cohorts.actions.pulje import close_pulje
from cohorts.models import Semester
from lmp.lib import status as words
from meetings.actions.evaluation import close_evaluation
from meetings.actions.obligation import sync_all_obligations
from meetings.models import Obligation
from meetings.rules.evaluation import what_closing_does, what_opening_does
from reports.queries.board import load_board
from tests.factories.cohorts import activity_of, registered, semester_of
from tests.factories.meetings import NOW, TODAY
from tests.factories.pages import body, open_page
from tests.factories.people import sign_in
from tests.factories.task_links import make_notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

CLOSE = "/puljer/9/semestre/3/evaluering/lukk/"
OPEN = "/puljer/9/semestre/3/evaluering/aapne/"
PULJE = "/puljer/9/?semester=3&vis=arbeid"
CHRISTMAS = datetime(2026, 12, 21, 9, tzinfo=UTC)


@pytest.fixture
def semester(scene):
    found = semester_of(scene.pulje, 3)
    sync_all_obligations(semester=found, now=NOW)
    return found


@pytest.fixture
def udir(client, scene):
    """A client signed in as Udir."""
    sign_in(client, scene.udir)
    return client


def closed(scene, semester, why=""):
    return close_evaluation(semester=semester, why=why, by=scene.by("udir"), now=NOW)


def is_closed() -> bool:
    return Semester.objects.get(pulje__number=9, number=3).evaluation_closed_at is not None


def test_it_says_in_numbers_what_happens_and_then_does_it(udir, semester):
    assert "0 av 7 har svart. 7 får ikke flere påminnelser" in body(udir.get(CLOSE))

    response = udir.post(CLOSE, {"why": "Vi har det vi trenger."})

    assertRedirects(response, PULJE)
    text = body(udir.get(PULJE))
    who = str(Semester.objects.get(pk=semester.pk).evaluation_closed_by)
    assert f"Evalueringen er lukket 20. november av {who}. Vi har det vi trenger." in text
    assert (CLOSE in text, OPEN in text) == (False, True)


def test_it_is_opened_again(udir, scene, semester):
    closed(scene, semester)
    said = "0 av 7 har svart. 7 blir spurt igjen, med frist fredag 18. desember."
    assert said in body(udir.get(OPEN))

    assertRedirects(udir.post(OPEN), PULJE)

    text = body(udir.get(PULJE))
    assert ("Evalueringen er lukket" in text, CLOSE in text) == (False, True)


def test_pressing_twice_closes_once(udir, semester):
    for _time in range(2):
        assertRedirects(udir.post(CLOSE, {"why": ""}), PULJE)
    for _time in range(2):
        assertRedirects(udir.post(OPEN), PULJE)

    verbs = Event.objects.filter(subject=f"semester:{semester.pk}").order_by("pk")
    assert [each.verb for each in verbs] == ["close-evaluation", "reopen-evaluation"]


def test_a_reason_with_a_birth_number_is_not_kept(udir, semester):
    response = udir.post(CLOSE, {"why": "Se 01010150074."})

    assert (response.status_code, is_closed()) == (200, False)
    assert "Fjern fødselsnummeret" in body(response)


@pytest.mark.parametrize(
    ("office", "status"),
    [("koordinator", 200), ("statsforvalter", 403), ("eier", 403), ("leder", 403)],
)
def test_those_who_set_up_the_pulje_close_it(client, scene, semester, office, status):
    sign_in(client, getattr(scene, office))

    assert client.get(CLOSE).status_code == status
    assert client.get(PULJE).status_code == 200
    assert (CLOSE in body(client.get(PULJE))) is (status == 200)
    client.post(CLOSE, {"why": ""})
    assert is_closed() is (status == 200)


def test_a_semester_without_an_evaluation_has_none_to_close(udir, semester):
    assert udir.get("/puljer/9/semestre/0/evaluering/lukk/").status_code == 404
    assert udir.get("/puljer/9/semestre/7/evaluering/lukk/").status_code == 404


def test_what_a_closed_pulje_has_stays(udir, scene, semester):
    closed(scene, semester)
    close_pulje(pulje=scene.pulje, by=scene.by("udir"), now=NOW)

    assert (udir.get(OPEN).status_code, udir.post(OPEN).status_code) == (403, 403)
    assert is_closed()
    text = body(udir.get(PULJE))
    assert ("Evalueringen er lukket 20. november" in text, OPEN in text) == (True, False)


def test_a_pulje_that_has_not_begun_has_nothing_to_close(udir, scene, semester):
    scene.pulje.status = "recruiting"
    scene.pulje.save()

    assert udir.get(CLOSE).status_code == 403


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [
        ("nb", "Ikke lenger nødvendig", "Du trenger ikke gjøre noe. Evalueringen er lukket."),
        ("nn", "Ikkje lenger nødvendig", "Du treng ikkje gjere noko. Evalueringa er lukka."),
    ],
)
def test_the_link_in_a_mail_says_why(client, scene, semester, language, title, said):
    scene.leder.user.language = language
    scene.leder.user.save()
    duty = Obligation.objects.for_lists().get(
        rule__key="semesterevaluering", unit=scene.skole, office="leder"
    )
    notice = make_notice(scene.leder, duty)
    closed(scene, semester)

    text = body(client.get(task_link(notice)))

    assert (title in text, said in text) == (True, True)


def test_it_can_be_answered_still_and_the_page_says_so(client, scene, semester):
    activity = activity_of(scene.pulje, "semesterevaluering_enhet", 3)
    address = reverse("meetings:record_create", args=[activity.pk])
    note = "Evalueringen er lukket. Du trenger ikke svare"
    assert note not in open_page(client, scene.leder, address)
    closed(scene, semester)

    assert note in open_page(client, scene.leder, address)
    client.post(address, {"done_on": "20.11.2026", "note": "Svart likevel."})
    assert activity.records.get().note == "Svart likevel."


def test_who_follows_the_unit_reads_that_it_was_closed(client, scene, semester):
    closed(scene, semester)

    text = open_page(client, scene.leder, "/min-side/")

    assert f"{scene.udir.user} lukket evalueringen av semester 3." in text
    assert "Evaluering av semester 3" not in text


def test_nobody_is_late_with_what_is_closed(scene, semester):
    evaluation = activity_of(scene.pulje, "semesterevaluering_enhet", 3)
    registered(scene.skole, scene.by("leder"), evaluation, done_on=TODAY)

    def statuses() -> list[str]:
        board = load_board(semester_of(scene.pulje, 3), now=CHRISTMAS)
        units = (scene.skole, scene.barnehage)
        return [board.cell(evaluation, (scene.deltakelse.pk, unit.pk)).status for unit in units]

    assert statuses() == [words.FULFILLED, words.OVERDUE]
    closed(scene, semester)
    assert statuses() == [words.FULFILLED, words.NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("answered", "waiting", "said"),
    [
        (
            7,
            4,
            "7 av 11 har svart. 4 får ikke flere påminnelser, og ingen av dem står som forsinket.",
        ),
        (10, 1, "10 av 11 har svart. 1 får ikke flere påminnelser og står ikke som forsinket."),
        (11, 0, "Alle har svart. Ingen venter på en påminnelse."),
        (
            0,
            0,
            "Ingen er spurt ennå. Lukker du den nå, blir ingen spurt, og ingen får påminnelser.",
        ),
    ],
)
def test_what_closing_means_in_numbers(answered, waiting, said):
    assert what_closing_does(answered=answered, waiting=waiting) == said


@pytest.mark.parametrize(
    ("answered", "waiting", "due", "said"),
    [
        (
            7,
            4,
            date(2026, 12, 18),
            "7 av 11 har svart. 4 blir spurt igjen, med frist fredag 18. desember.",
        ),
        (
            7,
            4,
            date(2026, 11, 19),
            "7 av 11 har svart. 4 blir spurt igjen. Fristen var torsdag 19. november, så svarene "
            "står som forsinket. Det går ikke ut påminnelser for dager som har gått.",
        ),
        (11, 0, None, "Alle har svart. Ingen blir spurt på nytt."),
        (0, 0, None, "Ingen er spurt ennå. De blir spurt når evalueringen åpner."),
    ],
)
def test_what_opening_again_means_in_numbers(answered, waiting, due, said):
    assert what_opening_does(answered=answered, waiting=waiting, due=due, today=TODAY) == said


def test_it_is_said_in_nynorsk():
    with translation.override("nn"):
        assert what_closing_does(answered=7, waiting=4) == (
            "7 av 11 har svart. 4 får ikkje fleire påminningar, og ingen av dei står som forseinka."
        )
        again = what_opening_does(answered=7, waiting=4, due=date(2026, 12, 18), today=TODAY)
        assert again == "7 av 11 har svart. 4 blir spurde igjen, med frist fredag 18. desember."
