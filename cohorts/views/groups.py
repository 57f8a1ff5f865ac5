"""A group and its seats: who sits there, what is empty, and the reason why."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from actors.actions.groups import Seating
from actors.models import Owner, Unit
from cohorts.access.deltakelse import (
    can_edit_group,
    can_establish_group,
    can_see_group,
    can_see_members,
)
from cohorts.actions.groups import (
    establish_arbeidsgruppe,
    establish_styringsgruppe,
    explain_seat,
    unseat_member,
)
from cohorts.actions.seats import bring_member
from cohorts.forms.deltakelse import EndForm
from cohorts.forms.errors import take_errors
from cohorts.forms.groups import MemberForm, ReasonForm
from cohorts.models import Deltakelse, DeltakendeUnit
from cohorts.queries.groups import (
    GroupInPulje,
    group_in_pulje,
    groups_visible_to,
    participants_of,
    seats_on,
)
from cohorts.rules.seats import (
    SeatState,
    Sitter,
    demand_in_words,
    gap_in_words,
    heading,
    lead,
    missing_seats,
)
from cohorts.rules.text import in_language
from cohorts.views.permission import require
from lmp.lib.wording import dag


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The seats. Who leads the group adds members here (`?plass=` picks the seat)."""
    found = _group(request, pk)
    today = timezone.localdate()
    states = seats_on(found, today)
    may_edit = can_edit_group(request.user, found)
    form = _member_form(request, found, states) if may_edit else None
    if request.method == "POST":
        require(may_edit, found.pulje)
        if form is not None and form.is_valid() and _bring(request, found, form):
            return redirect("cohorts:group_detail", pk)
    return render(request, "cohorts/group_detail.html", _page(request, found, states, form))


def _page(
    request: HttpRequest, found: GroupInPulje, states: list[SeatState], form: MemberForm | None
) -> dict:
    sees_names = can_see_members(request.user, found)
    url = reverse("cohorts:group_detail", args=[found.group.pk]) if form else ""
    definition = found.definition
    return {
        "found": found,
        "kind": in_language(definition.name.bm, definition.name.nn),
        "note": in_language(definition.note.bm, definition.note.nn) if definition.note else "",
        "place": found.group.unit or found.group.owner,
        "title": heading(states),
        "lead": lead(states),
        "rows": [_seat_row(state, sees_names, url) for state in states],
        "members": sum(len(state.sitters) for state in states),
        "sees_names": sees_names,
        "form": form,
        "earlier": _earlier(found) if sees_names else [],
    }


def _seat_row(state: SeatState, sees_names: bool, url: str) -> dict:
    """A seat as `ul.seats` shows it; without `url` nothing can be done with it."""
    return {
        "seat": state.name,
        "id": state.seat.id,
        "demand": demand_in_words(state),
        "people": [_person(sitter) for sitter in state.sitters] if sees_names else [],
        "count": len(state.sitters),
        "empty": state.empty,
        "reason": gap_in_words(state) if sees_names else "",
        "explained": bool(state.reason),
        "url": url,
    }


def _person(sitter: Sitter) -> dict:
    """A name, what the person is, and since or until when."""
    notes = [sitter.note] if sitter.note else []
    if sitter.deputy:
        notes.append(_("vara"))
    if sitter.until is not None:
        since = _("Til %(day)s") % {"day": dag(sitter.until, year=True)}
    elif sitter.since is not None:
        since = _("Siden %(day)s") % {"day": dag(sitter.since, year=True)}
    else:
        since = ""
    return {
        "name": sitter.name,
        "role": ", ".join(notes),
        "since": since,
        "member": sitter.member if sitter.until is None else None,
    }


def _earlier(found: GroupInPulje) -> list:
    """Those who have left, the latest first."""
    left = found.group.members.filter(valid_to__lt=timezone.localdate())
    return list(left.order_by("-valid_to", "name"))


def _member_form(request: HttpRequest, found: GroupInPulje, states: list[SeatState]) -> MemberForm:
    """The form that fills a seat; a seat for each unit or private owner asks for which."""
    participants = participants_of(found)
    places = []
    if not found.is_of_unit:
        places = [(f"unit-{unit.id}", unit.name) for unit in participants.units]
        places += [(f"owner-{each.id}", each.name) for each in participants.private_owners]
    return MemberForm(
        request.POST or None,
        states=states,
        places=places,
        today=timezone.localdate(),
        initial={"seat": request.GET.get("plass") or _first_empty(states)},
    )


def _first_empty(states: list[SeatState]) -> str:
    """The seat that most wants somebody."""
    return next((state.seat.id for state in missing_seats(states)), "")


def _place(found: GroupInPulje, choice: str) -> tuple[Unit | None, Owner | None]:
    """The unit or the private owner that a choice of the form names; neither for the group."""
    kind, _dash, pk = choice.partition("-")
    units = {str(each.unit_id): each.unit for each in found.units}
    if kind == "owner":
        owners = {str(unit.owner_id): unit.owner for unit in units.values()}
        return None, owners[pk]
    return units.get(pk), None


def _bring(request: HttpRequest, found: GroupInPulje, form: MemberForm) -> bool:
    cleaned = form.cleaned_data
    unit, owner = _place(found, cleaned.get("place") or "")
    seating = Seating(
        seat=cleaned["seat"],
        name=cleaned["name"],
        email=cleaned["email"],
        unit=unit,
        owner=owner,
        deputy=cleaned["deputy"],
        valid_from=cleaned["valid_from"],
    )
    try:
        brought = bring_member(found=found, seating=seating, by=request.user, now=timezone.now())
    except ValidationError as error:
        take_errors(form, error)
        return False
    name = {"name": brought.member.name}
    if brought.invited:
        messages.success(request, _("%(name)s er lagt til og får en invitasjon.") % name)
    else:
        messages.success(request, _("%(name)s er lagt til.") % name)
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member_end(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    """The last day of a membership; the name stays on old papers."""
    found = _own_group(request, pk)
    member = get_object_or_404(found.group.members, pk=member_pk, valid_to=None)
    form = EndForm(
        request.POST or None,
        valid_from=member.valid_from,
        initial={"valid_to": timezone.localdate()},
    )
    if form.is_valid():
        unseat_member(
            pulje=found.pulje,
            member=member,
            valid_to=form.cleaned_data["valid_to"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("%(name)s går ut av gruppa.") % {"name": member.name})
        return redirect("cohorts:group_detail", pk)
    context = {"found": found, "member": member, "form": form}
    return render(request, "cohorts/member_end.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def seat_explain(request: HttpRequest, pk: int, seat: str) -> HttpResponse:
    """Write why a seat is empty; it silences the reminders about it."""
    found = _own_group(request, pk)
    states = {state.seat.id: state for state in seats_on(found, timezone.localdate())}
    state = states.get(seat)
    if state is None or not state.missing:
        return redirect("cohorts:group_detail", pk)
    form = ReasonForm(request.POST or None, initial={"reason": state.reason})
    if form.is_valid():
        explain_seat(
            pulje=found.pulje,
            group=found.group,
            seat=seat,
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Grunnen er skrevet. Plassen gir ingen påminnelser."))
        return redirect("cohorts:group_detail", pk)
    return render(
        request, "cohorts/seat_explain.html", {"found": found, "state": state, "form": form}
    )


@login_required
@require_POST
def styringsgruppe_establish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the styringsgruppe of one's own deltakelse."""
    deltakelse = get_object_or_404(
        Deltakelse.objects.visible_to(request.user).select_related("pulje", "owner"), pk=pk
    )
    require(can_establish_group(request.user, deltakelse), deltakelse.pulje)
    group = establish_styringsgruppe(deltakelse=deltakelse, by=request.user, now=timezone.now())
    messages.success(request, _("Styringsgruppa er opprettet. Fyll plassene som er tomme."))
    return redirect("cohorts:group_detail", group.pk)


@login_required
@require_POST
def arbeidsgruppe_establish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the arbeidsgruppe of one's own unit."""
    units = DeltakendeUnit.objects.visible_to(request.user)
    unit = get_object_or_404(units.select_related("unit", "deltakelse__pulje"), pk=pk)
    require(can_establish_group(request.user, unit.deltakelse, unit), unit.deltakelse.pulje)
    group = establish_arbeidsgruppe(unit=unit, by=request.user, now=timezone.now())
    messages.success(request, _("Arbeidsgruppa er opprettet. Fyll plassene som er tomme."))
    return redirect("cohorts:group_detail", group.pk)


def _group(request: HttpRequest, pk: int) -> GroupInPulje:
    """The group where it works: 404 when it is out of scope, 403 when the role sees no groups."""
    seen = groups_visible_to(request.user).select_related("owner", "unit__owner")
    found = group_in_pulje(get_object_or_404(seen, pk=pk))
    if found is None or not can_see_group(request.user, found):
        raise PermissionDenied(_("Rollen din ser ikke hvem som er med i denne gruppa."))
    return found


def _own_group(request: HttpRequest, pk: int) -> GroupInPulje:
    found = _group(request, pk)
    require(can_edit_group(request.user, found), found.pulje)
    return found
