"""How a paper stands in the register of documents, and copies with parts blacked out."""

import json
from datetime import date

import pytest
from django.urls import reverse

from actors.models import Event
from cohorts.models import PdfFile
from cohorts.rules.errors import NationalIdFound, NotAllowedHere, NotPossible, PuljeClosed
from meetings.actions.register import make_redacted_copy, register_paper
from meetings.models import RedactedCopy
from meetings.rules.register import legal_bases, suggested_title
from tests.factories.meetings import NOW, make_meeting, make_scene
from tests.factories.own_work import PLAN_SECRET, make_plan, make_plan_version
from tests.factories.papers import (
    NATIONAL_ID,
    SECRET,
    held_meeting,
    make_grunnlag,
    make_referat,
    send_grunnlag,
    send_referat,
)
from tests.factories.people import make_role, sign_in
from tests.factories.register import PrivateOwnerFactory
from tests.markup import squeeze
from tests.pdf_text import pdf_text

pytestmark = pytest.mark.django_db

BASIS = "Offentleglova § 13, taushetsplikt"
OPEN = "Vi prøver observasjon i overganger."


@pytest.fixture
def scene():
    return make_scene()


@pytest.fixture
def version(scene):
    """A grunnlag with one sentence that must not be handed out and one that may."""
    grunnlag = make_grunnlag(scene, make_meeting(scene))
    return send_grunnlag(scene, grunnlag, story=f"{SECRET}. {OPEN}")


def register_url(version, kind="grunnlag"):
    return reverse("meetings:paper_register", args=[kind, version.pk])


def redact_url(version, kind="grunnlag"):
    return reverse("meetings:redacted_create", args=[kind, version.pk])


def make_copy(scene, version, marked=("story:0",), **changes):
    values = {
        "marked": marked,
        "without_names": True,
        "legal_basis": BASIS,
        "reason": "Innsynskrav 18. november",
        "by": scene.by("eier"),
        "now": NOW,
        **changes,
    }
    return make_redacted_copy(version=version, **values)


def test_the_rule_of_a_title_names_the_kind_the_unit_and_the_day_and_no_person():
    title = suggested_title("grunnlag", "Granli skole", date(2026, 12, 3))

    assert title == "Veiledningsgrunnlag, Granli skole, 3. desember 2026"


def test_legal_bases_are_data_in_both_languages():
    assert BASIS in legal_bases("nb")
    assert "Offentleglova § 13, teieplikt" in legal_bases("nn")


def test_the_page_offers_the_title_of_the_rule(client, scene, version):
    sign_in(client, scene.eier)

    body = client.get(register_url(version)).content.decode()

    title = f"Veiledningsgrunnlag, {scene.skole.unit.name}, 3. desember 2026"
    assert f'value="{title}"' in body
    assert f'<option value="{BASIS}">' in body
    assert SECRET not in body


def test_the_owner_says_how_a_paper_stands(client, scene, version):
    sign_in(client, scene.eier)

    response = client.post(
        register_url(version),
        {"public_title": "Grunnlag, desember", "access_code": "withheld", "legal_basis": BASIS},
    )

    version.refresh_from_db()
    assert response.status_code == 302
    assert version.public_title == "Grunnlag, desember"
    assert (version.access_code, version.legal_basis) == ("withheld", BASIS)
    event = Event.objects.get(verb="register_paper")
    assert (event.subject, event.data) == (f"grunnlagversion:{version.pk}", {"code": "withheld"})


def test_an_open_paper_needs_no_legal_basis_another_does(client, scene, version):
    sign_in(client, scene.eier)
    typed = {"public_title": "Grunnlag", "access_code": "partly", "legal_basis": ""}

    refused = client.post(register_url(version), typed)
    client.post(register_url(version), {**typed, "access_code": "open", "legal_basis": BASIS})

    assert "Skriv hjemmelen" in refused.content.decode()
    version.refresh_from_db()
    assert (version.access_code, version.legal_basis) == ("open", "")


def test_a_title_that_may_point_at_somebody_must_be_looked_over(client, scene, version):
    sign_in(client, scene.eier)
    typed = {"public_title": "Mor til Ola (7 år)", "access_code": "open", "legal_basis": ""}

    body = client.post(register_url(version), typed).content.decode()

    version.refresh_from_db()
    assert version.public_title == ""
    assert "Jeg har sett over teksten" in body
    assert "Mor til Ola (7 år)" in body


def test_the_register_stands_in_the_pdf(client, scene, version):
    sign_in(client, scene.veileder)
    printed = reverse("meetings:grunnlag_print", args=[version.paper.meeting_id, version.pk])

    before = squeeze(client.get(printed).content.decode())
    register_paper(
        version=version,
        public_title="Grunnlag, desember",
        access_code="withheld",
        legal_basis=BASIS,
        by=scene.by("eier"),
        now=NOW,
    )
    after = squeeze(client.get(printed).content.decode())

    assert "3. desember 2026 · Offentlig når noe er sladdet" in before
    assert f"Grunnlag, desember · Unntatt offentlighet ({BASIS})" in after


@pytest.mark.parametrize(
    ("office", "status"),
    [
        ("eier", 200),
        ("leder", 403),
        ("arbeidsgruppe", 403),
        ("veileder", 403),
        ("udir", 403),
        ("statsforvalter", 403),
        ("ppt", 403),
        ("styrer", 404),
    ],
)
@pytest.mark.parametrize("name", ["paper_register", "redacted_create"])
def test_only_the_owners_office_keeps_the_register(client, scene, version, office, status, name):
    sign_in(client, getattr(scene, office))

    response = client.get(reverse(f"meetings:{name}", args=["grunnlag", version.pk]))

    assert response.status_code == status
    assert (SECRET in response.content.decode()) is (status == 200 and name == "redacted_create")


def test_a_kommune_does_not_keep_the_register_of_a_private_unit(client, scene, version):
    private = PrivateOwnerFactory()
    scene.skole.unit.owner = private
    scene.skole.unit.save()
    own = make_role("eier", private)

    sign_in(client, scene.eier)
    refused = client.get(redact_url(version))
    sign_in(client, own)
    opened = client.get(redact_url(version))

    assert refused.status_code == 403
    assert SECRET not in refused.content.decode()
    assert opened.status_code == 200
    version = type(version).objects.get(pk=version.pk)
    with pytest.raises(NotAllowedHere):
        make_copy(scene, version)
    assert make_copy(scene, version, by=own.user.act_as(own, NOW.date())).marked >= 1


@pytest.mark.parametrize("kind", ["tillegg", "noe"])
def test_there_is_no_register_of_other_kinds(client, scene, version, kind):
    sign_in(client, scene.eier)

    assert client.get(register_url(version, kind)).status_code == 404


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


def test_the_register_of_a_closed_pulje_is_read_only_but_innsyn_is_given(client, scene, version):
    scene.pulje.status = "closed"
    scene.pulje.save()
    sign_in(client, scene.eier)
    typed = {"public_title": "x", "access_code": "open", "legal_basis": ""}

    assert client.get(register_url(version)).status_code == 200
    assert client.post(register_url(version), typed).status_code == 403
    with pytest.raises(PuljeClosed):
        register_paper(version=version, **typed, by=scene.by("eier"), now=NOW)
    assert make_copy(scene, version).pk


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


def test_the_owner_keeps_the_register_of_the_meetings_at_its_own_level(client, scene):
    held = held_meeting(scene, "styringsgruppemoete_fysisk")
    version = send_referat(scene, make_referat(scene, held, office="eier"), office="eier")
    sign_in(client, scene.eier)
    own = client.get(register_url(version, "referat"))
    sign_in(client, scene.statsforvalter)
    read = client.get(register_url(version, "referat"))

    assert f"Referat, {scene.deltakelse.owner}, 17. november 2026" in own.content.decode()
    assert read.status_code == 403
    assert make_copy(scene, version, marked=("saker.0.summary:0",)).marked >= 1


def test_the_facts_stand_on_the_pages_of_the_papers(client, scene, version):
    place = reverse("meetings:grunnlag_detail", args=[version.paper.meeting_id])
    title = f"Veiledningsgrunnlag, {scene.skole.unit.name}, 3. desember 2026"

    sign_in(client, scene.veileder)
    read = client.get(place).content.decode()
    sign_in(client, scene.eier)
    kept = client.get(place).content.decode()

    assert title in read
    assert register_url(version) not in read
    assert register_url(version) in kept


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
