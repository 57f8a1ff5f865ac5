"""The command that does what the schedule does, or tells what it would do."""

from io import StringIO

import pytest
from django.core.management import call_command

from actors.models import Notice
from tests.factories.meetings import make_meeting, make_scene

pytestmark = pytest.mark.django_db

KIND = "veiledningsgrunnlag"


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("remind", *arguments, stdout=out)
    return out.getvalue()


def test_a_dry_run_tells_and_writes_nothing():
    scene = make_scene()
    make_meeting(scene, "veiledning_1")  # its grunnlag is due in four working days
    before = Notice.objects.count()

    (line,) = [line for line in said("--dry-run").splitlines() if KIND in line]

    assert line.startswith("torsdag 19. november  Pulje 9  ")
    assert line.endswith(f"  {scene.leder.user.email}")
    assert Notice.objects.count() == before


def test_it_writes_what_is_due_once():
    make_meeting(make_scene(), "veiledning_1")
    told = len(said("--dry-run").splitlines())

    assert said() == f"{told} skrevet, 0 stoppet\n"
    assert said() == "0 skrevet, 0 stoppet\n"
    assert Notice.objects.filter(kind=KIND).count() == 1
