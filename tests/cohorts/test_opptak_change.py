"""What is changed in an opptak: texts, dates, places, deadlines and criteria."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from actors.models import Event, Notice
from cohorts.actions.opptak_criteria import (
    add_criterion,
    change_criterion,
    change_letter_template,
    remove_criterion,
)
from cohorts.actions.opptak_embete import set_internal_deadline, set_places, set_quota
from cohorts.actions.opptak_settings import change_opptak, set_dates
from cohorts.queries.opptak import opptak_dates
from cohorts.rules.errors import NationalIdFound, NotPossible
from tests.factories.opptak import FOUR, verbs
from tests.factories.people import NOW, acting_as, make_role
from tests.factories.recruitment import (
    assess,
    make_candidate,
    make_embete,
    make_list,
    make_opptak,
    make_soeknad,
)
from tests.factories.register import PrivateOwnerFactory, StatsforvalterFactory

pytestmark = pytest.mark.django_db


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
