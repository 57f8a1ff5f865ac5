"""Copies of papers with parts blacked out."""

import json

import pytest
from django.urls import reverse

from actors.models import Event
from cohorts.models import PdfFile
from cohorts.rules.errors import NationalIdFound, NotPossible
from meetings.models import RedactedCopy
from tests.factories.meetings import NOW, make_meeting
from tests.factories.own_work import PLAN_SECRET, make_plan, make_plan_version
from tests.factories.papers import (
    NATIONAL_ID,
    held_meeting,
    make_grunnlag,
    make_referat,
    send_grunnlag,
    send_referat,
)
from tests.factories.people import sign_in
from tests.factories.redacted import BASIS, OPEN, make_copy, redact_url, register_url
from tests.markup import squeeze
from tests.pdf_text import pdf_text

pytestmark = pytest.mark.django_db


def test_the_page_shows_each_sentence_and_ticks_what_looks_risky(client, scene):
    grunnlag = make_grunnlag(scene, make_meeting(scene))
    version = send_grunnlag(scene, grunnlag, story=f"Mor til Ola (7 år) ringte. {OPEN}")
    sign_in(client, scene.eier)

    body = squeeze(client.get(redact_url(version)).content.decode())

    assert 'name="sladd" value="story:0" checked> <label' in body
    assert 'name="sladd" value="story:1"> <label' in body
    assert OPEN in body


def test_a_copy_is_made_of_what_was_ticked(client, scene, version):
    sign_in(client, scene.eier)

    response = client.post(
        redact_url(version),
        {"sladd": ["story:0", "nothing:0"], "reason": "Innsynskrav", "legal_basis": BASIS},
    )

    copy = RedactedCopy.objects.get()
    assert response["Location"] == register_url(version)
    assert (copy.content["story"], copy.marked) == (f"████ {OPEN}", 1)
    assert (copy.reason, copy.legal_basis) == ("Innsynskrav", BASIS)
    page = client.get(register_url(version)).content.decode()
    assert reverse("meetings:redacted_pdf", args=[copy.pk]) in page
    assert "1 sted" in page


def test_what_was_ticked_and_typed_stays_when_something_is_missing(client, scene, version):
    sign_in(client, scene.eier)

    body = squeeze(
        client.post(
            redact_url(version), {"sladd": ["story:1"], "reason": "Innsyn", "legal_basis": ""}
        ).content.decode()
    )

    assert RedactedCopy.objects.count() == 0
    assert 'value="story:1" checked>' in body
    assert 'value="story:0">' in body
    assert 'value="Innsyn"' in body


def test_a_copy_of_nothing_is_refused(client, scene, version):
    sign_in(client, scene.eier)

    body = client.post(redact_url(version), {"reason": "x", "legal_basis": BASIS}).content.decode()

    assert "Merk det som skal sladdes, eller sladd navnene." in body
    assert RedactedCopy.objects.count() == 0


def test_the_words_are_gone_from_the_row_the_file_the_page_and_the_events(client, scene, version):
    copy = make_copy(scene, version)
    sign_in(client, scene.eier)

    pdf = client.get(reverse("meetings:redacted_pdf", args=[copy.pk]))
    printed = client.get(reverse("meetings:redacted_print", args=[copy.pk])).content.decode()

    words = "Hemmelig"
    row = json.dumps([copy.content, copy.reason, copy.legal_basis], ensure_ascii=False)
    file = PdfFile.objects.get()
    events = json.dumps(list(Event.objects.values_list("subject", "data")))
    for text in (row, printed, file.html, file.title, events):
        assert words not in text
    text = pdf_text(pdf.content)
    assert "Hemmelig" not in text
    assert "garderoben" not in text
    assert OPEN.replace(" ", "") in text
    assert "Sladdetkopi" in text
    assert words.encode() not in pdf.content


def test_a_copy_holds_no_checksum_and_no_senders_name(client, scene, version):
    copy = make_copy(scene, version)
    sign_in(client, scene.eier)

    printed = client.get(reverse("meetings:redacted_print", args=[copy.pk])).content.decode()

    assert version.sha256[:4] + " " + version.sha256[4:8] not in printed
    assert version.sent_by.name not in printed
    assert f"Sladdet kopi av {version.receipt}" in printed


def test_the_names_of_those_who_took_part_go_from_a_referat(client, scene):
    held = held_meeting(scene)
    version = send_referat(scene, make_referat(scene, held))
    names = [row["name"] for row in version.content["attendance"]["away"]]

    copy = make_copy(scene, version, marked=())
    kept = make_copy(scene, version, marked=("saker.0.summary:0",), without_names=False)

    assert names
    assert not any(name in json.dumps(copy.content, ensure_ascii=False) for name in names)
    assert all(name in json.dumps(kept.content, ensure_ascii=False) for name in names)


@pytest.mark.parametrize("field", ["hidden_at", "removed_at"])
def test_a_text_that_is_hidden_or_removed_gives_no_copy(client, scene, version, field):
    copy = make_copy(scene, version)
    type(version).objects.filter(pk=version.pk).update(**{field: NOW})
    sign_in(client, scene.eier)

    with pytest.raises(NotPossible):
        make_copy(scene, version)
    assert client.get(redact_url(version)).status_code == 403
    assert client.get(reverse("meetings:redacted_pdf", args=[copy.pk])).status_code in (403, 404)
    assert RedactedCopy.objects.count() == 1


def test_the_file_of_a_copy_goes_with_the_text(client, scene, version):
    copy = make_copy(scene, version)
    sign_in(client, scene.eier)
    client.get(reverse("meetings:redacted_pdf", args=[copy.pk]))

    subject = PdfFile.objects.get().subject
    assert subject.split() == [f"grunnlagversion:{version.pk}", f"redactedcopy:{copy.pk}"]


def test_only_the_owners_office_gets_the_copy(client, scene, version):
    copy = make_copy(scene, version)
    for office in ("leder", "veileder", "udir", "statsforvalter", "styrer"):
        sign_in(client, getattr(scene, office))
        for name in ("redacted_pdf", "redacted_print"):
            assert client.get(reverse(f"meetings:{name}", args=[copy.pk])).status_code == 404


def test_a_national_id_is_refused_where_it_is_typed(scene, version):
    with pytest.raises(NationalIdFound):
        make_copy(scene, version, reason=f"Krav fra {NATIONAL_ID}")


def test_a_plan_can_be_registered_and_redacted_too(client, scene):
    plan = make_plan(scene)
    version = make_plan_version(plan, scene.by("leder"))
    sign_in(client, scene.eier)

    page = squeeze(client.get(redact_url(version, "plan")).content.decode())
    copy = make_copy(scene, version, marked=("note:0",))
    printed = client.get(reverse("meetings:redacted_print", args=[copy.pk])).content.decode()

    assert PLAN_SECRET in page
    assert PLAN_SECRET not in json.dumps(copy.content, ensure_ascii=False)
    assert version.sent_by.name not in printed
    assert f"Framdriftsplan, {scene.skole.unit.name}, 20. november 2026" in printed
    assert "Sladdet kopi" in printed


def test_pdfua_finds_nothing_to_complain_of(client, scene, version, tmp_path):
    from pdfua.cli import main

    copy = make_copy(scene, version)
    sign_in(client, scene.eier)
    file = tmp_path / "copy.pdf"
    file.write_bytes(client.get(reverse("meetings:redacted_pdf", args=[copy.pk])).content)

    assert main(["check", str(file)]) == 0


def test_the_list_of_copies_costs_the_same_with_more_of_them(
    client, scene, version, django_assert_num_queries
):
    make_copy(scene, version)
    sign_in(client, scene.eier)
    client.get(register_url(version))
    with django_assert_num_queries(9):
        client.get(register_url(version))
    for _ in range(2):
        make_copy(scene, version)
    with django_assert_num_queries(9):
        client.get(register_url(version))
