"""A grunnlag that is sent: what it takes, who has opened it, and taking it back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from actors.models import Opening
from meetings.actions.meeting_change import change_meeting
from meetings.actions.opening import open_version
from meetings.models import VeiledningsgrunnlagVersion
from tests.factories.grunnlag_forms import others_write, send, stored
from tests.factories.meetings import NOW, make_meeting
from tests.factories.own_work import make_maal, make_mellomarbeid, make_plan, make_tiltak
from tests.factories.pages import page
from tests.factories.papers import SECRET, make_grunnlag, send_grunnlag
from tests.factories.people import sign_in
from tests.markup import squeeze

pytestmark = pytest.mark.django_db


# --- sending --------------------------------------------------------------------------------------


@pytest.mark.parametrize("blank", [" \n\t", "\u200b\ufeff", "\xa0"])
def test_only_blanks_is_missing(client, scene, meeting, blank):
    sign_in(client, scene.leder)

    response = send(client, meeting, questions=blank)

    assert "Skriv hva dere ønsker veiledning på." in response.content.decode()
    assert not VeiledningsgrunnlagVersion.objects.exists()


def test_a_long_text_from_a_word_processor_is_saved_sent_and_shown(client, scene, meeting):
    line = "\uf0b7\tVi øver på overganger 🙂 «hver dag»\r\n"
    text = (line * (20_000 // len(line) + 1))[:20_000]
    sign_in(client, scene.leder)

    response = send(client, meeting, tried=text)

    sent = VeiledningsgrunnlagVersion.objects.get().content["tried"]
    shown = client.get(page("grunnlag_detail", meeting)).content.decode()
    assert response.status_code == 302
    assert sent.startswith("•\tVi øver på overganger 🙂 «hver dag»\n•")
    assert sent.count("🙂") == text.count("🙂")
    assert sent in shown


def test_mellomarbeid_and_the_plan_go_with_it(client, scene, meeting):
    task = make_mellomarbeid(scene, "Observere overganger", who="<script>alert(1)</script>")
    maal = make_maal(make_plan(scene))
    tiltak = make_tiltak(maal)
    sign_in(client, scene.leder)
    form = client.get(page("grunnlag_edit", meeting)).content.decode()
    answers = {f"arbeid-{task.pk}-outcome": "done", f"arbeid-{task.pk}-comment": "Godt i gang"}

    send(client, meeting, **answers, plan=[f"maal:{maal.pk}", f"tiltak:{tiltak.pk}"])

    task.refresh_from_db()
    content = VeiledningsgrunnlagVersion.objects.get().content
    body = client.get(page("grunnlag_detail", meeting)).content.decode()
    assert "<script>alert(1)" not in form
    assert task.status == "done"
    assert [row["text"] for row in content["since_last"]] == ["Observere overganger"]
    assert [row["text"] for row in content["plan"]] == [maal.title, tiltak.title]
    assert "Godt i gang" in body
    assert tiltak.title in body


def test_mellomarbeid_must_be_answered(client, scene, meeting):
    make_mellomarbeid(scene, "Observere overganger")
    sign_in(client, scene.leder)

    response = send(client, meeting)

    expected = "Velg gjort, delvis eller ikke gjort: «Observere overganger»."
    assert expected in response.content.decode()


SCRIPT = "<script>alert(1)</script>"


def test_a_script_tag_in_every_field_is_text(client, scene, meeting):
    sign_in(client, scene.leder)
    names = ("worked_well", "was_difficult", "voices", "questions", "tried", "story")
    names += ("wanted_outcome", "practical_needs", "prepared_by", "saker-1-title")

    send(client, meeting, **dict.fromkeys(names, SCRIPT))

    version = VeiledningsgrunnlagVersion.objects.get()
    pages = [
        client.get(page("grunnlag_detail", meeting)),
        client.get(page("grunnlag_edit", meeting)),
        client.get(page("grunnlag_receipt", meeting, version.receipt)),
        client.get(page("grunnlag_print", meeting, version.pk)),
    ]
    bodies = [each.content.decode() for each in pages]
    assert [each.status_code for each in pages] == [200] * 4
    assert not any(SCRIPT in body for body in bodies)
    assert all("&lt;script&gt;" in bodies[at] for at in (0, 1, 3))


def test_a_late_grunnlag_is_taken_and_marked(client, scene):
    meeting = make_meeting(scene, day=NOW.date() + timedelta(days=3))
    sign_in(client, scene.leder)

    receipt = client.get(send(client, meeting).url).content.decode()

    assert "sendt etter fristen" in squeeze(receipt)
    assert "sendt etter fristen" in client.get(page("grunnlag_detail", meeting)).content.decode()


# --- what was sent --------------------------------------------------------------------------------


def test_the_author_sees_who_has_opened_it(client, scene, meeting):
    version = send_grunnlag(scene, make_grunnlag(scene, meeting))
    yesterday = timezone.now() - timedelta(days=1)
    reader = scene.by("veileder")
    open_version(version=version, way=Opening.Way.PORTAL, by=reader, now=yesterday)
    sign_in(client, scene.leder)

    body = client.get(page("grunnlag_detail", meeting)).content.decode()

    assert f"{scene.veileder.user.name} åpnet det i går kl. 10.00" in body
    assert f"{scene.co_veileder.user.name} har ikke åpnet det ennå" in body


def test_an_older_version_that_was_opened_is_told_apart(client, scene, meeting):
    grunnlag = make_grunnlag(scene, meeting)
    first = send_grunnlag(scene, grunnlag)
    open_version(version=first, way=Opening.Way.PDF, by=scene.by("veileder"), now=NOW)
    send_grunnlag(scene, grunnlag, tried="Endret")
    sign_in(client, scene.leder)

    body = client.get(page("grunnlag_detail", meeting)).content.decode()

    assert f"{scene.veileder.user.name} åpnet en eldre versjon" in body


def test_readers_are_not_told_who_has_opened_it(client, scene, meeting):
    send_grunnlag(scene, make_grunnlag(scene, meeting))
    sign_in(client, scene.veileder)

    assert "Hvem har åpnet det" not in client.get(page("grunnlag_detail", meeting)).content.decode()


def test_a_moved_meeting_keeps_its_grunnlag_and_says_so(client, scene, meeting):
    send_grunnlag(scene, make_grunnlag(scene, meeting))
    week = timedelta(days=7)
    change_meeting(
        meeting=meeting,
        edit_version=meeting.edit_version,
        start=meeting.start + week,
        end=meeting.end + week,
        by=scene.by("veileder"),
        now=NOW,
    )
    sign_in(client, scene.veileder)

    body = client.get(page("grunnlag_detail", meeting)).content.decode()

    assert "Møtet er flyttet." in body
    assert "Det følger med til torsdag 10. desember kl. 09.00." in body
    assert SECRET in body


def test_a_sak_of_the_veileder_is_in_the_draft_and_in_what_is_sent(client, scene, meeting):
    others_write(scene, meeting, "leder", tried="Påbegynt")
    sign_in(client, scene.veileder)
    sak = {"title": "Fra veilederen", "type": "droefting", "minutes": "20"}
    assert client.post(page("sak_create", meeting), sak).status_code == 302
    sign_in(client, scene.leder)

    send(client, meeting)

    titles = [row["title"] for row in VeiledningsgrunnlagVersion.objects.get().content["saker"]]
    assert titles == [
        "Oppfølging fra forrige referat",
        "Fra veilederen",
        "Avtaler og mellomarbeid til neste gang",
    ]


# --- taking it back -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("office", "status"),
    [("leder", 302), ("arbeidsgruppe", 403), ("veileder", 403), ("udir", 403), ("styrer", 404)],
)
def test_who_takes_it_back(client, scene, meeting, office, status):
    send_grunnlag(scene, make_grunnlag(scene, meeting))
    sign_in(client, getattr(scene, office))

    response = client.post(page("grunnlag_withdraw", meeting))

    assert response.status_code == status
    assert (stored(meeting).sent_at is None) == (office == "leder")


def test_a_withdrawn_grunnlag_is_read_by_nobody(client, scene, meeting):
    version = send_grunnlag(scene, make_grunnlag(scene, meeting))
    sign_in(client, scene.leder)
    client.post(page("grunnlag_withdraw", meeting))
    sign_in(client, scene.veileder)

    detail = client.get(page("grunnlag_detail", meeting))
    others = [
        client.get(page("grunnlag_pdf", meeting, version.pk)),
        client.get(page("grunnlag_print", meeting, version.pk)),
        client.get(page("grunnlag_receipt", meeting, version.receipt)),
        client.get(page("meeting_detail", meeting)),
    ]

    body = detail.content.decode()
    assert "Grunnlaget er trukket tilbake." in body
    assert "Trukket tilbake av" in body
    assert not any(SECRET in each.content.decode() for each in [detail, *others])


def test_when_the_veileder_has_opened_it_the_button_is_gone(client, scene, meeting):
    send_grunnlag(scene, make_grunnlag(scene, meeting))
    sign_in(client, scene.leder)
    assert "Trekk tilbake" in client.get(page("grunnlag_detail", meeting)).content.decode()
    sign_in(client, scene.veileder)
    client.get(page("grunnlag_detail", meeting))
    sign_in(client, scene.leder)

    response = client.post(page("grunnlag_withdraw", meeting), follow=True)

    body = response.content.decode()
    assert f"{scene.veileder.user.name} har åpnet grunnlaget." in body
    assert ">Trekk tilbake<" not in body
    assert stored(meeting).sent_at is not None
