"""What the personvernkontakt decides about a report, and what comes of it."""

import pytest

from actors.models import Notice
from cohorts.rules.errors import NotPossible
from meetings.actions.privacy import close_report
from tests.factories.meetings import NOW
from tests.factories.papers import AFTER, SECRET
from tests.factories.people import acting_as
from tests.factories.privacy import cleaned, judged, make_contact, make_report, sees

pytestmark = pytest.mark.django_db


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
