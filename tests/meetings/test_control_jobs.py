"""The page of the jobs: what runs, what stands still, and what waits in the queues."""

from datetime import timedelta

import pytest

from actors.actions.jobs import begin_job, end_job, fail_job, mark_alive
from lmp.celery import app
from meetings.views.control_jobs import PROCESSES, TITLES
from tests.factories.mail import MailFactory
from tests.factories.people import NOW, make_role, sign_in

pytestmark = pytest.mark.django_db

PAGE = "/varsler/jobber/"


@pytest.fixture
def page(client):
    def get():
        sign_in(client, make_role("udir"))
        response = client.get(PAGE)
        assert response.status_code == 200
        return response.context

    return get


def states(rows) -> dict[str, str]:
    return {row["name"]: row["word"] for row in rows}


def test_every_job_of_the_schedule_has_a_title():
    jobs = {name for name in app.conf.beat_schedule if not name.startswith("heartbeat-")}

    assert set(TITLES) == jobs
    assert set(PROCESSES) == {"beat", "worker-scan", "worker-mail", "worker-pdf"}


def test_before_anything_has_run(page):
    found = page()

    assert set(states(found["jobs"]).values()) == {"Har ikke kjørt"}
    assert set(states(found["processes"]).values()) == {"Har ikke kjørt"}


def test_each_job_tells_how_it_goes(page):
    for name, ago in (("reminders", 4), ("deliver", 20), ("letters", 1)):
        started = NOW - timedelta(minutes=ago)
        begin_job(name=name, now=started)
        end_job(name=name, seconds=3.2, made=12, now=started)
    fail_job(name="letters", seconds=1, error=ValueError("hemmelig"), now=NOW)

    rows = {row["name"]: row for row in page()["jobs"]}

    assert (rows["reminders"]["word"], rows["reminders"]["last"], rows["reminders"]["next"]) == (
        "I gang",
        "I dag kl. 09.56",
        "I dag kl. 10.01",
    )
    assert (rows["reminders"]["made"], rows["reminders"]["took"]) == (12, "3 sekunder")
    assert rows["deliver"]["word"] == "Står stille"
    assert (rows["letters"]["word"], rows["letters"]["error"]) == ("Feilet", "ValueError")


def test_beat_and_the_workers_are_told_apart(page):
    mark_alive(name="beat", now=NOW)
    mark_alive(name="worker-mail", now=NOW - timedelta(minutes=10))

    assert states(page()["processes"]) == {
        "beat": "I gang",
        "worker-scan": "Har ikke kjørt",
        "worker-mail": "Står stille",
        "worker-pdf": "Har ikke kjørt",
    }


def test_what_waits_and_since_when(page):
    MailFactory(created_at=NOW - timedelta(hours=1))

    first = page()["figures"][0]

    assert (first["value"], first["note"]) == (1, "eldste: i dag kl. 09.00")


def test_the_queues_are_counted(page):
    app.control.purge()
    app.send_task("lmp.tasks.heartbeat_mail")

    depths = {str(row["name"]): row["depth"] for row in page()["queues"]}
    app.control.purge()

    assert depths == {"Påminnelser, frister og resten": 0, "E-post": 1, "PDF": 0}


@pytest.mark.parametrize(("kind", "status"), [("koordinator", 200), ("admin", 200), ("eier", 403)])
def test_who_opens_it(client, kind, status):
    sign_in(client, make_role(kind))

    assert client.get(PAGE).status_code == status
