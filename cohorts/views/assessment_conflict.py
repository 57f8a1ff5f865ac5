"""The same assessor has saved in another tab: both texts, and nothing of either is lost."""

from dataclasses import dataclass

from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cohorts.actions.assessment import data_of
from cohorts.forms.assessment import AssessmentForm
from cohorts.models import Assessment
from cohorts.rules.assessment import reason_field, score_field
from cohorts.rules.paper import Data, differing, joined
from cohorts.views.assessment_page import AssessmentPage


@dataclass(frozen=True)
class TwoAnswers:
    """One field with two answers, and the field where the one that holds is written."""

    title: str
    mine: str
    theirs: str
    field: BoundField


def show_both(
    request: HttpRequest, page: AssessmentPage, mine: Data, current: Assessment
) -> HttpResponse:
    """The fields that differ side by side; the others go along as they were typed."""
    theirs = data_of(current)
    keys = differing(mine, theirs)
    form = AssessmentForm(
        criteria=page.criteria,
        scale=page.scale,
        initial=theirs | mine,
    )
    for key in keys:
        if not hasattr(form.fields[key], "choices"):  # of two choices the one just made stands
            form.initial[key] = joined(mine[key], theirs[key])
    titles = _titles(page, form)
    context = {
        "page": page,
        "soeknad": page.soeknad,
        "conflicts": [
            TwoAnswers(
                titles.get(key, str(form[key].label)),
                _words(form, key, mine[key]),
                _words(form, key, theirs[key]),
                form[key],
            )
            for key in keys
        ],
        "kept": [form[name] for name in form.fields if name not in keys],
        "current": current,
        "has_errors": True,
    }
    return render(request, "cohorts/assessment_conflict.html", context, status=409)


def _words(form: AssessmentForm, key: str, value: object) -> str:
    choices = dict(getattr(form.fields[key], "choices", ()))
    return str(choices.get(value, value if value is not None else ""))


def _titles(page: AssessmentPage, form: AssessmentForm) -> dict[str, str]:
    """Labels that say which criterion a score or a reason is for."""
    return {
        key: f"{each.short}: {form[key].label}"
        for each in page.criteria
        for key in (score_field(each.pk), reason_field(each.pk))
    }
