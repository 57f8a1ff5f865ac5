"""Short forms of meetings: spots are looked over, the text stays, the tick lets it through."""

import pytest
from django.urls import reverse

from cohorts.models import ActivityRecord
from meetings.models import Merknad
from tests.factories.cohorts import activity_of
from tests.factories.look_over import STORY, looked_over
from tests.factories.meetings import make_meeting
from tests.factories.papers import send_referat
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


def test_a_meeting_is_cancelled_with_a_reason_that_was_looked_over(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.veileder)

    looked_over(client, reverse("meetings:meeting_cancel", args=[meeting.pk]), {"reason": STORY})

    meeting.refresh_from_db()
    assert (meeting.status, meeting.status_reason) == ("cancelled", STORY)


def test_what_was_done_is_registered_when_it_was_looked_over(client, scene):
    activity = activity_of(scene.skole.deltakelse.pulje, "semesterevaluering_enhet", 3)
    sign_in(client, scene.leder)

    looked_over(
        client, f"/registrer/{activity.pk}/", {"done_on": "03.11.2026", "note": "Møtte Ali (7 år)"}
    )

    assert [row.note for row in ActivityRecord.objects.all()] == ["Møtte Ali (7 år)"]


def test_a_merknad_is_sent_when_it_was_looked_over(client, scene):
    version = send_referat(scene)
    sign_in(client, scene.veileder)
    address = reverse("meetings:merknad_create", args=[version.paper.meeting_id])

    _html, answer = looked_over(client, address, {"text": STORY, "sak": ""})

    assert answer.status_code == 302
    assert Merknad.objects.get().text == STORY


def test_a_sak_is_put_on_the_list_when_it_was_looked_over(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.veileder)
    address = reverse("meetings:sak_create", args=[meeting.pk])

    _html, answer = looked_over(client, address, {"title": "Om mor til Ali", "type": "droefting"})

    assert answer.status_code == 302
    assert meeting.saker.filter(title="Om mor til Ali").exists()
