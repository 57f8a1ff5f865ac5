"""The pages of «Meld personopplysning» for readers: reporting, and that the text stands nowhere."""

from datetime import timedelta

import pytest
from django.urls import reverse

from actors.models import Opening
from cohorts.queries.mellomarbeid import carried_to
from meetings.models import FollowUp, PrivacyReport
from tests.factories.meetings import NOW
from tests.factories.pages import body
from tests.factories.papers import (
    NATIONAL_ID,
    READERS,
    SECRET,
    STATUS_ONLY,
    make_grunnlag,
    make_referat,
    point,
    send_grunnlag,
    send_referat,
)
from tests.factories.people import make_role, sign_in
from tests.factories.privacy import make_report
from tests.factories.register import OwnerFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
OTHERS = [office for office in READERS if office != "leder"]
TICKED = {"part": "saker.0", "signs": ["combination"], "explanation": ""}


@pytest.fixture
def referat(scene):
    return send_referat(scene, agreed=[point(SECRET)])


def report_page(version, kind="referat"):
    return reverse("meetings:privacy_report", args=[kind, version.pk])


# --- reporting ----------------------------------------------------------------------------------


@pytest.mark.parametrize("office", READERS)
def test_every_reader_may_report(client, scene, referat, office):
    sign_in(client, getattr(scene, office))

    detail = client.get(reverse("meetings:referat_detail", args=[referat.paper.meeting_id]))

    assert report_page(referat) in body(detail)
    assert client.get(report_page(referat)).status_code == 200


@pytest.mark.parametrize("office", STATUS_ONLY)
def test_who_sees_the_status_alone_reports_nothing(client, scene, referat, office):
    sign_in(client, getattr(scene, office))

    assert client.post(report_page(referat), TICKED).status_code == 404
    assert PrivacyReport.objects.count() == 0


def test_a_stranger_and_an_unknown_kind_get_404(client, scene, referat):
    sign_in(client, make_role("eier", OwnerFactory()))
    assert client.get(report_page(referat)).status_code == 404

    sign_in(client, scene.veileder)
    assert client.get(report_page(referat, "brev")).status_code == 404


def test_sending_hides_the_text_and_leads_back(client, scene, referat):
    sign_in(client, scene.veileder)

    response = client.post(report_page(referat), TICKED, follow=True)

    text = body(response)
    assert "Takk. Teksten er skjult, og personvernkontakten ser på den." in text
    assert "Versjon 1 av referatet er skjult." in text
    assert "Versjon 1, sendt av" in text
    assert SECRET not in text


def test_one_sign_must_be_ticked_and_what_is_typed_stays(client, scene, referat):
    sign_in(client, scene.veileder)

    response = client.post(report_page(referat), {"explanation": "Gjelder overgangen"})

    text = body(response)
    assert "Kryss av for minst én ting." in text
    assert "Gjelder overgangen" in text
    referat.refresh_from_db()
    assert referat.hidden_at is None


def test_a_national_id_is_refused_and_not_stored(client, scene, referat):
    sign_in(client, scene.veileder)

    response = client.post(report_page(referat), TICKED | {"explanation": f"Se {NATIONAL_ID}"})

    assert response.status_code == 200
    assert PrivacyReport.objects.count() == 0


def test_a_hidden_text_cannot_be_reported_again_by_others(client, scene, referat):
    make_report(referat, scene.veileder)
    sign_in(client, scene.ppt)

    response = client.get(report_page(referat))

    assert response.status_code == 403
    assert "Versjon 1 av referatet er skjult." in body(response)


# --- nowhere ------------------------------------------------------------------------------------


def pages_with_text(referat, grunnlag):
    """Every page on which the text of a referat or a grunnlag, or what came of it, can stand."""
    before, after = grunnlag.paper.meeting_id, referat.paper.meeting_id
    unit = referat.paper.unit_id
    named = [
        ("meetings:referat_detail", [after]),
        ("meetings:referat_receipt", [after, referat.receipt]),
        ("meetings:referat_pdf", [after, referat.pk]),
        ("meetings:referat_print", [after, referat.pk]),
        ("meetings:referat_versions", [after]),
        ("meetings:referat_edit", [after]),
        ("meetings:merknad_create", [after]),
        ("meetings:meeting_detail", [after]),
        ("meetings:grunnlag_detail", [before]),
        ("meetings:grunnlag_receipt", [before, grunnlag.receipt]),
        ("meetings:grunnlag_pdf", [before, grunnlag.pk]),
        ("meetings:grunnlag_print", [before, grunnlag.pk]),
        ("meetings:grunnlag_edit", [before]),
        ("meetings:meeting_detail", [before]),
        ("meetings:saksliste_edit", [before]),
        ("meetings:meeting_list", []),
        ("meetings:mellomarbeid_list", [unit]),
        ("reports:my_page", []),
        ("reports:veileder_week", []),
        ("reports:unit_detail", [unit]),
        ("reports:owner_detail", [referat.paper.unit.unit.owner_id]),
    ]
    return [reverse(name, args=args) for name, args in named]


@pytest.mark.parametrize("office", [*OTHERS, *STATUS_ONLY])
def test_the_text_stands_on_no_page_of_anybody_else(client, scene, office):
    referat = send_referat(scene, agreed=[point(SECRET)], mellomarbeid=SECRET)
    paper = make_grunnlag(scene)
    row = {"sak": None, "title": SECRET, "type": "sak", "minutes": 10, "responsible": "leder"}
    row |= {"standing": "", "removed": False}
    carried = [
        {"follow_up": each.pk, "outcome": "partly", "comment": ""}
        for each in FollowUp.objects.carried_to(paper.meeting, paper.unit)
    ]
    carried += [
        {"mellomarbeid": each.pk, "outcome": "partly", "comment": ""}
        for each in carried_to(paper.unit)
    ]
    grunnlag = send_grunnlag(scene, paper, saker=[row], questions=SECRET, since_last=carried)
    paths = pages_with_text(referat, grunnlag)
    make_report(referat, scene.koordinator)
    make_report(grunnlag, scene.koordinator)
    sign_in(client, getattr(scene, office))

    found = {path for path in paths if SECRET in client.get(path).content.decode()}

    assert found == set()


@pytest.mark.parametrize("name", ["referat_pdf", "referat_print"])
def test_the_file_of_a_hidden_version_is_refused_with_the_reason(client, scene, referat, name):
    make_report(referat, scene.koordinator)
    sign_in(client, scene.veileder)

    response = client.get(reverse(f"meetings:{name}", args=[referat.paper.meeting_id, referat.pk]))

    assert response.status_code == 403
    assert "Versjon 1 av referatet er skjult." in body(response)


def test_of_three_versions_the_middle_one_is_refused_and_the_newest_read(client, scene):
    paper = make_referat(scene)
    three = [
        send_referat(scene, paper, next_theme=f"Tema {n}", now=NOW + n * HOUR) for n in (1, 2, 3)
    ]
    make_report(three[1], scene.koordinator)
    sign_in(client, scene.veileder)

    detail = body(client.get(reverse("meetings:referat_detail", args=[paper.meeting_id])))
    receipts = [
        client.get(reverse("meetings:referat_receipt", args=[paper.meeting_id, each.receipt]))
        for each in three
    ]

    assert "Tema 3" in detail
    assert "Versjon 2 av referatet er skjult." in detail
    assert [each.status_code for each in receipts] == [200, 403, 200]


# --- the access log -----------------------------------------------------------------------------


def test_reading_is_logged_and_asking_for_the_head_is_not(client, scene, referat):
    path = reverse("meetings:referat_detail", args=[referat.paper.meeting_id])
    sign_in(client, scene.veileder)

    client.head(path)
    assert Opening.objects.count() == 0
    client.get(path)

    row = Opening.objects.get()
    assert (row.subject, row.way) == (f"referatversion:{referat.pk}", "portal")


def test_reading_a_grunnlag_is_logged(client, scene):
    grunnlag = send_grunnlag(scene)
    sign_in(client, scene.veileder)

    path = reverse("meetings:grunnlag_detail", args=[grunnlag.paper.meeting_id])
    client.head(path)
    assert Opening.objects.count() == 0
    client.get(path)

    assert Opening.objects.get().subject == f"grunnlagversion:{grunnlag.pk}"
