"""A sample of a reminder to the one who writes it: at once, and to nobody else."""

from datetime import datetime

from django.utils.translation import gettext as _

from actors.actions.messages import NoticeText, notify
from actors.models import User
from cohorts.models import DeadlineRule
from lmp.lib.wording import klokka


def send_sample(
    *, rule: DeadlineRule, title: str, body: str, button: str, url: str, by: User, now: datetime
) -> None:
    """Queue the reminder as it reads now for `by` alone, urgent, marked as a sample.

    `title` and `body` have their placeholders filled in; `url` is where the button leads.
    """
    title = _("Prøve: %(title)s") % {"title": title}
    notify(
        recipients=[by],
        kind="proeve",
        subject=f"rule:{rule.pk}",
        occasion=now.isoformat(timespec="milliseconds"),
        text=NoticeText(title[:200], title[:200], body, body, button, button),
        url=url,
        now=now,
        urgent=True,
        place=_("Prøve bedt om %(time)s") % {"time": klokka(now)},
    )
