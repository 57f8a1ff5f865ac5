"""Two have written in the same field of a grunnlag: both texts, and one joined from them."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cohorts.views.two_texts import (
    OTHER,
    STORED,
    Written,
    let_stand,
    posted_choice,
    side_by_side,
)
from cohorts.views.typed import sign_in_or_keep
from meetings.actions.grunnlag import data_of
from meetings.actions.grunnlag_save import join_texts
from meetings.forms.grunnlag import JoinForm
from meetings.forms.grunnlag_page import GrunnlagPage
from meetings.models import GrunnlagConflict, Veiledningsgrunnlag
from meetings.rules.grunnlag_merge import flat, joined_text, mark
from meetings.views.grunnlag_form import label_of, page_of
from meetings.views.grunnlag_save import author_place, refuse_or_keep
from meetings.views.paper_place import PaperPlace

LABELS = {"text": gettext_lazy("Teksten dere skrev sammen")}


@sign_in_or_keep(labels=lambda request: LABELS)
@require_http_methods(["GET", "HEAD", "POST"])
def grunnlag_conflict(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Which text stands; «Bestem senere» leaves both."""
    place = author_place(request, meeting_id)
    if refused := refuse_or_keep(request, place):
        return refused
    rows = Veiledningsgrunnlag.objects.select_related("meeting__pulje", "unit__unit")
    grunnlag = get_object_or_404(rows, meeting=place.meeting, unit=place.unit)
    conflicts = list(grunnlag.conflicts.select_related("written_by", "other_by"))
    waiting = [row for row in conflicts if row.resolved_at is None]
    # The own text first; what others have written waits for its turn.
    waiting.sort(key=lambda row: (row.written_by_id != request.user.pk, row.pk))
    back = place.path("grunnlag_edit")
    if not waiting and request.method == "POST":
        return redirect(back)
    stored = flat(data_of(grunnlag)).get(waiting[0].key, "") if waiting else ""
    form = _form(request, waiting[0], stored) if waiting else None
    if request.method == "POST" and form.is_valid() and _join(request, form, waiting[0]):
        return redirect(place.path("grunnlag_conflict") if len(waiting) > 1 else back)
    context = {"place": place, "back": back, "form": form, "count": len(waiting)}
    context |= _texts(request, place, grunnlag, conflicts, waiting)
    return render(request, "meetings/grunnlag_conflict.html", context)


def _form(request: HttpRequest, conflict: GrunnlagConflict, stored: str) -> JoinForm:
    data = posted_choice(request, conflict.value, stored)
    return JoinForm(data, initial={"text": joined_text(conflict.value, stored)})


def _join(request: HttpRequest, form: JoinForm, conflict: GrunnlagConflict) -> bool:
    """Let the chosen text stand; False, with the reason in the form, when it cannot."""
    join = partial(
        join_texts,
        conflict=conflict,
        value=form.cleaned_data["text"],
        seen=request.POST.get("seen", ""),
        by=request.user,
        now=timezone.now(),
    )
    return let_stand(request, form, join)


def _texts(
    request: HttpRequest,
    place: PaperPlace,
    grunnlag: Veiledningsgrunnlag,
    conflicts: list[GrunnlagConflict],
    waiting: list[GrunnlagConflict],
) -> dict[str, Any]:
    """The first conflict with both texts, and what was joined earlier."""
    page = page_of(place, grunnlag)
    stored = flat(data_of(grunnlag))
    found: dict[str, Any] = {
        "now": timezone.now(),
        "earlier": [
            {"label": label_of(row.key, page), "row": row}
            for row in conflicts
            if row.resolved_at is not None
        ],
    }
    if waiting:
        text = stored.get(waiting[0].key, "")
        found |= _side_by_side(waiting[0], text, request.user, page)
    return found


def _side_by_side(
    conflict: GrunnlagConflict, stored: str, user, page: GrunnlagPage
) -> dict[str, Any]:
    mine = Written(OTHER, conflict.written_by, conflict.written_at, conflict.value)
    theirs = Written(STORED, conflict.other_by, conflict.other_at, stored)
    return {
        "label": label_of(conflict.key, page),
        "seen": mark(conflict.key, stored),
        "texts": side_by_side(mine, theirs, user),
    }
