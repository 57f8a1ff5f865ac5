"""Letters that leave at a time that was set, and those that leave too late."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from actors.models import Event
from cohorts.actions.letter import (
    approve_letters,
    release_due_letters,
    release_letters,
    release_letters_later,
    take_back_approval,
)
from cohorts.models import Decision
from cohorts.rules.errors import NationalIdFound, NotPossible
from tests.factories.letters import held, release, sent_soeknad, udir
from tests.factories.papers import NATIONAL_ID
from tests.factories.recruitment import NOW, TODAY, make_embete

pytestmark = pytest.mark.django_db


# Later


def test_letters_leave_at_their_time_and_once():
    first, second, decision = udir(), udir(), held()
    at = NOW + timedelta(hours=2)
    approve_letters(decisions=[decision], by=first, now=NOW)
    release_letters_later(
        decisions=[decision], approved_by=first, release_at=at, by=second, now=NOW
    )
    assert release_due_letters(now=at - timedelta(minutes=1)) == 0
    assert release_due_letters(now=at) == 1
    assert release_due_letters(now=at) == 0
    decision.refresh_from_db()
    assert (decision.released_at, decision.released_by) == (at, second)


def test_a_time_that_has_been_is_refused():
    first, decision = udir(), held()
    approve_letters(decisions=[decision], by=first, now=NOW)
    with pytest.raises(NotPossible):
        release_letters_later(
            decisions=[decision], approved_by=first, release_at=NOW, by=udir(), now=NOW
        )


def test_a_letter_that_can_no_longer_leave_waits_and_does_not_stop_the_others():
    first, second = udir(), udir()
    embete = make_embete()
    stuck = held(soeknad=sent_soeknad(embete), answer_due=TODAY)
    other = held(soeknad=sent_soeknad(embete))
    at = NOW + timedelta(hours=1)
    approve_letters(decisions=[stuck, other], by=first, now=NOW)
    release_letters_later(
        decisions=[stuck, other], approved_by=first, release_at=at, by=second, now=NOW
    )
    assert release_due_letters(now=at + timedelta(days=1)) == 1
    stuck.refresh_from_db()
    assert (stuck.released_at, stuck.approved_by, stuck.release_at) == (None, None, None)


# After the day Udir was to decide


LATE = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)


def test_letters_after_the_day_to_decide_need_one_reason_and_are_marked():
    embete, first, second = make_embete(), udir(), udir()
    decisions = [held(soeknad=sent_soeknad(embete)), held(soeknad=sent_soeknad(embete))]
    chosen = {"decisions": decisions, "approved_by": first, "by": second, "now": LATE}
    approve_letters(decisions=decisions, by=first, now=LATE)
    with pytest.raises(ValidationError) as refused:
        release_letters(**chosen, late_reason=" ")
    assert list(refused.value.message_dict) == ["late_reason"]
    with pytest.raises(NationalIdFound):
        release_letters(**chosen, late_reason=f"Ventet på {NATIONAL_ID}.")
    assert len(release_letters(**chosen, late_reason="To lister kom sent.")) == 2
    assert set(Decision.objects.values_list("late", "late_reason")) == {
        (True, "To lister kom sent.")
    }
    assert Event.objects.filter(verb="release-letter", data__late=True).count() == 2


def test_a_reason_goes_along_with_letters_that_leave_later_and_falls_when_they_are_stopped():
    embete, first, second = make_embete(), udir(), udir()
    decision = held(soeknad=sent_soeknad(embete))
    at = LATE + timedelta(hours=1)
    chosen = {"decisions": [decision], "approved_by": first, "release_at": at, "now": NOW}
    approve_letters(decisions=[decision], by=first, now=NOW)
    with pytest.raises(ValidationError):
        release_letters_later(**chosen, by=second)
    release_letters_later(**chosen, by=second, late_reason="Styret møtes da.")
    assert release_due_letters(now=at) == 1
    decision.refresh_from_db()
    assert (decision.late, decision.late_reason) == (True, "Styret møtes da.")

    other = held(soeknad=sent_soeknad(embete))
    approve_letters(decisions=[other], by=first, now=NOW)
    release_letters_later(**chosen | {"decisions": [other]}, by=second, late_reason="Styret.")
    take_back_approval(decisions=[other], by=second, now=NOW)
    other.refresh_from_db()
    assert other.late_reason == ""


def test_a_place_that_goes_to_the_next_on_the_reserve_list_is_not_late():
    former = held("reserve")
    Decision.objects.filter(pk=former.pk).update(is_current=False)
    decision = held(soeknad=former.soeknad, replaces=former)
    release([decision], now=LATE)
    decision.refresh_from_db()
    assert (decision.late, decision.late_reason) == (False, "")
