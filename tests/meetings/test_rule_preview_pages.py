"""What a change of a rule does, shown before it is made, and a sample of its text."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django.asserts import assertContains

from actors.models import Notice
from tests.factories.meetings import TODAY, make_meeting, make_scene
from tests.factories.pages import queries_of
from tests.factories.people import InvitationFactory, sign_in
from tests.factories.rule_forms import KEY, posted, url_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # a Friday


@pytest.fixture
def scene():
    scene = make_scene()
    make_meeting(scene, "veiledning_1")  # on 3 December; the grunnlag is due on 26 November
    Notice.objects.all().delete()
    return scene


# The preview


def test_the_numbers_say_what_the_change_does(client, scene):
    rule = scene.pulje.deadline_rules.get(key=KEY)
    sign_in(client, scene.udir)
    rows = [(5, "before", ""), (2, "before", ""), (0, "on", ""), (3, "after", ""), (5, "after", "")]
    rows += [(3, "after", "arbeidsgruppe"), (5, "after", "eier")]

    response = client.post(url_of(rule), posted(rule, rows=rows, vis="1"))

    effect = response.context["effect"]
    assert (effect.before, effect.after, effect.more) == (5, 6, 1)
    assert effect.people == {scene.leder.user_id: 1}
    assertContains(response, "Endringen gir 1 varsel mer de neste 30 dagene.")
    assertContains(response, "Uke 48: 1 til 2.")
    assertContains(response, "Ny</span>")


def test_a_real_person_reads_the_text_with_what_is_missing(client, scene):
    rule = scene.pulje.deadline_rules.get(key=KEY)
    sign_in(client, scene.udir)

    response = client.post(url_of(rule), posted(rule, text_bm="Husk {enhet}, {frsit}.", vis="1"))

    sample = response.context["sample"]
    assert sample.to == scene.leder.user.name
    assertContains(response, f"Til {scene.leder.user.name}, torsdag 26. november kl. 07.00")
    assertContains(response, f'Husk {scene.skole}, <span class="muted">(mangler)</span>.')


def test_one_may_see_who_gets_more(client, scene):
    rule = scene.pulje.deadline_rules.get(key=KEY)
    sign_in(client, scene.udir)
    rows = [(1, "before", ""), (0, "on", "")]

    response = client.post(url_of(rule), posted(rule, rows=rows, hvem="1"))

    assert response.context["gainers"] == []
    response = client.post(url_of(rule), posted(rule, rows=[(1, "after", "koordinator")], hvem="1"))
    assertContains(response, "Får flere med endringen")
    gainers = [(each.name, each.more, each.places) for each in response.context["gainers"]]
    assert gainers == [(scene.koordinator.user.name, 1, [str(scene.skole)])]


def test_a_meeting_that_comes_up_is_shown_with_those_who_are_invited(client, scene):
    rule = scene.pulje.deadline_rules.get(key="moete_kommer")
    make_meeting(scene, "fagsamling", units=(), day=TODAY + timedelta(days=21))
    sign_in(client, scene.udir)

    response = client.get(url_of(rule))

    sample = response.context["sample"]
    assert sample.to != ""
    assert not [piece for piece in sample.subject if piece.missing]
    assert response.context["effect"].before > 0


def test_the_letter_of_an_invitation_is_counted_for_its_address(client, scene):
    rule = scene.pulje.deadline_rules.get(key="invitasjon")
    InvitationFactory(unit=scene.skole.unit, sent_at=NOW, expires_at=NOW + timedelta(days=30))
    sign_in(client, scene.udir)

    rows = [(14, "before", ""), (10, "before", ""), (7, "before", "")]
    response = client.post(url_of(rule), posted(rule, rows=rows, hvem="1"))

    assertContains(response, "Brevet har sin egen tekst.")
    assert [each.name for each in response.context["gainers"]] == ["Ola Nyvik"]


def test_all_reminders_may_be_taken_away(client, scene):
    rule = scene.pulje.deadline_rules.get(key=KEY)
    sign_in(client, scene.udir)

    response = client.post(url_of(rule), posted(rule, rows=[], vis="1"))

    assertContains(response, "Ingen påminnelser.")
    assert response.context["effect"].after == 0
    assert response.context["sample"].to == ""


def test_the_page_takes_the_same_queries_for_more_units(client, scene):
    make_meeting(scene, "veiledning_1", units=[scene.barnehage])
    rule = scene.pulje.deadline_rules.get(key=KEY)
    sign_in(client, scene.udir)
    queries_of(client, url_of(rule))
    before = queries_of(client, url_of(rule))

    for day in (1, 2, 3):
        make_meeting(scene, "veiledning_2", day=TODAY + timedelta(days=13 + day))

    assert queries_of(client, url_of(rule)) == before


# A sample


def test_a_sample_goes_to_the_writer_alone_and_at_once(client, scene):
    rule = scene.pulje.deadline_rules.get(key=KEY)
    sign_in(client, scene.udir)

    response = client.post(url_of(rule), posted(rule, subject_bm="Husk {enhet}", proeve="1"))

    assertContains(response, "Ingen andre får den.")
    notice = Notice.objects.get()
    assert (notice.recipient, notice.urgent) == (scene.udir.user, True)
    assert notice.title == f"Prøve: Husk {scene.skole}"
    assert rule.editions.count() == 0
