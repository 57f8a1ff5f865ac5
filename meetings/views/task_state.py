"""What has become of the duty behind a link in a mail, as far as its reader may know."""

from django.urls import reverse

from actors.models import User
from actors.rules.links import TaskState
from actors.rules.outcomes import in_words, sentence
from cohorts.models import Maal
from cohorts.rules.plan import REVIEW_KIND
from meetings.access.papers import can_read_grunnlag, can_read_referat
from meetings.actions.obligation.words import why_void
from meetings.models import Obligation, ReferatVersion, VeiledningsgrunnlagVersion
from meetings.views.own_pages import own_page


def state_of_duty(subject: str, user: User) -> TaskState:
    """What has become of «obligation:12», to `user` acting in the office of the link.

    Met: when, and by whom where the role reads the paper. Gone: why. Else where it is done, if the
    unit has a page of its own for it.
    """
    pk = subject.partition(":")[2]
    owed = Obligation.objects.filter(pk=int(pk)) if pk.isdecimal() else Obligation.objects.none()
    duty = owed.select_related(
        "rule", "activity__semester__pulje", "meeting", "unit__unit", "unit__deltakelse"
    ).first()
    if duty is None or duty.void_at is not None:
        return TaskState(gone=sentence(in_words(why_void(duty))), is_gone=True)
    if duty.met_at is not None:
        return TaskState(met_at=duty.met_at, met_by=_sender(duty, user))
    is_recorded = duty.rule is None or duty.rule.met_by == "record"
    if is_recorded and duty.activity is not None:
        return TaskState(path=_where(duty, user))
    return TaskState()


def _where(duty: Obligation, user: User) -> str:
    """The unit's own page for it; the plan itself when it has no goals to review yet."""
    page = own_page(user, duty.activity)
    if page and duty.activity.kind == REVIEW_KIND:
        goals = Maal.objects.filter(plan__unit=duty.unit_id, ended_on=None)
        return page if goals.exists() else reverse("meetings:plan_detail", args=[duty.unit_id])
    return page


def _sender(duty: Obligation, user: User) -> str:
    """Who sent the paper that met it; empty for what is no paper, or not for the role to read."""
    is_paper = duty.rule is not None and duty.rule.met_by == "paper"
    if not is_paper or duty.activity is None or duty.meeting is None:
        return ""
    before = duty.activity.paper == "before"
    if before and not (duty.unit and can_read_grunnlag(user, duty.unit)):
        return ""
    if not before and not can_read_referat(user, duty.meeting, duty.unit):
        return ""
    model = VeiledningsgrunnlagVersion if before else ReferatVersion
    sent = model.objects.filter(paper__meeting=duty.meeting_id, paper__unit=duty.unit_id)
    first = sent.shown_to(user).select_related("sent_by").order_by("number").first()
    return str(first.sent_by) if first else ""
