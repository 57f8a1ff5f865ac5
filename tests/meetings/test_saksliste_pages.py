"""The page of a saksliste: the sum in words, moving saker by button, points that are still open."""

from datetime import timedelta

import pytest
from django.urls import reverse

from meetings.actions.grunnlag import data_of
from meetings.actions.saksliste import as_inputs, list_of, replace_saksliste
from meetings.models import Meeting, Veiledningsgrunnlag
from meetings.rules.saksliste import SakInput, sum_words
from tests.factories.meetings import NOW, TODAY, make_meeting
from tests.factories.papers import (
    held_meeting,
    make_grunnlag,
    make_referat,
    point,
    send_referat,
    write_grunnlag,
)
from tests.factories.people import sign_in
from tests.markup import squeeze

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(scene):
    """A meeting of the styringsgruppe with two saker of its own."""
    meeting = make_meeting(scene, "styringsgruppemoete_fysisk", minutes=120)
    own = [SakInput("Skolevegen", "droefting", minutes=5), SakInput("Høring", "orientering")]
    items = [*as_inputs(list_of(meeting)), *own]
    replace_saksliste(meeting=meeting, unit=None, items=items, by=scene.by("eier"), now=NOW)
    return Meeting.objects.get(pk=meeting.pk)


def path_of(meeting):
    return reverse("meetings:saksliste_edit", args=[meeting.pk])


def form_of(response):
    data = {"seen": response.context["seen"]}
    for row in response.context["saksliste"].rows:
        for field in row:
            if field.value() not in (None, ""):
                data[field.html_name] = str(field.value())
            elif field.name == "minutes":
                data[field.html_name] = ""
    return data


def press(client, meeting, button, **changes):
    shown = client.get(path_of(meeting))
    return client.post(path_of(meeting), form_of(shown) | changes | {"knapp": button})


def names(meeting):
    return [sak.title for sak in list_of(Meeting.objects.get(pk=meeting.pk))]


def sak(meeting, title):
    return meeting.saker.get(title=title)


@pytest.mark.parametrize(
    ("planned", "balance"),
    [
        (150, "Det går akkurat opp."),
        (149, "1 minutt er ledig."),
        (120, "30 minutter er ledige."),
        (151, "Det er 1 minutt for mye."),
        (170, "Det er 20 minutter for mye."),
    ],
)
def test_the_sum_is_said_in_words(planned, balance):
    assert sum_words(planned, 150) == f"Til sammen {planned} minutter av 150. {balance}"


def test_the_page_says_the_sum(client, scene, meeting):
    sign_in(client, scene.eier)
    planned = sum(each.minutes or 0 for each in meeting.saker.all())

    body = client.get(path_of(meeting)).content.decode()

    assert sum_words(planned, 120) in squeeze(body)
    assert f'data-autosave-key="saksliste-{meeting.pk}-' in body  # kept in the tab


def test_a_button_moves_a_sak_saves_what_is_typed_and_keeps_the_focus(client, scene, meeting):
    moved = sak(meeting, "Høring")
    sign_in(client, scene.eier)

    response = press(client, meeting, f"opp-{moved.pk}", **{f"sak-{moved.pk}-minutes": "7"})

    assert names(meeting)[-3:] == ["Høring", "Skolevegen", "Avtaler til neste møte"]
    assert sak(meeting, "Høring").minutes == 7
    body = squeeze(client.get(response.url).content.decode())
    at = body.index("autofocus")
    assert f'value="opp-{moved.pk}"' in body[at - 200 : at]
    assert body.count("autofocus") == 1


def test_the_fixed_ones_stay_at_the_ends_however_often_one_is_moved(client, scene, meeting):
    up, down = sak(meeting, "Høring"), sak(meeting, "Skolevegen")
    sign_in(client, scene.eier)

    for _press in range(12):
        press(client, meeting, f"opp-{up.pk}")
        press(client, meeting, f"ned-{down.pk}")

    found = names(meeting)
    assert (found[0], found[-1]) == ("Oppfølging fra forrige referat", "Avtaler til neste møte")
    assert (found[1], found[-2]) == ("Høring", "Skolevegen")


def test_at_an_end_the_arrow_is_off_and_the_focus_goes_to_the_other(client, scene, meeting):
    top = next(each for each in list_of(meeting) if each.standing == "felles_fokus")
    sign_in(client, scene.eier)

    body = squeeze(client.get(f"{path_of(meeting)}?flyttet=opp-{top.pk}").content.decode())

    assert f'value="opp-{top.pk}" data-move="up" disabled' in body
    assert f'value="ned-{top.pk}" data-move="down" autofocus' in body


@pytest.mark.parametrize("asked", ["opp-", "opp-999999", "tull", "ned-ny", "fjern-1"])
def test_a_strange_focus_gives_the_page(client, scene, meeting, asked):
    sign_in(client, scene.eier)

    response = client.get(path_of(meeting), {"flyttet": asked})

    assert response.status_code == 200
    assert "autofocus" not in response.content.decode()


def test_a_number_moves_a_sak_too(client, scene, meeting):
    moved = sak(meeting, "Høring")
    sign_in(client, scene.eier)

    press(client, meeting, "", **{f"sak-{moved.pk}-order": "1"})

    assert names(meeting)[:2] == ["Oppfølging fra forrige referat", "Høring"]


def test_the_buttons_say_which_sak_they_move(client, scene, meeting):
    sign_in(client, scene.eier)

    body = client.get(path_of(meeting)).content.decode()

    assert 'aria-label="Flytt «Høring» opp"' in body
    assert "Flytt «Avtaler til neste møte»" not in body


def test_a_title_with_a_script_is_shown_as_text(client, scene, meeting):
    sign_in(client, scene.eier)

    press(client, meeting, "", **{"sak-ny-title": "<script>alert(1)</script>"})

    body = client.get(path_of(meeting)).content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)" in body


def sent_points(scene):
    earlier = held_meeting(scene, "styringsgruppemoete_digitalt", 10)
    points = [point("Fagsamling i mars", "eier"), point("PPT inn i gruppene", "ppt")]
    send_referat(
        scene,
        make_referat(scene, earlier, "eier"),
        office="eier",
        agreed=points,
        mellomarbeid="",
        now=NOW - timedelta(days=9),
    )


def test_what_is_open_from_the_last_meeting_stands_first(client, scene, meeting):
    sent_points(scene)
    sign_in(client, scene.eier)

    body = client.get(path_of(meeting)).content.decode()

    assert body.index("Fagsamling i mars") < body.index("Oppfølging fra forrige referat")
    assert "PPT inn i gruppene" in body


def test_a_unit_s_saksliste_shows_no_points_of_the_styringsgruppe(client, scene):
    sent_points(scene)
    lederveiledning = make_meeting(scene, "lederveiledning", day=TODAY + timedelta(days=5))
    sign_in(client, scene.veileder)

    assert "Fagsamling i mars" not in client.get(path_of(lederveiledning)).content.decode()


# --- in the form of a grunnlag ------------------------------------------------------------------

OWN = ("Rutinen i praksis", "Overganger", "Foreldrene")


@pytest.fixture
def draft(scene):
    """A grunnlag whose saksliste has three saker of the unit's own."""
    grunnlag = make_grunnlag(scene)
    first, last = data_of(grunnlag)["saker"]
    rows = [
        {**first, "sak": None, "standing": "", "title": title, "responsible": "", "minutes": 10}
        for title in OWN
    ]
    write_grunnlag(scene, grunnlag, saker=[first, *rows, last])
    return Veiledningsgrunnlag.objects.get()


def grunnlag_path(draft):
    return reverse("meetings:grunnlag_edit", args=[draft.meeting_id])


def grunnlag_form(response):
    page = response.context["page"]
    data = {"base": response.context["base"]}
    for form in (page.saker.management_form, *page.saker.forms):
        for field in form:
            if field.value() not in (None, "", False):
                data[field.html_name] = str(field.value())
    return data


def press_in_grunnlag(client, draft, handling, **changes):
    data = grunnlag_form(client.get(grunnlag_path(draft))) | changes
    return client.post(grunnlag_path(draft), data | {"handling": handling})


def own_titles():
    return [row["title"] for row in Veiledningsgrunnlag.objects.get().saker][1:-1]


@pytest.mark.parametrize(
    ("handling", "order"),
    [
        ("opp_sak:2", [OWN[1], OWN[0], OWN[2]]),
        ("ned_sak:2", [OWN[0], OWN[2], OWN[1]]),
        ("opp_sak:1", list(OWN)),
        ("ned_sak:3", list(OWN)),
        ("opp_sak:0", list(OWN)),
        ("opp_sak:99", list(OWN)),
        ("ned_sak:x", list(OWN)),
    ],
)
def test_a_button_moves_a_sak_of_a_grunnlag_between_the_fixed_ones(
    client, scene, draft, handling, order
):
    sign_in(client, scene.leder)

    press_in_grunnlag(client, draft, handling)

    assert own_titles() == order
    standing = [row["standing"] for row in Veiledningsgrunnlag.objects.get().saker]
    assert (standing[0], standing[-1]) == ("forrige_referat", "avtaler")


def test_the_focus_stays_with_the_sak_that_was_moved(client, scene, draft):
    sign_in(client, scene.leder)

    response = press_in_grunnlag(client, draft, "opp_sak:2")

    assert response.url.endswith("?flyttet=opp-1#saksliste")
    body = squeeze(client.get(response.url).content.decode())
    at = body.index("autofocus")
    assert 'value="ned_sak:1"' in body[at - 200 : at]  # it is first now: the other arrow
    assert 'aria-label="Flytt «Overganger» ned"' in body[at : at + 100]


def test_numbers_set_by_the_script_move_saker_too(client, scene, draft):
    sign_in(client, scene.leder)

    press_in_grunnlag(
        client, draft, "lagre", **{"saker-1-order": "4", "saker-2-order": "2", "saker-3-order": "3"}
    )

    assert own_titles() == [OWN[1], OWN[2], OWN[0]]


def test_a_sak_has_somebody_responsible(client, scene, draft):
    sign_in(client, scene.leder)

    press_in_grunnlag(client, draft, "lagre", **{"saker-1-responsible": "veileder"})

    assert Veiledningsgrunnlag.objects.get().saker[1]["responsible"] == "veileder"


def test_somebody_who_is_no_actor_is_refused_and_nothing_else_is_lost(client, scene, draft):
    sign_in(client, scene.leder)

    press_in_grunnlag(
        client, draft, "lagre", **{"saker-1-responsible": "ukjent", "saker-1-minutes": "25"}
    )

    assert Veiledningsgrunnlag.objects.get().saker[1]["minutes"] == 25


def test_the_form_says_the_sum_in_words(client, scene, draft):
    sign_in(client, scene.leder)

    body = squeeze(client.get(grunnlag_path(draft)).content.decode())

    assert "Til sammen 50 minutter av 150. 100 minutter er ledige." in body
