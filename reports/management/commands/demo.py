"""Fill an empty portal with the demo: fictional kommuner in three puljer."""

import argparse
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cohorts.models import Deltakelse, DeltakendeUnit, Opptak, Soeknad
from meetings.models import Meeting
from reports.demo.build import build_demo, is_built

MOST = 12  # there are not free names for more


class Command(BaseCommand):
    help = "Fill a portal without puljer with the demo; does nothing when there is a pulje."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--scale", type=int, default=1, help=f"times the kommuner, 1–{MOST}")
        parser.add_argument(
            "--today", type=date.fromisoformat, help="the day it shows (default: today)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if is_built():
            self.stdout.write("There is a pulje already; the demo changes nothing.")
            return
        if not 1 <= options["scale"] <= MOST:
            raise CommandError(f"--scale must be 1 to {MOST}")
        world = build_demo(today=options["today"] or timezone.localdate(), scale=options["scale"])
        owners, units = Deltakelse.objects.count(), DeltakendeUnit.objects.count()
        self.stdout.write(
            f"Demo of {world.today}: {owners} kommuner, {units} units, "
            f"{Meeting.objects.count()} meetings in three puljer, "
            f"and {Soeknad.objects.count()} applicants to {_pulje()}"
        )


def _pulje() -> str:
    return str(Opptak.objects.select_related("pulje").get().pulje).lower()
