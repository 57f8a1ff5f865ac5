"""The pages of «Meld personopplysning»: the reader's, the author's and the contact's."""

from datetime import timedelta

import pytest
from django.urls import reverse

from actors.models import Event, Opening
from cohorts.queries.mellomarbeid import carried_to
from meetings.models import FollowUp, PrivacyReport, ReferatVersion
from tests.factories.meetings import NOW, make_scene
from tests.factories.papers import (
    NATIONAL_ID,
    SECRET,
    held_meeting,
    make_grunnlag,
    make_referat,
    point,
    send_grunnlag,
    send_referat,
)
from tests.factories.people import make_role, sign_in
from tests.factories.privacy import make_contact, make_report, opened
from tests.factories.register import OwnerFactory
from tests.markup import squeeze

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
READERS = ["leder", "arbeidsgruppe", "veileder", "co_veileder", "eier", "ppt", "koordinator"]
OTHERS = [office for office in READERS if office != "leder"]
STATUS_ONLY = ["udir", "statsforvalter"]
TICKED = {"part": "saker.0", "signs": ["combination"], "explanation": ""}


@pytest.fixture
def scene():
    return make_scene()


@pytest.fixture
def referat(scene):
    return send_referat(scene, agreed=[point(SECRET)])


def report_page(version, kind="referat"):
    return reverse("meetings:privacy_report", args=[kind, version.pk])


def page(name, report):
    return reverse(f"meetings:{name}", args=[report.pk])


def body(response):
    return squeeze(response.content.decode())


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


# --- the author ---------------------------------------------------------------------------------


def clean_data(response, words="Vi så etter overganger."):
    """What a browser would post, with the secret replaced in every field that holds it."""
    form = response.context["form"]
    data = {field.html_name: field.value() or "" for field in form if field.name != "confirmed"}
    cleaned = {key: words if SECRET in value else value for key, value in data.items()}
    return cleaned | {"confirmed": "on"}


def test_the_author_sees_what_is_reported_and_not_by_whom(client, scene, referat):
    contact = make_contact(scene)
    report = make_report(referat, scene.ppt, part="saker.0", explanation="Bare én passer")
    sign_in(client, scene.leder)

    text = body(client.get(page("privacy_clean", report)))

    assert SECRET in text
    assert "«Bare én passer»" in text
    assert "Trinn, klasse eller alder sammen med noe annet" in text
    assert contact.user.name in text
    assert scene.ppt.user.name not in text


def test_the_author_finds_the_way_from_the_referat(client, scene, referat):
    report = make_report(referat, scene.ppt)
    sign_in(client, scene.leder)

    text = body(client.get(reverse("meetings:referat_detail", args=[referat.paper.meeting_id])))

    assert page("privacy_clean", report) in text
    assert SECRET in text


@pytest.mark.parametrize("office", [*OTHERS, *STATUS_ONLY])
def test_nobody_else_cleans(client, scene, referat, office):
    report = make_report(referat, scene.ppt)
    sign_in(client, getattr(scene, office))

    assert client.get(page("privacy_clean", report)).status_code == 404


def test_a_cleaned_version_is_sent_and_everybody_reads_it(client, scene, referat):
    report = make_report(referat, scene.ppt)
    sign_in(client, scene.leder)
    data = clean_data(client.get(page("privacy_clean", report)))

    response = client.post(page("privacy_clean", report), data, follow=True)

    text = body(response)
    assert "Versjon 2 er sendt. Versjon 1 er fjernet fra portalen." in text
    assert "Vi så etter overganger." in text
    assert SECRET not in text
    assert ReferatVersion.objects.get(number=2).cleans == 1


def test_the_second_press_sends_nothing_more(client, scene, referat):
    report = make_report(referat, scene.ppt)
    sign_in(client, scene.leder)
    data = clean_data(client.get(page("privacy_clean", report)))

    for _press in range(2):
        assert client.post(page("privacy_clean", report), data).status_code == 302
    assert ReferatVersion.objects.count() == 2


def test_an_unchanged_text_is_not_sent_and_stays_in_the_form(client, scene, referat):
    report = make_report(referat, scene.ppt)
    sign_in(client, scene.leder)
    form = client.get(page("privacy_clean", report)).context["form"]
    data = {field.html_name: field.value() or "" for field in form if field.name != "confirmed"}
    data |= {"confirmed": "on"}

    response = client.post(page("privacy_clean", report), data)
    seen = response.context["form"]
    if seen.hints:  # the texts must be looked over first
        keys = " ".join(sorted({spot.key for spot in seen.hints}))
        response = client.post(page("privacy_clean", report), data | {"sett_over": keys})

    assert response.status_code == 200
    assert ReferatVersion.objects.count() == 1


# --- the contact --------------------------------------------------------------------------------


@pytest.fixture
def contact(scene):
    return make_contact(scene)


def test_the_contact_lands_on_the_reports(client, scene, referat, contact):
    report = make_report(referat, scene.ppt)
    sign_in(client, contact)

    response = client.get("/min-side/", follow=True)

    assert response.redirect_chain == [("/meldinger/", 302)]
    assert [item["label"] for item in response.context["menu"]] == ["Meldinger", "Varsler"]
    assert report.number in body(response)


def test_the_contact_sees_the_clock_the_readers_and_who_reported(client, scene, referat, contact):
    opened(referat, scene.veileder, now=NOW - HOUR)
    opened(referat, scene.leder, now=NOW - HOUR)
    report = make_report(referat, scene.ppt, part="saker.0")
    sign_in(client, contact)

    text = body(client.get(page("privacy_detail", report)))

    assert "71 timer igjen av 72, til mandag 23. november kl. 10.00" in text
    assert "71 t 59 min" in text
    assert "Én person rakk å åpne den." in text
    assert scene.veileder.user.name in text
    assert scene.ppt.user.name in text
    assert SECRET in text


@pytest.mark.parametrize("office", [*READERS, *STATUS_ONLY])
def test_nobody_else_sees_a_report(client, scene, referat, contact, office):
    report = make_report(referat, scene.ppt)
    sign_in(client, getattr(scene, office))

    for name in ("privacy_detail", "privacy_access_report"):
        assert client.get(page(name, report)).status_code == 404
    assert client.post(page("privacy_close", report)).status_code == 404


def test_the_owner_decides_where_there_is_no_contact(client, scene, referat):
    report = make_report(referat, scene.ppt)
    sign_in(client, scene.eier)

    assert client.get(page("privacy_detail", report)).status_code == 200


def test_the_contact_of_another_owner_sees_nothing(client, scene, referat, contact):
    report = make_report(referat, scene.ppt)
    sign_in(client, make_role("personvernkontakt", OwnerFactory()))

    assert client.get(page("privacy_detail", report)).status_code == 404
    assert report.number not in body(client.get("/meldinger/"))


@pytest.mark.parametrize("office", ["leder", "udir", "veileder"])
def test_the_list_is_not_for_other_roles(client, scene, office):
    sign_in(client, getattr(scene, office))

    assert client.get("/meldinger/").status_code == 403


def test_the_access_report_is_a_file_and_taking_it_is_recorded(client, scene, referat, contact):
    opened(referat, scene.veileder, now=NOW - HOUR)
    opened(referat, scene.veileder, way="pdf")
    report = make_report(referat, scene.ppt)
    sign_in(client, contact)

    response = client.get(page("privacy_access_report", report))

    lines = response.content.decode("utf-8-sig").splitlines()
    name = scene.veileder.user.name
    assert lines[0] == "Hvem;Rolle;Først åpnet;Sist åpnet;Hvordan;Ganger"
    assert lines[1:] == [
        f"{name};Veileder;20.11.2026 kl. 09.00;20.11.2026 kl. 09.00;I portalen;1",
        f"{name};Veileder;20.11.2026 kl. 10.00;20.11.2026 kl. 10.00;PDF;1",
    ]
    assert Event.objects.get(verb="take_access_report").by == contact.user


def test_a_mistaken_report_makes_the_text_visible(client, scene, referat, contact):
    report = make_report(referat, scene.ppt)
    sign_in(client, contact)

    data = {"recognisable": "no", "reason": "Ingen kan kjennes igjen"}
    response = client.post(page("privacy_detail", report), data, follow=True)

    assert "Meldingen er avsluttet" in body(response)
    sign_in(client, scene.veileder)
    detail = client.get(reverse("meetings:referat_detail", args=[referat.paper.meeting_id]))
    assert SECRET in body(detail)


def test_what_is_missing_in_the_assessment_is_said_at_the_field(client, scene, referat, contact):
    report = make_report(referat, scene.ppt)
    sign_in(client, contact)

    text = body(client.post(page("privacy_detail", report), {"recognisable": "yes"}))

    assert "Velg om Datatilsynet skal ha melding." in text
    assert "Skriv kort hvorfor du vurderer det slik." in text
    report.refresh_from_db()
    assert report.decided_at is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    client, scene, contact, count, django_assert_num_queries
):
    meetings = [held_meeting(scene, days_ago=3 + n) for n in range(count)]
    for meeting in meetings:
        make_report(send_referat(scene, make_referat(scene, meeting)), scene.ppt)
    sign_in(client, contact)

    with django_assert_num_queries(4):
        client.get("/meldinger/")


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


@pytest.mark.parametrize(
    ("told", "heading"),
    [
        (None, "Vurder om Datatilsynet skal ha melding"),
        (True, "Datatilsynet skal ha melding"),
        (False, "Datatilsynet skal ikke ha melding"),
    ],
)
def test_the_heading_says_what_was_decided(client, scene, referat, contact, told, heading):
    report = make_report(referat, scene.ppt)
    if told is not None:
        report.decided_at, report.authority_told, report.decision = NOW, told, "Liten fare."
        report.save()
    sign_in(client, contact)

    shown = squeeze(client.get(page("privacy_detail", report)).content)

    assert f'<h1 class="ds-heading" data-size="lg">{heading}</h1>' in shown


# --- nynorsk ------------------------------------------------------------------------------------


def test_the_pages_are_in_nynorsk_too(client, scene, referat, contact):
    report = make_report(referat, scene.ppt)
    for role, path, words in (
        (scene.leder, page("privacy_clean", report), "Rett teksten, så blir han synleg igjen"),
        (contact, page("privacy_detail", report), "Vurder om Datatilsynet skal ha melding"),
        (contact, "/meldinger/", "Meldingar"),
    ):
        role.user.language = "nn"
        role.user.save()
        sign_in(client, role)
        assert words in body(client.get(path))
