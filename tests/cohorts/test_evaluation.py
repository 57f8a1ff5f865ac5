"""What an evaluation that is closed says on its semester, and when it cannot be closed."""

from datetime import UTC, datetime

import pytest

from cohorts.actions.evaluation import mark_evaluation_closed, mark_evaluation_open
from cohorts.actions.pulje import close_pulje
from cohorts.rules.errors import NotPossible, PuljeClosed
from tests.factories.cohorts import activity_of, make_pulje, semester_of
from tests.factories.people import acting_as, make_role

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def by():
    return acting_as(make_role("udir"))


def test_when_by_whom_and_why_stands_on_the_semester(by):
    pulje = make_pulje()
    mark_evaluation_closed(semester=semester_of(pulje, 3), why=" Nok svar. ", by=by, now=NOW)

    found = semester_of(pulje, 3)
    assert (
        found.evaluation_closed_at,
        found.evaluation_closed_by,
        found.evaluation_closed_why,
    ) == (NOW, by, "Nok svar.")


def test_only_the_evaluation_of_the_semester_is_closed(by):
    pulje = make_pulje()
    mark_evaluation_closed(semester=semester_of(pulje, 3), by=by, now=NOW)

    assert [
        activity_of(pulje, key, number).is_closed_early
        for key, number in (
            ("semesterevaluering_enhet", 3),
            ("semesterevaluering_eier", 3),
            ("medvirkning_foreldre", 3),
            ("semesterevaluering_enhet", 4),
        )
    ] == [True, True, False, False]


@pytest.mark.parametrize("change", [mark_evaluation_closed, mark_evaluation_open])
def test_nothing_changes_in_a_closed_pulje_or_one_that_does_not_run(by, change):
    recruiting, closed = make_pulje(10, "recruiting"), make_pulje(9)
    close_pulje(pulje=closed, by=by, now=NOW)

    with pytest.raises(NotPossible, match="ikke begynt"):
        change(semester=semester_of(recruiting, 3), by=by, now=NOW)
    with pytest.raises(PuljeClosed):
        change(semester=semester_of(closed, 3), by=by, now=NOW)


def test_the_start_up_has_no_evaluation(by):
    with pytest.raises(NotPossible, match="ingen evaluering"):
        mark_evaluation_closed(semester=semester_of(make_pulje(), 0), by=by, now=NOW)
