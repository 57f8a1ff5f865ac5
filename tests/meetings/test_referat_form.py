"""Where a referat is written: points under each sak, autosave, preview, the short note."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from meetings.actions.addendum import write_addendum
from meetings.actions.merknad import add_merknad
from meetings.actions.referat import has_unsent_changes, save_referat, start_referat
from meetings.actions.referat_parts import data_of
from meetings.models import FollowUp, Referat, ReferatVersion
from tests.factories.meetings import NOW, make_meeting, make_scene
from tests.factories.own_work import make_maal, make_plan, make_tiltak
from tests.factories.papers import (
    NATIONAL_ID,
    SECRET,
    held_meeting,
    make_referat,
    point,
    send_referat,
)
from tests.factories.people import make_role, sign_in
from tests.markup import squeeze

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
POINT = {"text": "Prøv rutinen", "responsible": "leder", "due": "01.12.2026"}


@pytest.fixture
def scene():
    return make_scene()


@pytest.fixture
def meeting(scene):
    return held_meeting(scene)


def page(name, meeting, *args):
    return reverse(f"meetings:{name}", args=[meeting.pk, *args])


def form_of(response):
    """What a browser would post from the form, as it was filled in."""
    shown = response.context["page"]
    data = {"edit_version": str(response.context["edit_version"])}
    forms = [shown.saker.management_form, shown.points.management_form, *shown.parts]
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, list):
                data[field.html_name] = value
            elif value not in (None, "", False):
                data[field.html_name] = str(field.field.widget.format_value(value) or value)
                if isinstance(field.field.widget.format_value(value), list):
                    data[field.html_name] = str(value)
    return data


def row_under(response, sak):
    """The prefix of the empty row under a sak."""
    section = response.context["page"].sections[sak - 1]
    return next(each.prefix for each in section.points if not each.is_begun)


def filled_in(client, meeting, sak=2, **changes):
    """Every sak summed up, and a point under one of them."""
    shown = client.get(page("referat_edit", meeting))
    data = form_of(shown)
    saker = shown.context["page"].saker.forms
    data |= {f"saker-{n}-summary": f"Enige {n}" for n, s in enumerate(saker) if not s.is_extra}
    data |= {f"{row_under(shown, sak)}-{name}": value for name, value in POINT.items()}
    return data | {"mellomarbeid": "Observere"} | changes


# --- points under each sak ----------------------------------------------------------------------


def test_a_point_belongs_to_the_sak_it_is_written_under(client, scene, meeting):
    sign_in(client, scene.leder)

    client.post(page("referat_edit", meeting), filled_in(client, meeting) | {"handling": "send"})

    version = ReferatVersion.objects.get()
    assert [(row["text"], row["sak"]) for row in version.content["agreed"]] == [("Prøv rutinen", 2)]
    assert FollowUp.objects.get().text == "Prøv rutinen"


def test_a_point_is_linked_to_a_tiltak_of_the_plan(client, scene, meeting):
    tiltak = make_tiltak(make_maal(make_plan(scene)))
    ended = make_tiltak(tiltak.maal, "Gammelt", status="ended")
    sign_in(client, scene.leder)
    shown = client.get(page("referat_edit", meeting))
    offered = dict(shown.context["page"].points.forms[0].fields["tiltak"].choices)
    row = {f"{row_under(shown, 2)}-tiltak": str(tiltak.pk)}

    client.post(
        page("referat_edit", meeting), filled_in(client, meeting, **row) | {"handling": "send"}
    )

    assert str(ended.pk) not in offered
    assert FollowUp.objects.get().tiltak == tiltak
    assert ReferatVersion.objects.get().content["agreed"][0]["tiltak"] == tiltak.title


def test_there_is_no_choice_of_tiltak_without_a_plan(client, scene, meeting):
    sign_in(client, scene.leder)

    shown = client.get(page("referat_edit", meeting))

    assert "tiltak" not in shown.context["page"].points.forms[0].fields


def test_saving_with_one_more_point_comes_back_to_the_sak(client, scene, meeting):
    sign_in(client, scene.leder)

    response = client.post(
        page("referat_edit", meeting), filled_in(client, meeting) | {"handling": "nytt_punkt:2"}
    )

    assert response.url.endswith("?punkt=2#sak-2")
    again = client.get(response.url)
    assert [section.is_open for section in again.context["page"].sections][:2] == [False, True]
    assert Referat.objects.get().agreed[0]["sak"] == 2


def test_a_point_is_taken_away(client, scene, meeting):
    sign_in(client, scene.leder)
    client.post(page("referat_edit", meeting), filled_in(client, meeting) | {"handling": "lagre"})
    shown = client.get(page("referat_edit", meeting))

    client.post(page("referat_edit", meeting), form_of(shown) | {"handling": "fjern_punkt:0"})

    assert Referat.objects.get().agreed == []


def test_a_half_written_point_is_named_and_nothing_is_lost(client, scene, meeting):
    sign_in(client, scene.leder)
    data = filled_in(client, meeting)
    data = {name: value for name, value in data.items() if not name.endswith("-due")}

    response = client.post(page("referat_edit", meeting), data | {"handling": "send"})

    body = response.content.decode()
    assert "Skriv fristen for punktet." in body
    assert "Prøv rutinen" in body
    assert Referat.objects.get().agreed[0]["text"] == "Prøv rutinen"
    assert ReferatVersion.objects.count() == 0


def test_white_space_is_no_summary(client, scene, meeting):
    sign_in(client, scene.leder)
    typed = filled_in(client, meeting) | {"saker-0-summary": " \u200b\n ", "handling": "send"}

    response = client.post(page("referat_edit", meeting), typed)

    assert "Skriv hva dere kom fram til" in response.content.decode()
    assert ReferatVersion.objects.count() == 0


def test_a_long_text_from_a_word_processor_is_kept(client, scene, meeting):
    sign_in(client, scene.leder)
    long = "\uf0b7 Vi så på overgangene 😀\r\n" * 700
    typed = filled_in(client, meeting) | {"saker-0-summary": long, "handling": "send"}

    response = client.post(page("referat_edit", meeting), typed)

    assert response.status_code == 302
    stored = ReferatVersion.objects.get().content["saker"][0]["summary"]
    assert stored.count("• Vi så på overgangene 😀\n") == 699


def test_a_double_click_sends_once(client, scene, meeting):
    sign_in(client, scene.leder)
    data = filled_in(client, meeting) | {"handling": "send"}

    first, second = (client.post(page("referat_edit", meeting), data) for _n in range(2))

    assert first.url == second.url
    assert (ReferatVersion.objects.count(), FollowUp.objects.count()) == (1, 1)


def test_those_who_get_it_are_named_before_it_is_sent(client, scene, meeting):
    sign_in(client, scene.leder)

    body = client.get(page("referat_edit", meeting)).content.decode()

    assert "Referatet går til fem personer:" in body
    assert all(getattr(scene, office).user.name in body for office in ("veileder", "ppt", "eier"))


def test_each_sak_says_what_type_it_is_while_written_and_when_sent(client, scene, meeting):
    sign_in(client, scene.leder)

    form = squeeze(client.get(page("referat_edit", meeting)).content)
    referat = make_referat(scene, meeting)
    own = {"title": "Uteområdet", "summary": ""}
    saker = [{**each, "summary": "Enige."} for each in [*data_of(referat)["saker"], own]]
    version = send_referat(scene, referat, saker=saker)
    sent = squeeze(client.get(page("referat_detail", meeting)).content)

    types = ["Sak 1 · Orientering", "Sak 2 · Beslutning"]
    assert [each in form for each in types] == [True, True]
    assert [each in sent for each in types] == [True, True]
    stored = [each.get("type") for each in version.content["saker"]]
    assert stored == ["orientering", "beslutning", None]


def test_a_sak_that_gets_another_type_afterwards_changes_no_sent_referat(scene, meeting):
    referat = make_referat(scene, meeting)
    saker = [{**each, "summary": "Enige."} for each in data_of(referat)["saker"]]
    send_referat(scene, referat, saker=saker)
    meeting.saker.update(type="refleksjon")

    assert has_unsent_changes(Referat.objects.get()) is False


def test_the_points_from_before_come_first(client, scene):
    earlier = make_referat(scene, held_meeting(scene, "styringsgruppemoete_digitalt", 10), "eier")
    send_referat(scene, earlier, office="eier", agreed=[point("Fagsamling", "eier")])
    later = held_meeting(scene, "styringsgruppemoete_fysisk", 2)
    sign_in(client, scene.eier)
    shown = client.get(page("referat_edit", later))
    asked = earlier.follow_ups.get()

    client.post(
        page("referat_edit", later),
        form_of(shown) | {f"foer-{asked.pk}-outcome": "partly", "handling": "lagre"},
    )

    body = shown.content.decode()
    assert body.index("Fagsamling") < body.index("Hva kom dere fram til?")
    assert Referat.objects.get(meeting=later).carried == [
        {"follow_up": asked.pk, "outcome": "partly", "comment": ""}
    ]


# --- autosave -----------------------------------------------------------------------------------


def test_it_is_saved_while_it_is_written(client, scene, meeting):
    sign_in(client, scene.leder)
    data = filled_in(client, meeting)

    answer = client.post(page("referat_autosave", meeting), data)

    body = answer.content.decode()
    referat = Referat.objects.get()
    assert "Lagret kl." in body
    assert referat.saker.first().summary == "Enige 0"
    assert json.dumps({"edit_version": str(referat.edit_version)}).replace('"', "&quot;") in body
    follow = client.post(
        page("referat_autosave", meeting), data | {"edit_version": str(referat.edit_version)}
    )
    assert "data-unsaved" not in follow.content.decode()
    assert len(Referat.objects.get().agreed) == 1


def test_without_a_session_the_page_keeps_the_text_itself(client, scene, meeting):
    assert client.post(page("referat_autosave", meeting), {"mellomarbeid": "x"}).status_code == 401
    assert Referat.objects.count() == 0


def test_a_form_that_comes_after_the_session_is_shown_back(client, scene, meeting):
    response = client.post(
        page("referat_edit", meeting), {"saker-0-summary": SECRET, "handling": "send"}
    )

    assert response.status_code == 401
    assert SECRET in response.content.decode()
    assert Referat.objects.count() == 0


def test_of_two_who_write_neither_text_is_lost(client, scene, meeting):
    sign_in(client, scene.leder)
    data = filled_in(client, meeting, mellomarbeid="Min tekst")
    other = make_role("leder", scene.skole.unit).user
    other = other.act_as(other.roles.get(), NOW.date())
    referat = start_referat(meeting=meeting, unit=scene.skole, by=other, now=NOW)
    save_referat(referat=referat, edit_version=1, data={"mellomarbeid": "Deres"}, by=other, now=NOW)

    autosaved = client.post(page("referat_autosave", meeting), data)
    both = client.post(page("referat_edit", meeting), data | {"handling": "send"})

    assert f"{other.get_short_name()} har lagret mens du skrev." in autosaved.content.decode()
    assert both.status_code == 409
    assert "Min tekst" in both.content.decode()
    referat.refresh_from_db()
    assert referat.mellomarbeid == "Deres"


@pytest.mark.parametrize("field", ["mellomarbeid", "saker-0-summary", "guests"])
def test_a_national_id_number_is_not_saved_by_itself(client, scene, meeting, field):
    sign_in(client, scene.leder)
    data = filled_in(client, meeting) | {field: f"Ring {NATIONAL_ID}"}

    answer = client.post(page("referat_autosave", meeting), data)

    body = answer.content.decode()
    assert "data-unsaved" in body
    assert NATIONAL_ID not in body
    referat = Referat.objects.get()
    assert NATIONAL_ID not in str([referat.mellomarbeid, referat.guests, *referat.saker.values()])


@pytest.mark.parametrize(
    ("office", "status"), [("arbeidsgruppe", 403), ("veileder", 403), ("udir", 403)]
)
def test_others_do_not_save(client, scene, meeting, office, status):
    sign_in(client, getattr(scene, office))

    assert client.post(page("referat_autosave", meeting), {}).status_code == status


def test_a_locked_referat_is_not_saved(client, scene, meeting):
    referat = make_referat(scene, meeting)
    send_referat(scene, referat)
    sign_in(client, scene.leder)
    data = form_of(client.get(page("referat_edit", meeting)))
    Referat.objects.update(status="locked")

    answer = client.post(page("referat_autosave", meeting), data)
    typed = client.post(page("referat_edit", meeting), data | {"mellomarbeid": "For sent"})

    assert "kan leses, men ikke endres" in answer.content.decode()
    assert (typed.status_code, "For sent" in typed.content.decode()) == (409, True)


# --- preview ------------------------------------------------------------------------------------


def test_the_author_sees_the_draft_as_it_will_be_sent(client, scene, meeting):
    sign_in(client, scene.leder)

    response = client.post(
        page("referat_edit", meeting), filled_in(client, meeting) | {"handling": "forhaandsvis"}
    )

    body = client.get(response.url).content.decode()
    assert response.url == page("referat_preview", meeting)
    assert "Dette er et utkast." in body
    assert "Prøv rutinen" in body
    assert ReferatVersion.objects.count() == 0


def test_a_half_written_draft_can_be_looked_at(client, scene, meeting):
    sign_in(client, scene.leder)
    shown = client.get(page("referat_edit", meeting))
    data = form_of(shown) | {f"{row_under(shown, 1)}-text": "Halvt", "handling": "forhaandsvis"}

    response = client.post(page("referat_edit", meeting), data)

    assert client.get(response.url).status_code == 200


@pytest.mark.parametrize(
    ("office", "status"), [("arbeidsgruppe", 404), ("veileder", 404), ("udir", 403)]
)
def test_nobody_else_sees_the_draft(client, scene, meeting, office, status):
    make_referat(scene, meeting)
    sign_in(client, getattr(scene, office))

    assert client.get(page("referat_preview", meeting)).status_code == status


def test_a_script_in_every_field_is_shown_as_text(client, scene, meeting):
    referat = make_referat(scene, meeting)
    texts = dict.fromkeys(("guests", "place", "referent", "next_theme", "mellomarbeid"), SCRIPT)
    saker = [{"title": SCRIPT, "summary": SCRIPT}]
    for place in ("", SCRIPT):  # two versions, so that there is something to compare
        written = texts | {"place": place}
        version = send_referat(scene, referat, saker=saker, agreed=[point(SCRIPT)], **written)
    sign_in(client, scene.leder)
    paths = [
        page("referat_edit", meeting),
        page("referat_preview", meeting),
        page("referat_detail", meeting),
        page("referat_print", meeting, version.pk),
        page("referat_versions", meeting),
    ]

    bodies = [client.get(path).content.decode() for path in paths]

    assert not any("<script>alert" in body for body in bodies)
    assert all(body.count("&lt;script&gt;alert") >= 7 for body in bodies)


# --- the leader quits ---------------------------------------------------------------------------


def test_an_acting_leader_finds_the_draft_of_the_one_who_quit(client, scene, meeting):
    referat = make_referat(scene, meeting)
    save_referat(
        referat=referat,
        edit_version=1,
        data={"mellomarbeid": "Halvferdig"},
        by=scene.by("leder"),
        now=NOW,
    )
    scene.leder.valid_to = NOW.date() - timedelta(days=1)
    scene.leder.save()
    acting = make_role("leder", scene.skole.unit, acting=True)
    sign_in(client, acting)

    response = client.get(page("referat_edit", meeting))

    assert "Halvferdig" in response.content.decode()
    data = filled_in(client, meeting) | {"handling": "send"}
    client.post(page("referat_edit", meeting), data)
    sent = ReferatVersion.objects.get()
    assert (sent.sent_by, sent.sent_as) == (
        acting.user,
        f"på vegne av rektor, {scene.skole.unit}",
    )


# --- the short note -----------------------------------------------------------------------------


def test_the_note_of_an_eiermoete_is_one_text(client, scene):
    meeting = held_meeting(scene, "eiermoete")
    sign_in(client, scene.veileder)
    shown = client.get(page("referat_edit", meeting))
    data = form_of(shown) | {"saker-0-summary": "Eieren tar opp vikarer.", "handling": "send"}

    response = client.post(page("referat_edit", meeting), data)

    assert list(shown.context["form"].fields) == ["attendance", "guests"]
    assert len(shown.context["page"].saker.forms) == 1
    version = ReferatVersion.objects.get()
    assert response.url == page("referat_receipt", meeting, version.receipt)
    assert version.content["saker"] == [{"title": "Notat", "summary": "Eieren tar opp vikarer."}]


def test_a_note_may_hold_an_agreement(client, scene):
    meeting = held_meeting(scene, "eiermoete")
    sign_in(client, scene.veileder)
    shown = client.get(page("referat_edit", meeting))
    row = {f"{row_under(shown, 1)}-{name}": value for name, value in POINT.items()}
    data = (
        form_of(shown)
        | row
        | {"saker-0-summary": "Kort.", f"{row_under(shown, 1)}-responsible": "eier"}
    )

    client.post(page("referat_edit", meeting), data | {"handling": "send"})

    assert FollowUp.objects.get().responsible == "eier"


def test_a_leader_may_write_a_note_of_a_lederveiledning(client, scene):
    meeting = held_meeting(scene, "lederveiledning")
    sign_in(client, scene.leder)
    shown = client.get(page("referat_edit", meeting))
    data = form_of(shown) | {"saker-0-summary": "Om å lede møter.", "handling": "send"}

    assert client.post(page("referat_edit", meeting), data).status_code == 302
    assert ReferatVersion.objects.get().content["saker"][0]["title"] == "Notat"


@pytest.mark.parametrize("office", ["eier", "leder", "statsforvalter", "ppt"])
def test_those_of_the_styringsgruppe_read_the_note(client, scene, office):
    meeting = held_meeting(scene, "eiermoete")
    send_referat(
        scene, make_referat(scene, meeting, "veileder"), office="veileder", mellomarbeid=""
    )
    sign_in(client, getattr(scene, office))

    response = client.get(page("referat_detail", meeting))

    assert response.status_code == 200
    assert SECRET in response.content.decode()


def test_udir_reads_no_note(client, scene):
    meeting = held_meeting(scene, "eiermoete")
    send_referat(
        scene, make_referat(scene, meeting, "veileder"), office="veileder", mellomarbeid=""
    )
    sign_in(client, scene.udir)

    response = client.get(page("referat_detail", meeting))

    assert response.status_code == 403
    assert SECRET not in response.content.decode()


def test_each_unit_of_a_joint_meeting_has_its_own(client, scene):
    meeting = held_meeting(scene, units=[scene.skole, scene.barnehage])
    sign_in(client, scene.styrer)
    path = f"{page('referat_edit', meeting)}?enhet={scene.barnehage.pk}"
    shown = client.get(path)

    client.post(path, form_of(shown) | {"mellomarbeid": "Vårt", "handling": "lagre"})

    assert [each.unit for each in Referat.objects.all()] == [scene.barnehage]


def test_a_meeting_that_is_to_come_takes_no_referat(client, scene):
    sign_in(client, scene.leder)

    assert client.get(page("referat_edit", make_meeting(scene))).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_referat_asks_as_much_for_one_point_as_for_three(
    client, scene, meeting, count, django_assert_num_queries
):
    referat = make_referat(scene, meeting)
    send_referat(scene, referat, agreed=[point(f"Punkt {n}") for n in range(count)])
    merknader(scene, referat, count)
    sign_in(client, scene.leder)
    client.get(page("referat_detail", meeting))

    with django_assert_num_queries(32):
        client.get(page("referat_detail", meeting))


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_asks_as_much_for_one_point_as_for_three(
    client, scene, meeting, count, django_assert_num_queries
):
    earlier = make_referat(scene, held_meeting(scene, days_ago=10))
    send_referat(scene, earlier, agreed=[point(f"Punkt {n}") for n in range(count)])
    sign_in(client, scene.leder)
    client.get(page("referat_edit", meeting))

    with django_assert_num_queries(32):
        client.get(page("referat_edit", meeting))


def merknader(scene, referat, count):
    """Some merknader, and as many addenda once it is locked."""
    for number in range(count):
        add_merknad(referat=referat, text=f"Merknad {number}", by=scene.by("ppt"), now=NOW)
    Referat.objects.filter(pk=referat.pk).update(status="locked", locked_at=NOW)
    for number in range(count):
        write_addendum(
            referat=referat,
            sak=None,
            text=f"Tillegg {number}",
            reason="Feil",
            by=scene.by("leder"),
            now=NOW,
        )
