"""Opening a pulje: rows of its own from the programme and the calendar."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from actors.models import Event
from cohorts.actions.pulje import close_pulje, open_pulje, reopen_pulje
from cohorts.models import Activity, DeadlineRule, ProgrammeEdition, Pulje, PuljeEvent, Tema
from cohorts.programme.definition import load_calendar, load_programme
from cohorts.queries.programme import programme_of
from cohorts.rules.deadlines import steps_from
from cohorts.rules.errors import PuljeExists
from tests.factories.cohorts import (
    OPENED,
    make_deltakelse,
    make_deltakende_unit,
    make_pulje,
    packaged_calendar,
    packaged_programme,
    pulje_calendar,
)
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_open_pulje_makes_the_semesters_of_the_calendar():
    pulje = make_pulje()

    rows = pulje.semesters.values_list("number", "term", "year", "start", "term_end", "end")

    assert list(rows[:2]) == [
        (0, "vaar", 2025, date(2025, 4, 24), date(2025, 6, 20), date(2025, 7, 31)),
        (1, "hoest", 2025, date(2025, 8, 1), date(2025, 12, 19), date(2025, 12, 31)),
    ]
    assert len(rows) == 5


def test_open_pulje_gives_each_semester_its_theme():
    pulje = make_pulje()

    themes = Tema.objects.filter(semester__pulje=pulje).order_by("semester__number")

    assert themes[0].title_bm == "Oppstart"
    assert themes[0].content == {}
    assert list(themes[1].content) == ["law", "focus", "product", "question"]
    programme = packaged_programme()
    assert [theme.title_nn for theme in themes[1:]] == [
        semester.title.nn for semester in programme.semesters
    ]


def test_open_pulje_makes_one_activity_a_semester():
    pulje = make_pulje()

    rows = Activity.objects.filter(semester__pulje=pulje)

    expected = [(a.id, n) for a in packaged_programme().activities for n in a.semesters]
    assert sorted(rows.values_list("key", "semester__number")) == sorted(expected)


def test_open_pulje_keeps_what_only_some_activities_have():
    pulje = make_pulje()

    row = Activity.objects.get(semester__pulje=pulje, semester__number=1, key="veiledning_1")

    assert (row.minimum, row.maximum, row.form, row.scope) == (1, 1, "physical", "unit")
    assert row.options == {
        "obligation": "O3a",
        "joint": True,
        "participants": ["leder", "arbeidsgruppe", "ppt", "eier"],
        "linked_to": "fagsamling",
        "link_offset_workdays": [-1, 1],
    }


def test_open_pulje_copies_every_deadline():
    pulje = make_pulje()

    rule = DeadlineRule.objects.get(pulje=pulje, key="veiledningsgrunnlag")

    assert pulje.deadline_rules.count() == len(packaged_programme().deadlines)
    assert (rule.offset, rule.unit, rule.shift) == (-5, "workdays", "previous")
    assert rule.steps == steps_from([-5, 0, 3, 5], [(3, "arbeidsgruppe"), (5, "eier")])


def test_open_pulje_keeps_the_real_gatherings_of_pulje_9():
    pulje = make_pulje()

    rows = PuljeEvent.objects.filter(pulje=pulje)

    assert list(rows.values_list("key", "semester__number", "start", "end", "form")) == [
        ("oppstartssamling", 0, date(2025, 4, 24), date(2025, 4, 24), "physical"),
        ("samling_1", 1, date(2025, 9, 23), date(2025, 9, 24), "physical"),
        ("samling_2", 2, date(2026, 1, 28), date(2026, 1, 29), "digital"),
        ("samling_3", 3, date(2026, 9, 16), date(2026, 9, 17), "digital"),
        ("samling_4", 4, date(2027, 1, 27), date(2027, 1, 28), "digital"),
    ]


def test_puljer_of_the_same_programme_share_its_edition():
    first, second = make_pulje(), make_pulje(10)

    assert first.edition == second.edition
    assert ProgrammeEdition.objects.count() == 1
    assert programme_of(second).activities == packaged_programme().activities


def test_a_number_that_is_taken_is_refused_and_nothing_is_made():
    make_pulje()

    with pytest.raises(PuljeExists, match="Pulje 9 finnes fra før"):
        open_pulje(
            programme=packaged_programme(), calendar=packaged_calendar(), by=None, now=OPENED
        )

    assert Pulje.objects.count() == 1


def test_opening_is_recorded():
    by = UserFactory()

    pulje = open_pulje(
        programme=packaged_programme(), calendar=pulje_calendar(10), by=by, now=OPENED
    )

    event = Event.objects.get(verb="open-pulje")
    assert (event.subject, event.by, event.data["number"]) == (f"pulje:{pulje.pk}", by, 10)


def test_opening_takes_few_queries(django_assert_max_num_queries):
    packaged_calendar()

    with django_assert_max_num_queries(16):
        make_pulje()


def test_close_and_reopen_pulje():
    pulje, by = make_pulje(), UserFactory()

    close_pulje(pulje=pulje, by=by, now=OPENED)
    assert (pulje.is_closed, pulje.closed_at) == (True, OPENED)
    reopen_pulje(pulje=pulje, by=by, now=OPENED)

    pulje.refresh_from_db()
    assert (pulje.status, pulje.closed_at) == ("running", None)
    assert sorted(Event.objects.values_list("verb", flat=True)) == [
        "close-pulje",
        "open-pulje",
        "reopen-pulje",
    ]


def test_command_opens_the_packaged_calendar(capsys):
    call_command("open_pulje", "pulje-9-kalender")

    out = capsys.readouterr().out
    assert out == "Pulje 9 opened: Pulje 9 (2025–2027), 5 semesters with the start-up\n"
    assert Pulje.objects.get().status == "running"


def test_command_refuses_a_number_that_is_taken():
    make_pulje()

    with pytest.raises(CommandError, match="Pulje 9 finnes fra før"):
        call_command("open_pulje", "pulje-9-kalender")


def test_command_names_a_file_it_cannot_find():
    with pytest.raises(CommandError, match='No file "pulje-77-kalender"'):
        call_command("open_pulje", "pulje-77-kalender")


def test_command_lists_what_is_wrong_with_a_file(tmp_path):
    wrong = tmp_path / "kalender.toml"
    wrong.write_text('schema = 1\n[pulje]\nprogramme = "laeringsmiljoeprosjektet"\n')

    with pytest.raises(CommandError, match="number: is missing"):
        call_command("open_pulje", str(wrong))

    assert Pulje.objects.count() == 0


def test_another_programme_opens_by_its_files_alone():
    folder = Path(__file__).parent / "data"
    programme = load_programme(folder / "samlingsbasert.toml")
    calendar = load_calendar(folder / "samlingsbasert-5-kalender.toml", programme)

    pulje = open_pulje(programme=programme, calendar=calendar, by=None, now=OPENED)
    deltakelse = make_deltakelse(pulje, units=0)
    unit = make_deltakende_unit(deltakelse, kind=programme.unit_kinds[0])

    assert list(pulje.semesters.values_list("number", flat=True)) == [0, 1, 2, 3, 4, 5]
    assert pulje.events.count() == len(calendar.events)
    rows = Activity.objects.filter(semester__pulje=pulje)
    assert rows.count() == sum(len(each.semesters) for each in programme.activities)
    assert pulje.deadline_rules.count() == len(programme.deadlines)
    assert unit.deltakelse.pulje.edition.programme_id == programme.id


def test_command_finds_the_programme_beside_the_calendar(capsys):
    folder = Path(__file__).parent / "data"

    call_command("open_pulje", str(folder / "samlingsbasert-5-kalender.toml"))

    assert Pulje.objects.get().edition.programme_id == "samlingsbasert"
