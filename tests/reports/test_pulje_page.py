"""The page of a pulje: rows, filters, figures, who is late, and its numbers as CSV."""

from datetime import date, timedelta

import pytest

from meetings.actions.obligation import sync_semester_obligations
from meetings.models import Obligation
from tests.factories.cohorts import make_deltakelse, semester_of
from tests.factories.meetings import NOW, THIRD, TODAY, make_meeting
from tests.factories.people import sign_in
from tests.factories.register import (
    FylkeFactory,
    KommuneFactory,
    OwnerFactory,
    StatsforvalterFactory,
)
from tests.reports.test_pages import other_owner

LONG = "Indre Langfjordbotn oppvekst- og kultursenter"


@pytest.fixture
def udir(client, scene):
    """A client signed in as Udir."""
    sign_in(client, scene.udir)
    return client


def page_of(client, query="") -> dict:
    return client.get(f"/puljer/9/{query}").context


def cells_of(line) -> dict[str, tuple[str, str]]:
    return {each.column.key: (each.cell.status, each.text) for each in line.cells}


def test_a_row_counts_what_the_units_have_together(udir, scene):
    make_meeting(scene, "veiledning_1", day=TODAY - timedelta(days=40), now=NOW)
    make_meeting(scene, "veiledning_2")
    make_meeting(scene, "fagsamling", day=date(2026, 12, 1), units=())

    context = page_of(udir)

    (line,) = context["lines"]
    assert line.units == 2
    assert cells_of(line)["veiledning"] == ("missing", "2 uten dato")
    assert cells_of(line)["fagsamling"] == ("planned", "0 av 1")
    assert context["page"].verdict.heading == "Pulje 9 er forsinket"


def test_the_sentence_names_the_owner_as_the_table_shows_it(udir, scene):
    sync_semester_obligations(semester=semester_of(scene.pulje, THIRD), now=NOW)

    verdict = page_of(udir)["page"].verdict
    name = scene.deltakelse.owner.kommune.name

    assert verdict.lead == f"{name} mangler dato for blant annet fagsamling."


def test_those_behind_stand_on_top_and_may_be_chosen(udir, scene):
    good = make_deltakelse(scene.pulje, owner=OwnerFactory(), units=0)
    sync_semester_obligations(semester=semester_of(scene.pulje, THIRD), now=NOW)
    Obligation.objects.filter(deltakelse=good).update(void_at=NOW, void_reason="test")

    every = page_of(udir)["lines"]
    behind = page_of(udir, "?bare=etter")["lines"]

    assert [line.owner.pk for line in every] == [scene.deltakelse.pk, good.pk]
    assert [line.owner.pk for line in behind] == [scene.deltakelse.pk]


def test_filters_of_embete_and_kind(udir, scene):
    elsewhere = make_deltakelse(scene.pulje, owner=other_owner(), units=1)
    embete = elsewhere.owner.kommune.fylke.statsforvalter_id

    chosen = page_of(udir, f"?embete={embete}")["lines"]
    barnehager = page_of(udir, "?type=barnehage")["lines"]
    units = page_of(udir, "?vis=enheter&type=skole")["lines"]

    assert [line.owner.pk for line in chosen] == [elsewhere.pk]
    assert [(line.owner.pk, line.units) for line in barnehager] == [(scene.deltakelse.pk, 1)]
    assert {line.unit.kind for line in units} == {"skole"}


def test_a_statsforvalter_sees_only_the_own_embete(client, scene):
    elsewhere = make_deltakelse(scene.pulje, owner=other_owner(), units=1)
    sign_in(client, scene.statsforvalter)

    page = client.get("/puljer/9/")
    numbers = client.get("/puljer/9/tall.csv").content.decode()

    assert [line.owner.pk for line in page.context["lines"]] == [scene.deltakelse.pk]
    assert str(elsewhere.owner) not in page.content.decode() + numbers
    assert elsewhere.units.get().unit.name not in page.content.decode() + numbers


def test_what_is_late_says_who_how_long_and_what_next(udir, scene):
    sync_semester_obligations(semester=semester_of(scene.pulje, THIRD), now=NOW)
    due = date(2026, 11, 16)
    Obligation.objects.filter(rule__key="semesterplan", unit__isnull=False).update(due=due)
    Obligation.objects.exclude(rule__key="semesterplan").delete()

    rows = page_of(udir)["late"]
    units = [row for row in rows if "enheter" in row.who]

    name = scene.deltakelse.owner.kommune.name
    assert [(row.who, row.days, row.next_step) for row in units] == [
        (f"{name}, to enheter", 4, "Ny påminnelse 23.11.")
    ]
    assert units[0].what == "Dato for veiledning på enheten og digital veiledning"


def test_figures_hold_what_they_are_out_of(udir, scene):
    make_meeting(scene, "veiledning_1", day=TODAY - timedelta(days=40), now=NOW)

    figures = page_of(udir)["figures"]

    assert [(figure["value"], figure["note"]) for figure in figures[:2]] == [
        (1, "eier, 2 enheter"),
        (1, "av 8 · 0 har dato"),
    ]


def test_the_numbers_are_those_of_the_table_and_run_no_formula(udir, scene):
    owner = scene.deltakelse.owner
    owner.name = "=HYPERLINK(1)"
    owner.save()
    make_meeting(scene, "fagsamling", day=date(2026, 12, 1), units=())

    response = udir.get("/puljer/9/tall.csv")

    head, row = response.content.decode("utf-8-sig").splitlines()
    shown = dict(zip(head.split(";"), row.split(";"), strict=True))
    assert shown["Eier"] == "'=HYPERLINK(1)"
    assert [shown[f"Fagsamling: {what}"] for what in ("status", "gjort", "krav", "mangler")] == [
        "har dato",
        "0",
        "1",
        "0",
    ]
    assert response["Content-Disposition"] == 'attachment; filename="pulje-9-semester-3.csv"'


def test_long_names_stand_whole(udir, scene):
    unit = scene.skole.unit
    unit.name = LONG
    unit.save()

    pages = [udir.get("/puljer/9/?vis=enheter"), udir.get(f"/enheter/{unit.pk}/")]

    assert [LONG in page.content.decode() for page in pages] == [True, True]


def test_the_map_counts_owners_by_fylke(udir, scene):
    fylke = FylkeFactory(number="18", name="Nordland", statsforvalter=StatsforvalterFactory())
    owner = OwnerFactory(kommune=KommuneFactory(fylke=fylke))
    make_deltakelse(scene.pulje, owner=owner, units=0)

    norway = page_of(udir)["norway"]

    assert [(spot.name, spot.count) for spot in norway.counted] == [("Nordland", 1)]
    assert (len(norway.spots), norway.others) == (15, 1)
