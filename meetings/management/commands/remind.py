"""Write the reminders that are due, as the schedule does, or tell which they are."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lmp.lib.wording import dato
from meetings.actions.reminder import Coming, cancel_settled_reminders, due_now, scan


class Command(BaseCommand):
    help = "Write the reminders that are due now and stop those that are no longer needed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="write nothing; tell what would be written"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["dry_run"]:
            for each in due_now(now=now):
                self.stdout.write(_line(each))
            return
        written, stopped = scan(now=now), cancel_settled_reminders(now=now)
        self.stdout.write(f"{written} skrevet, {stopped} stoppet")


def _line(each: Coming) -> str:
    """Day, rule, what it is about and who gets it; addresses, for whoever runs the server."""
    to = ", ".join(role.user.email for role in each.roles) or each.office
    return f"{dato(each.day)}  {each.rule.pulje}  {each.rule.key}  {each.about}  {to}"
