"""Two beats by mistake, or a tick that comes twice: every job may run again at once, unharmed."""

from datetime import date, timedelta

import pytest
from django.core import mail

from actors.models import Job, Mail, Notice
from lmp.celery import app
from meetings.actions.obligation import sync_semester_obligations
from meetings.models import Obligation
from tests.factories.cohorts import semester_of
from tests.factories.meetings import NOW, THIRD, make_meeting, make_scene
from tests.factories.notices import make_notice

pytestmark = pytest.mark.django_db

JOBS = sorted(name for name in app.conf.beat_schedule if not name.startswith("heartbeat-"))


@pytest.fixture
def scene():
    """A meeting whose grunnlag is due in some days, and a notice that waits."""
    scene = make_scene()
    make_meeting(scene, "veiledning_1", day=date(2026, 11, 27), now=NOW - timedelta(days=30))
    sync_semester_obligations(semester=semester_of(scene.pulje, THIRD), now=NOW)
    make_notice(recipient=scene.leder.user, role=scene.leder)
    return scene


def everything_written() -> list[int]:
    return [Notice.objects.count(), Mail.objects.count(), Obligation.objects.count()]


def run(name: str) -> None:
    app.loader.import_default_modules()
    app.tasks[app.conf.beat_schedule[name]["task"]].apply(throw=True)


def test_the_whole_schedule_run_again_makes_and_sends_nothing_twice(scene, monkeypatch):
    monkeypatch.setattr("actors.tasks.deliver_notices.delay", lambda: None)
    for name in [*JOBS, "deliver"]:
        run(name)
    written, to = everything_written(), [message.to[0] for message in mail.outbox]

    for name in [*JOBS, "deliver", "deliver"]:
        run(name)

    assert everything_written() == written
    assert [message.to[0] for message in mail.outbox] == to
    assert to
    assert len(to) == len(set(to))
    assert set(Job.objects.values_list("name", "error")) == {(name, "") for name in JOBS}
