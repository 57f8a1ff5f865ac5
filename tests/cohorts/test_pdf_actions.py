"""PDF files as rows: asked for once, made once, tried again, given up, and forgotten."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from cohorts.actions.pdf import claim_pdf, forget_old_pdfs, forget_pdfs, make_pdf, request_pdf
from cohorts.models import PdfFile, PdfStatus
from cohorts.rules.pdf import CLAIM_LASTS, is_left_alone
from cohorts.tasks import forget_old_pdfs as forget_task
from cohorts.tasks import make_pdf_file, make_waiting_pdfs
from lmp.celery import app
from lmp.lib.pdf import pdf_key

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PAGE = "<!doctype html><html lang='nb-NO'><title>Referat</title><body><h1>Referat</h1><p>Tekst"


def asked(html=PAGE, subject="referatversion:1", now=NOW, title="Referat"):
    return request_pdf(html=html, language="nb", title=title, subject=subject, now=now)


@pytest.fixture
def drawn(monkeypatch):
    """Files are made at once, and counted; a page with «galt» in it cannot be made."""
    made = []

    def render(html, lang, title):
        made.append((html, lang, title))
        if "galt" in html:
            raise ValueError("this page cannot be drawn")
        return b"%PDF " + title.encode()

    monkeypatch.setattr("cohorts.actions.pdf.render_pdf", render)
    return made


def test_asking_twice_makes_one_row():
    first, second = asked(), asked()

    assert first == second
    assert PdfFile.objects.count() == 1
    assert first.key == pdf_key(PAGE, "nb-NO", "Referat")
    assert (first.status, first.language, first.html) == (PdfStatus.QUEUED, "nb-NO", PAGE)


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_the_same_row():
    keys, start = [], threading.Barrier(2)

    def ask():
        start.wait()
        keys.append(asked().key)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert keys == [PdfFile.objects.get().key] * 2


def test_another_text_language_or_title_is_another_file():
    keys = {asked().key, asked(html=f"{PAGE}!").key, asked(title="Annet").key}

    assert len(keys) == PdfFile.objects.count() == 3


def test_a_long_title_is_cut():
    assert len(asked(title="x" * 300).title) == 200


def test_a_file_is_made_once(drawn):
    key = asked().key

    assert make_pdf(key=key, now=NOW) is True
    assert make_pdf(key=key, now=NOW) is False

    file = PdfFile.objects.get()
    assert (file.status, bytes(file.content), file.html) == ("ready", b"%PDF Referat", "")
    assert (file.made_at, file.attempts) == (NOW, 1)
    assert drawn == [(PAGE, "nb-NO", "Referat")]


def test_a_file_that_somebody_makes_is_left_to_them():
    key = asked().key

    assert claim_pdf(key=key, now=NOW).attempts == 1
    assert claim_pdf(key=key, now=NOW + CLAIM_LASTS) is None
    assert claim_pdf(key=key, now=NOW + CLAIM_LASTS + timedelta(seconds=1)).attempts == 2


def test_a_file_that_is_gone_is_not_made(drawn):
    assert make_pdf(key="0" * 64, now=NOW) is False
    assert drawn == []


def test_a_text_that_is_hidden_while_its_file_is_made_leaves_no_file(monkeypatch):
    def render(*page):
        forget_pdfs(subject="referatversion:1")
        return b"%PDF"

    key = asked().key
    monkeypatch.setattr("cohorts.actions.pdf.render_pdf", render)

    make_pdf(key=key, now=NOW)

    assert PdfFile.objects.count() == 0


def test_what_goes_wrong_three_times_is_given_up_and_tried_anew_later(drawn):
    page = PAGE + "galt"
    key = asked(page).key
    for _ in range(3):
        with pytest.raises(ValueError, match="cannot be drawn"):
            make_pdf(key=key, now=NOW)

    assert make_pdf(key=key, now=NOW) is False
    assert PdfFile.objects.get().status == PdfStatus.FAILED
    assert asked(page, now=NOW + timedelta(minutes=10)).status == PdfStatus.FAILED
    again = asked(page, now=NOW + timedelta(minutes=11))
    assert (again.status, again.attempts) == (PdfStatus.QUEUED, 0)


def test_all_files_that_show_a_text_are_forgotten():
    asked("<p>1", subject="referatversion:1 addendum:2")
    asked("<p>2", subject="grunnlagversion:1 referatversion:1")
    kept = [asked("<p>3", subject="referatversion:12"), asked("<p>4", subject="addendum:1")]

    assert forget_pdfs(subject="referatversion:1") == 2

    assert set(PdfFile.objects.all()) == set(kept)


def test_files_nobody_asks_for_are_thrown_away(drawn):
    old, asked_again = asked("<p>1"), asked("<p>2")
    make_pdf(key=asked_again.key, now=NOW)
    asked("<p>2", now=NOW + timedelta(days=20))

    assert forget_old_pdfs(now=NOW + timedelta(days=30)) == 0
    assert forget_old_pdfs(now=NOW + timedelta(days=31)) == 1

    assert PdfFile.objects.get() == asked_again != old


@pytest.mark.parametrize(
    ("waited", "taken", "alone"),
    [(14, None, False), (15, None, True), (60, 59, False), (300, 170, True)],
)
def test_when_nobody_makes_a_file_whoever_waits_does(waited, taken, alone):
    now = NOW + timedelta(seconds=waited)
    claimed = now - timedelta(seconds=taken) if taken else None

    assert is_left_alone(NOW, claimed, now, timedelta(seconds=15)) is alone


def test_the_task_makes_the_file_and_can_come_twice(drawn):
    key = asked().key

    assert make_pdf_file(key) is True
    assert make_pdf_file(key) is False
    assert len(drawn) == 1


def test_the_task_tries_three_times(drawn):
    key = asked(PAGE + "galt").key

    make_pdf_file.apply(args=[key])

    assert len(drawn) == 3
    assert PdfFile.objects.get().status == PdfStatus.FAILED


def test_the_sweep_makes_what_is_left_also_after_one_that_cannot_be_made(drawn):
    lost = asked("<p>1", now=NOW - timedelta(seconds=31))
    asked("<p>galt", now=NOW - timedelta(minutes=5))
    new = asked("<p>3", now=NOW)

    assert make_waiting_pdfs() == 1

    assert PdfFile.objects.get(key=lost.key).is_ready
    assert not PdfFile.objects.get(key=new.key).is_ready


def test_the_schedule_sweeps_every_minute_and_tidies_up_every_hour():
    names = {name: each["schedule"].run_every for name, each in app.conf.beat_schedule.items()}

    assert names["pdfs"] == timedelta(minutes=1)
    assert names["old-pdfs"] == timedelta(hours=1)
    asked(now=NOW - timedelta(days=31))
    assert forget_task() == 1


def test_pdf_files_have_a_queue_of_their_own():
    router = app.amqp.router

    assert router.route({}, "cohorts.tasks.make_pdf_file")["queue"].name.endswith("-pdf")
    assert router.route({}, "cohorts.tasks.make_waiting_pdfs")["queue"].name.endswith("-pdf")
    assert not router.route({}, "actors.tasks.deliver_notices")["queue"].name.endswith("-pdf")


def test_a_worker_takes_all_queues(celery_worker, eventually):
    key = asked().key

    app.send_task("cohorts.tasks.make_pdf_file", args=[key])

    eventually(lambda: PdfFile.objects.get(key=key).is_ready)
    assert bytes(PdfFile.objects.get().content).startswith(b"%PDF-1.7")
