"""The reminders of one rule: changed with a preview, taken into use as a new version."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cohorts.actions.rule_edition import take_into_use
from cohorts.forms.errors import take_errors
from cohorts.models import RuleEdition
from cohorts.rules.errors import StaleEdit
from lmp.lib.wording import dato, small_first
from meetings.actions.rule_sample import send_sample
from meetings.forms.rule import RuleForm
from meetings.rules.rule_words import from_day_in_words
from meetings.views.rule_place import RulePlace, refuse_readers, rule_place
from meetings.views.rule_preview import Preview, Sample, gainers_of, preview_of, sample_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule_edit(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Change a rule. Every button posts the whole form; only «Ta i bruk» changes anything."""
    place = rule_place(request, rule_id)
    if request.method == "POST":
        refuse_readers(request, place)
    form = _form(request, place)
    preview = preview_of(place, form.steps)
    language = _language(request)
    sample, places = sample_of(preview, form.wording, language, _number(request))
    theirs = None
    if request.method == "POST" and form.is_checked and form.is_valid():
        if "ta_i_bruk" in request.POST:
            theirs = _take_into_use(request, place, form)
            if theirs is None and form.is_valid():
                return redirect("meetings:rule_edit", rule_id)
        elif "proeve" in request.POST:
            _send_sample(request, place, sample)
    context = {
        **_parts(request, place, form, preview),
        "languages": form.texts.languages(language),
        "language": language,
        "sample": sample,
        "next_sample": _number(request) + 1 if places > 1 else None,
        "number_shown": _number(request),
        "theirs": theirs,
        "is_own": theirs is not None and theirs.made_by == request.user,
        "seen": theirs.number if theirs else form.texts.initial["seen"],
    }
    return render(request, "meetings/rule_edit.html", context)


def _parts(
    request: HttpRequest, place: RulePlace, form: RuleForm, preview: Preview
) -> dict[str, Any]:
    any_unread = len(form.steps) < len(form.rows)
    return {
        "place": place,
        "rule": place.rule,
        "pulje": place.pulje,
        "title": small_first(place.rule.title),
        "form": form,
        "rows": list(zip(form.rows, form.new_rows(place.content), strict=True)),
        "error_lines": form.error_lines,
        "any_unread": any_unread,
        "summary": "" if any_unread and form.is_checked else preview.summary,
        "any_urgent": any(row["urgent"].value() for row in form.rows),
        "words": place.in_words(place.content),
        "preview": preview,
        "effect": preview.effect,
        "gainers": gainers_of(preview) if "hvem" in request.POST else None,
        "from_words": from_day_in_words(place.from_day, place.today),
        "next_number": place.number + 1,
        "editions": place.rule.editions.select_related("made_by"),
    }


def _form(request: HttpRequest, place: RulePlace) -> RuleForm:
    return RuleForm(
        request.POST if request.method == "POST" else None,
        content=place.content,
        seen=place.number,
        unit=place.rule.unit,
        receivers=place.receivers,
        placeholders=place.programme.calendar_rules.placeholders,
    )


def _take_into_use(request: HttpRequest, place: RulePlace, form: RuleForm) -> RuleEdition | None:
    """Make the new version; return the version of somebody else that came first, if one did."""
    try:
        edition = take_into_use(
            rule=place.rule,
            content=form.content,
            from_day=place.from_day,
            by=request.user,
            now=timezone.now(),
            seen=form.texts.cleaned_data["seen"],
        )
    except StaleEdit as error:
        return error.current
    except ValidationError as error:
        take_errors(form.texts, error)
        return None
    if edition is None:
        messages.success(request, _nothing_new(place, form.texts.cleaned_data["seen"]))
        return None
    words = {"number": edition.number, "day": dato(edition.from_day)}
    messages.success(request, _("Versjon %(number)s gjelder fra %(day)s.") % words)
    return None


def _nothing_new(place: RulePlace, seen: int) -> str:
    if seen == place.number:
        return _("Ingenting er endret.")
    return _("Versjon %(number)s sier det samme.") % {"number": place.number}


def _send_sample(request: HttpRequest, place: RulePlace, sample: Sample) -> None:
    title, body = sample.as_text
    send_sample(
        rule=place.rule,
        title=title,
        body=body,
        button=sample.button,
        url=reverse("meetings:rule_edit", args=[place.rule.pk]),
        by=request.user,
        now=timezone.now(),
    )
    messages.success(
        request, _("Prøven er på vei til %(to)s. Ingen andre får den.") % {"to": request.user.email}
    )


def _language(request: HttpRequest) -> str:
    """The målform that is shown: the one whose button was pressed, else the one shown before."""
    asked = request.POST.get("spraak") or request.POST.get("vist_spraak")
    return asked if asked in ("bm", "nn") else "bm"


def _number(request: HttpRequest) -> int:
    """Which place the sample is about."""
    asked = request.POST.get("annen") or request.POST.get("vist_sted") or "0"
    return int(asked) if asked.isdigit() else 0
