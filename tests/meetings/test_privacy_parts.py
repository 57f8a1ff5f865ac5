"""Reports of an addendum, of files, and of a referat at owner level."""

import pytest
from django.urls import reverse

from actors.models import Notice
from meetings.actions.addendum import write_addendum
from meetings.actions.privacy_clean import clean_text, remove_text
from meetings.models import (
    Addendum,
    GrunnlagAttachment,
    GrunnlagAttachmentFile,
    VeiledningsgrunnlagVersion,
)
from meetings.rules.privacy import text_fields
from tests.factories.meetings import NOW
from tests.factories.papers import (
    AFTER,
    SECRET,
    held_meeting,
    make_referat,
    send_grunnlag,
    send_referat,
)
from tests.factories.people import acting_as, sign_in
from tests.factories.privacy import make_contact, make_report
from tests.markup import squeeze

pytestmark = pytest.mark.django_db


def clean(report, role, **texts):
    return clean_text(report=report, texts=texts, confirmed=True, by=acting_as(role), now=AFTER)


# --- addendum -----------------------------------------------------------------------------------


@pytest.fixture
def addendum(scene):
    referat = send_referat(scene, saker=[{"title": "Sak", "summary": "Alt vel"}]).paper
    type(referat).objects.update(status="locked")
    return write_addendum(
        referat=referat, sak=1, text=SECRET, reason="Feil tall", by=scene.by("leder"), now=NOW
    )


def test_an_addendum_is_hidden_alone(client, scene, addendum):
    path = reverse("meetings:referat_detail", args=[addendum.referat.meeting_id])
    sign_in(client, scene.veileder)
    assert SECRET in client.get(path).content.decode()

    make_report(addendum, scene.ppt, part="text")

    text = squeeze(client.get(path).content.decode())
    assert SECRET not in text
    assert "Tillegg 1 til referatet er skjult." in text
    assert "Alt vel" in text


def test_a_cleaned_addendum_gets_its_own_number(scene, addendum):
    receipt, digest = addendum.receipt, addendum.sha256

    edition = clean(make_report(addendum, scene.ppt), scene.leder, text="Tallet er tolv.")

    addendum.refresh_from_db()
    assert (addendum.text, addendum.reason, addendum.receipt) == ("", "", receipt)
    assert addendum.sha256 == digest
    assert (edition.number, edition.cleans, edition.reason) == (2, 1, "Feil tall")
    assert edition.receipt == receipt.replace("-T1", "-T2")
    shown = Addendum.objects.visible_to(acting_as(scene.veileder))
    assert [each.text for each in shown] == ["Tallet er tolv."]


# --- files --------------------------------------------------------------------------------------


@pytest.fixture
def version(scene):
    """A sent grunnlag with one file."""
    sent = send_grunnlag(scene)
    row = GrunnlagAttachment.objects.create(
        paper=sent.paper,
        name="bilde.pdf",
        size=4,
        sha256="0" * 64,
        content_type="application/pdf",
        uploaded_at=NOW,
        uploaded_by=scene.leder.user,
    )
    row.versions.add(sent)
    facts = {"id": row.pk, "name": row.name, "size": row.size, "sha256": row.sha256}
    sent.content = sent.content | {"attachments": [facts]}
    sent.save()
    GrunnlagAttachmentFile.objects.create(attachment=row, content=b"%PDF")
    return sent


def get_file(client, scene, version, role):
    sign_in(client, role)
    args = [version.paper.meeting_id, version.paper.attachments.get().pk]
    return client.get(reverse("meetings:grunnlag_attachment", args=args)).status_code


def test_the_file_of_a_hidden_grunnlag_is_for_the_leader_alone(client, scene, version):
    assert get_file(client, scene, version, scene.veileder) == 200

    make_report(version, scene.ppt, part="vedlegg", signs=["image"])

    codes = {
        office: get_file(client, scene, version, getattr(scene, office))
        for office in ("veileder", "arbeidsgruppe", "leder")
    }
    assert codes == {"veileder": 404, "arbeidsgruppe": 404, "leder": 200}


def test_a_reported_file_is_deleted_and_the_text_follows(client, scene, version):
    edition = clean(make_report(version, scene.ppt, part="vedlegg", signs=["image"]), scene.leder)

    assert GrunnlagAttachmentFile.objects.count() == 0
    assert edition.content["story"] == SECRET
    assert (edition.attachments.count(), edition.content["attachments"]) == (0, [])
    assert version.paper.attachments.kept().count() == 0


def test_the_name_and_the_checksum_of_a_file_are_no_text_to_clean(version):
    assert [f.path for f in text_fields(version.content) if "attachments" in f.path] == []


def test_a_file_that_was_not_reported_follows_the_cleaned_text(client, scene, version):
    edition = clean(make_report(version, scene.ppt, part="story"), scene.leder, story="Renset")

    assert [each["name"] for each in edition.content["attachments"]] == ["bilde.pdf"]
    assert VeiledningsgrunnlagVersion.objects.get(pk=edition.pk).attachments.count() == 1
    assert get_file(client, scene, version, scene.veileder) == 200


def test_removing_an_older_version_leaves_the_files_of_the_newest(client, scene, version):
    newest = send_grunnlag(scene, version.paper, tried="Mer", now=AFTER)
    newest.attachments.set(version.paper.attachments.all())
    report = make_report(version, scene.ppt, part="story")

    remove_text(report=report, by=acting_as(scene.leder), now=AFTER)

    assert get_file(client, scene, newest, scene.veileder) == 200


# --- owner level --------------------------------------------------------------------------------


def test_a_referat_at_owner_level_is_cleaned_by_the_owner(client, scene):
    contact = make_contact(scene)
    meeting = held_meeting(scene, "styringsgruppemoete_fysisk", units=())
    referat = send_referat(scene, make_referat(scene, meeting, "eier"), office="eier")
    report = make_report(referat, scene.veileder)

    notices = Notice.objects.filter(subject__startswith="privacy:")
    told = dict(notices.values_list("kind", "recipient"))
    assert told == {"privacy_reported": contact.user_id, "privacy_hidden": scene.eier.user_id}
    sign_in(client, scene.eier)
    assert client.get(reverse("meetings:privacy_clean", args=[report.pk])).status_code == 200
    sign_in(client, scene.leder)
    assert client.get(reverse("meetings:privacy_clean", args=[report.pk])).status_code == 404
