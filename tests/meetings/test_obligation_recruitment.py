"""What is owed in a recruitment: a søknad begun, a list, an offer; met, moved and void."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cohorts.models import Answer
from meetings.actions.obligation import sync_recruitment_obligations
from meetings.models import Obligation
from meetings.tasks import sync_obligations
from tests.factories.people import acting_as, make_role
from tests.factories.recruitment import (
    DATES,
    NOW,
    decide,
    make_candidate,
    make_embete,
    make_list,
    make_opptak,
    make_soeknad,
    send,
    send_list,
)
from tests.factories.register import StatsforvalterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def opptak():
    return make_opptak()


def owed(opptak, now=NOW) -> list[tuple]:
    sync_recruitment_obligations(opptak=opptak, now=now)
    rows = Obligation.objects.open().filter(pulje=opptak.pulje).order_by("pk")
    return [(row.rule.key, row.office, row.due, str(row.concerns)) for row in rows]


def test_a_soeknad_is_owed_from_when_it_is_begun_until_it_is_sent(opptak):
    candidate = make_candidate(make_embete(opptak))
    assert owed(opptak) == []

    soeknad = make_soeknad(candidate)
    due = DATES["soeknadsfrist"]
    assert owed(opptak) == [("soeknadsfrist", "eier", due, str(candidate.owner))]

    send(soeknad)
    # Now the embete owes its list.
    embete = str(candidate.embete.statsforvalter)
    listed = [("prioritert_liste", "statsforvalter", DATES["prioritert_liste"], embete)]
    assert owed(opptak) == listed


def test_the_embete_may_have_a_deadline_of_its_own_and_move_it(opptak):
    embete = make_embete(opptak, internal_deadline=date(2026, 11, 23))
    make_soeknad(make_candidate(embete))
    assert [row[2] for row in owed(opptak)] == [date(2026, 11, 23)]

    embete.internal_deadline = date(2026, 11, 24)
    embete.save()
    assert [row[2] for row in owed(opptak)] == [date(2026, 11, 24)]


def test_a_withdrawn_soeknad_is_no_longer_owed(opptak):
    soeknad = make_soeknad(make_candidate(make_embete(opptak)))
    owed(opptak)
    soeknad.status = "withdrawn"
    soeknad.save()

    assert owed(opptak) == []
    assert Obligation.objects.get().void_reason == "no_longer_applies"


def test_only_embeter_with_a_sent_soeknad_owe_a_list_and_a_reopened_one_is_owed_again(opptak):
    make_candidate(make_embete(opptak, StatsforvalterFactory(code="uten")))
    soeknad = make_soeknad(make_candidate(make_embete(opptak)), sent=True)
    assert [row[0] for row in owed(opptak)] == ["prioritert_liste"]

    listed = make_list([soeknad], sent=True)
    assert owed(opptak) == []

    listed.reopened_at = NOW
    listed.save()
    assert [row[0] for row in owed(opptak)] == ["prioritert_liste"]

    send_list(listed)
    assert owed(opptak) == []


def offer(opptak, **values):
    soeknad = make_soeknad(make_candidate(make_embete(opptak)), sent=True)
    make_list([soeknad], sent=True)
    return decide(soeknad, "tilbud", **values)


def answer(decision) -> Answer:
    by = make_role("eier", decision.owner).user
    return Answer.objects.create(
        decision=decision, accepted=False, answered_at=NOW, answered_by=by, answered_as="Eier"
    )


def test_an_offer_is_owed_when_it_is_released_until_it_is_answered(opptak):
    decision = offer(opptak)
    assert owed(opptak) == []

    decision.released_at = NOW
    decision.save()
    assert owed(opptak) == [("svarfrist", "eier", DATES["svarfrist"], str(decision.owner))]

    answer(decision)
    assert owed(opptak) == []
    assert Obligation.objects.get(decision=decision).met_at == NOW


def test_a_lapsed_offer_falls_away(opptak):
    decision = offer(opptak, released=True)
    owed(opptak)
    decision.lapsed_at = NOW
    decision.save()

    assert owed(opptak) == []


def test_an_opptak_that_ends_voids_what_is_left(opptak):
    make_soeknad(make_candidate(make_embete(opptak)))
    owed(opptak)
    opptak.closed_at = NOW
    opptak.save()

    assert owed(opptak) == []


def test_twice_changes_nothing_and_asks_as_much_for_many(opptak, django_assert_num_queries):
    embete = make_embete(opptak)
    make_soeknad(make_candidate(embete))
    owed(opptak)
    before = list(Obligation.objects.values())
    later = NOW + timedelta(minutes=10)
    with django_assert_num_queries(QUERIES):
        sync_recruitment_obligations(opptak=opptak, now=later)
    assert list(Obligation.objects.values()) == before

    for _ in range(3):
        make_soeknad(make_candidate(embete))
    sync_recruitment_obligations(opptak=opptak, now=NOW)
    with django_assert_num_queries(QUERIES):
        sync_recruitment_obligations(opptak=opptak, now=later)


QUERIES = 9  # two of them are the savepoint


def test_the_task_looks_at_what_is_announced(opptak, time_machine):
    time_machine.move_to(NOW, tick=False)
    make_soeknad(make_candidate(make_embete(opptak)))

    sync_obligations()

    assert Obligation.objects.get().soeknad_id is not None


def test_a_duty_is_about_one_thing(opptak):
    decision = offer(opptak, released=True)
    owed(opptak)
    for field in ("soeknad", "embete"):
        value = decision.soeknad if field == "soeknad" else decision.soeknad.candidate.embete
        with pytest.raises(IntegrityError), transaction.atomic():
            Obligation.objects.filter(decision=decision).update(**{field: value})


def test_each_office_owes_its_own_and_sees_nobody_elses(opptak):
    decision = offer(opptak, released=True)
    embete = decision.soeknad.candidate.embete
    make_soeknad(make_candidate(embete), sent=True)
    embete.priority_list.reopened_at = NOW
    embete.priority_list.save()
    owed(opptak)
    roles = {
        "eier": make_role("eier", decision.owner),
        "annen eier": make_role("eier"),
        "embete": make_role("statsforvalter", embete.statsforvalter),
        "annet embete": make_role("statsforvalter", StatsforvalterFactory(code="annet")),
        "udir": make_role("udir"),
        "leder": make_role("leder"),
    }

    def keys(rows):
        return [row.rule.key for row in rows.open().select_related("rule").order_by("pk")]

    mine = {k: keys(Obligation.objects.owed_by_office(acting_as(r))) for k, r in roles.items()}
    seen = {k: keys(Obligation.objects.visible_to(acting_as(r))) for k, r in roles.items()}
    nothing: dict[str, list] = {key: [] for key in roles}
    assert mine == nothing | {"eier": ["svarfrist"], "embete": ["prioritert_liste"]}
    assert seen == mine


def test_pages_for_the_one_who_owes_and_for_those_who_are_told(opptak):
    decision = offer(opptak, released=True)
    soeknad = make_soeknad(make_candidate(decision.soeknad.candidate.embete), sent=False)
    owed(opptak)

    answering = Obligation.objects.get(decision=decision)
    writing = Obligation.objects.get(soeknad=soeknad)
    listing = Obligation.objects.get(embete__isnull=False)
    assert answering.page_for("eier") == f"/brev/{decision.pk}/svar/"
    assert answering.page_for("statsforvalter") == f"/kandidater/{decision.soeknad.candidate_id}/"
    assert writing.page_for("eier") == f"/soeknader/{soeknad.pk}/"
    assert listing.page_for("statsforvalter") == "/opptak/10/prioritering/"
    assert listing.page_for("udir") == "/opptak/10/"


def test_what_is_settled_since_the_last_sync_is_not_asked_for(opptak):
    decision = offer(opptak, released=True)
    owed(opptak)
    waiting = Obligation.objects.open().unsettled()
    assert [row.decision for row in waiting] == [decision]

    answer(decision)
    assert list(waiting.all()) == []
