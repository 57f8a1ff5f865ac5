"""Signed links: how long they work, that they cannot be changed, and what belongs to a task."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest
from django.urls import resolve

from actors.rules.links import belongs, has_session, read_task, task_link, without_role, works_until
from tests.factories.people import NOW

FRIDAY, THURSDAY = date(2026, 11, 20), date(2026, 11, 26)
HOME = "/moeter/12/veiledningsgrunnlag/?enhet=4"


@dataclass
class Told:
    pk: int = 7
    recipient_id: int = 8
    role_id: int | None = 9
    due: date | None = THURSDAY
    created_at: datetime = NOW


@pytest.mark.parametrize(
    ("due", "until"),
    [
        (date(2026, 12, 10), date(2026, 12, 10)),
        (THURSDAY, date(2026, 12, 4)),
        (FRIDAY, date(2026, 12, 4)),
        (date(2026, 11, 19), date(2026, 12, 4)),
        (None, date(2026, 12, 4)),
    ],
)
def test_a_link_works_until_the_due_day_and_two_weeks_at_least(due, until):
    assert works_until(due, FRIDAY) == until


def test_a_link_says_whose_it_is_and_until_when():
    token = task_link(Told()).split("/")[2]
    link = read_task(token)

    assert (link.notice, link.recipient, link.role, link.until) == (7, 8, 9, date(2026, 12, 4))


def test_the_day_it_is_mailed_decides_for_what_has_become_overdue():
    mailed = date(2026, 12, 1)
    link = read_task(task_link(Told(), mailed).split("/")[2])

    assert link.until == date(2026, 12, 15)


@pytest.mark.parametrize("token", ["", "x", "a.b", "WzcsOCw5LDFd.x"])
def test_what_is_not_signed_by_us_says_nothing(token):
    assert read_task(token) is None


@pytest.mark.parametrize(
    ("path", "query", "answer"),
    [
        ("/moeter/12/veiledningsgrunnlag/", {}, True),
        ("/moeter/12/veiledningsgrunnlag/", {"enhet": "4", "rolle": "9"}, True),
        ("/moeter/12/veiledningsgrunnlag/skriv/", {"enhet": "4"}, True),
        ("/moeter/12/veiledningsgrunnlag/lagre/", {}, True),
        ("/moeter/12/veiledningsgrunnlag/vedlegg/3/", {}, True),
        ("/moeter/12/veiledningsgrunnlag/kvittering/LMP-1/", {}, True),
        ("/moeter/12/veiledningsgrunnlag/pdf/3/", {}, True),
        ("/moeter/12/veiledningsgrunnlag/skriv/", {"enhet": "5"}, False),
        ("/moeter/13/veiledningsgrunnlag/", {"enhet": "4"}, False),
        ("/moeter/12/referat/", {}, False),
        ("/moeter/12/", {}, False),
        ("/min-side/", {}, False),
        ("/profil/", {}, False),
    ],
)
def test_what_belongs_to_a_task(path, query, answer):
    assert belongs(HOME, resolve(path), query) is answer


def test_nothing_belongs_to_a_page_that_has_no_session_of_its_own():
    assert [has_session(path) for path in (HOME, "/min-side/", "/finnes-ikke/")] == [
        True,
        False,
        False,
    ]
    assert belongs("/min-side/", resolve("/min-side/"), {}) is False


def test_the_role_is_taken_out_of_the_path():
    assert without_role("/moeter/12/?enhet=4&rolle=9") == "/moeter/12/?enhet=4"
    assert without_role("/moeter/12/?rolle=9") == "/moeter/12/"
