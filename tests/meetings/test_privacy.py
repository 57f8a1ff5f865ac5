"""«Meld personopplysning»: hidden at once, cleaned by the author, judged by the contact (8.24)."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.apps import apps
from django.db import connection

from actors.models import Event, Notice, Opening
from cohorts.models import PdfFile
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady
from lmp.lib.hashing import content_hash
from meetings.actions.grunnlag import data_of
from meetings.actions.privacy import assess_report, close_report, warn_of_deadlines
from meetings.actions.privacy_clean import clean_text, remove_text
from meetings.models import (
    FollowUp,
    HiddenText,
    PrivacyReport,
    ReferatVersion,
    Sak,
)
from meetings.rules.privacy import text_fields
from tests.factories.meetings import NOW, make_scene
from tests.factories.papers import (
    AFTER,
    NATIONAL_ID,
    SECRET,
    make_grunnlag,
    make_referat,
    point,
    send_grunnlag,
    send_referat,
)
from tests.factories.people import acting_as
from tests.factories.privacy import make_contact, make_report, opened

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
CLEAN = "Vi så etter overganger."


@pytest.fixture
def scene():
    return make_scene()


@pytest.fixture
def referat(scene):
    """A sent referat with a text in every sak that must not leak."""
    return send_referat(scene)


def sees(text, role):
    return type(text).objects.visible_to(acting_as(role)).filter(pk=text.pk).exists()


def cleaned(report, by, *, now=AFTER, words=CLEAN, **values):
    """The author writes `words` over every text that holds the secret."""
    text = report.text
    texts = {field.path: words for field in text_fields(text.content) if SECRET in field.text}
    values = {"texts": texts, "confirmed": True, **values}
    return clean_text(report=report, by=acting_as(by), now=now, **values)


def judged(report, contact, *, recognisable, authority=False, now=AFTER):
    return assess_report(
        report=report,
        recognisable=recognisable,
        authority_told=authority,
        reason="Vurdert",
        by=acting_as(contact),
        now=now,
    )


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


# --- version 2 of 3 -----------------------------------------------------------------------------


@pytest.fixture
def three(scene):
    """Three versions of a referat."""
    paper = make_referat(scene)
    return [
        send_referat(scene, paper, next_theme=f"Tema {n}", now=NOW + n * HOUR) for n in (1, 2, 3)
    ]


def test_of_three_versions_the_others_stay_as_they_are(scene, three):
    make_report(three[1], scene.veileder)

    assert [sees(version, scene.veileder) for version in three] == [True, False, True]
    assert FollowUp.objects.get().text == point()["text"]
    shown = three[0].paper.versions.shown_to(acting_as(scene.veileder))
    assert [version.number for version in shown] == [3, 1]


def test_a_cleaned_edition_of_an_older_version_does_not_become_the_newest(scene, three):
    report = make_report(three[1], scene.veileder)

    edition = cleaned(report, scene.leder)

    assert (edition.number, edition.cleans) == (4, 2)
    versions = three[0].paper.versions.all()
    assert [version.number for version in versions] == [3, 4, 2, 1]
    after = send_referat(scene, three[0].paper, next_theme="Tema 5", now=AFTER)
    assert after.number == 5
    assert three[0].paper.versions.first() == after


def test_an_older_version_can_be_removed_without_an_edition(scene, three):
    report = make_report(three[1], scene.veileder)

    remove_text(report=report, by=acting_as(scene.leder), now=AFTER)

    three[1].refresh_from_db()
    assert (three[1].content, three[1].removed_at) == ({}, AFTER)
    assert ReferatVersion.objects.count() == 3


def test_the_newest_version_is_not_removed_without_an_edition(scene, three):
    report = make_report(three[2], scene.veileder)

    with pytest.raises(NotPossible):
        remove_text(report=report, by=acting_as(scene.leder), now=AFTER)


# --- the cleaned edition ------------------------------------------------------------------------


def test_the_cleaned_edition_is_read_by_all_and_the_old_one_is_gone(scene, referat):
    digest, receipt = referat.sha256, referat.receipt
    report = make_report(referat, scene.veileder)

    edition = cleaned(report, scene.leder)

    referat.refresh_from_db()
    assert (referat.content, referat.sha256, referat.receipt) == ({}, digest, receipt)
    assert (edition.number, edition.cleans, edition.receipt[-2:]) == (2, 1, "-2")
    assert edition.sha256 == content_hash(edition.content)
    assert SECRET not in str(edition.content)
    assert sees(edition, scene.veileder)
    assert not sees(referat, scene.leder)


def test_nothing_in_the_database_keeps_the_text(scene, referat):
    report = make_report(referat, scene.veileder)

    cleaned(report, scene.leder)

    found = [
        model._meta.label
        for model in apps.get_models()
        if SECRET in str(list(model._default_manager.values()))
    ]
    assert found == []


def test_who_removed_it_is_recorded_and_not_what_stood_there(scene, referat):
    cleaned(make_report(referat, scene.veileder), scene.leder)

    event = Event.objects.get(verb="remove_text")
    assert event.by == scene.leder.user
    assert event.subject == f"referatversion:{referat.pk}"
    assert event.data == {"number": 1, "edition": 2, "place": "Granli skole"} | {
        "place": str(scene.skole)
    }


def test_cleaning_twice_gives_the_edition_that_is_there(scene, referat):
    report = make_report(referat, scene.veileder)

    first = cleaned(report, scene.leder)
    again = clean_text(
        report=PrivacyReport.objects.get(),
        texts={},
        confirmed=True,
        by=acting_as(scene.leder),
        now=AFTER,
    )

    assert first == again
    assert ReferatVersion.objects.count() == 2


def test_an_unchanged_or_unconfirmed_text_is_not_sent(scene, referat):
    report = make_report(referat, scene.veileder)

    with pytest.raises(NotReady) as refusal:
        cleaned(report, scene.leder, texts={}, confirmed=False)

    assert refusal.value.fields == ["texts", "confirmed"]


def test_a_national_id_is_refused_in_the_cleaned_text_too(scene, referat):
    report = make_report(referat, scene.veileder)

    with pytest.raises(NationalIdFound):
        cleaned(report, scene.leder, words=f"Se {NATIONAL_ID}")


def test_the_draft_goes_on_from_the_cleaned_text(scene):
    version = send_grunnlag(scene)
    report = make_report(version, scene.veileder)
    before = version.paper.edit_version

    cleaned(report, scene.leder)

    version.paper.refresh_from_db()
    assert version.paper.story == CLEAN
    assert version.paper.edit_version > before


def test_a_locked_referat_is_cleaned_too_and_stays_locked(scene, referat):
    type(referat.paper).objects.update(status="locked")

    cleaned(make_report(referat, scene.veileder), scene.leder)

    referat.paper.refresh_from_db()
    assert referat.paper.status == "locked"


# --- what the contact decides -------------------------------------------------------------------


def test_a_mistaken_report_makes_the_text_visible_again(scene, referat):
    contact = make_contact(scene)
    report = make_report(referat, scene.veileder)

    done = judged(report, contact, recognisable=False)

    referat.refresh_from_db()
    assert (referat.hidden_at, done.status, done.authority_told) == (None, "closed", False)
    assert sees(referat, scene.veileder)
    assert Notice.objects.get(kind="privacy_visible").recipient == scene.leder.user


def outcome_of(report):
    """The titles of what the one who reported it is told afterwards."""
    told = Notice.objects.filter(kind="privacy_outcome", recipient=report.reported_by)
    return list(told.values_list("title", flat=True))


def test_who_reported_it_is_told_once_that_it_is_cleaned(scene, referat):
    report = make_report(referat, scene.veileder)
    assert outcome_of(report) == []

    cleaned(report, scene.leder)
    judged(report, make_contact(scene), recognisable=True)

    assert outcome_of(report) == ["Teksten du meldte, er renset"]
    assert SECRET not in " ".join(Notice.objects.values_list("body", flat=True))


def test_who_reported_it_is_told_that_nobody_can_be_recognised(scene, referat):
    contact = make_contact(scene)
    first, second = (make_report(referat, role) for role in (scene.veileder, scene.ppt))

    judged(first, contact, recognisable=False)

    assert outcome_of(first) == ["Meldingen din om personopplysning er vurdert"]
    assert outcome_of(second) == []


def test_who_judges_or_cleans_the_own_report_is_not_told(scene, referat):
    report = make_report(referat, scene.leder)
    cleaned(report, scene.leder)

    assert outcome_of(report) == []


def test_the_text_stays_hidden_while_another_report_is_open(scene, referat):
    contact = make_contact(scene)
    first, second = (make_report(referat, role) for role in (scene.veileder, scene.ppt))

    judged(first, contact, recognisable=False)
    referat.refresh_from_db()
    assert referat.hidden_at == NOW

    judged(second, contact, recognisable=False)
    referat.refresh_from_db()
    assert referat.hidden_at is None


def test_judged_then_cleaned_then_closed(scene, referat):
    contact = make_contact(scene)
    report = make_report(referat, scene.veileder)

    judged(report, contact, recognisable=True, authority=True)
    with pytest.raises(NotPossible):
        close_report(report=report, by=acting_as(contact), now=AFTER)
    cleaned(report, scene.leder)
    done = close_report(report=report, by=acting_as(contact), now=AFTER)

    assert (done.status, done.authority_told, done.cleaned_by) == (
        "closed",
        True,
        scene.leder.user,
    )


def test_cleaned_then_judged_is_closed(scene, referat):
    report = make_report(referat, scene.veileder)
    cleaned(report, scene.leder)

    assert judged(report, make_contact(scene), recognisable=True).status == "closed"
    with pytest.raises(NotPossible):
        judged(report, make_contact(scene), recognisable=False)


def test_a_text_that_is_visible_again_is_not_cleaned(scene, referat):
    report = make_report(referat, scene.veileder)
    judged(report, make_contact(scene), recognisable=False)

    with pytest.raises(NotPossible):
        cleaned(report, scene.leder)


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


# --- the same second ----------------------------------------------------------------------------


def together(*actions):
    """Run the actions at the same moment, each in a thread of its own; what each gave."""
    start, found = Barrier(len(actions)), {}

    def run(number, action):
        start.wait()
        try:
            found[number] = action()
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found.get(number) for number in range(len(actions))]


on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets in one writer at a time"
)


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_readers_in_the_same_second_share_the_clock():
    scene = make_scene()
    referat = send_referat(scene, agreed=[point(SECRET)])

    first, second = together(
        lambda: make_report(referat, scene.veileder),
        lambda: make_report(referat, scene.ppt, now=NOW + HOUR),
    )

    assert first.due_at == second.due_at
    assert first.number != second.number
    texts = HiddenText.objects.order_by("pk").values_list("text", flat=True)
    assert list(texts) == [SECRET, "Teamene observerer"]


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_double_press_reports_once():
    scene = make_scene()
    referat = send_referat(scene)

    together(*[lambda: make_report(referat, scene.veileder)] * 2)

    assert PrivacyReport.objects.count() == 1


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_cleaning_twice_in_the_same_second_makes_one_edition():
    scene = make_scene()
    report = make_report(send_referat(scene), scene.veileder)

    first, second = together(*[lambda: cleaned(report, scene.leder)] * 2)

    assert first == second
    assert ReferatVersion.objects.count() == 2
