"""Reminders of a recruitment: to the owner before the day, to embetet after, none when answered."""

from datetime import UTC, datetime, timedelta

import pytest

from actors.models import Notice
from cohorts.actions.answer import decline_offer
from meetings.actions.obligation import sync_recruitment_obligations
from meetings.actions.reminder import cancel_settled_reminders, scan
from tests.factories.people import acting_as, make_role
from tests.factories.recruitment import (
    decide,
    make_candidate,
    make_embete,
    make_list,
    make_opptak,
    make_soeknad,
)

pytestmark = pytest.mark.django_db

# The offer is to be answered by Friday 15 January.
DUE = datetime(2027, 1, 15, 7, 0, tzinfo=UTC)


@pytest.fixture
def opptak():
    return make_opptak()


@pytest.fixture
def soeknad(opptak):
    return make_soeknad(make_candidate(make_embete(opptak)), sent=True)


@pytest.fixture
def offer(soeknad):
    make_list([soeknad], sent=True)
    return decide(soeknad, "tilbud", released=True)


def run(opptak, days, start=-21) -> list[tuple]:
    """Let the engine run every day around the deadline, as the worker does."""
    for day in range(start, days + 1):
        now = DUE + timedelta(days=day)
        sync_recruitment_obligations(opptak=opptak, now=now)
        scan(now=now)
        scan(now=now + timedelta(minutes=5))
    rows = Notice.objects.filter(kind="svarfrist").order_by("pk")
    return [(row.recipient, row.occasion.split("@")[0]) for row in rows]


def test_an_offer_is_reminded_of_three_times_and_then_embetet_is_told(opptak, soeknad, offer):
    eier = make_role("eier", offer.owner)
    embete = make_role("statsforvalter", soeknad.candidate.embete.statsforvalter)
    make_role("eier")
    make_role("udir")

    sent = run(opptak, 10)

    assert sent == [
        (eier.user, "remind-7"),
        (eier.user, "remind-2"),
        (eier.user, "remind+0"),
        (embete.user, "to-statsforvalter+1"),
    ]
    first, *_, told = Notice.objects.filter(kind="svarfrist").order_by("pk")
    assert first.url == f"/brev/{offer.pk}/svar/?rolle={eier.pk}"
    assert first.title == "Svar på tilbudet om å delta i pulje 10"
    assert first.place == str(offer.owner)
    assert told.url == f"/kandidater/{soeknad.candidate_id}/?rolle={embete.pk}"
    assert f"Tilbudet til {offer.owner} om å delta i pulje 10 er ikke besvart." in told.body


def test_nothing_is_sent_after_the_answer_and_what_waits_is_stopped(opptak, offer):
    eier = make_role("eier", offer.owner)
    assert run(opptak, -7) == [(eier.user, "remind-7")]
    now = DUE - timedelta(days=7)
    decline_offer(decision=offer, reason="", by=acting_as(eier, now.date()), now=now)

    cancel_settled_reminders(now=now)

    assert Notice.objects.get(kind="svarfrist").status == "cancelled"
    assert len(run(opptak, 10, start=-6)) == 1


def test_a_nynorsk_reader_is_reminded_in_nynorsk(opptak, offer):
    eier = make_role("eier", offer.owner)
    eier.user.language = "nn"
    eier.user.save()

    run(opptak, -7)

    title = Notice.objects.get(kind="svarfrist").title
    assert title == "Svar på tilbodet om å delta i pulje 10"


def test_a_list_that_is_not_sent_is_told_to_udir_the_day_after(opptak, soeknad):
    embete = make_role("statsforvalter", soeknad.candidate.embete.statsforvalter)
    udir = make_role("udir")
    sync_recruitment_obligations(opptak=opptak, now=DUE)
    for day in range(19, 36):  # from 19 November to 5 December; the list is due on 3 December
        now = datetime(2026, 11, 1, 7, 0, tzinfo=UTC) + timedelta(days=day - 1)
        scan(now=now)

    sent = Notice.objects.filter(kind="prioritert_liste").order_by("pk")
    assert [(n.recipient, n.occasion.split("@")[0], n.url.split("?")[0]) for n in sent] == [
        (embete.user, "remind-14", "/opptak/10/prioritering/"),
        (embete.user, "remind-3", "/opptak/10/prioritering/"),
        (embete.user, "remind+0", "/opptak/10/prioritering/"),
        (udir.user, "to-udir+1", "/opptak/10/"),
    ]


def test_a_soeknad_that_is_begun_is_reminded_of(opptak):
    soeknad = make_soeknad(make_candidate(make_embete(opptak)))
    eier = make_role("eier", soeknad.candidate.owner)
    now = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # five days before, within the catch-up of −14
    sync_recruitment_obligations(opptak=opptak, now=now)

    scan(now=now + timedelta(days=3))

    (notice,) = Notice.objects.filter(kind="soeknadsfrist")
    assert (notice.recipient, notice.title) == (eier.user, "Send søknaden om å delta i pulje 10")
