"""Two versions of a referat side by side."""

from datetime import date

import pytest
from django.urls import reverse

from meetings.models import ReferatVersion
from meetings.rules.versions import Part, compare_parts
from tests.factories.meetings import NOW
from tests.factories.papers import SECRET, held_meeting, make_referat, point, send_referat
from tests.factories.people import sign_in
from tests.markup import squeeze

pytestmark = pytest.mark.django_db


def sak(summary, title="Rutinen"):
    return {"title": title, "summary": summary}


def three_versions(scene):
    """The first sak is changed in 2, a point is added in 3."""
    referat = make_referat(scene)
    same = sak("Alle var enige.", "Overganger")
    texts = ["Vi prøver i to uker.", "Vi prøver i fire uker.", "Vi prøver i fire uker."]
    for number, text in enumerate(texts, start=1):
        points = [point(), point("Eget møte", "eier", date(2026, 12, 11))][: 1 + (number == 3)]
        send_referat(scene, referat, saker=[sak(text), same], agreed=points)
    return referat


def shown(client, referat, **query):
    path = reverse("meetings:referat_versions", args=[referat.meeting_id])
    return client.get(path, query)


def test_parts_that_are_gone_come_last_and_empty_ones_are_left_out():
    old = [Part("a", "A", "Som før"), Part("b", "B", "Borte"), Part("c", "C", "")]
    new = [Part("a", "A", "Som  før"), Part("c", "C", ""), Part("d", "D", "Ny")]

    compared = compare_parts(old, new)

    assert [(part.title, part.is_changed) for part in compared] == [
        ("A", False),
        ("D", True),
        ("B", True),
    ]


def test_with_one_version_the_page_says_so_and_leads_to_it(client, scene):
    referat = make_referat(scene)
    send_referat(scene, referat)
    sign_in(client, scene.veileder)

    body = squeeze(shown(client, referat).content.decode())

    assert "Det er bare én versjon å lese" in body
    assert "Les versjon 1" in body
    assert [word for word in ("fjernet</del>", "som er like", "Sammenlign") if word in body] == []


def test_the_legend_stands_only_where_something_is_marked(client, scene):
    referat = three_versions(scene)
    sign_in(client, scene.veileder)

    changed, same = shown(client, referat), shown(client, referat, fra="2", til="2", vis="alt")

    legend = "<del>fjernet</del>"
    assert [legend in each.content.decode() for each in (changed, same)] == [True, False]


def test_the_last_two_are_compared_unless_others_are_chosen(client, scene):
    referat = three_versions(scene)
    sign_in(client, scene.veileder)

    last, first = shown(client, referat), shown(client, referat, fra="1", til="2")

    assert [part.title for part in last.context["parts"]] == ["Det vi avtalte"]
    assert [part.title for part in first.context["parts"]] == ["Sak 1, Rutinen"]
    body = squeeze(first.content.decode())
    assert "Én del er endret fra versjon 1 til 2" in body
    assert '<del><span class="ds-sr-only">Fjernet: </span>to </del>' in body
    assert '<ins><span class="ds-sr-only">Lagt til: </span>fire </ins>' in body


def test_equal_parts_are_folded_or_shown(client, scene):
    referat = three_versions(scene)
    sign_in(client, scene.leder)

    folded, whole = shown(client, referat), shown(client, referat, vis="alt")

    assert "deler som er like" in folded.content.decode()
    assert len(whole.context["parts"]) == len(folded.context["same"]) + 1
    assert "deler som er like" not in whole.content.decode()


def test_the_order_of_the_choice_does_not_matter(client, scene):
    referat = three_versions(scene)
    sign_in(client, scene.leder)

    response = shown(client, referat, fra="3", til="1")

    assert (response.context["old"].number, response.context["new"].number) == (1, 3)


@pytest.mark.parametrize("query", [{"fra": "x", "til": "99"}, {"fra": "1"}, {"vis": "tull"}])
def test_strange_choices_give_the_page(client, scene, query):
    referat = three_versions(scene)
    sign_in(client, scene.leder)

    assert shown(client, referat, **query).status_code == 200


def test_one_version_is_shown_without_a_choice(client, scene):
    referat = make_referat(scene)
    send_referat(scene, referat)
    sign_in(client, scene.leder)

    response = shown(client, referat)

    assert "Sammenlign" not in response.content.decode()


def test_a_version_hidden_from_the_reader_is_no_choice(client, scene):
    referat = three_versions(scene)
    ReferatVersion.objects.filter(number=2).update(hidden_at=NOW)
    sign_in(client, scene.veileder)

    response = shown(client, referat, fra="2", til="3")

    assert [sheet.version.number for sheet, _taken in response.context["versions"]] == [3, 1]
    assert response.context["old"].number == 1


def test_a_script_is_shown_as_text(client, scene):
    referat = make_referat(scene)
    send_referat(scene, referat, saker=[sak("Først")])
    send_referat(scene, referat, saker=[sak("<script>alert(1)</script>")])
    sign_in(client, scene.leder)

    body = shown(client, referat).content.decode()

    assert "&lt;script&gt;" in body
    assert "<script>alert" not in body


@pytest.mark.parametrize("office", ["udir", "statsforvalter"])
def test_two_hats_read_no_version(client, scene, office):
    referat = make_referat(scene)
    send_referat(scene, referat)
    sign_in(client, getattr(scene, office))

    response = shown(client, referat)

    assert response.status_code == 403
    assert SECRET not in response.content.decode()


def test_the_styringsgruppe_compares_its_own(client, scene):
    meeting = held_meeting(scene, "styringsgruppemoete_fysisk")
    referat = make_referat(scene, meeting, "eier")
    for text in ("Først", "Sist"):
        send_referat(scene, referat, office="eier", saker=[sak(text)], mellomarbeid="")
    sign_in(client, scene.statsforvalter)

    assert shown(client, referat).status_code == 200
