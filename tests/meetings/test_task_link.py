"""The link in a mail to one task: a code, then that task and nothing else."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from actors.middleware import TASK_KEY
from actors.models import Event
from actors.rules.links import task_link
from meetings.actions.meeting_change import cancel_meeting
from meetings.models import Obligation, VeiledningsgrunnlagVersion
from tests.factories.meetings import NOW, TODAY, make_meeting
from tests.factories.paper_forms import WRITTEN, form_of
from tests.factories.papers import SECRET, make_grunnlag, send_grunnlag
from tests.factories.people import sign_in
from tests.factories.task_links import ask, go_in, is_in, make_notice

pytestmark = pytest.mark.django_db


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


def lead(client, notice) -> str:
    """What the page behind the link of something that fell away says."""
    page = client.get(task_link(notice)).content.decode()
    assert "Ikke lenger nødvendig" in page
    return re.search(r'<p class="lead">(.*?)</p>', page)[1]


def test_the_meeting_was_cancelled(client, scene, duty, told):
    cancel_meeting(meeting=duty.meeting, reason="Sykdom", by=scene.by("veileder"), now=NOW)

    assert lead(client, told) == "Du trenger ikke gjøre noe. Møtet er avlyst."


def test_the_unit_has_left(client, scene, duty, told):
    Obligation.objects.filter(pk=duty.pk).update(void_at=NOW, void_reason="no_longer_applies")
    scene.skole.status = "withdrawn"
    scene.skole.save()

    assert lead(client, told) == "Du trenger ikke gjøre noe. Enheten er ikke lenger med."


def test_what_fell_away_otherwise(client, duty, told):
    Obligation.objects.filter(pk=duty.pk).update(void_at=NOW, void_reason="no_longer_applies")

    assert lead(client, told) == "Du trenger ikke gjøre noe. Det gjelder ikke lenger."
