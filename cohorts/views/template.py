"""The forms of the papers in a pulje: help texts and questions, in editions (Udir, koordinator)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.access.deltakelse import can_edit_pulje, can_see_setup
from cohorts.actions.template import save_template
from cohorts.forms.errors import take_errors
from cohorts.forms.template import PreviewForm, TemplatePage
from cohorts.models import PaperKind, PaperTemplate, Pulje, Semester
from cohorts.rules.errors import StaleEdit
from cohorts.rules.template import Content, help_for, questions_for
from cohorts.rules.template_fields import FIELDS
from cohorts.rules.text import in_language
from cohorts.views.permission import require
from cohorts.views.template_words import changed_rows, whole_rows

PREVIEW = "vis"


@login_required
@require_safe
def template_list(request: HttpRequest, number: int) -> HttpResponse:
    """Each kind of paper with the edition in force for the pulje and for each semester."""
    pulje = _pulje(request, number)
    editions = list(pulje.paper_templates.select_related("created_by", "semester"))
    semesters = [None, *pulje.semesters.select_related("tema")]
    kinds = [
        {
            "kind": kind,
            "rows": [_row(editions, kind, semester) for semester in semesters],
            "editions": [each for each in editions if each.kind == kind],
        }
        for kind in PaperKind
    ]
    context = {"pulje": pulje, "kinds": kinds, "may_edit": can_edit_pulje(request.user, pulje)}
    return render(request, "cohorts/template_list.html", context)


def _row(
    editions: list[PaperTemplate], kind: PaperKind, semester: Semester | None
) -> dict[str, Any]:
    """The newest edition of its own that the semester (None: the whole pulje) has."""
    own = [each for each in editions if each.kind == kind and each.semester == semester]
    return {"semester": semester, "latest": max(own, key=lambda each: each.number, default=None)}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template_edit(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Make the next edition for the whole pulje or one semester (`?semester=`)."""
    pulje = _pulje(request, number)
    if kind not in PaperKind.values:
        raise Http404
    semester = _semester(request, pulje)
    latest = _latest(pulje, kind, semester)
    if request.method == "POST":
        require(can_edit_pulje(request.user, pulje), pulje)
        content = _start(latest, pulje, kind)
        previewing = request.POST.get("handling") == PREVIEW
        page = TemplatePage(
            kind=kind,
            content=content,
            points=_points(semester),
            post=request.POST,
            previewing=previewing,
        )
        if page.is_valid() and not previewing:
            edition = _save(request, page, pulje, kind, semester)
            if edition is not None:
                return redirect("cohorts:template_version", pulje.number, edition.pk)
            latest = _latest(pulje, kind, semester)
        preview = _preview(kind, page.content())
    else:
        content = _start(latest, pulje, kind)
        page = TemplatePage(kind=kind, content=content, points=_points(semester))
        preview = None
    return _show(request, page, pulje, kind, semester, latest, preview)


def _show(
    request: HttpRequest,
    page: TemplatePage,
    pulje: Pulje,
    kind: str,
    semester: Semester | None,
    latest: PaperTemplate | None,
    preview: list[dict[str, Any]] | None,
) -> HttpResponse:
    context = {
        "pulje": pulje,
        "kind": PaperKind(kind),
        "semester": semester,
        "semesters": pulje.semesters.select_related("tema"),
        "page": page,
        "seen": latest.number if latest else 0,
        "latest": latest,
        "following": (latest.number if latest else 0) + 1,
        "preview": preview,
        "may_edit": can_edit_pulje(request.user, pulje),
        "has_errors": bool(page.error_lines()) if page.form.is_bound else False,
    }
    return render(request, "cohorts/template_edit.html", context)


def _save(
    request: HttpRequest, page: TemplatePage, pulje: Pulje, kind: str, semester: Semester | None
) -> PaperTemplate | None:
    """The edition that was made; None with the reason in the form when it was refused."""
    seen = request.POST.get("seen", "")
    try:
        edition = save_template(
            pulje=pulje,
            kind=kind,
            semester=semester,
            content=page.content(),
            reason=page.form.cleaned_data["reason"],
            seen=int(seen) if seen.isdecimal() and len(seen) < 6 else 0,
            by=request.user,
            now=timezone.now(),
        )
    except StaleEdit as stale:
        text = _(
            "%(who)s laget utgave %(n)s mens du skrev. Les den først. Lagrer du nå, erstatter "
            "teksten din den utgaven."
        )
        values = {"who": stale.current.created_by, "n": stale.current.number}
        page.form.add_error(None, ValidationError(text % values))
        return None
    except ValidationError as error:
        take_errors(page.form, error)
        return None
    if seen == str(edition.number):
        messages.success(request, _("Ingenting er endret."))
    else:
        messages.success(
            request, _("Utgave %(n)s gjelder for nye dokumenter.") % {"n": edition.number}
        )
    return edition


@login_required
@require_safe
def template_version(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """One edition, and what it changed from the one before."""
    pulje = _pulje(request, number)
    editions = PaperTemplate.objects.visible_to(request.user).filter(pulje=pulje)
    edition = get_object_or_404(editions.select_related("created_by", "semester__tema"), pk=pk)
    of_same = list(
        editions.filter(kind=edition.kind, semester=edition.semester)
        .select_related("created_by")
        .order_by("-number")
    )
    before = next((each for each in of_same if each.number < edition.number), None)
    points = dict(_points(edition.semester))
    context = {
        "pulje": pulje,
        "edition": edition,
        "editions": of_same,
        "before": before,
        "is_latest": edition == of_same[0],
        "changes": changed_rows(edition, before, points) if before else [],
        "rows": whole_rows(edition, points),
        "edit_url": _edit_url(edition) if can_edit_pulje(request.user, pulje) else "",
    }
    return render(request, "cohorts/template_version.html", context)


def _edit_url(edition: PaperTemplate) -> str:
    url = reverse("cohorts:template_edit", args=[edition.pulje.number, edition.kind])
    return f"{url}?semester={edition.semester.number}" if edition.semester else url


def _preview(kind: str, content: Content) -> list[dict[str, Any]]:
    """The form as it will look, in each language. All questions are shown."""
    every_point = [row["focus"] for row in content["questions"] if row["focus"]]
    shown = []
    for language, name in (("nb", "Bokmål"), ("nn", "Nynorsk")):
        with override(language):
            texts = {field.key: help_for(content, field.key, language) for field in FIELDS[kind]}
            asked = questions_for(content, every_point, language)
            named = [each for each in asked if each.text]
            form = PreviewForm(kind=kind, help_texts=texts, questions=named, name=language)
        shown.append({"language": language, "name": name, "form": form})
    return shown


def _start(latest: PaperTemplate | None, pulje: Pulje, kind: str) -> Content | None:
    """What the form begins with: the semester's own edition, else a copy of the whole pulje's."""
    found = latest or _latest(pulje, kind, None)
    return found.content if found else None


def _latest(pulje: Pulje, kind: str, semester: Semester | None) -> PaperTemplate | None:
    rows = pulje.paper_templates.filter(kind=kind, semester=semester)
    return rows.select_related("created_by").order_by("-number").first()


def _points(semester: Semester | None) -> list[tuple[str, str]]:
    tema = getattr(semester, "tema", None)
    focus = tema.content.get("focus", []) if tema else []
    return [
        (each["id"], _("Når de velger «%s»") % in_language(each["bm"], each["nn"]))
        for each in focus
    ]


def _semester(request: HttpRequest, pulje: Pulje) -> Semester | None:
    asked = request.GET.get("semester", "")
    if not asked:
        return None
    number = int(asked) if asked.isdecimal() and len(asked) < 4 else -1
    return get_object_or_404(pulje.semesters.select_related("tema"), number=number)


def _pulje(request: HttpRequest, number: int) -> Pulje:
    pulje = get_object_or_404(Pulje.objects.visible_to(request.user), number=number)
    if not can_see_setup(request.user):
        raise PermissionDenied(
            _("Bare Utdanningsdirektoratet og koordinatoren kan endre skjemaene i pulja.")
        )
    return pulje
