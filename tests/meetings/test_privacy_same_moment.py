"""Two who report or clean the same text at the same moment."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from meetings.models import HiddenText, PrivacyReport, ReferatVersion
from tests.factories.meetings import NOW, make_scene
from tests.factories.papers import SECRET, point, send_referat
from tests.factories.privacy import cleaned, make_report

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def together(*actions):
    """Run the actions at the same moment, each in a thread of its own; what each gave."""
    start, found = Barrier(len(actions)), {}

    def run(number, action):
        start.wait()
        try:
            found[number] = action()
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found.get(number) for number in range(len(actions))]


on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets in one writer at a time"
)


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_readers_in_the_same_second_share_the_clock():
    scene = make_scene()
    referat = send_referat(scene, agreed=[point(SECRET)])

    first, second = together(
        lambda: make_report(referat, scene.veileder),
        lambda: make_report(referat, scene.ppt, now=NOW + HOUR),
    )

    assert first.due_at == second.due_at
    assert first.number != second.number
    texts = HiddenText.objects.order_by("pk").values_list("text", flat=True)
    assert list(texts) == [SECRET, "Teamene observerer"]


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_double_press_reports_once():
    scene = make_scene()
    referat = send_referat(scene)

    together(*[lambda: make_report(referat, scene.veileder)] * 2)

    assert PrivacyReport.objects.count() == 1


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_cleaning_twice_in_the_same_second_makes_one_edition():
    scene = make_scene()
    report = make_report(send_referat(scene), scene.veileder)

    first, second = together(*[lambda: cleaned(report, scene.leder)] * 2)

    assert first == second
    assert ReferatVersion.objects.count() == 2
