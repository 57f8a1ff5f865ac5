"""What is done with a grunnlag by one button: withdraw, fetch from the last one, comment."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.views.typed import sign_in_or_keep
from lmp.lib.wording import dag, join_words
from meetings.access.grunnlag import can_answer_comment, can_comment_grunnlag
from meetings.access.papers import can_submit_grunnlag
from meetings.actions.grunnlag import refuse_read_only
from meetings.actions.grunnlag_comment import add_comment
from meetings.actions.grunnlag_copy import copy_previous
from meetings.actions.grunnlag_withdraw import withdraw_grunnlag
from meetings.forms.grunnlag import CommentForm
from meetings.models import GrunnlagComment, Veiledningsgrunnlag
from meetings.queries.grunnlag_before import previous_grunnlag
from meetings.views.grunnlag import show_detail
from meetings.views.grunnlag_form import label_of, page_of, typed_labels
from meetings.views.grunnlag_save import author_place, problem_page, refuse_or_keep, save_typed
from meetings.views.paper_place import find_place, refuse_with_reason


@login_required
@require_POST
def grunnlag_withdraw(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """«Trekk tilbake»: the leader takes it back until a veileder has opened it."""
    place = author_place(request, meeting_id)
    if not can_submit_grunnlag(request.user, place.unit):
        raise PermissionDenied(_("Det er lederen som trekker grunnlaget tilbake."))
    refuse_with_reason(refuse_read_only, place.meeting)
    grunnlag = get_object_or_404(Veiledningsgrunnlag, meeting=place.meeting, unit=place.unit)
    try:
        withdraw_grunnlag(grunnlag=grunnlag, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect(place.path("grunnlag_detail"))
    messages.success(request, _("Grunnlaget er trukket tilbake. Det er et utkast igjen."))
    return redirect(place.path("grunnlag_edit"))


@sign_in_or_keep(labels=typed_labels)
@require_POST
def grunnlag_copy(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """«Hent tekst fra forrige grunnlag»: save what is written, and fill what is empty."""
    place = author_place(request, meeting_id)
    if refused := refuse_or_keep(request, place):
        return refused
    typed = save_typed(request, place)
    if stopped := problem_page(request, place, typed):
        return stopped
    grunnlag, source = typed.saved.grunnlag, previous_grunnlag(place.meeting, place.unit)
    if source is None:
        messages.info(request, _("Dere har ikke noe tidligere grunnlag å hente fra."))
        return redirect(place.path("grunnlag_edit"))
    taken = copy_previous(grunnlag=grunnlag, source=source, by=request.user, now=timezone.now())
    page = page_of(place, grunnlag)
    words = {
        "names": join_words([f"«{label_of(key, page)}»" for key in taken]),
        "day": dag(source.meeting.start),
    }
    filled = _("Hentet fra grunnlaget til %(day)s: %(names)s. Det dere hadde skrevet, er som før.")
    nothing = _("Ingenting å hente fra grunnlaget til %(day)s: feltene som har tekst, er som før.")
    messages.success(request, (filled if taken else nothing) % words)
    return redirect(place.path("grunnlag_edit"))


@sign_in_or_keep(CommentForm)
@require_POST
def grunnlag_comment(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """A veileder comments on what was sent; the unit answers (`answer_to`)."""
    place = find_place(request, meeting_id, "before")
    rows = Veiledningsgrunnlag.objects.filter(meeting=place.meeting, unit=place.unit)
    grunnlag = get_object_or_404(rows.visible_to(request.user))
    asked = request.POST.get("answer_to", "")
    answer_to = _comment(grunnlag, asked) if asked else None
    allowed = can_answer_comment if answer_to is not None else can_comment_grunnlag
    if not allowed(request.user, place.unit):
        raise PermissionDenied(_("Det er veilederne som kommenterer, og enheten som svarer."))
    refuse_with_reason(refuse_read_only, place.meeting)
    form = CommentForm(
        request.POST,
        sending=True,
        small=place.is_small,
        auto_id=f"svar{asked}_%s" if asked else "id_%s",
    )
    if not form.is_valid():
        return show_detail(request, place, grunnlag, form=form, answered=answer_to)
    try:
        add_comment(
            grunnlag=grunnlag,
            text=form.cleaned_data["text"],
            answer_to=answer_to,
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as refusal:
        form.add_error("text", refusal.messages[0])
        return show_detail(request, place, grunnlag, form=form, answered=answer_to)
    sent = _("Svaret er sendt.") if answer_to is not None else _("Kommentaren er sendt.")
    messages.success(request, sent)
    return redirect(f"{place.path('grunnlag_detail')}#kommentarer")


def _comment(grunnlag: Veiledningsgrunnlag, asked: str) -> GrunnlagComment:
    rows = GrunnlagComment.objects.filter(version__paper=grunnlag, answer_to=None)
    return get_object_or_404(rows, pk=int(asked) if asked.isdecimal() else 0)
