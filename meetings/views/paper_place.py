"""Which paper a page is about: the meeting, what it asks for, and of a joint meeting whose."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from cohorts.models import DeltakendeUnit
from cohorts.rules.look_over import is_small
from meetings.access.papers import why_status_only
from meetings.actions.paper_notices import paper_path
from meetings.models import Meeting
from meetings.queries.demand import PaperDemand, paper_demand
from meetings.views.privacy_notes import refuse_hidden


@dataclass(frozen=True)
class PaperPlace:
    """One paper of one meeting. `unit` is None at owner level; `units` are those to choose from."""

    meeting: Meeting
    demand: PaperDemand
    unit: DeltakendeUnit | None
    units: tuple[DeltakendeUnit, ...]

    def path(self, name: str) -> str:
        """The path of a page about this paper, with `?enhet=` in a joint meeting."""
        return paper_path(name, self.meeting, self.unit if self.is_joint else None)

    @property
    def is_joint(self) -> bool:
        """Whether several units have their own paper, so that a page must say whose it is."""
        return self.demand.per_unit and self.meeting.units.count() > 1

    @property
    def is_small(self) -> bool:
        """Whether the unit has so few children that a trinn alone can point at one of them."""
        return self.unit is not None and is_small(self.unit.unit.children)

    @property
    def kicker(self) -> str:
        """Whose paper it is, in a joint meeting and at owner level too."""
        return str(self.unit or self.meeting.deltakelse.owner)


def find_place(
    request: HttpRequest, meeting_id: int, place: str, unit_id: int | None = None
) -> PaperPlace:
    """The paper `place` («before», «after») of a meeting the person sees; else 404.

    Of which unit: `unit_id`, else `?enhet=`, else the first of the meeting that the person sees.
    """
    meetings = Meeting.objects.visible_to(request.user).select_related(
        "pulje", "semester__tema", "activity", "deltakelse__owner__kommune"
    )
    meeting = get_object_or_404(meetings, pk=meeting_id)
    demand = paper_demand(meeting, place)
    if demand is None:
        raise Http404
    if not demand.per_unit:
        return PaperPlace(meeting, demand, None, ())
    seen = DeltakendeUnit.objects.visible_to(request.user).filter(meetings=meeting)
    units = tuple(
        seen.select_related("unit__kommune", "deltakelse__owner").order_by("unit__name", "pk")
    )
    asked = str(unit_id or request.GET.get("enhet", ""))
    chosen = [unit for unit in units if str(unit.pk) == asked] if asked else units
    if not chosen:
        raise Http404
    return PaperPlace(meeting, demand, chosen[0], units)


def find_version(request: HttpRequest, model, meeting_id: int, **lookup):
    """A sent version of a paper of the meeting.

    404 when the person does not see the meeting or the unit; 403 with the reason when the role
    sees that it is sent, but not the text, and when the text is hidden or removed (8.24).
    """
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=meeting_id)
    seen = DeltakendeUnit.objects.visible_to(request.user)
    versions = model.objects.filter(paper__meeting=meeting, **lookup).filter(
        Q(paper__unit=None) | Q(paper__unit__in=seen)
    )
    version = get_object_or_404(
        versions.select_related("paper__meeting", "paper__unit__unit", "sent_by")
    )
    if not model.objects.visible_to(request.user).filter(pk=version.pk).exists():
        papers = type(version.paper).objects.visible_to(request.user)
        if papers.filter(pk=version.paper_id).exists():
            refuse_hidden(version, request.user)
        raise PermissionDenied(why_status_only(request.user))
    return version


def refuse_with_reason(check, *args) -> None:
    """Turn the refusal of an action's check into a 403 page that tells the reason."""
    try:
        check(*args)
    except ValidationError as refusal:
        raise PermissionDenied(refusal.messages[0]) from refusal


def edit_version_in(request: HttpRequest) -> int:
    """The edit version that the form was made from; 0 when it is missing or no number."""
    typed = request.POST.get("edit_version", "")
    return int(typed) if typed.isdecimal() else 0
