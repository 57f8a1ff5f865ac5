"""Files that go with a søknad: which may, who reads them, and that a sent one stays."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.models import Event
from cohorts.actions.soeknad import reopen_soeknad
from cohorts.actions.soeknad_attachments import add_attachment, remove_attachment
from cohorts.actions.soeknad_sending import submit_soeknad
from cohorts.models import Soeknad, SoeknadAttachment, SoeknadAttachmentFile
from cohorts.queries.programme import programme_of
from cohorts.rules.errors import NationalIdFound, NotPossible
from cohorts.rules.soeknad_attachment import LARGEST, file_name, is_pdf, size_in_words
from tests.factories.people import acting_as, make_role, sign_in
from tests.factories.recruitment import NOW, make_candidate, make_list, make_soeknad
from tests.factories.register import OwnerFactory, StatsforvalterFactory

pytestmark = pytest.mark.django_db
FNR = "15076500565"
PDF = b"%PDF-1.7\nPlanen for arbeidet.\n%%EOF"
SCRIPT = "<img src=x onerror=alert(1)>.pdf"


@pytest.fixture
def soeknad():
    return make_soeknad()


@pytest.fixture
def eier(soeknad):
    return make_role("eier", soeknad.candidate.owner)


def by(soeknad):
    return acting_as(make_role("eier", soeknad.candidate.owner))


def add(soeknad, name="plan.pdf", content=PDF, **values):
    values = {"by": values.pop("by", None) or by(soeknad), "now": NOW} | values
    return add_attachment(soeknad=soeknad, name=name, content=content, **values)


def send(soeknad):
    recruitment = programme_of(soeknad.candidate.embete.opptak.pulje).recruitment
    confirmed = [each.id for each in recruitment.confirmations]
    return submit_soeknad(soeknad=soeknad, confirmed=confirmed, by=by(soeknad), now=NOW)


def url(soeknad, *more):
    names = ("soeknad_attachments", "soeknad_attachment")
    return reverse(f"cohorts:{names[len(more)]}", args=[soeknad.pk, *more])


def upload(client, soeknad, name="plan.pdf", content=PDF):
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    return client.post(url(soeknad), {"file": file})


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


# --- who reads it ---------------------------------------------------------------------------------


def code(client, role, *where):
    sign_in(client, role)
    return client.get(url(*where)).status_code


def test_a_draft_and_its_files_are_its_writers_alone(client, soeknad, eier):
    partner = OwnerFactory()
    soeknad.partners.create(owner=partner, status="confirmed", asked_at=NOW)
    row, rival = add(soeknad), make_soeknad(make_candidate(soeknad.candidate.embete))
    where = (soeknad, row.pk)
    assert code(client, eier, *where) == 200
    assert code(client, make_role("eier", partner), *where) == 200
    assert upload(client, soeknad, "partnerens.pdf").status_code == 403
    assert code(client, make_role("eier", rival.candidate.owner), *where) == 404
    assert upload(client, soeknad, "rivalens.pdf").status_code == 404
    assert code(client, make_role("eier", rival.candidate.owner), rival, row.pk) == 404
    embete = soeknad.candidate.embete.statsforvalter
    for role in (make_role("statsforvalter", embete), make_role("udir")):
        assert code(client, role, *where) == 404
        assert code(client, role, soeknad) == 404


def test_the_embete_reads_it_once_sent_and_udir_once_forwarded(client, soeknad):
    row = add(soeknad)
    send(soeknad)
    udir = make_role("udir")
    embete = make_role("statsforvalter", soeknad.candidate.embete.statsforvalter)
    assert code(client, embete, soeknad, row.pk) == 200
    neighbour = make_role("statsforvalter", StatsforvalterFactory(code="vestland"))
    assert code(client, neighbour, soeknad, row.pk) == 404
    assert code(client, udir, soeknad, row.pk) == 404
    make_list([soeknad], sent=True)
    assert code(client, udir, soeknad, row.pk) == 200
    assert code(client, udir, soeknad) == 403


def test_what_is_added_after_sending_is_not_read_before_it_is_sent(client, soeknad):
    send(soeknad)
    reopen_soeknad(soeknad=soeknad, by=by(soeknad), now=NOW)
    row = add(soeknad)
    embete = make_role("statsforvalter", soeknad.candidate.embete.statsforvalter)
    assert code(client, embete, soeknad, row.pk) == 404
    send(soeknad)
    assert code(client, embete, soeknad, row.pk) == 200


# --- sending --------------------------------------------------------------------------------------


def test_a_file_removed_after_sending_stays_in_the_version_it_was_sent_in(client, soeknad, eier):
    row = add(soeknad)
    first = send(soeknad)
    reopen_soeknad(soeknad=soeknad, by=by(soeknad), now=NOW)
    remove_attachment(attachment=row, by=by(soeknad), now=NOW)
    second = send(Soeknad.objects.get(pk=soeknad.pk))
    assert [each["name"] for each in first.content["attachments"]] == ["plan.pdf"]
    assert second.content["attachments"] == []
    assert second.sha256 != first.sha256
    for role in (eier, make_role("statsforvalter", soeknad.candidate.embete.statsforvalter)):
        sign_in(client, role)
        html = client.get(reverse("cohorts:soeknad_version", args=[soeknad.pk, 1])).content.decode()
        assert f'href="{url(soeknad, row.pk)}"' in html
        assert client.get(url(soeknad, row.pk)).content == PDF
        html = client.get(reverse("cohorts:soeknad_version", args=[soeknad.pk, 2])).content.decode()
        assert "plan.pdf" not in html


def test_the_checksum_of_the_version_covers_the_file(soeknad):
    first = add(soeknad)
    one = send(soeknad)
    reopen_soeknad(soeknad=soeknad, by=by(soeknad), now=NOW)
    remove_attachment(attachment=first, by=by(soeknad), now=NOW)
    add(soeknad, content=PDF.replace(b"arbeidet", b"alt annet"))
    two = send(Soeknad.objects.get(pk=soeknad.pk))
    [before], [after] = one.content["attachments"], two.content["attachments"]
    assert before["name"] == after["name"]
    assert before["sha256"] != after["sha256"]
    assert one.sha256 != two.sha256


def test_the_sheet_and_the_print_name_the_file_and_its_size(client, soeknad, eier):
    add(soeknad, "Plan.pdf", PDF + b"0" * 400_000)
    sign_in(client, eier)
    for page in (reverse("cohorts:soeknad_review", args=[soeknad.pk]), None):
        page = page or reverse("cohorts:soeknad_print", args=[soeknad.pk, send(soeknad).number])
        html = client.get(page).content.decode()
        assert "Plan.pdf" in html
        assert "391 kB" in html


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_never_fetches_the_bytes(client, soeknad, eier, count, django_assert_num_queries):
    for number in range(count):
        add(soeknad, f"{number}.pdf")
    sign_in(client, eier)
    client.get(url(soeknad))
    with django_assert_num_queries(6):
        client.get(url(soeknad))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(soeknad.get_absolute_url())
        client.get(reverse("cohorts:soeknad_review", args=[soeknad.pk]))
        send(soeknad)
        client.get(reverse("cohorts:soeknad_version", args=[soeknad.pk, 1]))
    assert not [each for each in asked if "soeknadattachmentfile" in each["sql"]]
