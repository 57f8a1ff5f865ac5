"""Pauses: who sets them, what they hold back, and how they end."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from actors.actions.pause import lift_pause, start_pause
from actors.models import Event, NoticeCategory, Pause, PauseScope
from actors.queries.delivery import is_everything_paused, paused
from tests.factories.notices import make_notice
from tests.factories.people import NOW, acting_as, make_role
from tests.factories.register import OwnerFactory, SkoleFactory

pytestmark = pytest.mark.django_db

MONDAY = NOW + timedelta(days=3)


@pytest.fixture
def udir():
    return acting_as(make_role("udir"))


def pause(by, scope=PauseScope.REMINDERS, **values):
    defaults = {"reason": "Feil dato i mange møter.", "until": MONDAY, "now": NOW}
    return start_pause(scope=scope, by=by, **{**defaults, **values})


def test_a_pause_is_noted_with_who_and_why(udir):
    made = pause(udir)

    assert (made.set_by, made.reason, made.starts_at, made.until) == (
        udir,
        "Feil dato i mange møter.",
        NOW,
        MONDAY,
    )
    event = Event.objects.get(subject=f"pause:{made.pk}")
    assert (event.verb, event.data) == (
        "pause-started",
        {"scope": "reminders", "until": MONDAY.isoformat()},
    )


@pytest.mark.parametrize("kind", ["koordinator", "statsforvalter", "eier", "leder", "veileder"])
def test_only_udir_and_admin_set_and_lift_a_pause(udir, kind):
    made, other = pause(udir), acting_as(make_role(kind))

    with pytest.raises(PermissionDenied, match="Det er Udir som setter utsendingen på pause"):
        pause(other, PauseScope.EVERYTHING)
    with pytest.raises(PermissionDenied):
        lift_pause(pause=made, by=other, now=NOW)

    assert Pause.objects.on(NOW).get() == made


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"reason": "  "}, "Skriv hvorfor."),
        ({"until": NOW}, "Velg et tidspunkt som ikke har vært."),
        ({"scope": PauseScope.RULE}, "Velg en regel."),
        ({"scope": PauseScope.PLACE}, "Velg en kommune eller enhet."),
    ],
)
def test_half_a_pause_is_refused(udir, values, words):
    with pytest.raises(ValidationError) as refused:
        pause(udir, **values)

    assert refused.value.messages == [words]


def test_the_same_is_not_paused_twice(udir):
    pause(udir)
    pause(udir, PauseScope.RULE, rule=1, rule_title="Veiledningsgrunnlag")

    with pytest.raises(ValidationError, match="Dette er på pause allerede"):
        pause(udir)
    assert Pause.objects.count() == 2


def test_only_what_the_scope_asks_for_is_kept(udir):
    made = pause(udir, unit=SkoleFactory(), rule=1, rule_title="Referat")

    assert (made.unit, made.owner, made.rule, made.rule_title) == (None, None, None, "")


def test_each_scope_holds_its_own(udir):
    unit = SkoleFactory()
    of_rule = make_notice(rule=7)
    of_unit = make_notice(NoticeCategory.MESSAGE, unit=unit)
    of_owner = make_notice(owner=unit.owner)
    letter = make_notice(NoticeCategory.DECISION, owner=unit.owner)
    message = make_notice(NoticeCategory.MESSAGE)
    every = [of_rule, of_unit, of_owner, letter, message]

    def held_while(scope, **values):
        made = pause(udir, scope, **values)
        held = paused(every, NOW)
        lift_pause(pause=made, by=udir, now=NOW)
        return [notice for notice in every if held.get(notice.pk) == made]

    assert held_while(PauseScope.EVERYTHING) == every
    assert held_while(PauseScope.REMINDERS) == [of_rule, of_owner]
    assert held_while(PauseScope.RULE, rule=7) == [of_rule]
    assert held_while(PauseScope.PLACE, unit=unit) == [of_unit]
    assert held_while(PauseScope.PLACE, owner=unit.owner) == [of_unit, of_owner]
    assert held_while(PauseScope.PLACE, owner=OwnerFactory()) == []


def test_nothing_is_held_by_a_pause_that_has_ended(udir):
    notice, made = make_notice(), pause(udir)

    assert paused([notice], MONDAY - timedelta(seconds=1)) == {notice.pk: made}
    assert paused([notice], MONDAY) == {}


def test_a_pause_without_an_end_holds_until_somebody_starts_again(udir):
    made = pause(udir, PauseScope.EVERYTHING, until=None)
    later = NOW + timedelta(days=400)

    assert is_everything_paused(later) is True
    lift_pause(pause=made, by=udir, now=later)

    made.refresh_from_db()
    assert (made.lifted_at, made.lifted_by, is_everything_paused(later)) == (later, udir, False)
    with pytest.raises(ValidationError, match="Pausen er over allerede"):
        lift_pause(pause=made, by=udir, now=later)


def test_the_same_paused_by_two_at_once_is_lifted_together(udir):
    made = pause(udir)
    Pause.objects.create(scope="reminders", starts_at=NOW, reason="Det samme", set_by=udir)

    assert lift_pause(pause=made, by=udir, now=NOW) == 2
    assert Pause.objects.on(NOW).count() == 0


def test_nothing_paused_is_one_question(django_assert_num_queries):
    notice = make_notice()

    with django_assert_num_queries(1):
        assert paused([notice], NOW) == {}
