"""The link in a mail to one task: a code, then that task and nothing else. Attacks among them."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY as SIGNED_IN
from django.test import Client
from django.urls import reverse

from actors.actions.messages import in_role
from actors.middleware import TASK_KEY
from actors.models import Event, Notice
from actors.rules.links import task_link
from meetings.actions.obligation import sync_semester_obligations
from meetings.models import Obligation, VeiledningsgrunnlagVersion
from tests.factories.meetings import NOW, TODAY, make_meeting, make_scene
from tests.factories.paper_forms import WRITTEN, form_of
from tests.factories.papers import SECRET, make_grunnlag, send_grunnlag
from tests.factories.people import UserFactory, make_role, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return make_scene()


@pytest.fixture
def duty(scene):
    meeting = make_meeting(scene)
    return Obligation.objects.for_lists().get(
        meeting=meeting, rule__met_by="paper", office="leder", activity__paper="before"
    )


@pytest.fixture
def told(scene, duty):
    """The leader's notice about the grunnlag."""
    return make_notice(scene.leder, duty)


@pytest.fixture
def client_2():
    """Another browser."""
    return Client()


def make_notice(role, duty, **values):
    url = in_role(duty.get_absolute_url(), role)
    filled = {
        "recipient": role.user,
        "role": role,
        "category": "reminder",
        "kind": "grunnlag",
        "subject": f"obligation:{duty.pk}",
        "occasion": "due-5",
        "title": "Veiledningsgrunnlag til 3. desember",
        "body": "",
        "url": url,
        "due": duty.due,
        "not_before": NOW,
        "created_at": NOW,
    }
    return Notice.objects.create(**{**filled, **values})


def ask(client, mailoutbox, link):
    """Have the code sent; the six digits."""
    client.post(link, {"handling": "send"})
    return re.search(r"^\d{6}$", mailoutbox[-1].body, re.M).group()


def go_in(client, mailoutbox, notice):
    link = task_link(notice)
    return client.post(link, {"code": ask(client, mailoutbox, link)})


def is_in(client):
    return SIGNED_IN in client.session


# --- the way in --------------------------------------------------------------------------------


def test_following_the_link_sends_nothing_and_lets_nobody_in(client, mailoutbox, told):
    page = client.get(task_link(told))
    client.head(task_link(told))

    assert (page.status_code, "Veiledningsgrunnlag til 3. desember" in page.content.decode()) == (
        200,
        True,
    )
    assert (len(mailoutbox), is_in(client)) == (0, False)
    assert page["X-Robots-Tag"] == "noindex, nofollow"


def test_the_code_goes_to_the_persons_own_address(client, mailoutbox, told):
    code = ask(client, mailoutbox, task_link(told))
    page = client.get(task_link(told)).content.decode()

    assert mailoutbox[-1].to == [told.recipient.email]
    assert (told.recipient.email in page, code in page) == (False, False)


def test_the_right_code_opens_the_form_in_the_office(client, mailoutbox, duty, told):
    response = go_in(client, mailoutbox, told)

    page = client.get(response["Location"], follow=True)

    assert response["Location"] == duty.get_absolute_url()
    assert (page.status_code, page.wsgi_request.user.role) == (200, told.role)
    words = page.content.decode()
    assert "Du er logget inn bare for denne oppgaven" in words
    assert 'href="/min-side/"' not in words
    assert Event.objects.get(verb="open-task-link").by == told.recipient


def test_it_is_written_saved_sent_and_read_there(client, mailoutbox, duty, told):
    go_in(client, mailoutbox, told)
    args = [duty.meeting_id]
    edit = reverse("meetings:grunnlag_edit", args=args)
    typed = form_of(client.get(edit)) | WRITTEN

    saved = client.post(reverse("meetings:grunnlag_autosave", args=args), typed)
    sent = client.post(
        edit, form_of(client.get(edit)) | WRITTEN | {"handling": "send"}, follow=True
    )

    assert (saved.status_code, sent.status_code) == (200, 200)
    version = VeiledningsgrunnlagVersion.objects.get()
    assert version.sent_by == told.recipient
    pdf = client.get(reverse("meetings:grunnlag_pdf", args=[*args, version.pk]))
    assert pdf.status_code == 200


def test_it_speaks_the_language_of_the_person(client, mailoutbox, scene, duty):
    scene.leder.user.language = "nn"
    scene.leder.user.save()
    notice = make_notice(scene.leder, duty)

    page = client.get(task_link(notice)).content.decode()
    ask(client, mailoutbox, task_link(notice))

    assert '<html lang="nn"' in page
    assert "Skriv denne koden i vindauget" in mailoutbox[-1].body


def test_who_is_signed_in_fully_goes_straight_to_the_page(client, scene, told):
    sign_in(client, scene.leder)

    assert client.get(task_link(told))["Location"] == told.url
    assert TASK_KEY not in client.session


def test_another_link_of_the_same_person_opens_that_task_instead(
    client, mailoutbox, scene, duty, told
):
    go_in(client, mailoutbox, told)
    later = make_meeting(scene, "veiledning_1", day=TODAY + timedelta(days=40))
    other = Obligation.objects.for_lists().get(
        meeting=later, activity__paper="before", rule__met_by="paper"
    )

    response = client.get(task_link(make_notice(scene.leder, other)))

    assert response["Location"] == other.get_absolute_url()
    assert client.get(duty.get_absolute_url()).status_code == 403


# --- what has become of it ---------------------------------------------------------------------


def test_what_is_sent_already_says_by_whom_and_when(client, scene, duty, told):
    send_grunnlag(scene, make_grunnlag(scene, duty.meeting))

    page = client.get(task_link(told)).content.decode()

    assert "Allerede levert" in page
    assert f"I dag kl. 10.00, av {scene.leder.user.name}." in page
    assert SECRET not in page


def test_a_role_that_reads_only_status_is_not_told_by_whom(client, scene, duty):
    send_grunnlag(scene, make_grunnlag(scene, duty.meeting))
    notice = make_notice(scene.statsforvalter, duty)

    page = client.get(task_link(notice)).content.decode()

    assert ("Allerede levert" in page, scene.leder.user.name in page) == (True, False)


def test_what_fell_away_says_so(client, duty, told):
    Obligation.objects.filter(pk=duty.pk).update(void_at=NOW, void_reason="Møtet er avlyst")

    page = client.get(task_link(told)).content.decode()

    assert ("Ikke lenger nødvendig" in page, "Møtet er avlyst" in page) == (True, True)


# --- attacks -----------------------------------------------------------------------------------


def test_a_changed_link_is_not_found(client, told):
    head, tail = task_link(told).rstrip("/").rsplit(".", 1)
    other = f"{'B' if tail[0] == 'A' else 'A'}{tail[1:]}"

    assert client.get(f"{head}.{other}/").status_code == 404
    assert client.post(f"{head}.{other}/", {"handling": "send"}).status_code == 404


def test_a_link_whose_notice_became_another_persons_is_not_found(client, mailoutbox, told):
    link = task_link(told)
    Notice.objects.filter(pk=told.pk).update(recipient=UserFactory())

    assert client.post(link, {"handling": "send"}).status_code == 404
    assert len(mailoutbox) == 0


def test_an_expired_link_leads_to_an_ordinary_sign_in(client, mailoutbox, told, time_machine):
    link = task_link(told)
    time_machine.move_to(NOW + timedelta(days=20))

    page = client.post(link, {"handling": "send"})

    assert (page.status_code, len(mailoutbox)) == (410, 0)
    assert "Lenka virker ikke lenger" in page.content.decode()


def test_a_link_ends_with_the_office(client, told):
    link = task_link(told)
    told.role.valid_to = TODAY - timedelta(days=1)
    told.role.save()

    assert client.get(link).status_code == 410


def test_a_session_ends_with_the_office(client, mailoutbox, duty, told):
    go_in(client, mailoutbox, told)
    told.role.valid_to = TODAY - timedelta(days=1)
    told.role.save()

    response = client.get(duty.get_absolute_url())

    assert (response.status_code, is_in(client)) == (302, False)


def test_somebody_else_who_is_signed_in_gets_nothing(client, mailoutbox, scene, told):
    person = sign_in(client, scene.styrer)

    page = client.post(task_link(told), {"handling": "send"})

    assert (page.status_code, len(mailoutbox)) == (403, 0)
    assert (int(client.session[SIGNED_IN]), TASK_KEY in client.session) == (person.pk, False)


def test_a_code_belongs_to_the_task_it_was_asked_for(client, mailoutbox, scene, duty, told):
    code = ask(client, mailoutbox, task_link(told))
    other = make_notice(scene.leder, duty, occasion="due-2")

    client.post(task_link(other), {"code": code})

    assert is_in(client) is False


def test_a_code_belongs_to_the_browser_it_was_asked_in(client, client_2, mailoutbox, told):
    code = ask(client, mailoutbox, task_link(told))

    client_2.post(task_link(told), {"code": code})

    assert is_in(client_2) is False


def test_a_code_is_good_once(client, client_2, mailoutbox, told):
    link = task_link(told)
    code = ask(client, mailoutbox, link)
    asked = {"task_code": client.session["task_code"]}
    client.post(link, {"code": code})
    session = client_2.session  # as if the browser had kept what it had before the code was used
    session.update(asked)
    session.save()

    page = client_2.post(link, {"code": code}).content.decode()

    assert ("Koden virker ikke lenger" in page, is_in(client_2)) == (True, False)


def test_a_code_guessed_at_too_often_is_dead(client, mailoutbox, told):
    link = task_link(told)
    code = ask(client, mailoutbox, link)
    wrong = f"{(int(code) + 1) % 10**6:06d}"

    answers = [client.post(link, {"code": wrong}).content.decode() for _guess in range(6)]
    client.post(link, {"code": code})

    assert ["Koden er feil" in page for page in answers] == [True] * 5 + [False]
    assert ("Koden virker ikke lenger" in answers[5], is_in(client)) == (True, False)


def test_a_code_works_for_ten_minutes(client, mailoutbox, told, time_machine):
    link = task_link(told)
    code = ask(client, mailoutbox, link)
    time_machine.move_to(NOW + timedelta(minutes=11))

    client.post(link, {"code": code})

    assert is_in(client) is False


def test_no_more_than_five_codes_an_hour(client, client_2, mailoutbox, told):
    for _time in range(5):
        ask(client, mailoutbox, task_link(told))

    response = client_2.post(task_link(told), {"handling": "send"})

    assert (response.status_code, len(mailoutbox)) == (429, 5)


AWAY = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",  # nobody listens there
    }
}


def test_no_code_is_sent_while_their_store_is_away(client, mailoutbox, told, settings):
    settings.CACHES = AWAY

    response = client.post(task_link(told), {"handling": "send"})

    assert (response.status_code, len(mailoutbox)) == (503, 0)
    assert "Vi fikk ikke sendt koden. Prøv igjen om litt." in response.content.decode()


def test_a_code_is_still_good_after_an_outage(client, mailoutbox, told, settings):
    link, caches = task_link(told), settings.CACHES
    code = ask(client, mailoutbox, link)

    settings.CACHES = AWAY
    page = client.post(link, {"code": code}).content.decode()
    settings.CACHES = caches
    client.post(link, {"code": code})

    assert ("Vi fikk ikke sjekket koden. Prøv igjen om litt." in page, is_in(client)) == (
        True,
        True,
    )


@pytest.mark.parametrize("how", ["staff", "mfa"])
def test_a_second_factor_is_not_gone_round(client, mailoutbox, told, how):
    if how == "staff":
        told.recipient.is_staff = True
        told.recipient.save()
    else:
        Authenticator.objects.create(user=told.recipient, type="totp", data={"secret": "x"})

    response = client.post(task_link(told), {"handling": "send"})

    assert (response.status_code, len(mailoutbox)) == (302, 0)
    assert response["Location"].startswith("/konto/login/?next=")


def test_a_person_who_becomes_staff_is_out(client, mailoutbox, duty, told):
    go_in(client, mailoutbox, told)
    told.recipient.is_staff = True
    told.recipient.save()

    client.get(duty.get_absolute_url())

    assert is_in(client) is False


def test_a_person_who_is_not_active_gets_no_code(client, mailoutbox, told):
    told.recipient.is_active = False
    told.recipient.save()

    assert client.post(task_link(told), {"handling": "send"}).status_code == 404
    assert len(mailoutbox) == 0


@pytest.mark.parametrize(
    "path",
    [
        "/min-side/",
        "/moeter/",
        "/moeter/{meeting}/",
        "/moeter/{meeting}/referat/",
        "/profil/",
        "/folk/",
        "/varsler/mine/",
        "/varsler/innstillinger/",
        "/planer/{unit}/",
        "/konto/email/",
        "/konto/2fa/",
        "/konto/login/",
        "/admin/",
    ],
)
def test_the_session_of_a_task_opens_nothing_else(client, mailoutbox, scene, duty, told, path):
    go_in(client, mailoutbox, told)
    asked = path.format(meeting=duty.meeting_id, unit=scene.skole.pk)

    codes = [client.get(asked).status_code, client.post(asked).status_code]

    assert codes == [403, 403]
    assert "Tilbake til oppgaven" in client.get(asked).content.decode()


@pytest.mark.parametrize("name", ["grunnlag_detail", "grunnlag_edit", "grunnlag_autosave"])
def test_nor_the_same_form_of_another_meeting(client, mailoutbox, scene, told, name):
    go_in(client, mailoutbox, told)
    later = make_meeting(scene, "veiledning_1", day=TODAY + timedelta(days=40))
    asked = reverse(f"meetings:{name}", args=[later.pk])

    assert [client.get(asked).status_code, client.post(asked).status_code] == [403, 403]


def test_another_office_of_the_person_cannot_be_taken(client, mailoutbox, scene, duty, told):
    second = make_role("udir", user=told.recipient)
    go_in(client, mailoutbox, told)

    page = client.get(f"{duty.get_absolute_url()}?rolle={second.pk}", follow=True)
    switched = client.post("/rolle/", {"role": second.pk})

    assert (page.wsgi_request.user.role, page.wsgi_request.roles) == (told.role, [told.role])
    assert switched.status_code == 403


def test_the_way_out_is_a_full_sign_in_that_comes_back(client, mailoutbox, duty, told):
    go_in(client, mailoutbox, told)
    page = client.get("/min-side/")
    sign_in_url = page.context["task_session"]["sign_in"]

    response = client.post("/konto/logout/", {"next": sign_in_url})

    assert response["Location"] == sign_in_url
    assert sign_in_url == f"/konto/login/?{urlencode({'next': duty.get_absolute_url()})}"
    assert (is_in(client), TASK_KEY in client.session) == (False, False)


def test_what_has_no_session_of_its_own_asks_for_an_ordinary_sign_in(client, duty, scene):
    notice = make_notice(scene.leder, duty, url="/min-side/?rolle=1", subject="pulje:1")

    response = client.get(task_link(notice))

    assert response["Location"] == "/konto/login/?next=/min-side/%3Frolle%3D1"


def test_what_went_to_a_person_without_an_office_does_too(client, duty, scene):
    notice = make_notice(scene.leder, duty)
    Notice.objects.update(role=None)
    notice.refresh_from_db()

    assert client.get(task_link(notice))["Location"].startswith("/konto/login/?next=/moeter/")


def test_what_the_unit_does_on_a_page_of_its_own_opens_there(client, mailoutbox, scene):
    sync_semester_obligations(semester=scene.pulje.semesters.get(number=3), now=NOW)
    owed = Obligation.objects.for_lists()
    duty = owed.filter(unit=scene.skole, activity__kind="mellomarbeid").first()

    response = go_in(client, mailoutbox, make_notice(scene.leder, duty))

    assert response["Location"] == f"/mellomarbeid/{scene.skole.pk}/"
    assert client.get(f"/mellomarbeid/{scene.skole.pk}/ny/").status_code == 200
    assert client.get(f"/mellomarbeid/{scene.barnehage.pk}/").status_code == 403
