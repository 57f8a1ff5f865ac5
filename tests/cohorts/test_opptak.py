"""What is done with an opptak: prepared, opened, ended, and the pulje started."""

from datetime import UTC, datetime

import pytest

from cohorts.actions.opptak import close_opptak, create_opptak, open_opptak, start_pulje
from cohorts.actions.opptak_embete import set_quota
from cohorts.actions.opptak_settings import change_opptak, set_dates
from cohorts.actions.pulje import close_pulje
from cohorts.rules.errors import NotPossible, NotReady, PuljeClosed
from cohorts.rules.letter_defaults import DEFAULT_LETTERS
from cohorts.rules.opptak import OpptakDates
from tests.factories.cohorts import make_pulje
from tests.factories.opptak import verbs
from tests.factories.people import NOW
from tests.factories.recruitment import make_embete, make_opptak
from tests.factories.register import StatsforvalterFactory

pytestmark = pytest.mark.django_db


# Preparing


def test_an_opptak_begins_with_what_the_programme_says(udir):
    StatsforvalterFactory()
    StatsforvalterFactory(code="hei")

    opptak = create_opptak(pulje=make_pulje(10, status="draft"), by=udir, now=NOW)

    assert opptak.opened_at is None
    assert opptak.applicants == ["kommune", "fylkeskommune", "frittstaaende_skole"]
    assert opptak.joint_allowed
    assert opptak.criteria.count() == 14
    first = opptak.criteria.get(position=1)
    assert (first.key, first.answers[0]) == ("organisering", "organisation")
    assert {each.outcome: each.texts for each in opptak.letter_templates.all()} == DEFAULT_LETTERS
    assert opptak.embeter.count() == 2
    assert verbs()[-1] == "create-opptak"


def test_a_pulje_has_one_opptak_and_none_once_it_runs(udir):
    pulje = make_pulje(10, status="draft")
    create_opptak(pulje=pulje, by=udir, now=NOW)

    with pytest.raises(NotPossible):
        create_opptak(pulje=pulje, by=udir, now=NOW)
    with pytest.raises(NotPossible):
        create_opptak(pulje=make_pulje(), by=udir, now=NOW)


# Opening, ending, starting


def test_opening_announces_it_and_the_pulje_recruits(prepared, udir):
    opened = open_opptak(opptak=prepared, by=udir, now=NOW)

    assert (opened.opened_at, opened.pulje.status) == (NOW, "recruiting")
    assert open_opptak(opptak=prepared, by=udir, now=NOW).opened_at == NOW
    assert verbs().count("open-opptak") == 1


@pytest.mark.parametrize(
    ("spoil", "section"),
    [
        (lambda opptak: opptak.pulje.dates.filter(key="svarfrist").delete(), "datoer"),
        (lambda opptak: type(opptak).objects.update(info_nn=""), "informasjon"),
        (lambda opptak: opptak.criteria.filter(applies_to="kommune").delete(), "kriterier"),
        (lambda opptak: opptak.letter_templates.update(intro_nn="{navn}"), "brev"),
    ],
)
def test_nothing_opens_before_everything_is_in_place(prepared, udir, spoil, section):
    spoil(prepared)

    with pytest.raises(NotReady) as refused:
        open_opptak(opptak=prepared, by=udir, now=NOW)

    assert refused.value.fields == [section]
    prepared.refresh_from_db()
    assert prepared.opened_at is None


def test_an_opptak_whose_deadline_has_passed_does_not_open(prepared, udir):
    with pytest.raises(NotReady):
        open_opptak(opptak=prepared, by=udir, now=datetime(2026, 11, 26, 9, 0, tzinfo=UTC))


def test_a_running_pulje_takes_no_new_opptak(prepared, udir):
    type(prepared.pulje).objects.update(status="running")

    with pytest.raises(NotPossible):
        open_opptak(opptak=prepared, by=udir, now=NOW)


def test_an_ended_opptak_can_be_read_but_not_changed(udir):
    opptak = make_opptak()
    ended = close_opptak(opptak=opptak, by=udir, now=NOW)

    assert ended.closed_at == NOW
    close_opptak(opptak=ended, by=udir, now=NOW)
    assert verbs().count("close-opptak") == 1
    with pytest.raises(NotPossible):
        change_opptak(opptak=ended, capacity=3, by=udir, now=NOW)
    with pytest.raises(NotPossible):
        set_quota(embete=make_embete(ended), quota=3, by=udir, now=NOW)


def test_one_that_is_not_open_cannot_end(prepared, udir):
    with pytest.raises(NotPossible):
        close_opptak(opptak=prepared, by=udir, now=NOW)


def test_a_recruiting_pulje_starts_and_starts_once(udir):
    pulje = make_opptak().pulje

    assert start_pulje(pulje=pulje, by=udir, now=NOW).status == "running"
    assert start_pulje(pulje=pulje, by=udir, now=NOW).demands_changed_at == NOW
    assert verbs().count("start-pulje") == 1


def test_a_pulje_in_preparation_does_not_start(prepared, udir):
    with pytest.raises(NotPossible):
        start_pulje(pulje=prepared.pulje, by=udir, now=NOW)


def test_a_closed_pulje_refuses_every_change(udir):
    opptak = make_opptak()
    pulje = close_pulje(pulje=opptak.pulje, by=udir, now=NOW)

    for change in (
        lambda: set_dates(opptak=opptak, dates=OpptakDates(), by=udir, now=NOW),
        lambda: start_pulje(pulje=pulje, by=udir, now=NOW),
        lambda: close_opptak(opptak=opptak, by=udir, now=NOW),
    ):
        with pytest.raises(PuljeClosed):
            change()
