"""Saving and opening again: several write at once, and nobody's text is lost."""

from datetime import date, timedelta

import pytest

from actors.models import Event
from cohorts.actions.soeknad import reopen_soeknad
from cohorts.actions.soeknad_answers import note_presence, resolve_conflict, save_answers
from cohorts.models import AnswerConflict
from cohorts.rules.errors import NationalIdFound, NotPossible, StaleEdit
from cohorts.rules.soeknad_form import PARTS
from tests.factories.people import FOEDSELSNUMMER
from tests.factories.recruitment import NOW, make_soeknad
from tests.factories.soeknader import stored, writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def soeknad():
    return make_soeknad(answered=False, units=0)


@pytest.fixture
def hanne(soeknad):
    return writer(soeknad.candidate.owner)


@pytest.fixture
def odd(soeknad):
    return writer(soeknad.candidate.owner, "Odd Erik Holm")


def save(soeknad, by, values, versions=None, now=NOW):
    return save_answers(
        soeknad=soeknad, part="behov", values=values, versions=versions or {}, by=by, now=now
    )


# --- saving -----------------------------------------------------------------------------------


def test_each_answer_is_saved_on_its_own(soeknad, hanne):
    saved = save(soeknad, hanne, {"challenges": "Lav trivsel.\r\n", "sources": ["tilsyn"]})

    assert stored(soeknad) == {"challenges": ("Lav trivsel.", 1), "sources": (["tilsyn"], 1)}
    assert saved.versions == {"challenges": 1, "sources": 1}
    soeknad.refresh_from_db()
    assert (soeknad.saved_by, soeknad.saved_at) == (hanne, NOW)


def test_what_is_stored_already_is_not_written_again(soeknad, hanne, odd):
    save(soeknad, hanne, {"challenges": "Lav trivsel."})

    saved = save(soeknad, odd, {"challenges": " Lav trivsel. ", "organisation": "  \n"})

    assert stored(soeknad) == {"challenges": ("Lav trivsel.", 1)}
    assert (saved.written, saved.conflicts) == ([], [])
    assert soeknad.answers.get().updated_by == hanne
    assert Event.objects.filter(verb="save-soeknad").count() == 1


def test_two_in_different_fields_do_not_meet(soeknad, hanne, odd):
    save(soeknad, hanne, {"challenges": "Fra Hanne."})
    saved = save(soeknad, odd, {"organisation": "Fra Odd Erik."})

    assert saved.conflicts == []
    assert stored(soeknad) == {
        "challenges": ("Fra Hanne.", 1),
        "organisation": ("Fra Odd Erik.", 1),
    }


def test_two_in_the_same_field_both_keep_their_text(soeknad, hanne, odd):
    save(soeknad, hanne, {"challenges": "Fra Hanne."})

    saved = save(soeknad, odd, {"challenges": "Fra Odd Erik.", "organisation": "Også lagret."})

    assert stored(soeknad)["challenges"] == ("Fra Hanne.", 1)
    assert stored(soeknad)["organisation"] == ("Også lagret.", 1)
    conflict = AnswerConflict.objects.get()
    assert (conflict.value, conflict.written_by) == ("Fra Odd Erik.", odd)
    assert saved.conflicts == [conflict]
    assert saved.versions == {"organisation": 1}


def test_who_writes_on_in_a_conflict_keeps_one_text_of_their_own(soeknad, hanne, odd):
    save(soeknad, hanne, {"challenges": "Fra Hanne."})
    save(soeknad, odd, {"challenges": "Fra Odd."})
    save(soeknad, odd, {"challenges": "Fra Odd Erik, lengre."})

    assert [each.value for each in AnswerConflict.objects.all()] == ["Fra Odd Erik, lengre."]


def test_three_in_the_same_field_all_keep_their_text(soeknad, hanne, odd):
    third = writer(soeknad.candidate.owner, "Synne Dahl")
    save(soeknad, hanne, {"challenges": "Fra Hanne."})
    save(soeknad, odd, {"challenges": "Fra Odd Erik."})
    save(soeknad, third, {"challenges": "Fra Synne."})

    kept = [each.value for each in AnswerConflict.objects.all()]
    assert [stored(soeknad)["challenges"][0], *kept] == [
        "Fra Hanne.",
        "Fra Odd Erik.",
        "Fra Synne.",
    ]


def test_a_text_that_holds_the_other_loses_nothing(soeknad, hanne, odd):
    save(soeknad, hanne, {"challenges": "Lav trivsel."})
    saved = save(soeknad, odd, {"challenges": "Lav trivsel. Og mye uro."})

    assert stored(soeknad)["challenges"] == ("Lav trivsel. Og mye uro.", 2)
    assert saved.conflicts == []


def test_an_emptied_field_does_not_take_the_text_of_another(soeknad, hanne, odd):
    save(soeknad, hanne, {"challenges": "Lav trivsel."})
    saved = save(soeknad, odd, {"challenges": "   "})

    assert stored(soeknad)["challenges"] == ("Lav trivsel.", 1)
    assert saved.kept == ["challenges"]


def test_who_has_seen_the_text_may_replace_and_empty_it(soeknad, hanne, odd):
    save(soeknad, hanne, {"challenges": "Lav trivsel."})
    save(soeknad, odd, {"challenges": "Noe annet."}, {"challenges": 1})
    save(soeknad, hanne, {"challenges": ""}, {"challenges": 2})

    assert stored(soeknad)["challenges"] == ("", 3)
    assert not AnswerConflict.objects.exists()


def test_of_ticks_and_lists_the_last_holds_and_the_event_says_so(soeknad, hanne, odd):
    save(soeknad, hanne, {"sources": ["tilsyn"]})
    saved = save(soeknad, odd, {"sources": ["annet"]})

    assert stored(soeknad)["sources"] == (["annet"], 2)
    assert saved.overwritten == ["sources"]
    assert Event.objects.filter(verb="save-soeknad").latest("pk").data["overwritten"] == ["sources"]


def test_a_field_with_a_national_id_is_refused_and_the_others_saved(soeknad, hanne):
    saved = save(
        soeknad, hanne, {"challenges": f"Gutten {FOEDSELSNUMMER}", "organisation": "Greit."}
    )

    assert saved.refused == ["challenges"]
    assert stored(soeknad) == {"organisation": ("Greit.", 1)}
    assert FOEDSELSNUMMER not in str(list(Event.objects.values_list("data", flat=True)))


@pytest.mark.parametrize(
    "values",
    [{"status": "withdrawn"}, {"status": "sent", "sent_at": NOW}],
    ids=["trukket", "sendt"],
)
def test_a_soeknad_that_is_sent_or_withdrawn_is_not_written_in(values):
    soeknad = make_soeknad(units=0, answered=False, **values)
    with pytest.raises(NotPossible):
        save(soeknad, writer(soeknad.candidate.owner), {"challenges": "For sent."})
    assert stored(soeknad) == {}


def test_a_draft_is_written_in_after_the_deadline(soeknad, hanne):
    save(soeknad, hanne, {"challenges": "Sent, men godt."}, now=NOW + timedelta(days=30))
    assert stored(soeknad)["challenges"] == ("Sent, men godt.", 1)


# --- joining ----------------------------------------------------------------------------------


@pytest.fixture
def conflict(soeknad, hanne, odd):
    save(soeknad, hanne, {"challenges": "Fra Hanne."})
    save(soeknad, odd, {"challenges": "Fra Odd Erik."})
    return AnswerConflict.objects.get()


def resolve(conflict, value, by, version=1):
    return resolve_conflict(conflict=conflict, value=value, version=version, by=by, now=NOW)


def test_the_joined_text_stands_and_nothing_is_waiting(soeknad, conflict, odd):
    resolve(conflict, "Fra Hanne. Fra Odd Erik.", odd)

    assert stored(soeknad)["challenges"] == ("Fra Hanne. Fra Odd Erik.", 2)
    conflict.refresh_from_db()
    assert (conflict.resolved_by, AnswerConflict.objects.count()) == (odd, 1)


def test_the_text_that_was_not_chosen_is_still_there(soeknad, conflict, odd, hanne):
    resolve(conflict, "Fra Odd Erik.", odd)

    away = AnswerConflict.objects.exclude(pk=conflict.pk).get()
    assert (away.value, away.written_by, away.resolved_by) == ("Fra Hanne.", hanne, odd)


def test_joining_again_changes_nothing(soeknad, conflict, odd):
    resolve(conflict, "Fra Odd Erik.", odd)
    resolve(conflict, "Noe helt annet.", odd, version=2)
    assert stored(soeknad)["challenges"] == ("Fra Odd Erik.", 2)


def test_a_text_that_was_changed_meanwhile_is_not_joined_away(soeknad, conflict, hanne, odd):
    save(soeknad, hanne, {"challenges": "Ny tekst."}, {"challenges": 1})
    with pytest.raises(StaleEdit):
        resolve(conflict, "Fra Odd Erik.", odd)
    assert stored(soeknad)["challenges"] == ("Ny tekst.", 2)


def test_a_national_id_is_not_joined_in(conflict, odd):
    with pytest.raises(NationalIdFound):
        resolve(conflict, f"Gutten {FOEDSELSNUMMER}", odd)


# --- who is here, and opening again -----------------------------------------------------------


def test_a_person_is_in_one_place_at_a_time(soeknad, hanne):
    behov, tid = (next(p for p in PARTS if p.slug == slug) for slug in ("behov", "tid"))
    note_presence(soeknad=soeknad, part=behov, key="challenges", by=hanne, now=NOW)
    note_presence(soeknad=soeknad, part=tid, key="<script>", by=hanne, now=NOW)

    assert list(soeknad.presences.values_list("part", "key")) == [("tid", "")]


def test_a_sent_soeknad_is_opened_again_once():
    soeknad = make_soeknad(sent=True)
    by = writer(soeknad.candidate.owner)
    for _click in range(2):
        reopen_soeknad(soeknad=soeknad, by=by, now=NOW)

    soeknad.refresh_from_db()
    assert (soeknad.status, soeknad.is_being_written) == ("sent", True)
    assert Event.objects.filter(verb="reopen-soeknad").count() == 1


def test_a_new_version_is_not_begun_after_the_embetes_own_deadline():
    soeknad = make_soeknad(sent=True)
    embete = soeknad.candidate.embete
    embete.internal_deadline = date(2026, 11, 19)
    embete.save()
    with pytest.raises(NotPossible, match="Fristen er ute"):
        reopen_soeknad(soeknad=soeknad, by=writer(soeknad.candidate.owner), now=NOW)


@pytest.mark.parametrize("values", [{"forwarded_at": NOW}, {"sent": False}])
def test_a_new_version_is_not_begun_of_what_is_sent_on_or_never_sent(values):
    soeknad = make_soeknad(**{"sent": True} | values)
    with pytest.raises(NotPossible):
        reopen_soeknad(soeknad=soeknad, by=writer(soeknad.candidate.owner), now=NOW)
