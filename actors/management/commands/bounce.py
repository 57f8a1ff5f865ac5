"""Read a report of a letter that came back: `… | manage.py bounce`, from the mail server's pipe."""

import sys

from django.core.management.base import BaseCommand
from django.utils import timezone

from actors.actions.returned import take_back
from actors.rules.bounce_report import read_report


class Command(BaseCommand):
    help = "Reads one RFC 3464 report on standard input and marks the mail that came back."

    def handle(self, *args: str, **options: str) -> None:
        """Mark what came back; other mail, and reports of a delay, are let pass."""
        marked = take_back(returned=read_report(sys.stdin.buffer.read()), now=timezone.now())
        for mail in marked:
            self.stdout.write(f"{mail.message_id} {mail.to} {mail.status}")
