"""Versions of a rule: one waits for its day, none is lost, none overwrites another's."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from actors.models import Event
from cohorts.actions.pulje import close_pulje
from cohorts.actions.rule_edition import promote_due_editions, restore, take_into_use
from cohorts.rules.errors import NotPossible, PuljeClosed, StaleEdit
from cohorts.rules.rule_edition import content_of, content_problems, in_order
from tests.factories.cohorts import OPENED, make_pulje

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # a Friday
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
KEY = "veiledningsgrunnlag"


def step(offset, to="", urgent=False):
    return {"offset": offset, "to": to, "urgent": urgent}


@pytest.fixture
def rule():
    return make_pulje().deadline_rules.get(key=KEY)


def changed(row, **changes):
    return replace(content_of(row), **changes)


def change(rule, udir, now=NOW, from_day=MONDAY, seen=None, **changes):
    return take_into_use(
        rule=rule, content=changed(rule, **changes), from_day=from_day, by=udir, now=now, seen=seen
    )


def test_a_version_waits_until_its_day(rule, udir):
    before = rule.steps

    edition = change(rule, udir, steps=(step(0), step(-2, "eier")))

    assert (edition.number, edition.from_day) == (2, MONDAY)
    assert promote_due_editions(on=FRIDAY) == 0
    rule.refresh_from_db()
    assert (rule.version, rule.steps, rule.in_force_from) == (1, before, None)
    assert promote_due_editions(on=MONDAY) == 1
    rule.refresh_from_db()
    assert (rule.version, rule.in_force_from) == (2, MONDAY)
    assert rule.steps == [step(-2, "eier"), step(0)]
    assert promote_due_editions(on=MONDAY + timedelta(days=3)) == 0


def test_the_first_change_keeps_what_was_said_before(rule, udir):
    change(rule, udir, text_bm="Husk {frist}.")

    first = rule.editions.get(number=1)
    assert (first.from_day, first.made_by, first.text_bm) == (OPENED.date(), None, rule.text_bm)
    event = Event.objects.get(verb="change-reminders")
    assert (event.data["version"], event.data["changed"]) == (2, ["text_bm"])
    assert "Husk" not in str(event.data)


def test_a_version_for_today_holds_at_once(rule, udir):
    change(rule, udir, from_day=FRIDAY, subject_bm="Frist {frist}")

    rule.refresh_from_db()
    assert (rule.version, rule.subject_bm, rule.in_force_from) == (2, "Frist {frist}", FRIDAY)


def test_the_last_of_two_that_wait_takes_over(rule, udir):
    change(rule, udir, text_bm="Første")
    change(rule, udir, text_bm="Andre", seen=2)

    assert promote_due_editions(on=MONDAY) == 1
    rule.refresh_from_db()
    assert (rule.version, rule.text_bm) == (3, "Andre")


def test_the_same_again_makes_no_version(rule, udir):
    assert change(rule, udir) is None
    assert not Event.objects.filter(verb="change-reminders").exists()


def test_two_who_change_at_once_do_not_overwrite_each_other(rule, udir):
    change(rule, udir, text_bm="Den ene", seen=1)

    with pytest.raises(StaleEdit) as refused:
        change(rule, udir, text_bm="Den andre", seen=1)

    assert refused.value.current.text_bm == "Den ene"
    assert rule.editions.count() == 2


def test_a_version_brought_back_is_a_new_one(rule, udir):
    old = content_of(rule)
    change(rule, udir, from_day=FRIDAY, steps=(step(0),))

    edition = restore(rule=rule, number=1, from_day=MONDAY, by=udir, now=NOW)

    assert (edition.number, edition.restored, content_of(edition)) == (3, 1, old)
    assert rule.editions.count() == 3
    with pytest.raises(NotPossible):
        restore(rule=rule, number=9, from_day=MONDAY, by=udir, now=NOW)


def test_two_puljer_with_the_same_text_have_each_their_own_versions(rule, udir):
    other = make_pulje(10).deadline_rules.get(key=KEY)

    change(rule, udir, from_day=FRIDAY, text_bm="Bare pulje 9")

    other.refresh_from_db()
    assert (other.version, other.editions.count()) == (1, 0)
    assert other.text_bm != "Bare pulje 9"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text_bm": "Frist {frsit}."}, "text_bm"),
        ({"subject_nn": " "}, "subject_nn"),
        ({"steps": (step(0, "rektoren"),)}, "steps"),
        ({"steps": (step(-121),)}, "steps"),
    ],
)
def test_what_is_wrong_is_refused_by_field(rule, udir, changes, field):
    with pytest.raises(ValidationError) as refused:
        change(rule, udir, **changes)

    assert list(refused.value.message_dict) == [field]
    assert rule.editions.count() == 0


def test_an_unknown_placeholder_is_named_with_the_one_that_was_meant(rule):
    content = changed(rule, text_bm="Frist {frsit}.")

    assert content_problems(content, ("enhet", "frist", "moetedato", "lenke"), ["eier"]) == {
        "text_bm": "{frsit} finnes ikke. Mente du {frist}?",
        "steps": "Velg hvem som skal få påminnelsen.",
    }


def test_a_closed_pulje_is_left_as_it_was(rule, udir):
    change(rule, udir, text_bm="Ny")
    close_pulje(pulje=rule.pulje, by=udir, now=NOW)

    assert promote_due_editions(on=MONDAY) == 0
    with pytest.raises(PuljeClosed):
        change(rule, udir, text_bm="Nyere")


def test_a_day_that_has_passed_is_refused(rule, udir):
    with pytest.raises(NotPossible):
        change(rule, udir, from_day=date(2026, 11, 19), text_bm="Ny")


def test_the_same_reminder_twice_is_one():
    assert in_order([step(3, "eier"), step(0), step(3, "eier", True)]) == [
        step(0),
        step(3, "eier", True),
    ]
