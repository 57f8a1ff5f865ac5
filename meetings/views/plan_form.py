"""Saving one part of a plan, when somebody else may have saved the same part meanwhile."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from cohorts.forms.errors import take_errors
from cohorts.forms.plan import PlanPartForm
from cohorts.rules.errors import StaleEdit
from cohorts.rules.paper import Data, differing
from cohorts.rules.plan import data_of, stamp_of
from meetings.views.plan_place import PlanPlace

SEEN = "edit_version"
CONFLICT = 409


class PlanPart:
    """A form of a part of the plan. `stored` is what the form was made from, as data.

    The page carries its stamp, so that a save can tell whether somebody has written since. When
    somebody has, the form keeps what was typed, and `theirs` holds the other's words: saving once
    more then is to choose one's own.
    """

    def __init__(
        self, request: HttpRequest, place: PlanPlace, form: PlanPartForm, stored: Data
    ) -> None:
        self.request, self.place, self.form = request, place, form
        self.seen = stamp_of(stored)
        self.theirs: list[tuple[Any, str]] = []

    def save(self, action: Callable[..., Any], data: Data, **known: Any) -> Any:
        """Call the action with who and when; its result, or None with the reason on the form."""
        try:
            return action(data=data, by=self.request.user, now=timezone.now(), **known)
        except StaleEdit as stale:
            self._take_theirs(data, data_of(stale.current, data))
        except ValidationError as error:
            take_errors(self.form, error)
        return None

    def save_over(self, action: Callable[..., Any], data: Data, **known: Any) -> Any:
        """As `save`, for a part that is there already: tells the action what the writer saw."""
        return self.save(action, data, seen=self.request.POST.get(SEEN, ""), **known)

    def _take_theirs(self, mine: Data, stored: Data) -> None:
        self.seen = stamp_of(stored)
        labels = {name: field.label for name, field in self.form.fields.items()}
        choices = {name: choices_of(field) for name, field in self.form.fields.items()}
        self.theirs = [
            (labels[key], in_words(stored[key], choices[key]))
            for key in differing(mine, stored)
            if key in labels
        ]

    @property
    def status(self) -> int:
        """The status of the page: a conflict is told as one."""
        return CONFLICT if self.theirs else 200

    @property
    def context(self) -> dict[str, Any]:
        """What every page with such a form needs."""
        return {
            "place": self.place,
            "unit": self.place.unit,
            "form": self.form,
            "seen": self.seen,
            "theirs": self.theirs,
        }


def choices_of(field: forms.Field) -> dict[Any, Any]:
    """The words of the choices of a field; empty for a text."""
    return dict(getattr(field, "choices", ()))


def in_words(value: Any, choices: Mapping[Any, Any]) -> str:
    """A stored value as a reader sees it in a form."""
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, list):
        return ", ".join(str(choices.get(each, each)) for each in value)
    return str(choices.get(value, value) or "")
