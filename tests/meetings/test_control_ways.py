"""The ways out of the control room, and what its pages say when there is little to say."""

from datetime import date, timedelta

import pytest

from meetings.queries.control import Sending
from meetings.views.control_chart import chart
from meetings.views.control_mail import _about
from meetings.views.control_rows import sending_rows
from tests.factories.control import dead_mail, page
from tests.factories.meetings import NOW
from tests.factories.people import make_role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]
MONDAY = date(2026, 11, 23)


def sending(kind):
    return Sending(NOW - timedelta(days=1), None, kind, "Et varsel", None, (), 2, 1)


@pytest.mark.parametrize(
    ("kind", "query"), [("referat", "regel=referat&til=19.11.2026"), ("melding", "")]
)
def test_what_was_sent_leads_to_those_who_got_it(kind, query):
    rows = sending_rows([sending(kind)], {}, {"referat": "Referat"}, NOW)

    assert [row["query"] for row in rows] == [query]


@pytest.mark.parametrize(
    ("days", "labels"),
    [(13, ["man 23.", "tir 24.", "fre 4."]), (29, ["23.11.", "24.11.", "22.12."])],
)
def test_all_the_days_that_the_heading_names_have_a_bar(days, labels):
    bars = chart({MONDAY: 4}, MONDAY, days)["bars"]

    assert [bars[0]["label"], bars[1]["label"], bars[-1]["label"]] == labels
    assert bars[-1]["x"] + bars[-1]["width"] <= 1100


def test_a_dry_run_of_nothing_says_when_something_goes(client, scene):
    text = page(client, scene.udir, "/varsler/proev/")

    assert "Ingen varsler ville gått ut nå" in text
    assert "Neste utsending: nå." in text
    assert "Se hva som kommer" in text


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Gå gjennom planen for Granli skole", "Gå gjennom planen for Granli skole"),
        ("Skriv referatet", "Skriv referatet · Granli skole"),
    ],
)
def test_the_place_of_a_mail_is_said_once(title, words):
    assert _about(title, "Granli skole") == words


def test_who_only_reads_is_not_asked_to_correct(client, scene):
    path = f"/varsler/epost/{dead_mail(1).pk}/"

    text = page(client, make_role("koordinator"), path)

    assert "prøver ikke flere. Utdanningsdirektoratet retter det." in text
    assert f"{path}send/" not in text
    assert f"{path}send/" in page(client, scene.udir, path)
