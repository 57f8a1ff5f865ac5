"""The files of a grunnlag: what may be added, and who may download it."""

import io
import zipfile

import pytest

from cohorts.rules.errors import NationalIdFound, NotPossible
from meetings.actions.grunnlag_attachment import add_attachment, remove_attachment
from meetings.models import GrunnlagAttachment, GrunnlagAttachmentFile
from meetings.rules.attachment import DOCX, LARGEST, PDF, file_name, kind_of
from tests.factories.meetings import NOW
from tests.factories.papers import NATIONAL_ID, make_grunnlag, send_grunnlag
from tests.factories.people import make_role

A_PDF = b"%PDF-1.7 innhold"


def package(*names):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(zipfile.ZipInfo(name), "<x/>")
    return stream.getvalue()


WORD = package("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (A_PDF, PDF),
        (WORD, DOCX),
        (package("[Content_Types].xml", "xl/workbook.xml"), ""),
        (package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), ""),
        (WORD[:40], ""),
        (b"PK\x03\x04 ikke noe arkiv", ""),
        (b"<html><script>", ""),
        (b"MZ\x90", ""),
        (b"", ""),
    ],
    ids=["pdf", "word", "excel", "macros", "half", "no zip", "html", "program", "empty"],
)
def test_what_a_file_is_is_told_by_its_content(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("given", "kind", "name"),
    [
        ("plan.pdf", PDF, "plan.pdf"),
        ("C:\\Mine/ plan .DOCX", DOCX, "plan.docx"),
        ("plan.exe", PDF, "plan.exe.pdf"),
        ("../../.pdf", PDF, "vedlegg.pdf"),
        ("a\u202efdp.exe.pdf", PDF, "afdp.exe.pdf"),
        ("x" * 200 + ".pdf", PDF, "x" * 116 + ".pdf"),
    ],
)
def test_the_name_is_made_safe_and_gets_the_right_ending(given, kind, name):
    assert file_name(given, kind) == name


@pytest.fixture
def grunnlag(scene):
    return make_grunnlag(scene)


def add(scene, grunnlag, name="plan.pdf", content=A_PDF):
    by = scene.by("arbeidsgruppe")
    return add_attachment(grunnlag=grunnlag, name=name, content=content, by=by, now=NOW)


def remove(scene, row):
    remove_attachment(attachment=row, by=scene.by("leder"), now=NOW)


pytestmark = pytest.mark.django_db


def test_the_same_file_twice_is_one(scene, grunnlag):
    assert add(scene, grunnlag) == add(scene, grunnlag)
    assert GrunnlagAttachment.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("tom.pdf", b"", "Fila er tom"),
        ("bilde.pdf", b"\x89PNG", "verken PDF eller Word"),
        ("stor.pdf", A_PDF + b" " * LARGEST, "Den kan være høyst 10 MB"),
    ],
    ids=["empty", "a picture", "too large"],
)
def test_what_may_not_be_added(scene, grunnlag, name, content, reason):
    with pytest.raises(NotPossible, match=reason):
        add(scene, grunnlag, name, content)


def test_a_national_id_number_in_the_name_is_refused(scene, grunnlag):
    with pytest.raises(NationalIdFound):
        add(scene, grunnlag, f"{NATIONAL_ID}.pdf")


def test_there_is_room_for_five(scene, grunnlag):
    for number in range(5):
        add(scene, grunnlag, f"{number}.pdf")

    with pytest.raises(NotPossible, match="høyst fem filer"):
        add(scene, grunnlag, "6.pdf")


def test_a_file_goes_with_the_version_it_was_sent_with(scene, grunnlag):
    row = add(scene, grunnlag)
    version = send_grunnlag(scene, grunnlag)
    remove(scene, row)

    newer = send_grunnlag(scene, grunnlag, tried="Endret")

    assert [each.name for each in version.attachments.all()] == ["plan.pdf"]
    assert version.content["attachments"] == [
        {"id": row.pk, "name": "plan.pdf", "size": len(A_PDF), "sha256": row.sha256}
    ]
    assert (list(newer.attachments.all()), newer.content["attachments"]) == ([], [])
    assert GrunnlagAttachmentFile.objects.filter(attachment=row).exists()


def test_a_new_file_makes_a_new_version(scene, grunnlag):
    first = send_grunnlag(scene, grunnlag)
    add(scene, grunnlag)

    assert send_grunnlag(scene, grunnlag).number == first.number + 1


def test_the_bytes_of_a_file_that_was_never_sent_are_deleted(scene, grunnlag):
    row = add(scene, grunnlag)

    remove(scene, row)

    assert not GrunnlagAttachmentFile.objects.filter(attachment=row).exists()


@pytest.mark.parametrize(
    ("office", "draft", "sent"),
    [
        ("leder", 1, 1),
        ("arbeidsgruppe", 1, 1),
        ("veileder", 0, 1),
        ("eier", 0, 1),
        ("ppt", 0, 1),
        ("koordinator", 0, 1),
        ("styrer", 0, 0),
        ("udir", 0, 0),
        ("statsforvalter", 0, 0),
    ],
)
def test_who_may_read_a_file(scene, grunnlag, office, draft, sent):
    add(scene, grunnlag)
    files = GrunnlagAttachment.objects
    before = files.visible_to(scene.by(office)).count()
    send_grunnlag(scene, grunnlag)

    assert (before, files.visible_to(scene.by(office)).count()) == (draft, sent)


def test_a_file_of_a_hidden_version_is_not_read(scene, grunnlag):
    row = add(scene, grunnlag)
    version = send_grunnlag(scene, grunnlag)
    version.hidden_at = NOW
    version.save()

    assert not GrunnlagAttachment.objects.visible_to(scene.by("veileder")).exists()
    assert GrunnlagAttachment.objects.visible_to(scene.by("leder")).get() == row


def test_a_foreign_leader_reads_nothing(scene, grunnlag):
    add(scene, grunnlag)
    send_grunnlag(scene, grunnlag)
    role = make_role("leder")

    files = GrunnlagAttachment.objects.visible_to(role.user.act_as(role, NOW.date()))

    assert files.count() == 0
