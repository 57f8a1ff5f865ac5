"""Going in through the link in a mail, and what stands in the way of it."""

from collections.abc import Callable
from datetime import date, datetime

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.utils.module_loading import import_string

from actors.actions.events import record_event
from actors.models import Event, Notice, Role, User
from actors.rules.links import TaskLink, TaskState


def find_notice(link: TaskLink) -> Notice | None:
    """The notice that a link was made for; None when it is no longer as the link says."""
    found = Notice.objects.filter(
        pk=link.notice, recipient=link.recipient, recipient__is_active=True
    )
    notice = found.select_related("recipient", "role").first()
    return notice if notice and (notice.role_id or 0) == link.role else None


def office_of(notice: Notice, on: date) -> Role | None:
    """The office that the person was told in, if the person still holds it on the local day."""
    held = Role.objects.filter(pk=notice.role_id, user=notice.recipient_id).active(on)
    return held.with_scope().first()


def state_of_task(notice: Notice, person: User) -> TaskState:
    """What has become of what the notice is about, asked of the app that knows."""
    path = settings.TASK_STATES.get(notice.subject.partition(":")[0])
    if path is None:
        return TaskState()
    ask: Callable[[str, User], TaskState] = import_string(path)
    return ask(notice.subject, person)


def needs_full_sign_in(person: User) -> bool:
    """Whether a code by mail is not enough for the person: the administration, a second factor."""
    return person.is_staff or is_mfa_enabled(person)


def note_entrance(*, notice: Notice, by: User, now: datetime) -> Event:
    """Write that the person came in through the link; `by` acts in the office of the notice."""
    return record_event(by=by, verb="open-task-link", subject=notice.subject, now=now)
