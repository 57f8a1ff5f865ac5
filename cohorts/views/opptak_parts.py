"""The parts of the settings of an opptak: which form each has, and what saving it does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from actors.models import User
from cohorts.actions.opptak_criteria import (
    add_criterion,
    change_criterion,
    change_letter_template,
)
from cohorts.actions.opptak_embete import set_places
from cohorts.actions.opptak_settings import change_opptak, set_dates
from cohorts.forms.errors import take_errors
from cohorts.forms.opptak import (
    ApplicantsForm,
    CriterionForm,
    DatesForm,
    DecisionKindForm,
    InfoForm,
    LetterForm,
    NewCriterionForm,
    PlacesForm,
)
from cohorts.models import Opptak
from cohorts.queries.opptak import embeter_of, opptak_dates
from cohorts.queries.programme import programme_of


@dataclass(frozen=True)
class Part:
    """A form under its name, the heading it stands under, and what saves it."""

    name: str
    section: str
    form: Any
    save: Callable[..., Any]


def parts_of(opptak: Opptak, request: HttpRequest) -> dict[str, Part]:
    """Every part by its name; the one that was sent («del») is bound to what was typed."""
    sent = request.POST.get("del", "")

    def data(name: str) -> QueryDict | None:
        return request.POST if name == sent else None

    return {part.name: part for part in [*_own_parts(opptak, data), *_lists(opptak, data)]}


def _own_parts(opptak: Opptak, data: Callable[[str], Any]) -> list[Part]:
    offered = list(programme_of(opptak.pulje).recruitment.applicants)
    values = {"opptak": opptak}

    def change(form: forms.Form, by: User, now: datetime) -> None:
        change_opptak(opptak=opptak, by=by, now=now, **form.cleaned_data)

    def dates(form: DatesForm, by: User, now: datetime) -> None:
        set_dates(opptak=opptak, dates=form.dates, by=by, now=now)

    def places(form: PlacesForm, by: User, now: datetime) -> None:
        capacity = form.cleaned_data["capacity"]
        set_places(opptak=opptak, capacity=capacity, quotas=form.quotas, by=by, now=now)

    found = [
        ("informasjon", InfoForm(data("informasjon"), **values), change),
        ("soekere", ApplicantsForm(data("soekere"), offered=offered, **values), change),
        ("datoer", DatesForm(data("datoer"), dates=opptak_dates(opptak)), dates),
        (
            "plasser",
            PlacesForm(data("plasser"), embeter=list(embeter_of(opptak)), **values),
            places,
        ),
        ("vedtak", DecisionKindForm(data("vedtak"), **values), change),
    ]
    return [Part(name, name, form, save) for name, form, save in found]


def _lists(opptak: Opptak, data: Callable[[str], Any]) -> list[Part]:
    def add(form: forms.Form, by: User, now: datetime) -> None:
        add_criterion(opptak=opptak, by=by, now=now, **form.cleaned_data)

    def criterion(form: CriterionForm, by: User, now: datetime) -> None:
        change_criterion(criterion=form.criterion, by=by, now=now, **form.cleaned_data)

    def letter(form: LetterForm, by: User, now: datetime) -> None:
        change_letter_template(template=form.template, by=by, now=now, **form.cleaned_data)

    parts = []
    for each in opptak.criteria.all():
        each.opptak = opptak
        name = f"kriterium-{each.pk}"
        form = CriterionForm(data(name), criterion=each)
        parts.append(Part(name, "kriterier", form, criterion))
    parts.append(Part("ny", "kriterier", NewCriterionForm(data("ny"), opptak=opptak), add))
    for template in opptak.letter_templates.all():
        template.opptak = opptak
        name = f"brev-{template.pk}"
        parts.append(Part(name, "brev", LetterForm(data(name), template=template), letter))
    return parts


def save_part(part: Part, *, by: User, now: datetime) -> bool:
    """Save what was typed; False when the form or the action refuses, with why at the field."""
    if not part.form.is_valid():
        return False
    try:
        part.save(part.form, by, now)
    except ValidationError as error:
        take_errors(part.form, error)
        return False
    return True
