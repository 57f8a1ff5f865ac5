"""The pages of a pause: setting it, what waits, starting again, and the band on every page."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.actions.jobs import end_job
from actors.models import NoticeCategory, Pause
from tests.factories.meetings import make_meeting
from tests.factories.notices import make_notice
from tests.factories.people import NOW, acting_as, make_role, sign_in
from tests.factories.register import SkoleFactory

pytestmark = pytest.mark.django_db

PAGE = "/varsler/pause/"
MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # 07.00 in Oslo
ASKED = {"scope": "reminders", "until": "monday", "reason": "Feil dato i mange møter."}


@pytest.fixture
def udir(client):
    role = make_role("udir")
    sign_in(client, role)
    return role


def set_pause(role, **values):
    defaults = {"scope": "reminders", "reason": "Feil dato", "starts_at": NOW}
    return Pause.objects.create(set_by=acting_as(role), **{**defaults, **values})


def lines(response) -> list[str]:
    return response.context["effect"]


def test_the_form_begins_with_all_reminders_until_monday(client, udir):
    make_notice()
    make_notice(NoticeCategory.DECISION)

    response = client.get(PAGE)

    form = response.context["form"]
    assert (form["scope"].value(), form["until"].value()) == ("reminders", "monday")
    assert [str(label) for _value, label in form.fields["until"].choices] == [
        "Til mandag kl. 07.00",
        "Til en dato",
        "Til noen starter igjen",
    ]
    assert lines(response) == [
        "1 varsel venter nå",
        "1 vedtak eller brev som er på vei, går som planlagt",
        "Når pausen er over, sjekkes alt på nytt. Det noen har levert, blir ikke sendt",
        "Det som er eldre enn tre arbeidsdager, blir ikke sendt, men ført som «ikke sendt»",
    ]


@pytest.mark.parametrize(
    ("until", "ends"),
    [
        ({"until": "monday"}, MONDAY),
        ({"until": "day", "day": "29.03.2027"}, datetime(2027, 3, 29, 5, 0, tzinfo=UTC)),
        ({"until": "open"}, None),
    ],
)
def test_udir_sets_a_pause(client, udir, until, ends):
    response = client.post(PAGE, ASKED | until)

    made = Pause.objects.get()
    assert response.url == f"/varsler/pause/{made.pk}/"
    assert (made.scope, made.until, made.reason) == ("reminders", ends, ASKED["reason"])


def test_a_pause_of_a_place(client, udir, scene):
    unit = scene.skole.unit

    client.post(PAGE, ASKED | {"scope": "place", "place": f"unit-{unit.pk}"})
    client.post(PAGE, ASKED | {"scope": "place", "place": f"owner-{unit.owner_id}"})

    assert [(each.unit, each.owner) for each in Pause.objects.order_by("pk")] == [
        (unit, None),
        (None, unit.owner),
    ]


def test_a_pause_of_a_rule_keeps_its_words(client, udir, scene):
    rule = scene.pulje.deadline_rules.get(key="referat")

    client.post(PAGE, ASKED | {"scope": "rule", "rule": rule.pk})

    made = Pause.objects.get()
    assert (made.rule, made.rule_title) == (rule.pk, rule.title)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"reason": " "}, "reason", "Skriv hvorfor."),
        ({"scope": "rule"}, "rule", "Velg en regel."),
        ({"scope": "place"}, "place", "Velg en kommune eller enhet."),
        ({"until": "day"}, "day", "Skriv en dato."),
        ({"until": "day", "day": "20.11.2026"}, "day", "Velg en dato som ikke har vært."),
        ({"until": "day", "day": "i morgen"}, "day", "Skriv datoen slik: 26.11.2026."),
    ],
)
def test_what_is_wrong_stands_at_the_field_and_all_typed_stays(client, udir, change, field, words):
    response = client.post(PAGE, ASKED | change)

    form = response.context["form"]
    assert form.errors == {field: [words]}
    assert {name: form[name].value() for name in ASKED} == ASKED | {
        name: value for name, value in change.items() if name in ASKED
    }
    assert Pause.objects.count() == 0


def test_showing_what_it_means_sets_nothing(client, udir):
    response = client.post(PAGE, {"scope": "everything", "until": "open", "reason": "", "vis": "1"})

    assert lines(response)[:2] == [
        "Ingen påminnelser er ventet før pausen er over",
        "Vedtak, brev og invitasjoner venter også",
    ]
    assert response.context["form"].errors == {}
    assert Pause.objects.count() == 0


def test_what_is_paused_already_is_refused_over_the_form(client, udir):
    set_pause(udir)

    response = client.post(PAGE, ASKED)

    assert response.context["form"].non_field_errors() == ["Dette er på pause allerede."]


def test_the_page_of_a_pause_tells_what_waits(client, udir, scene):
    rule = scene.pulje.deadline_rules.get(key="veiledningsgrunnlag")
    pause = set_pause(udir, until=MONDAY)
    rektor = scene.leder
    for day in (0, 7):
        make_notice(
            recipient=rektor.user, role=rektor, rule=rule.pk, not_before=NOW - timedelta(days=day)
        )

    response = client.get(f"{PAGE}{pause.pk}/")

    figures = [(each["value"], each["note"]) for each in response.context["figures"]]
    assert figures == [(2, "til 1 person"), (1, "for sent"), ("07.00", "mandag 23. november")]
    assert [tuple(row.values()) for row in response.context["rows"]] == [
        (
            "Fredag 13. november kl. 10.00",
            "Veiledningsgrunnlag og saksliste, 5 arbeidsdager igjen",
            "Styrere og rektorer",
            1,
            "Sendes ikke: 1 er for gammelt",
        ),
        (
            "I dag kl. 10.00",
            "Veiledningsgrunnlag og saksliste, 5 arbeidsdager igjen",
            "Styrere og rektorer",
            1,
            "Sendes",
        ),
    ]


def test_udir_starts_the_sending_again(client, udir):
    pause = set_pause(udir)

    response = client.post(f"{PAGE}{pause.pk}/start/", follow=True)

    assert "Utsendingen er i gang igjen." in response.text
    assert Pause.objects.on(NOW + timedelta(hours=1)).count() == 0
    assert "Pausen er over" in client.get(f"{PAGE}{pause.pk}/").text
    again = client.post(f"{PAGE}{pause.pk}/start/", follow=True)
    assert "Pausen er over allerede." in again.text


@pytest.mark.parametrize(
    ("kind", "reads"), [("admin", 200), ("koordinator", 200), ("eier", 403), ("leder", 403)]
)
def test_the_koordinator_reads_and_others_are_told_why_not(client, udir, kind, reads):
    pause = set_pause(udir)
    writes = 200 if kind == "admin" else 403
    sign_in(client, make_role(kind))

    assert client.get(f"{PAGE}{pause.pk}/").status_code == reads
    assert client.get(PAGE).status_code == writes
    assert client.post(f"{PAGE}{pause.pk}/start/").status_code == (302 if writes == 200 else 403)


def test_a_pause_that_is_not_there_is_not_found(client, udir):
    assert client.get(f"{PAGE}99/").status_code == 404


def test_the_band_stands_on_every_page_of_those_who_oversee(client, udir):
    make_notice()
    pause = set_pause(udir, scope="place", unit=SkoleFactory(name="Granli skole"))
    band = "Varslene om Granli skole er på pause."

    page = client.get("/min-side/").text
    assert band in page
    assert f"Satt av {pause.set_by} i dag kl. 10.00: «Feil dato»" in page
    assert reverse("meetings:control_paused", args=[pause.pk]) in page

    sign_in(client, make_role("koordinator"))
    page = client.get("/min-side/").text
    assert (band in page, "Se hva som venter" in page) == (True, True)
    sign_in(client, make_role("eier"))
    assert band not in client.get("/min-side/").text


def test_the_band_of_its_own_page_has_the_button_itself(client, udir):
    pause = set_pause(udir)

    page = client.get(f"{PAGE}{pause.pk}/").text

    assert f'action="/varsler/pause/{pause.pk}/start/"' in page
    assert "Alle påminnelser er på pause." in page


def test_a_silent_engine_is_told_of_on_every_page(client, udir):
    end_job(name="deliver", seconds=1, made=0, now=NOW - timedelta(hours=2))

    page = client.get("/min-side/").text

    assert "Varslene har stått stille siden i dag kl. 08.00." in page
    assert "/varsler/jobber/" in page


def test_the_band_costs_udir_one_question_and_others_none(client):

    asked = {}
    for kind in ("udir", "eier"):
        sign_in(client, make_role(kind))
        with CaptureQueriesContext(connection) as found:
            client.get("/min-side/")
        asked[kind] = sum("actors_job" in query["sql"] for query in found.captured_queries)

    assert asked == {"udir": 1, "eier": 0}


def test_reminders_of_the_coming_week_are_counted(client, udir, scene):
    make_meeting(scene, "veiledning_1", day=date(2026, 12, 3))
    asked = ASKED | {"until": "open", "vis": "1"}
    rule = scene.pulje.deadline_rules.get(key="veiledningsgrunnlag")
    other = scene.pulje.deadline_rules.get(key="referat")

    every, one, none = (
        lines(client.post(PAGE, asked | change))[0]
        for change in (
            {},
            {"scope": "rule", "rule": rule.pk},
            {"scope": "rule", "rule": other.pk},
        )
    )

    assert every.endswith("som skulle gått den neste uka, venter")
    assert one.endswith("som skulle gått den neste uka, venter")
    assert none == "Ingen påminnelser er ventet før pausen er over"
