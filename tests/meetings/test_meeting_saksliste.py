"""The saksliste: standing saker, changing it, adding to it, sending it."""

from datetime import date

import pytest

from actors.models import Notice
from cohorts.actions.pulje import close_pulje
from cohorts.rules.errors import NotPossible, PuljeClosed, StaleEdit
from meetings.actions.meeting_change import cancel_meeting, change_meeting
from meetings.actions.saksliste import (
    add_sak,
    as_inputs,
    list_of,
    replace_saksliste,
    send_saksliste,
)
from meetings.models import Meeting, Obligation
from meetings.rules.saksliste import SakInput, fingerprint
from tests.factories.meetings import NOW, make_meeting, oslo

pytestmark = pytest.mark.django_db

NOVEMBER, DECEMBER = date(2026, 11, 25), date(2026, 12, 9)
NEW = SakInput("Felles rutine", "droefting", "leder", 60)


def standing(meeting) -> list[str]:
    return [sak.standing for sak in list_of(Meeting.objects.get(pk=meeting.pk))]


def titles(saker) -> list[str]:
    return [sak.title for sak in saker]


def replace(scene, meeting, items, **values):
    unit = values.pop("unit", None)
    return replace_saksliste(
        meeting=meeting, unit=unit, items=items, by=scene.by("leder"), now=NOW, **values
    )


def test_only_the_last_meeting_of_a_semester_evaluates_it(scene):
    first = make_meeting(scene, "styringsgruppemoete_digitalt", day=NOVEMBER)

    assert "evaluering" not in standing(first)

    last = make_meeting(scene, "styringsgruppemoete_fysisk", day=DECEMBER)

    assert ("evaluering" in standing(first), "evaluering" in standing(last)) == (False, True)


def test_evaluation_follows_when_the_last_meeting_is_moved_forward(scene):
    first = make_meeting(scene, "styringsgruppemoete_digitalt", day=NOVEMBER)
    last = make_meeting(scene, "styringsgruppemoete_fysisk", day=DECEMBER)

    change_meeting(
        meeting=last,
        edit_version=1,
        start=oslo(date(2026, 11, 23), "12.00"),
        end=oslo(date(2026, 11, 23), "14.00"),
        by=scene.by("eier"),
        now=NOW,
    )

    assert ("evaluering" in standing(first), "evaluering" in standing(last)) == (True, False)


def test_only_the_last_meeting_of_the_programme_adopts_the_plan(scene):
    days = [date(2027, 2, 3), date(2027, 5, 5)]
    kinds = ["styringsgruppemoete_digitalt", "styringsgruppemoete_fysisk"]

    meetings = [
        make_meeting(scene, kind, day=day, semester=4)
        for kind, day in zip(kinds, days, strict=True)
    ]

    assert ["videreforing" in standing(meeting) for meeting in meetings] == [False, True]


def test_kind_without_an_agenda_has_no_saker(scene):
    assert standing(make_meeting(scene, "arbeidsgruppemoete")) == []


def test_replace_saksliste_keeps_the_fixed_ones_first_and_last(scene):
    meeting = make_meeting(scene)
    items = as_inputs(list_of(meeting))

    replace(scene, meeting, [NEW, *reversed(items)])

    assert titles(list_of(Meeting.objects.get(pk=meeting.pk))) == [
        "Oppfølging fra forrige referat",
        "Felles rutine",
        "Avtaler og mellomarbeid til neste gang",
    ]


def test_replace_saksliste_changes_removes_and_reorders(scene):
    meeting = make_meeting(scene)
    other = SakInput("Ledelse", "refleksjon", "veileder", 50)
    first, new, second, last = replace(scene, meeting, [*as_inputs(list_of(meeting)), NEW, other])
    inputs = {
        sak.pk: item
        for sak, item in zip(
            (first, new, second, last), as_inputs([first, new, second, last]), strict=True
        )
    }
    changed = SakInput("Ledelse i teamene", "droefting", "leder", 40, pk=second.pk)

    saker = replace(scene, meeting, [inputs[first.pk], changed, inputs[last.pk]])

    assert [(sak.title, sak.type, sak.minutes) for sak in saker] == [
        ("Oppfølging fra forrige referat", "orientering", 10),
        ("Ledelse i teamene", "droefting", 40),
        ("Avtaler og mellomarbeid til neste gang", "beslutning", 10),
    ]
    assert saker[1].pk == second.pk


def test_replace_saksliste_cannot_remove_or_rename_a_standing_sak(scene):
    meeting = make_meeting(scene)
    first = list_of(meeting)[0]

    renamed = SakInput("Noe annet", "refleksjon", "leder", 25, pk=first.pk)
    saker = replace(scene, meeting, [renamed])

    assert [(sak.title, sak.minutes) for sak in saker] == [
        ("Oppfølging fra forrige referat", 25),
        ("Avtaler og mellomarbeid til neste gang", 10),
    ]


def test_replace_saksliste_of_one_unit_leaves_the_other_alone(scene):
    meeting = make_meeting(scene, units=[scene.skole, scene.barnehage])
    replace(scene, meeting, [NEW], unit=scene.skole)

    replace(scene, meeting, [SakInput("Garderoben", "droefting")], unit=scene.barnehage)

    stored = Meeting.objects.get(pk=meeting.pk)
    assert titles(list_of(stored, scene.skole))[1:-1] == ["Felles rutine"]
    assert titles(list_of(stored, scene.barnehage))[1:-1] == ["Garderoben"]
    assert len(list_of(stored)) == 2


def test_replace_saksliste_that_somebody_has_changed_loses_neither(scene):
    meeting = make_meeting(scene)
    seen = fingerprint(list_of(meeting))
    add_sak(meeting=meeting, item=NEW, by=scene.by("veileder"), now=NOW)

    with pytest.raises(StaleEdit) as stale:
        replace(scene, meeting, [SakInput("Min sak", "droefting")], seen=seen)

    assert titles(stale.value.current)[1:-1] == ["Felles rutine"]
    assert Meeting.objects.get(pk=meeting.pk).saker.count() == 3


def test_replace_saksliste_after_the_meeting_is_refused(scene):
    with pytest.raises(NotPossible, match="over"):
        replace(scene, make_meeting(scene, day=date(2026, 11, 2)), [NEW])


def test_replace_saksliste_of_a_cancelled_meeting_is_refused(scene):
    meeting = make_meeting(scene)
    cancel_meeting(meeting=meeting, reason="Streik", by=scene.by("veileder"), now=NOW)

    with pytest.raises(NotPossible, match="avlyst"):
        replace(scene, meeting, [NEW])


def test_replace_saksliste_in_a_closed_pulje_is_refused(scene):
    meeting = make_meeting(scene)
    close_pulje(pulje=scene.pulje, by=scene.by("udir"), now=NOW)

    with pytest.raises(PuljeClosed):
        replace(scene, meeting, [NEW])


def test_add_sak_stands_before_the_last_one(scene):
    meeting = make_meeting(scene)

    add_sak(meeting=meeting, item=NEW, by=scene.by("veileder"), now=NOW)

    assert standing(meeting) == ["forrige_referat", "", "avtaler"]


def test_send_saksliste_tells_everybody_and_meets_the_duty(scene):
    meeting = make_meeting(scene, "styringsgruppemoete_fysisk", day=DECEMBER)
    owed = Obligation.objects.get(meeting=meeting, rule__key="styringsgruppe_innkalling")
    was_met = owed.met_at

    send_saksliste(meeting=meeting, by=scene.by("eier"), now=NOW)

    owed.refresh_from_db()
    meeting.refresh_from_db()
    assert (was_met, owed.met_at, meeting.agenda_sent_at) == (None, NOW, NOW)
    notice = Notice.objects.get(recipient=scene.leder.user, kind="meeting_agenda")
    assert notice.body == "Sakslista til møtet onsdag 9. desember kl. 09.00 er klar."
