"""What to keep and develop, and the worksheet «fremmer – hemmer – kan påvirke».

Every test runs on Friday 20 November 2026, in the third semester of pulje 9.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from actors.models import Event
from cohorts.actions.arbeidsark import add_line, add_omraade, edit_short, remove_short
from cohorts.actions.pulje import close_pulje
from cohorts.models import ArbeidsarkLine, Maal, Omraade
from cohorts.queries.kartlegging import can_influence, lines_of, load_worksheet
from cohorts.rules.errors import NationalIdFound, NotAllowedHere, PuljeClosed
from cohorts.rules.kartlegging import worksheet_words
from tests.factories.meetings import NOW
from tests.factories.own_work import make_line, make_maal, make_omraade, make_plan
from tests.factories.people import FOEDSELSNUMMER

pytestmark = pytest.mark.django_db


def write(scene, text="Vi hilser med navn", **values):
    values = {"topic": "trygt_og_godt", "item": "fremmer", **values}
    return add_line(unit=scene.skole, text=text, by=scene.by("leder"), now=NOW, **values)


def sheet(scene, topic=""):
    return load_worksheet(scene.skole, lines_of(scene.skole), topic)


def test_a_line_is_added_last(scene):
    first = write(scene, " Faste  voksne ute ")
    second = write(scene)

    assert (first.text, first.checklist) == ("Faste voksne ute", "fremmer_hemmer")
    assert [line.position for line in (first, second)] == [1, 2]
    assert Event.objects.filter(verb="add-line").first().data == {"unit": scene.skole.pk}


@pytest.mark.parametrize("values", [{"topic": "x"}, {"item": "x"}, {"topic": ""}])
def test_a_column_that_is_not_there_is_refused(scene, values):
    with pytest.raises(NotAllowedHere):
        write(scene, **values)


def test_a_line_must_say_something_and_no_number(scene):
    with pytest.raises(ValidationError):
        write(scene, "  ")
    with pytest.raises(NationalIdFound):
        write(scene, f"Om {FOEDSELSNUMMER}")

    assert ArbeidsarkLine.objects.count() == 0


def test_lines_and_omraader_are_changed_and_removed(scene):
    by = scene.by("leder")
    line, omraade = write(scene), make_omraade(scene)

    edit_short(row=line, text="Ny linje", by=by, now=NOW)
    edit_short(row=omraade, text="Nytt område", by=by, now=NOW)
    assert (ArbeidsarkLine.objects.get().text, Omraade.objects.get().text) == (
        "Ny linje",
        "Nytt område",
    )

    remove_short(row=line, by=by, now=NOW)
    remove_short(row=omraade, by=by, now=NOW)
    assert (ArbeidsarkLine.objects.count(), Omraade.objects.count()) == (0, 0)


def test_a_goal_stays_when_its_line_is_removed(scene):
    maal = make_maal(make_plan(scene))
    remove_short(row=make_line(scene, maal=maal), by=scene.by("leder"), now=NOW)

    assert Maal.objects.get() == maal


def test_omraader_are_of_two_kinds(scene):
    made = add_omraade(
        unit=scene.skole, kind="keep", text="Elevrådet", by=scene.by("leder"), now=NOW
    )

    assert (made.kind, made.position) == ("keep", 1)
    with pytest.raises(NotAllowedHere):
        add_omraade(unit=scene.skole, kind="x", text="y", by=scene.by("leder"), now=NOW)


def test_a_closed_pulje_takes_no_lines(scene):
    line = make_line(scene)
    close_pulje(pulje=scene.pulje, by=scene.by("udir"), now=NOW)
    scene.skole.refresh_from_db()
    line.refresh_from_db()

    with pytest.raises(PuljeClosed):
        write(scene)
    with pytest.raises(PuljeClosed):
        edit_short(row=line, text="Ny", by=scene.by("leder"), now=NOW)
    with pytest.raises(PuljeClosed):
        remove_short(row=line, by=scene.by("leder"), now=NOW)


def test_the_worksheet_comes_from_the_programme(scene):
    found = sheet(scene)

    assert [(each.title, each.leads_on) for each in found.columns] == [
        ("Hva bidrar til å fremme dette?", False),
        ("Hva bidrar til å hemme dette?", False),
        ("Hva kan vi påvirke?", True),
    ]
    assert found.topic_title == "Alle skal ha det trygt og godt"
    assert found.other_topics == [("samarbeid_barn", "Samarbeid med barn")]


def test_the_worksheet_is_nynorsk_too(scene):
    with translation.override("nn"):
        found = sheet(scene)

    assert found.title == "Fremjar – hemmar – kan påverke"
    assert found.columns[2].help == "Kva vaksenhandlingar hjelper oss i rett retning?"


def test_the_topic_is_the_one_asked_for_else_the_last_written_on(scene):
    make_line(scene, "Først")
    last = make_line(scene, "Sist", topic="samarbeid_barn")
    last.created_at = NOW + timedelta(minutes=1)
    last.save()

    assert [line.text for line in sheet(scene).columns[2].lines] == ["Sist"]
    assert [line.text for line in sheet(scene, "trygt_og_godt").columns[2].lines] == ["Først"]
    assert sheet(scene, "finnes_ikke").topic == "samarbeid_barn"


def test_a_goal_has_the_number_it_has_in_the_plan(scene):
    plan = make_plan(scene)
    ended = make_maal(plan, "Avsluttet", position=1, ended_on=NOW.date())
    first = make_maal(plan, "Første", position=2)
    make_line(scene, maal=ended)
    make_line(scene, maal=first)
    make_line(scene)

    assert [line.goal_number for line in lines_of(scene.skole)] == [None, 1, None]


def test_only_the_last_question_leads_on(scene):
    line = make_line(scene)
    make_line(scene, "Vi hilser", item="fremmer")

    assert can_influence(scene.skole, lines_of(scene.skole)) == [line]


@pytest.mark.parametrize(
    ("used", "left", "words"),
    [
        (0, 0, ""),
        (2, 1, "To ting dere kan påvirke, er blitt til mål. Én er ikke brukt ennå."),
        (1, 0, "Én ting dere kan påvirke, er blitt til mål."),
        (0, 3, "Tre ting dere kan påvirke, er ikke blitt til mål ennå."),
    ],
)
def test_the_words_over_the_worksheet(scene, used, left, words):
    maal = make_maal(make_plan(scene))
    lines = [make_line(scene, maal=maal) for _ in range(used)]
    lines += [make_line(scene) for _ in range(left)]

    assert worksheet_words(lines) == words
