"""One part of the form: writing it, reading it, and saving it while it is written."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.access.soeknad import can_read_draft, can_write_now
from cohorts.actions.soeknad_answers import Saved, note_presence, save_answers
from cohorts.forms.soeknad_part import STAMP, PartForm
from cohorts.models import Soeknad
from cohorts.queries.opptak import application_deadline
from cohorts.queries.soeknad_writing import Writing, count_writers, ppt_choices, writing_of
from cohorts.rules.opptak import is_late
from cohorts.rules.search import spaced_orgnr
from cohorts.rules.soeknad_form import Part, parts_for, questions_for
from cohorts.rules.soeknad_words import answer_in_words
from cohorts.views.soeknad_map import around, map_of, who_sees
from cohorts.views.soeknad_place import own_soeknad, seen_soeknad
from cohorts.views.soeknad_typed import sign_in_or_keep
from cohorts.views.typed import show_typed, typed_in
from lmp.lib.wording import join_words


def find_part(soeknad: Soeknad, slug: str) -> Part:
    """The part of the form with questions of its own; 404 when there is none by that name."""
    for part in parts_for(soeknad.applicant):
        if part.slug == slug and not part.page:
            return part
    raise Http404


@sign_in_or_keep()
@require_http_methods(["GET", "HEAD", "POST"])
def soeknad_part(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The questions of a part. Who may not write reads the answers.

    A form that is sent after the session has ended is kept in the browser by static/js/autosave.js
    and put in again after signing in; without JavaScript the texts are shown back to be copied.
    """
    soeknad, now = seen_soeknad(request, pk), timezone.now()
    if not can_read_draft(request.user, soeknad):
        return redirect(soeknad)
    part = find_part(soeknad, slug)
    if request.method == "POST":
        return _save(request, own_soeknad(request, pk), part)
    writing = writing_of(soeknad, request.user, now)
    if not can_write_now(request.user, soeknad):
        return _show_answers(request, writing, part)
    note_presence(soeknad=soeknad, part=part, key="", by=request.user, now=now)
    return _show(request, writing, part, _form(writing, part))


def _form(writing: Writing, part: Part, data: Any = None) -> PartForm:
    return PartForm(
        data,
        questions=questions_for(writing.soeknad.applicant, part),
        answers=writing.answers,
        choices=_choices(writing.soeknad, part),
    )


def _choices(soeknad: Soeknad, part: Part) -> dict[str, list[Any]]:
    """The choices that are not data of the form: which PPT, those of the own kommune first."""
    if part.slug != "ppt":
        return {}
    serving, others = ppt_choices(soeknad.candidate.owner, timezone.localdate())
    groups = ((_("PPT hos dere"), serving), (_("Andre PPT"), others))
    return {
        "ppt": [(title, [(str(each.pk), each.name) for each in found]) for title, found in groups]
    }


def _save(request: HttpRequest, soeknad: Soeknad, part: Part) -> HttpResponse:
    now = timezone.now()
    form = _form(writing_of(soeknad, request.user, now), part, request.POST)
    try:
        saved = _save_answers(request, soeknad, part, form)
    except ValidationError as error:
        return _show_unsaved(request, soeknad, part, form, error.messages[0])
    if saved.conflicts:
        first = saved.conflicts[0]
        return redirect("cohorts:soeknad_conflict", soeknad.pk, first.answer_id)
    writing = writing_of(soeknad, request.user, now)
    if form.errors:
        return _show(request, writing, part, form, saved)
    return redirect(around(writing, part.slug)["after_url"])


def _save_answers(request: HttpRequest, soeknad: Soeknad, part: Part, form: PartForm) -> Saved:
    """Save what is right; raises when the søknad was sent or withdrawn meanwhile."""
    return save_answers(
        soeknad=soeknad,
        part=part.slug,
        values=form.changed_answers(),
        versions=form.versions(),
        by=request.user,
        now=timezone.now(),
    )


def _show_unsaved(
    request: HttpRequest, soeknad: Soeknad, part: Part, form: PartForm, reason: str
) -> HttpResponse:
    """Somebody has sent or withdrawn the søknad: what the writer had typed, and the reason."""
    changed = form.changed_answers().keys() | form.errors.keys()
    labels = {q.key: q.label for q in part.questions if q.key in changed}
    return show_typed(
        request,
        typed_in(request, labels),
        title=_("Det du skrev, ble ikke lagret"),
        reason=reason,
        back=soeknad.get_absolute_url(),
        link=_("Gå til søknaden"),
    )


def _show(
    request: HttpRequest,
    writing: Writing,
    part: Part,
    form: PartForm,
    saved: Saved | None = None,
) -> HttpResponse:
    soeknad, today = writing.soeknad, timezone.localdate()
    due = application_deadline(soeknad.candidate.embete)
    context = {
        "soeknad": soeknad,
        "pulje": soeknad.candidate.embete.opptak.pulje,
        "part": part,
        "applicant": _applicant(soeknad) if part.slug == "kontakt" else [],
        "form": form,
        "stamps": form.stamps(saved.versions if saved else None),
        "conflicts": {key: writing.answers[key].pk for key in writing.conflicts},
        "place": around(writing, part.slug),
        "map": map_of(writing, part.slug),
        "sees": who_sees(writing, count_writers(soeknad, today)),
        "here": _who_is_here(writing, part),
        "due": due,
        "today": today,
        "late": is_late(today, due),
    }
    return render(request, "cohorts/soeknad_part.html", context)


def _applicant(soeknad: Soeknad) -> list[tuple[str, str]]:
    """What the register knows of the applicant; nobody types it."""
    owner = soeknad.candidate.owner
    kommune = owner.kommune
    facts = [
        (_("Søker"), owner.name),
        (_("Kommunenummer"), kommune.number if kommune else ""),
        (_("Organisasjonsnummer"), spaced_orgnr(owner.orgnr)),
        (_("Statsforvalter"), soeknad.candidate.embete.statsforvalter.name),
    ]
    return [(label, text) for label, text in facts if text]


def _who_is_here(writing: Writing, part: Part) -> list[dict[str, str]]:
    """The others who write in this part now, and in which question."""
    labels = {question.key: str(question.label) for question in part.questions}
    return [
        {"who": str(row.user), "label": labels.get(row.key, "")}
        for row in writing.present
        if row.part == part.slug
    ]


def _show_answers(request: HttpRequest, writing: Writing, part: Part) -> HttpResponse:
    names = {
        key: name
        for _title, found in _choices(writing.soeknad, part).get("ppt", [])
        for key, name in found
    }
    questions = questions_for(writing.soeknad.applicant, part)
    context = {
        "soeknad": writing.soeknad,
        "pulje": writing.soeknad.candidate.embete.opptak.pulje,
        "part": part,
        "facts": [
            (question.label, answer_in_words(question, writing.values.get(question.key), names))
            for question in questions
        ],
        "place": around(writing, part.slug),
        "map": map_of(writing, part.slug),
    }
    return render(request, "cohorts/soeknad_part_read.html", context)


@require_POST
def soeknad_autosave(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Save what is written so far. 401 without a session: the page then keeps the text itself."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    soeknad, now = own_soeknad(request, pk), timezone.now()
    part = find_part(soeknad, slug)
    form = _form(writing_of(soeknad, request.user, now), part, request.POST)
    try:
        saved = _save_answers(request, soeknad, part, form)
    except ValidationError as error:
        context = {"problem": error.messages[0], "unsaved": True}
        return render(request, "_ui/autosave.html", context)
    writing_in = request.POST.get("writing", "").removesuffix("_date")
    note_presence(soeknad=soeknad, part=part, key=writing_in, by=request.user, now=now)
    context = {
        "saved_at": now if saved.written else soeknad.saved_at,
        "fields": json.dumps(
            {
                name: value
                for name, value in form.stamps(saved.versions)
                if name.removeprefix(STAMP) in saved.versions
            }
        ),
        "unsaved": bool(form.errors),
        **_problem(soeknad, form, saved),
    }
    return render(request, "_ui/autosave.html", context)


def _problem(soeknad: Soeknad, form: PartForm, saved: Saved) -> dict[str, Any]:
    """What the writer must know at once: a text met another one, or a field was not saved."""
    if saved.conflicts:
        answer = saved.conflicts[0].answer
        text = _("%(who)s har skrevet i det samme feltet. Begge tekstene er lagret.")
        own = _("Du har skrevet i det samme i et annet vindu. Begge tekstene er lagret.")
        is_own = answer.updated_by == saved.conflicts[0].written_by
        return {
            "problem": own if is_own else text % {"who": answer.updated_by.get_short_name()},
            "url": reverse("cohorts:soeknad_conflict", args=[soeknad.pk, answer.pk]),
            "link": _("Se begge"),
        }
    if labels := form.refused_labels():
        names = join_words([f"«{label}»" for label in labels])
        return {"problem": _("Ikke lagret: %(names)s. Resten er lagret.") % {"names": names}}
    return {}
