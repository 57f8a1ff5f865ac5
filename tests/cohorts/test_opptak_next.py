"""The next pulje from this one: where the days go, what comes along, and what does not."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from cohorts.actions.demands import change_activity, change_deadline
from cohorts.actions.opptak_criteria import change_letter_template
from cohorts.actions.opptak_next import roll_forward
from cohorts.actions.rule_edition import take_into_use
from cohorts.models import Activity, Opptak, Pulje
from cohorts.queries.opptak_next import calendar_of
from cohorts.rules.deadlines import steps_from
from cohorts.rules.errors import PuljeExists
from cohorts.rules.rollforward import Moved, later, moved_day, next_calendar, same_weekday
from cohorts.rules.rule_edition import content_of
from lmp.lib.workdays import Calendar
from tests.factories.cohorts import activity_of, make_pulje, packaged_calendar
from tests.factories.people import acting_as, make_role, sign_in
from tests.factories.recruitment import make_candidate, make_embete, make_opptak

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
FREE = Calendar()


# Days


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2025, 9, 23), 1, date(2026, 9, 22)),  # Tuesday of week 39
        (date(2025, 9, 23), 2, date(2027, 9, 28)),
        (date(2026, 12, 3), 1, date(2027, 12, 9)),
        (date(2028, 2, 29), 1, date(2029, 2, 27)),
        (date(2026, 12, 29), 1, date(2027, 12, 28)),  # week 53 becomes 52
    ],
)
def test_the_week_and_the_weekday_are_kept(day, years, expected):
    assert same_weekday(day, years) == expected


def test_a_day_does_not_drift_over_many_puljer():
    day = date(2026, 12, 3)
    for _ in range(8):
        day = same_weekday(day, 1)

    assert day == same_weekday(date(2026, 12, 3), 8) == date(2034, 12, 7)


def test_a_semester_begins_on_the_same_day_of_the_year():
    assert later(date(2026, 8, 1), 1) == date(2027, 8, 1)
    assert later(date(2028, 2, 29), 1) == date(2029, 2, 28)


def test_a_day_that_lands_on_the_17th_of_may_moves_with_the_reason():
    assert moved_day(date(2026, 5, 11), 1, FREE) == Moved(
        date(2026, 5, 11),
        date(2027, 5, 18),
        "Mandag 17. mai er en helligdag. Flyttet til tirsdag 18. mai.",
    )


def test_a_day_that_lands_in_easter_moves_past_it():
    moved = moved_day(date(2026, 3, 19), 1, FREE)  # a Thursday; skjærtorsdag the year after

    assert moved.day == date(2027, 3, 30)
    assert moved.reason == ("Torsdag 25. mars er en helligdag. Flyttet til tirsdag 30. mars.")


def test_a_gathering_of_two_days_is_moved_as_one():
    kept = moved_day(date(2025, 5, 15), 2, FREE, days=2)
    assert kept == Moved(date(2025, 5, 15), date(2027, 5, 20))

    moved = moved_day(date(2026, 5, 15), 1, FREE, days=2)  # a Friday and a Saturday
    assert moved.day == date(2027, 5, 24)
    assert moved.reason == "Lørdag 22. mai er i helga. Flyttet til mandag 24. mai."


def test_the_last_day_of_work_moves_backwards():
    moved = moved_day(date(2026, 12, 24), 1, FREE, backwards=True)

    assert moved.day == date(2027, 12, 23)


def test_the_calendar_of_pulje_9_a_year_later():
    found = next_calendar(packaged_calendar(), number=10, years=1, calendar=FREE).calendar

    assert (found.number, found.name.bm) == (10, "Pulje 10 (2026–2028)")
    assert [(each.start, each.end) for each in found.semesters] == [
        (date(2026, 4, 23), date(2026, 7, 31)),
        (date(2026, 8, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 7, 31)),
        (date(2027, 8, 1), date(2027, 12, 31)),
        (date(2028, 1, 1), date(2028, 7, 31)),
    ]
    assert found.events[1].start == date(2026, 9, 22)
    assert all(FREE.is_workday(each.start) for each in found.events)


# Copying


@pytest.fixture
def udir(db):
    return acting_as(make_role("udir"))


def rolled(source, udir, years=1):
    moved = next_calendar(calendar_of(source), number=source.number + 1, years=years, calendar=FREE)
    return roll_forward(source=source, calendar=moved.calendar, by=udir, now=NOW)


def test_the_next_pulje_demands_what_this_one_does_now(udir):
    source = make_opptak().pulje
    change_activity(
        activity=activity_of(source, "fagsamling"), minimum=3, maximum=4, by=udir, now=NOW
    )
    rule = source.deadline_rules.get(key="soeknadsfrist")
    change_deadline(rule=rule, offset=1, by=udir, now=NOW)
    steps = steps_from([-10, 0], [])
    content = replace(content_of(rule), steps=tuple(steps))
    take_into_use(rule=rule, content=content, from_day=timezone.localdate(NOW), by=udir, now=NOW)

    opptak = rolled(source, udir)

    target = opptak.pulje
    activity = activity_of(target, "fagsamling")
    assert (activity.minimum, activity.maximum) == (3, 4)
    copied = target.deadline_rules.get(key="soeknadsfrist")
    assert (copied.offset, copied.steps, copied.version) == (1, steps, 1)
    assert copied.editions.count() == 0
    assert Activity.objects.filter(semester__pulje=target).count() == (
        Activity.objects.filter(semester__pulje=source).count()
    )
    assert target.semesters.filter(tema__isnull=False).count() == 5


def test_the_opptak_comes_along_but_nobody_in_it(udir):
    source = make_opptak(capacity=9, info_bm="Vår tekst", joint_allowed=False)
    embete = make_embete(source, quota=4, internal_deadline=date(2026, 11, 24))
    make_candidate(embete)
    source.criteria.filter(key="spredning").update(text_bm="Vår egen tekst")
    source.criteria.filter(key="enheter").delete()

    opptak = rolled(source.pulje, udir)

    assert (opptak.capacity, opptak.info_bm, opptak.joint_allowed) == (9, "Vår tekst", False)
    assert opptak.criteria.get(key="spredning").text_bm == "Vår egen tekst"
    assert opptak.criteria.count() == 13
    share = opptak.embeter.get()
    assert (share.quota, share.internal_deadline, share.candidates.count()) == (4, None, 0)
    assert opptak.letter_templates.count() == 3
    dates = dict(opptak.pulje.dates.values_list("key", "date"))
    assert dates["svarfrist"] == date(2028, 1, 14)


def test_changed_letters_come_along(udir):
    first = rolled(make_opptak().pulje, udir)
    template = first.letter_templates.get(outcome="avslag")
    change_letter_template(template=template, title_bm="Vår tittel", by=udir, now=NOW)

    second = rolled(first.pulje, udir)

    assert second.letter_templates.get(outcome="avslag").title_bm == "Vår tittel"


def test_nothing_is_opened_and_nobody_is_told(udir):
    opptak = rolled(make_opptak().pulje, udir, years=2)

    assert (opptak.opened_at, opptak.pulje.status) == (None, "draft")
    assert opptak.pulje.semesters.get(number=0).year == 2027


def test_a_pulje_without_an_opptak_can_be_rolled_forward(udir):
    opptak = rolled(make_pulje(), udir)

    assert opptak.pulje.events.count() == 5
    assert opptak.criteria.count() == 14


def test_a_number_that_is_taken_is_refused(udir):
    source = make_opptak().pulje
    rolled(source, udir)

    with pytest.raises(PuljeExists):
        rolled(source, udir)


# The page


PAGE = "/opptak/9/neste/"


def typed(client, url=PAGE):
    """What the form would send when nothing is changed."""
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {
        name: value.strftime("%d.%m.%Y") if isinstance(value, date) else value or ""
        for name, value in values.items()
    }


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["statsforvalter", "koordinator"])
def test_only_udir_makes_the_next_pulje(client, kind):
    make_pulje()
    sign_in(client, make_role(kind))

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {}).status_code == 403


@pytest.mark.django_db
def test_the_page_shows_every_day_with_where_it_comes_from(client):
    pulje = make_pulje()
    pulje.dates.create(key="svarfrist", date=date(2026, 5, 11))
    sign_in(client, make_role("udir"))

    response = client.get(PAGE)

    assertContains(response, "Var mandag 11. mai 2026. Mandag 17. mai er en helligdag.")
    assertContains(response, 'value="18.05.2027"')
    assertContains(response, 'value="22.09.2026"')
    assertContains(client.get(f"{PAGE}?aar=2"), 'value="28.09.2027"')


@pytest.mark.django_db
def test_udir_makes_the_next_pulje_and_lands_on_its_settings(client):
    make_pulje()
    sign_in(client, make_role("udir"))

    response = client.post(PAGE, typed(client) | {"date_soeknadsfrist": "01.12.2027"})

    assertRedirects(response, "/opptak/10/oppsett/")
    opptak = Opptak.objects.get()
    assert opptak.pulje.dates.get().date == date(2027, 12, 1)
    assert opptak.pulje.events.get(key="samling_1").start == date(2026, 9, 22)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"number": "9"}, "Pulje 9 finnes fra før. Velg et annet nummer."),
        ({"date_svarfrist": "17.05.2027"}, "Mandag 17. mai er en helligdag."),
        ({"event_samling_1": "26.09.2026"}, "Siste dag kan ikke være før første dag."),
        (
            {"event_samling_1": "25.03.2027", "event_end_samling_1": "25.03.2027"},
            "Velg en dag fra 01.08.2026 til 31.12.2026.",
        ),
        (
            {"event_samling_1": "27.09.2026", "event_end_samling_1": "28.09.2026"},
            "Søndag 27. september er i helga.",
        ),
        ({"start_2": "snart"}, "Skriv datoen slik: 26.11.2026."),
    ],
)
def test_a_day_that_does_not_fit_is_explained_and_nothing_is_made(client, change, message):
    make_pulje()
    sign_in(client, make_role("udir"))

    response = client.post(PAGE, typed(client) | change)

    assertContains(response, message)
    assertContains(response, f'value="{next(iter(change.values()))}"')
    assert Pulje.objects.count() == 1
