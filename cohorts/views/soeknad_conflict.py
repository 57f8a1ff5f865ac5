"""Two have written in the same field: both texts side by side, and one joined from them."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actors.models import User
from cohorts.actions.soeknad_answers import resolve_conflict
from cohorts.forms.soeknad_part import JoinedTextForm
from cohorts.models import AnswerConflict, Soeknad, SoeknadAnswer
from cohorts.rules.paper import joined
from cohorts.rules.soeknad_form import Part, Question, parts_for, questions_for
from cohorts.views.soeknad_links import part_path
from cohorts.views.soeknad_place import own_soeknad, why_closed
from cohorts.views.soeknad_typed import sign_in_or_keep
from cohorts.views.two_texts import (
    JOINED,
    OTHER,
    STORED,
    Written,
    let_stand,
    posted_choice,
    side_by_side,
)
from cohorts.views.typed import show_unsaved, typed_in


@sign_in_or_keep(JoinedTextForm)
@require_http_methods(["GET", "HEAD", "POST"])
def soeknad_conflict(request: HttpRequest, pk: int, answer_pk: int) -> HttpResponse:
    """Which text stands; «Bestem senere» leaves both."""
    soeknad = own_soeknad(request, pk)
    if reason := why_closed(soeknad):
        return _show_unsaved(request, soeknad, reason)
    answers = soeknad.answers.select_related("updated_by")
    answer = get_object_or_404(answers, pk=answer_pk)
    part, question = _question(soeknad.applicant, answer.key)
    back = part_path(soeknad, part.slug)
    rows = list(answer.conflicts.select_related("written_by"))
    waiting = [row for row in rows if row.resolved_at is None]
    # The own text first; what others have written waits for its turn.
    waiting.sort(key=lambda row: (row.written_by != request.user, row.pk))
    if not waiting and request.method == "POST":
        return redirect(back)
    form = _form(request, question, answer, waiting)
    if request.method == "POST" and form.is_valid():
        if _resolve(request, form, waiting[0]):
            return redirect(request.path if len(waiting) > 1 else back)
        answer.refresh_from_db()
    context = {
        "soeknad": soeknad,
        "pulje": soeknad.candidate.embete.opptak.pulje,
        "part": part,
        "question": question,
        "answer": answer,
        "conflict": waiting[0] if waiting else None,
        "count": len(waiting),
        "texts": _side_by_side(answer, waiting[0], request.user) if waiting else [],
        "earlier": [row for row in rows if row.resolved_at is not None],
        "form": form,
        "now": timezone.now(),
        "back": back,
    }
    return render(request, "cohorts/soeknad_conflict.html", context)


def _show_unsaved(request: HttpRequest, soeknad: Soeknad, reason: str) -> HttpResponse:
    """The søknad was sent or withdrawn meanwhile: 403, or what was typed with the reason."""
    is_joined = request.POST.get("use") == JOINED
    labels = {"text": _("Teksten dere skrev sammen")}
    typed = typed_in(request, labels) if is_joined else []
    return show_unsaved(
        request, typed, reason=reason, back=soeknad.get_absolute_url(), link=_("Gå til søknaden")
    )


def _question(applicant: str, key: str) -> tuple[Part, Question]:
    for part in parts_for(applicant):
        for question in questions_for(applicant, part):
            if question.key == key:
                return part, question
    raise Http404


def _form(
    request: HttpRequest, question: Question, answer: SoeknadAnswer, waiting: list[AnswerConflict]
) -> JoinedTextForm:
    both = joined(waiting[0].value, answer.value) if waiting else ""
    data = posted_choice(request, waiting[0].value, answer.value) if waiting else None
    return JoinedTextForm(data, question=question, initial={"text": both}, sending=True)


def _resolve(request: HttpRequest, form: JoinedTextForm, conflict: AnswerConflict) -> bool:
    """Let the chosen text stand; False, with the reason in the form, when it cannot."""
    resolve = partial(
        resolve_conflict,
        conflict=conflict,
        value=form.cleaned_data["text"],
        version=form.cleaned_data["version"],
        by=request.user,
        now=timezone.now(),
    )
    return let_stand(request, form, resolve)


def _side_by_side(
    answer: SoeknadAnswer, conflict: AnswerConflict, user: User
) -> list[dict[str, object]]:
    waiting = Written(OTHER, conflict.written_by, conflict.written_at, conflict.value)
    stored = Written(STORED, answer.updated_by, answer.updated_at, answer.value)
    return side_by_side(waiting, stored, user)
