"""Two editors of one draft, of whom one has been offline: nothing is lost."""

from datetime import timedelta

import pytest

from actors.models import Event
from cohorts.models import PuljeStatus
from cohorts.rules.errors import NationalIdFound, NotPossible, PuljeClosed, StaleEdit
from meetings.actions.grunnlag import data_of
from meetings.actions.grunnlag_save import join_texts, merge_grunnlag
from meetings.rules.grunnlag_merge import mark, marks_of
from tests.factories.meetings import NOW
from tests.factories.papers import NATIONAL_ID, make_grunnlag, send_grunnlag

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def grunnlag(scene):
    return make_grunnlag(scene)


def save(scene, grunnlag, office, base, now=NOW, **data):
    return merge_grunnlag(grunnlag=grunnlag, data=data, base=base, by=scene.by(office), now=now)


def page(grunnlag):
    """The marks of a page made from the draft as it is now."""
    grunnlag.refresh_from_db()
    return marks_of(data_of(grunnlag))


def two_texts(scene, grunnlag):
    """The leader was offline for an hour, and the arbeidsgruppe wrote in the same field."""
    base = page(grunnlag)
    save(scene, grunnlag, "arbeidsgruppe", base, was_difficult="Andre trinn rakk det ikke.")
    saved = save(scene, grunnlag, "leder", base, LATER, was_difficult="Vi trenger et kort skjema.")
    return saved.conflicts[0]


def test_two_who_write_in_different_fields_lose_nothing(scene, grunnlag):
    base = page(grunnlag)

    save(scene, grunnlag, "arbeidsgruppe", base, tried="Deres", story="")
    saved = save(scene, grunnlag, "leder", base, LATER, tried="", story="Min")

    grunnlag.refresh_from_db()
    assert (grunnlag.tried, grunnlag.story) == ("Deres", "Min")
    assert (saved.conflicts, saved.others) == ([], ["tried"])
    assert saved.other_by == scene.arbeidsgruppe.user


def test_two_texts_in_the_same_field_are_both_kept(scene, grunnlag):
    conflict = two_texts(scene, grunnlag)

    grunnlag.refresh_from_db()
    assert grunnlag.was_difficult == "Andre trinn rakk det ikke."
    assert (conflict.value, conflict.written_by) == ("Vi trenger et kort skjema.", scene.leder.user)
    assert (conflict.other_by, conflict.other_at) == (scene.arbeidsgruppe.user, NOW)


def test_writing_on_replaces_the_own_text_beside(scene, grunnlag):
    base = page(grunnlag)
    save(scene, grunnlag, "arbeidsgruppe", base, tried="Deres")
    save(scene, grunnlag, "leder", base, tried="Min")
    save(scene, grunnlag, "leder", base, tried="Min tekst, lengre")

    assert [row.value for row in grunnlag.conflicts.all()] == ["Min tekst, lengre"]


def test_the_marks_that_come_back_follow_what_was_saved(scene, grunnlag):
    base = page(grunnlag)
    first = save(scene, grunnlag, "leder", base, tried="En")

    second = save(scene, grunnlag, "leder", first.marks, tried="En to")

    grunnlag.refresh_from_db()
    assert (grunnlag.tried, second.conflicts) == ("En to", [])


def test_an_unchanged_draft_is_not_saved_again(scene, grunnlag):
    save(scene, grunnlag, "leder", page(grunnlag), LATER, tried="")

    grunnlag.refresh_from_db()
    assert (grunnlag.edit_version, grunnlag.updated_at) == (1, NOW)
    assert Event.objects.filter(verb="save_grunnlag").count() == 0


def test_a_national_id_number_is_not_kept_anywhere(scene, grunnlag):
    base = page(grunnlag)
    save(scene, grunnlag, "arbeidsgruppe", base, tried="Deres")

    saved = save(scene, grunnlag, "leder", base, tried=f"Født {NATIONAL_ID}", story="Min")

    grunnlag.refresh_from_db()
    assert (saved.refused, grunnlag.story) == (["tried"], "Min")
    assert not grunnlag.conflicts.exists()


def test_nothing_is_saved_in_a_closed_pulje(scene, grunnlag):
    base = page(grunnlag)
    scene.pulje.status = PuljeStatus.CLOSED
    scene.pulje.save()
    grunnlag.refresh_from_db()

    with pytest.raises(PuljeClosed):
        save(scene, grunnlag, "leder", base, tried="Min")


def test_a_grunnlag_with_two_texts_is_not_sent(scene, grunnlag):
    two_texts(scene, grunnlag)

    with pytest.raises(NotPossible, match="Velg hvilken tekst som skal stå"):
        send_grunnlag(scene, grunnlag)


# --- joining ------------------------------------------------------------------------------------


def join(scene, conflict, value, **values):
    conflict.paper.refresh_from_db()
    seen = mark("was_difficult", conflict.paper.was_difficult)
    values = {"seen": seen, "by": scene.by("leder"), "now": LATER, **values}
    return join_texts(conflict=conflict, value=value, **values)


def test_one_text_stands_and_the_other_can_be_found_again(scene, grunnlag):
    conflict = two_texts(scene, grunnlag)

    joined = join(scene, conflict, "Vi trenger et kort skjema.")

    kept = grunnlag.conflicts.get(value="Andre trinn rakk det ikke.")
    assert joined.was_difficult == "Vi trenger et kort skjema."
    assert (kept.written_by, kept.resolved_at) == (scene.arbeidsgruppe.user, LATER)
    assert not grunnlag.conflicts.filter(resolved_at=None).exists()


def test_a_joined_text_holds_both(scene, grunnlag):
    conflict = two_texts(scene, grunnlag)
    both = "Andre trinn rakk det ikke.\nVi trenger et kort skjema."

    assert join(scene, conflict, both).was_difficult == both
    assert grunnlag.conflicts.count() == 1


def test_joining_twice_changes_nothing(scene, grunnlag):
    conflict = two_texts(scene, grunnlag)
    join(scene, conflict, "Én tekst.")

    assert join(scene, conflict, "En annen.").was_difficult == "Én tekst."


def test_joining_over_a_newer_text_is_refused(scene, grunnlag):
    conflict = two_texts(scene, grunnlag)

    with pytest.raises(StaleEdit):
        join(scene, conflict, "Én tekst.", seen="gammelt")


def test_a_national_id_number_is_not_joined_in(scene, grunnlag):
    conflict = two_texts(scene, grunnlag)

    with pytest.raises(NationalIdFound):
        join(scene, conflict, f"Født {NATIONAL_ID}")


def test_an_old_page_does_not_bring_back_a_text_that_was_joined(scene, grunnlag):
    base = page(grunnlag)
    conflict = two_texts(scene, grunnlag)
    join(scene, conflict, "Noe helt annet.")

    saved = save(scene, grunnlag, "leder", base, was_difficult="Vi trenger et kort skjema.")

    assert saved.conflicts == []


def test_who_wrote_the_other_text_is_who_wrote_in_that_field(scene, grunnlag):
    base = page(grunnlag)
    save(scene, grunnlag, "arbeidsgruppe", base, tried="Deres")
    mine = save(scene, grunnlag, "leder", base, LATER, story="Mitt eget")

    saved = save(scene, grunnlag, "leder", mine.marks, LATER, tried="Min")

    conflict = saved.conflicts[0]
    assert (conflict.other_by, conflict.other_at) == (scene.arbeidsgruppe.user, NOW)


def test_a_text_put_aside_once_meets_a_newer_text_again(scene, grunnlag):
    base = page(grunnlag)
    conflict = two_texts(scene, grunnlag)
    join(scene, conflict, "Felles.")
    newest = LATER + timedelta(minutes=1)
    save(scene, grunnlag, "arbeidsgruppe", page(grunnlag), newest, was_difficult="Helt nytt.")

    saved = save(scene, grunnlag, "leder", base, was_difficult="Vi trenger et kort skjema.")

    assert [each.value for each in saved.conflicts] == ["Vi trenger et kort skjema."]


def test_one_sitting_in_a_field_is_one_event(scene, grunnlag):
    marks = page(grunnlag)
    for minutes, text in ((0, "En"), (1, "En to"), (12, "En to tre")):
        now = NOW + timedelta(minutes=minutes)
        marks = save(scene, grunnlag, "leder", marks, now, tried=text).marks

    events = Event.objects.filter(verb="save_grunnlag").order_by("at")
    assert [each.at for each in events] == [NOW, NOW + timedelta(minutes=12)]
    assert [each.data["fields"] for each in events] == [["tried"], ["tried"]]
