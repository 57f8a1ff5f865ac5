"""A unit's own part: what the link opens, saving, delivering, saying no."""

from datetime import date, timedelta

import pytest

from actors.models import Event, Notice
from cohorts.actions.unit_part import data_of, decline_part, deliver_part, save_part, state_of_link
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady, StaleEdit
from cohorts.rules.soeknad_units import LinkState, link_state, missing_in_part
from tests.factories.people import make_role
from tests.factories.recruitment import NOW, add_soeknad_unit, make_soeknad

pytestmark = pytest.mark.django_db
FNR = "15076500565"
DEADLINE = date(2026, 11, 25)
WHOLE = {
    "children": 214,
    "staff": 31,
    "grades": "1.–7. trinn",
    "sfo": "yes",
    "maalform": "nn",
    "why": "Vi vil øve sammen.",
    "needs": "Tid.",
    "ongoing": "",
    "staff_agreed": "meeting",
    "staff_meeting_on": date(2026, 11, 23),
}


@pytest.fixture
def row():
    values = {"part": "not_started", "why": "", "needs": "", "staff_agreed": "", "children": None}
    return add_soeknad_unit(make_soeknad(units=0), **values, delivered_at=None, staff=None)


def write(row, **changes):
    return {"row": row, "edit_version": row.edit_version, "by": None, "now": NOW} | changes


@pytest.mark.parametrize(
    ("withdrawn", "written", "today", "state"),
    [
        (False, True, date(2026, 11, 20), LinkState.WRITE),
        (False, True, date(2026, 12, 9), LinkState.WRITE),
        (False, True, date(2026, 12, 10), LinkState.CLOSED),
        (False, False, date(2026, 11, 20), LinkState.READ),
        (False, False, date(2026, 12, 10), LinkState.CLOSED),
        (True, True, date(2026, 11, 20), LinkState.CLOSED),
    ],
)
def test_what_the_link_opens(withdrawn, written, today, state):
    found = link_state(withdrawn=withdrawn, being_written=written, today=today, deadline=DEADLINE)
    assert found == state


def test_without_a_deadline_the_link_does_not_run_out():
    found = link_state(withdrawn=False, being_written=True, today=date(2030, 1, 1), deadline=None)
    assert found == LinkState.WRITE


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, []),
        ({"why": "  "}, ["why"]),
        ({"needs": "", "children": None}, ["needs", "children"]),
        ({"children": 0}, []),
        ({"staff_agreed": ""}, ["staff_agreed"]),
        ({"staff_meeting_on": None}, ["staff_meeting_on"]),
        ({"staff_agreed": "yes", "staff_meeting_on": None}, []),
    ],
)
def test_what_a_part_must_hold(changes, missing):
    assert missing_in_part(WHOLE | changes) == missing


def test_a_draft_is_saved_and_becomes_a_draft(row):
    saved, refused = save_part(**write(row, data={"why": "Vi vil.", "needs": ""}))
    row.refresh_from_db()
    assert (row.part, row.why, row.saved_at, refused) == ("draft", "Vi vil.", NOW, [])
    assert (saved.edit_version, row.edit_version) == (2, 2)
    assert Event.objects.get(verb="save-unit-part").by is None


def test_a_national_id_is_never_stored_and_the_rest_is(row):
    data = {"why": f"Barnet {FNR} er", "needs": "Tid."}
    _row, refused = save_part(**write(row, data=data))
    row.refresh_from_db()
    assert (refused, row.why, row.needs) == (["why"], "", "Tid.")
    with pytest.raises(NationalIdFound):
        deliver_part(**write(row, data=WHOLE | {"ongoing": FNR}))


def test_two_with_the_same_link_lose_nothing(row):
    save_part(**write(row, data={"why": "Den ene."}))
    with pytest.raises(StaleEdit) as stale:
        save_part(**write(row, data={"why": "Den andre."}))
    assert stale.value.current.why == "Den ene."
    row.refresh_from_db()
    assert row.why == "Den ene."
    assert save_part(**write(row, edit_version=1, data={"why": "Den ene."}))[0].edit_version == 2


def test_a_part_is_delivered_once_and_can_be_corrected(row):
    delivered = deliver_part(**write(row, data=WHOLE))
    again = deliver_part(**write(row, data=WHOLE))
    assert (delivered.part, again.edit_version) == ("delivered", delivered.edit_version)
    assert data_of(delivered) == WHOLE
    later = NOW + timedelta(hours=1)
    corrected = deliver_part(**write(delivered, data=WHOLE | {"needs": "Råd."}, now=later))
    assert (corrected.needs, corrected.delivered_at) == ("Råd.", later)
    with pytest.raises(NotPossible, match="Lever på nytt"):
        save_part(**write(corrected, data={"why": "Halvskrevet"}))


def test_an_unfinished_part_is_not_delivered(row):
    with pytest.raises(NotReady) as refused:
        deliver_part(**write(row, data=WHOLE | {"why": ""}))
    assert refused.value.fields == ["why"]
    row.refresh_from_db()
    assert row.part == "not_started"


def test_a_no_tells_the_owner_once_and_a_delivery_takes_it_back(row):
    eier = make_role("eier", row.soeknad.candidate.owner)
    with pytest.raises(NotReady):
        decline_part(row=row, reason=" ", by=None, now=NOW)
    declined = decline_part(row=row, reason="Vi har nok.", by=None, now=NOW)
    decline_part(row=declined, reason="Vi har nok.", by=None, now=NOW)
    assert (declined.part, declined.declined_reason) == ("declined", "Vi har nok.")
    notice = Notice.objects.get(recipient=eier.user)
    assert notice.owner == row.soeknad.candidate.owner
    assert "Vi har nok" not in notice.body
    assert list(row.soeknad.units.taking_part()) == []
    delivered = deliver_part(**write(declined, data=WHOLE))
    assert (delivered.part, delivered.declined_reason) == ("delivered", "")


@pytest.mark.parametrize("status", ["sent", "withdrawn"])
def test_nothing_is_written_once_the_soeknad_is_sent_or_withdrawn(row, status):
    row.soeknad.status = status
    row.soeknad.save()
    for act in (
        lambda: save_part(**write(row, data={"why": "x"})),
        lambda: deliver_part(**write(row, data=WHOLE)),
        lambda: decline_part(row=row, reason="Nei", by=None, now=NOW),
    ):
        with pytest.raises(NotPossible):
            act()


def test_a_reopened_soeknad_opens_the_link_again(row):
    row.soeknad.status, row.soeknad.reopened_at = "sent", NOW
    row.soeknad.save()
    assert state_of_link(row, NOW) == LinkState.WRITE
    assert save_part(**write(row, data={"why": "Nytt"}))[0].why == "Nytt"


def test_the_old_link_writes_nothing(row):
    held = type(row).objects.get(pk=row.pk)
    type(row).objects.filter(pk=row.pk).update(token="new-link")
    with pytest.raises(NotPossible):
        save_part(**write(held, data={"why": "x"}))
