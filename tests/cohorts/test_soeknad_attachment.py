"""Files that go with a søknad: which may, and what they are called."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actors.models import Event
from cohorts.actions.soeknad_attachments import remove_attachment
from cohorts.models import SoeknadAttachment, SoeknadAttachmentFile
from cohorts.rules.errors import NationalIdFound, NotPossible
from cohorts.rules.soeknad_attachment import LARGEST, file_name, is_pdf, size_in_words
from tests.factories.attachments import PDF, add, by, send, upload, url
from tests.factories.people import sign_in
from tests.factories.recruitment import NOW

pytestmark = pytest.mark.django_db
FNR = "15076500565"
SCRIPT = "<img src=x onerror=alert(1)>.pdf"


def refused(answer, soeknad):
    """The error at the field, when nothing was stored."""
    assert answer.status_code == 200
    assert not soeknad.attachments.exists()
    [error] = answer.context["form"].errors["file"]
    return error


# --- what a file is called, and how large it is ---------------------------------------------------


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("plan.pdf", "plan.pdf"),
        ("C:\\Skjema\\ plan \u00a0 2027 .PDF", "plan 2027.PDF"),
        ("../../etc/plan.pdf", "plan.pdf"),
        ("plan\u202efdp.exe\x00.pdf", "planfdp.exe.pdf"),
        (".pdf", "vedlegg.pdf"),
        ("ø" * 300 + ".pdf", "ø" * 116 + ".pdf"),
        ("a\u030arsplan.pdf", "årsplan.pdf"),
    ],
)
def test_a_name_is_stored_without_what_could_mislead(given, stored):
    assert file_name(given) == stored


def test_a_pdf_is_called_one_and_begins_as_one():
    assert is_pdf("plan.PDF", PDF)
    assert not is_pdf("plan.pdf", b"PK\x03\x04")
    assert not is_pdf("plan.html", PDF)


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 kB"), (1025, "2 kB"), (LARGEST, "5 MB"), (LARGEST + 1, "5,1 MB"), (7 << 20, "7 MB")],
)
def test_a_size_is_rounded_up(size, words):
    assert size_in_words(size) == words


# --- adding and removing --------------------------------------------------------------------------


def test_a_file_is_added_listed_read_and_removed(client, soeknad, eier):
    sign_in(client, eier)
    page = client.post(
        url(soeknad), {"file": SimpleUploadedFile("Plan 2027.pdf", PDF)}, follow=True
    )
    row = soeknad.attachments.get()
    html = page.content.decode()
    assert "«Plan 2027.pdf» er lagt ved." in html
    assert f'href="{url(soeknad, row.pk)}"' in html
    assert "1 kB" in html
    assert (row.size, row.sha256) == (len(PDF), hashlib.sha256(PDF).hexdigest())
    assert "Én fil er lagt ved." in client.get(soeknad.get_absolute_url()).content.decode()

    file = client.get(url(soeknad, row.pk))
    assert file.content == PDF
    assert file.headers["Content-Type"] == "application/pdf"
    assert file.headers["Content-Disposition"] == 'attachment; filename="Plan 2027.pdf"'
    assert file.headers["Cache-Control"] == "private, no-store"
    assert file.headers["X-Content-Type-Options"] == "nosniff"

    remove = reverse("cohorts:attachment_remove", args=[soeknad.pk, row.pk])
    assert client.get(remove).status_code == 405
    client.post(remove)
    page = client.post(remove, follow=True).content.decode()
    assert "«Plan 2027.pdf» er fjernet." in page
    assert client.get(url(soeknad, row.pk)).status_code == 404
    assert not SoeknadAttachmentFile.objects.exists()
    verbs = Event.objects.filter(subject=f"soeknad:{soeknad.pk}").values_list("verb", flat=True)
    assert sorted(verbs) == ["add-attachment", "remove-attachment"]


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("virus.pdf", b"MZ\x90\x00", "Fila er ikke en PDF. Lagre den som PDF og prøv igjen."),
        ("plan.docx", PDF, "Fila er ikke en PDF. Lagre den som PDF og prøv igjen."),
        ("tom.pdf", b"", "Fila er tom. Velg en annen."),
        (f"elev {FNR}.pdf", PDF, "Filnavnet ser ut til å inneholde et fødselsnummer (11 siffer)."),
    ],
    ids=["renamed", "docx", "empty", "national id"],
)
def test_a_file_that_may_not_go_along_is_refused_at_the_field(
    client, soeknad, eier, name, content, error
):
    sign_in(client, eier)
    answer = upload(client, soeknad, name, content)
    assert error in refused(answer, soeknad)
    assert 'href="#id_file"' in answer.content.decode()
    assert FNR not in answer.content.decode()


def test_the_error_says_how_large_it_is_and_may_be(client, soeknad, eier):
    sign_in(client, eier)
    answer = upload(client, soeknad, "stor.pdf", PDF + b"0" * (7 * 1024 * 1024 - len(PDF)))
    assert refused(answer, soeknad) == "Fila er 7 MB. Den kan være høyst 5 MB."


def test_to_choose_nothing_is_told(client, soeknad, eier):
    sign_in(client, eier)
    assert refused(client.post(url(soeknad), {}), soeknad) == "Velg en fil først."


def test_there_is_no_room_for_a_sixth(client, soeknad, eier):
    for number in range(5):
        add(soeknad, f"{number}.pdf")
    sign_in(client, eier)
    assert "Velg en PDF" not in client.get(url(soeknad)).content.decode()
    html = upload(client, soeknad, "sjette.pdf").content.decode()
    assert "Dere kan legge ved høyst fem filer. Fjern én først." in html
    assert soeknad.attachments.count() == 5
    remove_attachment(attachment=soeknad.attachments.first(), by=by(soeknad), now=NOW)
    assert add(soeknad, "sjette.pdf").name == "sjette.pdf"


def test_the_action_refuses_by_itself(soeknad):
    with pytest.raises(NotPossible):
        add(soeknad, content=b"MZ")
    with pytest.raises(NationalIdFound):
        add(soeknad, f"{FNR}.pdf")


def test_the_same_file_twice_is_one(soeknad):
    assert add(soeknad) == add(soeknad)
    assert add(soeknad, "kopi.pdf") != add(soeknad)


def test_a_script_in_the_name_is_text(client, soeknad, eier):
    row = add(soeknad, SCRIPT)
    version = send(soeknad)
    sign_in(client, eier)
    pages = [url(soeknad)]
    pages += [
        reverse(f"cohorts:{name}", args=[soeknad.pk, version.number])
        for name in ("soeknad_version", "soeknad_print")
    ]
    for page in pages:
        html = client.get(page).content.decode()
        assert SCRIPT not in html
        assert "&lt;img src=x onerror=alert(1)&gt;.pdf" in html
    assert client.get(url(soeknad, row.pk)).headers["Content-Type"] == "application/pdf"


def test_without_a_session_nothing_is_stored_and_the_writer_is_told(client, soeknad):
    answer = upload(client, soeknad)
    assert answer.status_code == 401
    assert "Du er logget ut, og fila er ikke lagt ved" in answer.content.decode()
    assert f"next={url(soeknad)}" in answer.content.decode()
    assert not SoeknadAttachment.objects.exists()
    assert client.get(url(soeknad)).status_code == 302
    assert client.get(url(soeknad, 1)).status_code == 302


def test_a_sent_soeknad_takes_no_file_and_loses_none(client, soeknad, eier):
    row = add(soeknad)
    send(soeknad)
    sign_in(client, eier)
    assert upload(client, soeknad, "ny.pdf").status_code == 403
    remove = reverse("cohorts:attachment_remove", args=[soeknad.pk, row.pk])
    assert client.post(remove).status_code == 403
    assert remove not in client.get(url(soeknad)).content.decode()
    assert list(soeknad.attachments.kept()) == [row]
