"""The PDF of a paper is made by a worker: waiting for it, and without one."""

from datetime import timedelta

import pytest
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from cohorts.actions.pdf import make_pdf
from cohorts.models import PdfFile, PdfStatus
from tests.factories.pages import address
from tests.factories.papers import SECRET, sent_grunnlag
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def tasks(monkeypatch):
    """The keys that workers were told of; nobody is there to take them."""
    sent = []
    monkeypatch.setattr(
        "cohorts.views.pdf_response.current_app.send_task",
        lambda name, args: sent.append((name, *args)),
    )
    return sent


# As in production, but nobody waits for two seconds in a test.
WITH_WORKERS = override_settings(PDF_PATIENCE=15.0, PDF_WAIT=0.0)


@WITH_WORKERS
def test_while_a_worker_makes_it_a_calm_page_says_so_and_asks_again(
    client, scene, tasks, django_capture_on_commit_callbacks
):
    version = sent_grunnlag(scene)
    sign_in(client, scene.veileder)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.get(address("grunnlag_pdf", version))
    with django_capture_on_commit_callbacks(execute=True):
        client.get(address("grunnlag_pdf", version))

    file = PdfFile.objects.get()
    assert response.status_code == 202
    assert response["Refresh"] == "3"
    assert "PDF-en blir laget" in response.content.decode()
    assert address("grunnlag_print", version) in response.content.decode()
    assert SECRET not in response.content.decode()
    assert tasks == [("cohorts.tasks.make_pdf_file", file.key)]


@WITH_WORKERS
def test_when_the_worker_is_done_the_same_address_gives_the_file(client, scene, tasks):
    version = sent_grunnlag(scene)
    sign_in(client, scene.veileder)
    client.get(address("grunnlag_pdf", version))
    make_pdf(key=PdfFile.objects.get().key, now=timezone.now())

    response = client.get(address("grunnlag_pdf", version))

    assert response.status_code == 200
    assert response["ETag"] == f'"{PdfFile.objects.get().key}"'
    assert response["Cache-Control"] == "private, no-store"
    again = client.get(
        address("grunnlag_pdf", version), headers={"If-None-Match": response["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


@WITH_WORKERS
def test_a_dead_worker_loses_nothing_after_fifteen_seconds_it_is_made_here(client, scene, tasks):
    version = sent_grunnlag(scene)
    sign_in(client, scene.veileder)
    assert client.get(address("grunnlag_pdf", version)).status_code == 202
    PdfFile.objects.update(asked_at=timezone.now() - timedelta(seconds=16))

    response = client.get(address("grunnlag_pdf", version))

    assert response.status_code == 200
    assert response.content.startswith(b"%PDF-1.7")


@WITH_WORKERS
def test_a_file_that_a_worker_has_taken_is_not_made_twice(client, scene, tasks):
    version = sent_grunnlag(scene)
    sign_in(client, scene.veileder)
    client.get(address("grunnlag_pdf", version))
    now = timezone.now()
    PdfFile.objects.update(asked_at=now - timedelta(seconds=60), claimed_at=now, attempts=1)

    assert client.get(address("grunnlag_pdf", version)).status_code == 202


@WITH_WORKERS
def test_a_queue_that_is_down_is_no_error(
    client, scene, monkeypatch, django_capture_on_commit_callbacks
):
    def down(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr("cohorts.views.pdf_response.current_app.send_task", down)
    version = sent_grunnlag(scene)
    sign_in(client, scene.veileder)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.get(address("grunnlag_pdf", version))

    assert response.status_code == 202
    assert PdfFile.objects.get().status == PdfStatus.QUEUED


@WITH_WORKERS
def test_a_file_that_was_given_up_says_so_and_where_to_print(client, scene, tasks):
    version = sent_grunnlag(scene)
    sign_in(client, scene.veileder)
    client.get(address("grunnlag_pdf", version))
    PdfFile.objects.update(status=PdfStatus.FAILED, attempts=3, claimed_at=timezone.now())

    response = client.get(address("grunnlag_pdf", version))

    assert response.status_code == 503
    assert "PDF-en ble ikke laget" in response.content.decode()
    assert address("grunnlag_print", version) in response.content.decode()


def test_a_file_is_asked_for_as_soon_as_the_paper_is_sent(client, scene, tasks):
    version = sent_grunnlag(scene)
    sign_in(client, scene.leder)

    client.get(
        reverse("meetings:grunnlag_receipt", args=[version.paper.meeting_id, version.receipt])
    )

    assert PdfFile.objects.get().subject == f"grunnlagversion:{version.pk}"
    client.get(address("grunnlag_pdf", version))
    assert PdfFile.objects.count() == 1
