"""The pages of a grunnlag: saved while it is written, and what becomes of what is typed."""

import json
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from actors.models import Opening, Role
from meetings.actions.grunnlag_save import merge_grunnlag
from meetings.actions.meeting import cancel_meeting, change_meeting
from meetings.actions.opening import open_version
from meetings.models import (
    GrunnlagConflict,
    Veiledningsgrunnlag,
    VeiledningsgrunnlagVersion,
)
from meetings.rules.grunnlag_merge import marks_of
from tests.factories.meetings import NOW, make_meeting, make_scene
from tests.factories.own_work import make_maal, make_mellomarbeid, make_plan, make_tiltak
from tests.factories.papers import NATIONAL_ID, SECRET, make_grunnlag, send_grunnlag
from tests.factories.people import make_role, sign_in
from tests.markup import squeeze
from tests.meetings.test_paper_pages import WRITTEN, form_of

pytestmark = pytest.mark.django_db
A_PDF = b"%PDF-1.7 innhold"


@pytest.fixture
def scene():
    return make_scene()


@pytest.fixture
def meeting(scene):
    return make_meeting(scene)


def page(name, meeting, *args):
    return reverse(f"meetings:{name}", args=[meeting.pk, *args])


def typed(client, meeting, **changes):
    """What a browser posts from the form as it is now, with what was typed."""
    return form_of(client.get(page("grunnlag_edit", meeting))) | changes


def autosave(client, meeting, data):
    return client.post(page("grunnlag_autosave", meeting), data)


def others_write(scene, meeting, office="arbeidsgruppe", **data):
    grunnlag = Veiledningsgrunnlag.objects.filter(meeting=meeting).first()
    grunnlag = grunnlag or make_grunnlag(scene, meeting)
    base = marks_of({key: getattr(grunnlag, key) for key in data})
    merge_grunnlag(grunnlag=grunnlag, data=data, base=base, by=scene.by(office), now=NOW)


def stored(meeting):
    return Veiledningsgrunnlag.objects.get(meeting=meeting)


# --- saved while it is written ------------------------------------------------------------------


@pytest.mark.parametrize("office", ["leder", "arbeidsgruppe"])
def test_what_is_typed_is_saved_by_itself(client, scene, meeting, office):
    sign_in(client, getattr(scene, office))

    response = autosave(client, meeting, typed(client, meeting, tried="Felles gjennomgang"))

    assert "Lagret kl. 10.00" in response.content.decode()
    assert stored(meeting).tried == "Felles gjennomgang"


def test_an_autosave_goes_on_from_the_one_before(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="En")
    first = autosave(client, meeting, data)
    base = json.loads(first.context["fields"])["base"]

    autosave(client, meeting, data | {"tried": "En to", "base": base})

    assert stored(meeting).tried == "En to"
    assert not GrunnlagConflict.objects.exists()


def test_an_autosave_without_a_session_says_so_and_stores_nothing(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="En")
    client.logout()

    assert autosave(client, meeting, data).status_code == 401
    assert not Veiledningsgrunnlag.objects.exists()


@pytest.mark.parametrize(
    ("office", "status"),
    [("veileder", 403), ("eier", 403), ("udir", 403), ("styrer", 404)],
)
def test_others_save_nothing(client, scene, meeting, office, status):
    sign_in(client, getattr(scene, office))

    assert autosave(client, meeting, {"tried": "En"}).status_code == status
    assert not Veiledningsgrunnlag.objects.exists()


def test_a_national_id_number_is_not_saved_and_the_writer_is_told(client, scene, meeting):
    sign_in(client, scene.leder)

    response = autosave(client, meeting, typed(client, meeting, tried=NATIONAL_ID, voices="Ja"))

    body = response.content.decode()
    assert "Ikke lagret: «Hva har dere prøvd eller tenkt selv?». Resten er lagret." in body
    assert "data-unsaved" in body
    assert NATIONAL_ID not in body
    assert (stored(meeting).tried, stored(meeting).voices) == ("", "Ja")


def test_two_texts_are_told_of_calmly_with_a_link(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="Min")
    others_write(scene, meeting, tried="Deres")

    response = autosave(client, meeting, data)

    body = response.content.decode()
    who = scene.arbeidsgruppe.user.get_short_name()
    assert response.status_code == 200
    assert f"{who} har skrevet i det samme feltet. Begge tekstene er lagret." in body
    assert page("grunnlag_conflict", meeting) in body
    assert stored(meeting).tried == "Deres"


def test_the_two_windows_of_one_person_are_told_apart(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="Fra det ene")
    others_write(scene, meeting, office="leder", tried="Fra det andre")

    said = autosave(client, meeting, data).content.decode()
    both = client.get(page("grunnlag_conflict", meeting)).content.decode()

    assert "Du har skrevet i det samme i et annet vindu. Begge tekstene er lagret." in said
    assert "Du har skrevet i det samme i et annet vindu" in both
    buttons = ("Bruk min tekst", "Bruk teksten fra det andre vinduet")
    assert [both.count(f">{each}<") for each in buttons] == [1, 1]


def test_the_writer_is_told_that_somebody_writes_in_another_field(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="Min")
    others_write(scene, meeting, story="Deres")

    body = autosave(client, meeting, data).content.decode()

    who = scene.arbeidsgruppe.user.get_short_name()
    assert f"Lagret. {who} har også skrevet i utkastet." in body
    assert (stored(meeting).tried, stored(meeting).story) == ("Min", "Deres")


def test_the_page_says_who_saved_last(client, scene, meeting):
    others_write(scene, meeting, tried="Deres")
    sign_in(client, scene.leder)

    body = client.get(page("grunnlag_edit", meeting)).content.decode()

    assert f"Lagret kl. 10.00 av {scene.arbeidsgruppe.user.name}" in body


# --- the session ends, the meeting is cancelled ---------------------------------------------------


@pytest.mark.parametrize("name", ["grunnlag_edit", "grunnlag_copy", "grunnlag_attachment_add"])
def test_a_form_sent_after_the_session_is_shown_back(client, scene, meeting, name):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="<b>Lang tekst</b>", **{"saker-1-title": "Rutinen"})
    client.logout()

    response = client.post(page(name, meeting), data | {"handling": "send"})

    body = response.content.decode()
    assert response.status_code == 401
    assert "&lt;b&gt;Lang tekst&lt;/b&gt;" in body
    assert "Rutinen" in body
    assert "Hva har dere prøvd eller tenkt selv?" in body
    assert not Veiledningsgrunnlag.objects.exists()


def test_what_was_typed_when_the_meeting_was_cancelled_is_shown_back(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="Lang tekst", handling="lagre")
    cancel_meeting(meeting=meeting, reason="Snø", by=scene.by("veileder"), now=NOW)

    response = client.post(page("grunnlag_edit", meeting), data)

    assert response.status_code == 409
    assert "Lang tekst" in response.content.decode()


def test_an_autosave_after_the_meeting_was_cancelled_keeps_the_text_in_the_page(
    client, scene, meeting
):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="Lang tekst")
    cancel_meeting(meeting=meeting, reason="Snø", by=scene.by("veileder"), now=NOW)

    response = autosave(client, meeting, data)

    body = response.content.decode()
    assert response.status_code == 200
    assert "Møtet er avlyst. Grunnlaget kan leses, men ikke endres." in body
    assert "data-unsaved" in body


def test_the_page_holds_what_the_browser_needs_to_keep_the_text(client, scene, meeting):
    sign_in(client, scene.leder)

    body = client.get(page("grunnlag_edit", meeting)).content.decode()

    key = f"grunnlag-{meeting.pk}-{scene.skole.pk}-{scene.leder.user.pk}"
    assert f'data-autosave-key="{key}"' in body
    assert "<template data-autosave-lost>" in body
    assert "<template data-autosave-back>" in body


# --- two texts ----------------------------------------------------------------------------------


def two_texts(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="Likt. Mitt.")
    others_write(scene, meeting, tried="Likt. Deres.")
    return client.post(page("grunnlag_edit", meeting), data | {"handling": "lagre"})


def test_a_stale_form_leads_to_both_texts(client, scene, meeting):
    response = two_texts(client, scene, meeting)

    body = client.get(response.url).content.decode()
    assert response.url == page("grunnlag_conflict", meeting)
    assert "Bare hos deg:" in body
    assert f"Bare hos {scene.arbeidsgruppe.user.get_short_name()}:" in body
    assert "Likt. Deres. Mitt." in body


@pytest.mark.parametrize(
    ("use", "text"),
    [("other", "Likt. Mitt."), ("stored", "Likt. Deres."), ("joined", "Skrevet sammen")],
)
def test_the_writer_chooses_which_text_stands(client, scene, meeting, use, text):
    path = two_texts(client, scene, meeting).url
    seen = client.get(path).context["seen"]

    response = client.post(path, {"use": use, "seen": seen, "text": "Skrevet sammen"})

    assert response.url == page("grunnlag_edit", meeting)
    assert stored(meeting).tried == text
    assert not GrunnlagConflict.objects.filter(resolved_at=None).exists()


def test_both_texts_wait_until_somebody_decides(client, scene, meeting):
    two_texts(client, scene, meeting)
    sign_in(client, scene.arbeidsgruppe)

    body = client.get(page("grunnlag_edit", meeting)).content.decode()
    conflict = client.get(page("grunnlag_conflict", meeting)).content.decode()

    assert "To har skrevet i det samme feltet." in body
    assert "Likt. Deres." in body
    assert f"Teksten fra {scene.leder.user.name}" in conflict


def test_a_text_changed_meanwhile_is_not_overwritten(client, scene, meeting):
    path = two_texts(client, scene, meeting).url
    seen = client.get(path).context["seen"]
    others_write(scene, meeting, tried="Nyest.")

    response = client.post(path, {"use": "joined", "seen": seen, "text": "Skrevet sammen"})

    assert stored(meeting).tried == "Nyest."
    assert "Noen har lagret mens du skrev." in response.content.decode()


def test_with_two_texts_it_is_not_sent(client, scene, meeting):
    two_texts(client, scene, meeting)

    client.post(page("grunnlag_edit", meeting), typed(client, meeting, **WRITTEN, handling="send"))

    assert not VeiledningsgrunnlagVersion.objects.exists()


def test_what_the_sender_has_not_seen_is_not_sent(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, **WRITTEN, handling="send")
    others_write(scene, meeting, worked_well="Nytt fra arbeidsgruppa")

    response = client.post(page("grunnlag_edit", meeting), data)

    body = client.get(response.url).content.decode()
    assert not VeiledningsgrunnlagVersion.objects.exists()
    assert "Les over alt, og send når det er riktig." in body
    assert "Nytt fra arbeidsgruppa" in body


@pytest.mark.parametrize(("office", "status"), [("veileder", 403), ("udir", 403), ("styrer", 404)])
def test_others_do_not_see_two_texts(client, scene, meeting, office, status):
    two_texts(client, scene, meeting)
    sign_in(client, getattr(scene, office))

    assert client.get(page("grunnlag_conflict", meeting)).status_code == status


# --- the office, not the person -------------------------------------------------------------------


def test_the_acting_leader_finds_the_draft_of_the_one_who_quit(client, scene, meeting):
    others_write(scene, meeting, "leder", tried="Påbegynt av rektor")
    Role.objects.filter(pk=scene.leder.pk).update(valid_to=NOW.date() - timedelta(days=1))
    acting = make_role("leder", scene.skole.unit, acting=True)
    sign_in(client, acting)

    data = typed(client, meeting, **WRITTEN, handling="send")
    client.post(page("grunnlag_edit", meeting), data)

    version = VeiledningsgrunnlagVersion.objects.get()
    assert version.content["tried"] == "Påbegynt av rektor"
    assert version.sent_as.startswith("på vegne av rektor")


# --- sending --------------------------------------------------------------------------------------


def send(client, meeting, **changes):
    data = typed(client, meeting, **(WRITTEN | changes), handling="send")
    return client.post(page("grunnlag_edit", meeting), data)


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


def test_the_empty_row_of_the_saksliste_says_what_it_is_for(client, scene, meeting):
    sign_in(client, scene.leder)

    body = squeeze(client.get(page("grunnlag_edit", meeting)).content)

    assert re.findall(
        r'<label class="ds-label" for="id_saker-(\d)-title">Ny sak</label>', body
    ) == ["1"]
    assert re.findall(r'name="saker-1-title"[^>]*aria-label="([^"]+)"', body) == ["Ny sak"]


# --- files and earlier texts ----------------------------------------------------------------------


def upload(client, meeting, content=A_PDF, **changes):
    data = typed(client, meeting, **changes) | {"file": SimpleUploadedFile("plan.pdf", content)}
    return client.post(page("grunnlag_attachment_add", meeting), data)


def test_a_file_is_added_and_what_is_typed_is_saved(client, scene, meeting):
    sign_in(client, scene.arbeidsgruppe)

    response = upload(client, meeting, tried="Skrevet samtidig")

    row = stored(meeting).attachments.get()
    file = client.get(page("grunnlag_attachment", meeting, row.pk))
    assert response.url == page("grunnlag_edit", meeting) + "#vedlegg"
    assert stored(meeting).tried == "Skrevet samtidig"
    assert file.content == A_PDF
    assert file["Content-Disposition"] == 'attachment; filename="plan.pdf"'


def test_a_refused_file_is_told_at_the_field_and_the_text_is_saved(client, scene, meeting):
    sign_in(client, scene.leder)

    response = upload(client, meeting, b"MZ program", tried="Skrevet samtidig")

    body = response.content.decode()
    assert "Fila er verken PDF eller Word" in body
    assert 'href="#id_file"' in body
    assert "<title>Feil:" in body
    assert "Skrevet samtidig" in body
    assert stored(meeting).tried == "Skrevet samtidig"


@pytest.mark.parametrize("handling", ["send", "lagre", "ny_sak"])
def test_a_chosen_file_goes_with_whatever_button_is_pressed(client, scene, meeting, handling):
    sign_in(client, scene.leder)
    data = typed(client, meeting, **WRITTEN) | {"confirmed": "on", "handling": handling}

    client.post(
        page("grunnlag_edit", meeting), data | {"file": SimpleUploadedFile("plan.pdf", A_PDF)}
    )

    assert [row.name for row in stored(meeting).attachments.kept()] == ["plan.pdf"]
    sent = [row.name for each in stored(meeting).versions.all() for row in each.attachments.all()]
    assert sent == (["plan.pdf"] if handling == "send" else [])


def test_nothing_is_sent_without_the_file_that_was_refused(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, **WRITTEN) | {"confirmed": "on", "handling": "send"}

    response = client.post(
        page("grunnlag_edit", meeting), data | {"file": SimpleUploadedFile("plan.exe", b"MZ")}
    )

    assert "Fila er verken PDF eller Word" in response.content.decode()
    assert stored(meeting).sent_at is None


def test_a_file_is_taken_away(client, scene, meeting):
    sign_in(client, scene.leder)
    upload(client, meeting)
    row = stored(meeting).attachments.get()

    client.post(page("grunnlag_attachment_remove", meeting, row.pk), typed(client, meeting))

    assert not stored(meeting).attachments.kept().exists()
    assert client.get(page("grunnlag_attachment", meeting, row.pk)).status_code == 404


@pytest.mark.parametrize(("office", "status"), [("veileder", 404), ("udir", 404), ("styrer", 404)])
def test_a_file_of_a_draft_is_for_its_authors(client, scene, meeting, office, status):
    sign_in(client, scene.leder)
    upload(client, meeting)
    row = stored(meeting).attachments.get()
    sign_in(client, getattr(scene, office))

    assert client.get(page("grunnlag_attachment", meeting, row.pk)).status_code == status


def test_text_is_fetched_from_the_last_one_and_the_page_says_what(client, scene, meeting):
    earlier = make_meeting(scene, "veiledning_1", day=NOW.date() - timedelta(days=10))
    send_grunnlag(scene, make_grunnlag(scene, earlier), tried="Fra sist")
    sign_in(client, scene.leder)
    data = typed(client, meeting, questions="Vårt eget spørsmål?")

    response = client.post(page("grunnlag_copy", meeting), data, follow=True)

    body = response.content.decode()
    assert "Hentet fra grunnlaget til 10. november: «Hva har dere prøvd eller tenkt selv?»" in body
    assert (stored(meeting).tried, stored(meeting).questions) == ("Fra sist", "Vårt eget spørsmål?")


def test_the_draft_is_shared(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="Delt", handling="del")

    response = client.post(page("grunnlag_edit", meeting), data, follow=True)

    assert "Utkastet er delt." in response.content.decode()
    assert stored(meeting).tried == "Delt"
