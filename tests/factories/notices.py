"""Notices that wait: each is about a thing of its own unless told otherwise."""

from actors.models import Notice, NoticeCategory
from tests.factories.people import NOW, UserFactory


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
