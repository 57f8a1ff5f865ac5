"""«Meld personopplysning»: hidden at once, and who is told (8.24)."""

from datetime import timedelta

import pytest

from actors.models import Event, Notice, Opening
from cohorts.models import PdfFile
from cohorts.rules.errors import NationalIdFound, NotPossible
from lmp.lib.hashing import content_hash
from meetings.actions.grunnlag import data_of
from meetings.actions.privacy import warn_of_deadlines
from meetings.models import FollowUp, HiddenText, PrivacyReport, Sak
from tests.factories.meetings import NOW
from tests.factories.papers import (
    AFTER,
    NATIONAL_ID,
    SECRET,
    make_grunnlag,
    point,
    send_grunnlag,
    send_referat,
)
from tests.factories.privacy import CLEAN, cleaned, judged, make_contact, make_report, opened, sees

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


# --- reporting ----------------------------------------------------------------------------------


def test_the_text_is_hidden_at_once_for_all_but_who_sent_it(scene, referat):
    report = make_report(referat, scene.veileder)

    referat.refresh_from_db()
    assert referat.hidden_at == NOW
    assert (report.number, report.status) == (f"2026-P-{report.pk:03d}", "open")
    assert report.owner == scene.deltakelse.owner
    readers = ["arbeidsgruppe", "veileder", "co_veileder", "eier", "ppt", "koordinator"]
    assert [office for office in readers if sees(referat, getattr(scene, office))] == []
    assert sees(referat, scene.leder)


def test_the_clock_runs_for_seventy_two_hours(scene, referat):
    report = make_report(referat, scene.veileder)

    assert report.due_at - report.known_at == timedelta(hours=72)


def test_the_same_reader_reports_once(scene, referat):
    first = make_report(referat, scene.veileder)
    second = make_report(referat, scene.veileder, now=NOW + HOUR)

    assert first == second
    assert PrivacyReport.objects.count() == 1
    assert Event.objects.filter(verb="hide_text").count() == 1


def test_two_readers_report_with_the_clock_of_the_first(scene, referat):
    first = make_report(referat, scene.veileder)
    second = make_report(referat, scene.ppt, now=NOW + HOUR)

    assert first != second
    assert second.due_at == first.due_at


def test_a_removed_text_cannot_be_reported(scene, referat):
    cleaned(make_report(referat, scene.veileder), scene.leder)

    with pytest.raises(NotPossible):
        make_report(referat, scene.ppt)


def test_an_explanation_with_a_national_id_is_refused(scene, referat):
    with pytest.raises(NationalIdFound):
        make_report(referat, scene.veileder, explanation=f"Se {NATIONAL_ID}")
    referat.refresh_from_db()
    assert referat.hidden_at is None


def test_nothing_of_the_text_or_who_reported_stands_in_the_record(scene, referat):
    make_report(referat, scene.veileder, explanation="Bare én elev passer")

    event = Event.objects.get(verb="hide_text")
    assert (event.by, event.role) == (None, None)
    assert set(event.data) == {"report"}


# --- who is told --------------------------------------------------------------------------------


def test_contact_author_and_those_who_had_opened_it_are_told_in_neutral_words(scene, referat):
    contact = make_contact(scene)
    opened(referat, scene.ppt)
    opened(referat, scene.arbeidsgruppe)
    opened(referat, scene.veileder)

    make_report(referat, scene.veileder, explanation="Bare én elev passer")

    notices = Notice.objects.filter(subject__startswith="privacy:").order_by("kind", "recipient")
    told = {(notice.kind, notice.recipient_id) for notice in notices}
    assert told == {
        ("privacy_reported", contact.user_id),
        ("privacy_hidden", scene.leder.user_id),
        ("privacy_opened", scene.ppt.user_id),
        ("privacy_opened", scene.arbeidsgruppe.user_id),
    }
    assert all(notice.urgent for notice in notices)
    words = " ".join(f"{n.title} {n.body} {n.url} {n.place}" for n in notices)
    assert SECRET not in words
    assert "Bare én elev" not in words
    assert scene.veileder.user.name not in words


def test_the_owner_is_told_where_there_is_no_contact(scene, referat):
    make_report(referat, scene.veileder)

    assert Notice.objects.get(kind="privacy_reported").recipient == scene.eier.user


def test_an_unjudged_report_warns_once_when_a_day_is_left(scene, referat):
    make_contact(scene)
    make_report(referat, scene.veileder)

    counts = [warn_of_deadlines(now=NOW + hours * HOUR) for hours in (47, 48, 49, 80)]

    assert counts == [0, 1, 0, 0]


def test_a_judged_report_does_not_warn(scene, referat):
    contact = make_contact(scene)
    judged(make_report(referat, scene.veileder), contact, recognisable=True)

    assert warn_of_deadlines(now=NOW + 50 * HOUR) == 0


# --- what was taken over ------------------------------------------------------------------------


def test_follow_up_points_and_what_carries_them_on_are_hidden_too(scene):
    version = send_referat(scene, agreed=[point(SECRET)])
    carried = FollowUp.objects.get()
    answer = {"follow_up": carried.pk, "outcome": "partly", "comment": ""}
    later = send_grunnlag(scene, make_grunnlag(scene), since_last=[answer])
    digest = later.sha256

    report = make_report(version, scene.veileder)

    carried.refresh_from_db()
    later.refresh_from_db()
    assert carried.text == "Teksten er skjult"
    assert later.content["since_last"][0]["text"] == "Teksten er skjult"

    judged(report, make_contact(scene), recognisable=False)

    carried.refresh_from_db()
    later.refresh_from_db()
    assert carried.text == SECRET
    assert content_hash(later.content) == digest
    assert HiddenText.objects.count() == 0


def test_a_cleaned_referat_cleans_its_follow_up_points_for_good(scene):
    version = send_referat(scene, agreed=[point(SECRET), point("Uendret")])

    cleaned(make_report(version, scene.veileder), scene.leder)

    assert list(FollowUp.objects.values_list("text", flat=True)) == [CLEAN, "Uendret"]
    assert HiddenText.objects.count() == 0
    assert SECRET not in str(version.paper.__class__.objects.values())


def test_the_saker_of_a_grunnlag_are_hidden_on_the_saksliste(scene):
    grunnlag = make_grunnlag(scene)
    row = {"sak": None, "title": SECRET, "type": "sak", "minutes": 10, "responsible": "leder"}
    row |= {"standing": "", "removed": False}
    saker = [row, *data_of(grunnlag)["saker"]]
    version = send_grunnlag(scene, grunnlag, saker=saker)
    assert Sak.objects.filter(title=SECRET).count() == 1

    make_report(version, scene.veileder)

    assert Sak.objects.filter(title=SECRET).count() == 0
    assert Sak.objects.filter(title="Teksten er skjult").count() == 1


def test_stored_pdf_files_are_deleted(scene, referat):
    for subject in (f"referatversion:{referat.pk}", "referatversion:0"):
        PdfFile.objects.create(
            key=subject, subject=subject, language="nb", title="Referat", asked_at=NOW
        )

    make_report(referat, scene.veileder)

    assert list(PdfFile.objects.values_list("subject", flat=True)) == ["referatversion:0"]


# --- the access log -----------------------------------------------------------------------------


def test_each_reader_and_way_is_one_row(scene, referat):
    opened(referat, scene.ppt)
    opened(referat, scene.ppt, now=AFTER)
    opened(referat, scene.ppt, way="pdf")

    rows = Opening.objects.of(f"referatversion:{referat.pk}").values_list("way", "times")
    assert list(rows) == [("portal", 2), ("pdf", 1)]


def test_a_hidden_text_is_not_opened(scene, referat):
    make_report(referat, scene.veileder)

    assert opened(referat, scene.ppt) is False
    assert Opening.objects.count() == 0
