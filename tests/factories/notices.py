"""Notices that wait: each is about a thing of its own unless told otherwise."""

from datetime import timedelta

from actors.actions.messages import NoticeText, Origin, notify
from actors.models import MailPreference, Notice, NoticeCategory, Pause
from tests.factories.people import NOW, UserFactory

REMINDER = Origin(category=NoticeCategory.REMINDER)


def make_notice(category=NoticeCategory.REMINDER, **values):
    """A notice that may go at once, to somebody new when no `recipient` is given."""
    number = Notice.objects.count()
    defaults = {
        "recipient": values.get("recipient") or UserFactory(),
        "category": category,
        "kind": "grunnlag",
        "subject": f"test:{number}",
        "occasion": "remind-5@2026-11-27",
        "title": "Veiledningsgrunnlag",
        "body": "Veilederne venter på det.",
        "url": "/moeter/1/",
        "not_before": NOW,
        "created_at": NOW,
    }
    return Notice.objects.create(**{**defaults, **values})


def tell(person, subject="plikt:1", *, title="Skriv referatet", now=NOW, **values):
    """Tell the person of a thing that is to be done."""
    text = NoticeText(title, title, "", "", "", "")
    defaults = {"kind": "referat", "occasion": "due-5", "url": "/", "origin": REMINDER}
    notify(recipients=[person], subject=subject, text=text, now=now, **{**defaults, **values})


def states():
    """How each notice stands, the oldest first."""
    return list(Notice.objects.order_by("pk").values_list("status", "outcome"))


def stored():
    """All notices, the oldest first."""
    return Notice.objects.order_by("pk")


def wants(person, **values):
    """The person chooses what to get, and when."""
    MailPreference.objects.create(user=person, changed_at=NOW, **values)


def pause(**values):
    """A pause that has begun."""
    return Pause.objects.create(
        starts_at=NOW - timedelta(hours=1), reason="Feil dato", set_by=UserFactory(), **values
    )
