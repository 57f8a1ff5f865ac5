"""The author cleans a text that was reported: one edition, and nothing keeps the old words."""

from datetime import timedelta

import pytest
from django.apps import apps

from actors.models import Event
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady
from lmp.lib.hashing import content_hash
from meetings.actions.privacy_clean import clean_text, remove_text
from meetings.models import FollowUp, PrivacyReport, ReferatVersion
from tests.factories.meetings import NOW
from tests.factories.papers import (
    AFTER,
    NATIONAL_ID,
    SECRET,
    make_referat,
    point,
    send_grunnlag,
    send_referat,
)
from tests.factories.people import acting_as
from tests.factories.privacy import CLEAN, cleaned, make_report, sees

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def three(scene):
    """Three versions of a referat."""
    paper = make_referat(scene)
    return [
        send_referat(scene, paper, next_theme=f"Tema {n}", now=NOW + n * HOUR) for n in (1, 2, 3)
    ]


# --- version 2 of 3 -----------------------------------------------------------------------------


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
