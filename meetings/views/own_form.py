"""Saving a form of a unit's own work that somebody else may have saved meanwhile."""

from typing import Any

from django import forms

from cohorts.forms.errors import take_errors
from cohorts.rules.errors import StaleEdit


def take_stale(form: forms.Form, error: StaleEdit) -> dict[str, Any]:
    """Put the refusal on the form, and return what is stored now where it differs from the form.

    The form then carries the newest `edit_version`, so that the writer may save knowingly.
    """
    row = error.current
    data: Any = form.data.copy()
    data["edit_version"] = str(row.edit_version)
    form.data = data
    rows = [
        {"label": field.label, "text": _shown(row, field.name)}
        for field in form
        if field.name != "edit_version" and getattr(row, field.name) != _typed(form, field.name)
    ]
    take_errors(form, error)
    return {"by": row.updated_by, "at": row.updated_at, "rows": rows}


def _typed(form: forms.Form, name: str) -> Any:
    return form.cleaned_data.get(name)


def _shown(row: Any, name: str) -> str:
    """A stored value in words: the name of a choice, a date as it is written."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if value is None:
        return ""
    return f"{value:%d.%m.%Y}" if hasattr(value, "strftime") else str(value)
