"""Comments to a sent grunnlag, and the unit's answers."""

import pytest
from django.urls import reverse

from actors.models import Notice
from cohorts.models import PuljeStatus
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady, PuljeClosed
from meetings.actions.grunnlag_comment import add_comment
from meetings.models import GrunnlagComment
from tests.factories.meetings import NOW
from tests.factories.papers import NATIONAL_ID, make_grunnlag, send_grunnlag
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db
QUERIES = 40
SECRET_COMMENT = "Hemmelig: hva gjør dere når den voksne er vikar?"


@pytest.fixture
def grunnlag(scene):
    return send_grunnlag(scene).paper


def comment(scene, grunnlag, text=SECRET_COMMENT, office="veileder", **values):
    return add_comment(grunnlag=grunnlag, text=text, by=scene.by(office), now=NOW, **values)


def page(grunnlag, name="grunnlag_detail"):
    return reverse(f"meetings:{name}", args=[grunnlag.meeting_id])


def told(kind):
    return {each.recipient.name for each in Notice.objects.filter(kind=kind)}


def test_the_unit_is_told_of_a_comment(scene, grunnlag):
    comment(scene, grunnlag)

    names = {scene.leder.user.name, scene.arbeidsgruppe.user.name}
    assert told("grunnlag_comment") == names
    assert not any(SECRET_COMMENT in each.body for each in Notice.objects.all())


def test_the_veiledere_are_told_of_an_answer(scene, grunnlag):
    first = comment(scene, grunnlag)

    answer = comment(scene, grunnlag, "Vi har en plan.", "leder", answer_to=first)

    assert (answer.answer_to, answer.version) == (first, first.version)
    assert told("grunnlag_answer") == {scene.veileder.user.name, scene.co_veileder.user.name}


def test_an_answer_stands_at_the_version_that_was_commented_on(scene, grunnlag):
    first = comment(scene, grunnlag)
    send_grunnlag(scene, grunnlag, tried="Endret")

    assert comment(scene, grunnlag, "Svar", "leder", answer_to=first).version.number == 1


def test_the_same_comment_twice_is_one(scene, grunnlag):
    assert comment(scene, grunnlag) == comment(scene, grunnlag)


@pytest.mark.parametrize(
    ("text", "error"), [(" \u200b ", NotReady), (f"Født {NATIONAL_ID}", NationalIdFound)]
)
def test_what_is_no_comment(scene, grunnlag, text, error):
    with pytest.raises(error):
        comment(scene, grunnlag, text)


def test_a_draft_cannot_be_commented_on(scene):
    with pytest.raises(NotPossible):
        comment(scene, make_grunnlag(scene))


def test_nothing_is_written_in_a_closed_pulje(scene, grunnlag):
    scene.pulje.status = PuljeStatus.CLOSED
    scene.pulje.save()
    grunnlag.refresh_from_db()

    with pytest.raises(PuljeClosed):
        comment(scene, grunnlag)


# --- pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("office", "status"),
    [
        ("veileder", 302),
        ("co_veileder", 302),
        ("leder", 403),
        ("arbeidsgruppe", 403),
        ("eier", 403),
        ("ppt", 403),
        ("koordinator", 403),
        ("styrer", 404),
        ("udir", 404),
        ("statsforvalter", 404),
    ],
)
def test_who_comments(client, scene, grunnlag, office, status):
    sign_in(client, getattr(scene, office))

    response = client.post(page(grunnlag, "grunnlag_comment"), {"text": "Hva har dere prøvd?"})

    assert response.status_code == status
    assert GrunnlagComment.objects.count() == (status == 302)


@pytest.mark.parametrize(("office", "status"), [("leder", 302), ("veileder", 403), ("ppt", 403)])
def test_who_answers(client, scene, grunnlag, office, status):
    first = comment(scene, grunnlag)
    sign_in(client, getattr(scene, office))
    data = {"text": "Vi har en plan.", "answer_to": first.pk}

    response = client.post(page(grunnlag, "grunnlag_comment"), data)

    assert response.status_code == status


@pytest.mark.parametrize("office", ["leder", "arbeidsgruppe", "veileder", "eier", "ppt"])
def test_readers_see_comments_and_answers(client, scene, grunnlag, office):
    first = comment(scene, grunnlag)
    comment(scene, grunnlag, "Vi har en <b>plan</b>.", "leder", answer_to=first)
    sign_in(client, getattr(scene, office))

    body = client.get(page(grunnlag)).content.decode()

    assert SECRET_COMMENT in body
    assert "Vi har en &lt;b&gt;plan&lt;/b&gt;." in body


def test_what_is_typed_stays_when_it_cannot_be_sent(client, scene, grunnlag):
    sign_in(client, scene.veileder)
    typed = f"Om eleven f. {NATIONAL_ID}"

    response = client.post(page(grunnlag, "grunnlag_comment"), {"text": typed})

    body = response.content.decode()
    assert "Kommentaren er ikke sendt" in body
    assert typed in body
    assert not GrunnlagComment.objects.exists()


def test_a_comment_without_a_session_is_shown_back(client, grunnlag):
    response = client.post(page(grunnlag, "grunnlag_comment"), {"text": "En lang kommentar"})

    assert response.status_code == 401
    assert "En lang kommentar" in response.content.decode()


def test_the_number_of_queries_does_not_grow_with_comments(
    client, scene, grunnlag, django_assert_num_queries
):
    sign_in(client, scene.leder)
    first = comment(scene, grunnlag)
    comment(scene, grunnlag, "Svar", "leder", answer_to=first)
    client.get(page(grunnlag))
    with django_assert_num_queries(QUERIES):
        client.get(page(grunnlag))
    for number in range(3):
        row = comment(scene, grunnlag, f"Kommentar {number}")
        comment(scene, grunnlag, f"Svar {number}", "leder", answer_to=row)

    with django_assert_num_queries(QUERIES):
        client.get(page(grunnlag))
