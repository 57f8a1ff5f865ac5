"""What is done with an opptak: prepared, opened, changed, ended, and the pulje started."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from actors.models import Event, Notice
from cohorts.actions.opptak import close_opptak, create_opptak, open_opptak, start_pulje
from cohorts.actions.opptak_criteria import (
    add_criterion,
    change_criterion,
    change_letter_template,
    remove_criterion,
)
from cohorts.actions.opptak_embete import set_internal_deadline, set_places, set_quota
from cohorts.actions.opptak_settings import change_opptak, set_dates
from cohorts.actions.pulje import close_pulje
from cohorts.queries.opptak import opptak_dates
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady, PuljeClosed
from cohorts.rules.letter_defaults import DEFAULT_LETTERS
from cohorts.rules.opptak import OpptakDates
from tests.factories.cohorts import make_pulje
from tests.factories.people import acting_as, make_role
from tests.factories.recruitment import (
    DATES,
    assess,
    make_candidate,
    make_embete,
    make_list,
    make_opptak,
    make_soeknad,
)
from tests.factories.register import PrivateOwnerFactory, StatsforvalterFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
FOUR = OpptakDates(**DATES)


@pytest.fixture
def udir():
    return acting_as(make_role("udir"))


@pytest.fixture
def prepared(udir):
    """An opptak that may be opened."""
    StatsforvalterFactory()
    opptak = create_opptak(pulje=make_pulje(10, status="draft"), by=udir, now=NOW)
    change_opptak(opptak=opptak, info_bm="Om opptaket", info_nn="Om opptaket", by=udir, now=NOW)
    set_dates(opptak=opptak, dates=FOUR, by=udir, now=NOW)
    return opptak


def verbs():
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


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


# Changing


def test_the_same_values_again_record_nothing(prepared, udir):
    before = verbs()

    change_opptak(opptak=prepared, info_bm="Om opptaket", by=udir, now=NOW)
    set_dates(opptak=prepared, dates=FOUR, by=udir, now=NOW)

    assert verbs() == before


def test_an_event_never_holds_the_text(prepared, udir):
    change_opptak(opptak=prepared, info_bm="Helt ny tekst", by=udir, now=NOW)

    assert Event.objects.latest("pk").data == {"changed": ["info_bm"]}


def test_a_national_id_is_refused_in_every_text(prepared, udir):
    text = "Ring 01010750160"
    with pytest.raises(NationalIdFound):
        change_opptak(opptak=prepared, info_bm=text, by=udir, now=NOW)
    criterion = prepared.criteria.first()
    with pytest.raises(NationalIdFound):
        change_criterion(criterion=criterion, text_nn=text, by=udir, now=NOW)
    template = prepared.letter_templates.first()
    with pytest.raises(NationalIdFound):
        change_letter_template(template=template, closing_bm=text, by=udir, now=NOW)


def test_those_who_have_begun_to_apply_cannot_be_shut_out(udir):
    soeknad = make_soeknad(make_candidate(owner=PrivateOwnerFactory()))
    opptak = soeknad.candidate.embete.opptak

    with pytest.raises(ValidationError) as refused:
        change_opptak(opptak=opptak, applicants=["kommune"], by=udir, now=NOW)

    assert refused.value.message_dict == {"applicants": ["Noen av dem har begynt på en søknad."]}


def test_dates_on_a_holiday_are_refused_and_nothing_is_changed(prepared, udir):
    wrong = replace(FOUR, svarfrist=date(2027, 5, 17))

    with pytest.raises(ValidationError) as refused:
        set_dates(opptak=prepared, dates=wrong, by=udir, now=NOW)

    text = "Mandag 17. mai er en helligdag. Velg for eksempel tirsdag 18. mai."
    assert refused.value.message_dict == {"svarfrist": [text]}
    assert opptak_dates(prepared) == FOUR


def test_changed_dates_are_recorded_and_what_counts_from_them_is_computed_anew(udir):
    opptak = make_opptak()
    later = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)

    set_dates(opptak=opptak, dates=replace(FOUR, svarfrist=date(2027, 1, 18)), by=udir, now=later)

    event = Event.objects.latest("pk")
    assert event.data["before"]["svarfrist"] == "2027-01-15"
    assert event.data["after"]["svarfrist"] == "2027-01-18"
    opptak.pulje.refresh_from_db()
    assert opptak.pulje.demands_changed_at == later


def test_a_date_of_an_open_opptak_is_never_taken_away(udir):
    with pytest.raises(ValidationError) as refused:
        set_dates(opptak=make_opptak(), dates=replace(FOUR, svarfrist=None), by=udir, now=NOW)

    assert refused.value.message_dict == {"svarfrist": ["Opptaket er åpent. Sett en dato."]}


# Places


def test_a_quota_lowered_after_the_list_was_sent_is_kept_beside_the_old_and_told(udir):
    embete = make_embete(quota=3)
    role = make_role("statsforvalter", embete.statsforvalter)
    make_role("statsforvalter", StatsforvalterFactory(code="hei"))
    make_list([make_soeknad(make_candidate(embete), sent=True)], sent=True)

    changed = set_quota(embete=embete, quota=1, by=udir, now=NOW)

    assert (changed.quota, changed.former_quota, changed.quota_changed_at) == (1, 3, NOW)
    notice = Notice.objects.get()
    assert notice.recipient == role.user
    assert notice.title == "Antall plasser er endret"
    assert "fra 3 til 1" in notice.body
    event = Event.objects.latest("pk")
    assert (event.data["before"], event.data["after"], event.data["after_list"]) == (3, 1, True)
    assert embete.priority_list.is_locked


def test_a_quota_changed_before_the_list_is_only_changed(udir):
    embete = make_embete(quota=3)

    changed = set_quota(embete=embete, quota=1, by=udir, now=NOW)

    assert (changed.quota, changed.former_quota, changed.quota_changed_at) == (1, None, None)
    assert Notice.objects.count() == 0


def test_places_in_all_and_of_each_embete_are_set_at_once(udir):
    opptak = make_opptak()
    first, second = make_embete(opptak), make_embete(opptak, StatsforvalterFactory(code="hei"))

    set_places(opptak=opptak, capacity=5, quotas={first.pk: 3, second.pk: None}, by=udir, now=NOW)

    opptak.refresh_from_db()
    assert opptak.capacity == 5
    assert list(opptak.embeter.order_by("pk").values_list("quota", flat=True)) == [3, None]


# The embete's own deadline


def test_an_embete_sets_its_own_deadline_and_takes_it_away_again():
    embete = make_embete()
    by = acting_as(make_role("statsforvalter", embete.statsforvalter))

    day = date(2026, 11, 24)
    set_internal_deadline(embete=embete, deadline=day, by=by, now=NOW)
    embete.refresh_from_db()
    assert embete.internal_deadline == day
    set_internal_deadline(embete=embete, deadline=None, by=by, now=NOW)
    embete.refresh_from_db()
    assert embete.internal_deadline is None
    assert verbs() == ["open-pulje", "set-internal-deadline", "set-internal-deadline"]


@pytest.mark.parametrize("day", [date(2026, 11, 19), date(2026, 12, 4), date(2026, 11, 28)])
def test_an_embete_cannot_have_a_deadline_that_leaves_no_time(day):
    embete = make_embete()
    by = acting_as(make_role("statsforvalter", embete.statsforvalter))

    with pytest.raises(ValidationError) as refused:
        set_internal_deadline(embete=embete, deadline=day, by=by, now=NOW)

    assert list(refused.value.message_dict) == ["deadline"]


# Criteria and letters


NEW = {
    "short_bm": "Samisk",
    "short_nn": "Samisk",
    "text_bm": "Kommunen arbeider på samisk.",
    "text_nn": "Kommunen arbeider på samisk.",
}


def test_a_criterion_is_added_last_with_a_key_of_its_own(udir):
    opptak = make_opptak()

    first = add_criterion(opptak=opptak, applies_to="kommune", by=udir, now=NOW, **NEW)
    second = add_criterion(opptak=opptak, applies_to="kommune", by=udir, now=NOW, **NEW)

    assert (first.position, first.key) == (15, "samisk")
    assert (second.position, second.key) == (16, "samisk_2")


def test_a_criterion_is_only_for_those_who_may_apply(udir):
    opptak = make_opptak(applicants=["kommune"])

    with pytest.raises(ValidationError):
        add_criterion(opptak=opptak, applies_to="fylkeskommune", by=udir, now=NOW, **NEW)


def test_a_criterion_is_removed_until_somebody_has_given_points_on_it(udir):
    soeknad = make_soeknad(sent=True)
    assess(soeknad)
    criteria = soeknad.candidate.embete.opptak.criteria

    remove_criterion(criterion=criteria.filter(scores=None).first(), by=udir, now=NOW)
    with pytest.raises(NotPossible):
        remove_criterion(criterion=criteria.exclude(scores=None).first(), by=udir, now=NOW)

    assert criteria.count() == 13


def test_an_unknown_placeholder_is_refused_at_its_column(prepared, udir):
    template = prepared.letter_templates.get(outcome="tilbud")

    with pytest.raises(ValidationError) as refused:
        change_letter_template(
            template=template, title_nn="Hei {komune}", intro_bm=" ", by=udir, now=NOW
        )

    assert refused.value.message_dict == {
        "title_nn": ["{komune} finnes ikke. Mente du {kommune}?"],
        "intro_bm": ["Skriv teksten."],
    }
