"""What stands on the button of a reminder: the deed to the one who owes it, «Åpne» to others."""

import pytest

from actors.models import Notice
from meetings.actions.obligation.words import notice_text
from meetings.actions.reminder import scan
from meetings.models import Obligation
from tests.factories.meetings import make_meeting
from tests.factories.papers import held_meeting, send_referat
from tests.factories.reminders import at, called_meeting, steps

pytestmark = pytest.mark.django_db


def buttons(rule: str, *, owes: bool = True) -> set[tuple[str, str]]:
    duties = Obligation.objects.with_shared_parts().filter(rule__key=rule)
    texts = [notice_text(duty, owes=owes) for duty in duties]
    return {(text.action_bm, text.action_nn) for text in texts}


@pytest.mark.parametrize(
    ("rule", "bm", "nn"),
    [
        ("veiledningsgrunnlag", "Skriv grunnlaget", "Skriv grunnlaget"),
        ("referat", "Skriv referatet", "Skriv referatet"),
        ("merknad", "Les referatet", "Les referatet"),
        ("oppfoelgingspunkt", "Åpne", "Opne"),
        ("semesterplan", "Sett dato", "Set dato"),
    ],
)
def test_the_button_says_what_is_to_be_done(scene, rule, bm, nn):
    send_referat(scene)
    make_meeting(scene)

    assert buttons(rule) == {(bm, nn)}
    assert buttons(rule, owes=False) == {("Åpne", "Opne")}


def test_a_note_is_called_a_note(scene):
    held_meeting(scene, "eiermoete")

    assert buttons("eiernotat") == {("Skriv notatet", "Skriv notatet")}


def test_the_owner_who_is_told_that_it_is_missing_does_not_write_it(scene):
    called_meeting(scene)
    steps(3, escalate=[(3, "eier")])
    scan(now=at(1, 12))

    told = Notice.objects.filter(recipient__in=[scene.leder.user, scene.eier.user])
    assert dict(told.values_list("recipient", "action_label")) == {
        scene.leder.user.pk: "Skriv grunnlaget",
        scene.eier.user.pk: "Åpne",
    }
