"""Forms in Designsystemet: the renderer, date and time fields, and the lines of an error summary.

Django's own rendering (`{{ form }}`, `as_field_group`) and crispy use the same
templates/designsystemet/field.html.
"""

from collections.abc import Iterable, Iterator
from datetime import date, time
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SHARED = "shared"  # the code of one error that stands at several fields


class DesignsystemetRenderer(TemplatesSetting):
    """Render `{{ form }}`, `{{ formset }}` and `{{ field.as_field_group }}` in Designsystemet."""

    form_template_name = "designsystemet/uni_form.html"
    formset_template_name = "designsystemet/uni_formset.html"
    field_template_name = "designsystemet/field.html"


class DatoInput(forms.DateInput):
    """A text field with dd.mm.åååå: `type="date"` would show the browser's language."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "short", "autocomplete": "off", **(attrs or {})}, "%d.%m.%Y")


class DatoField(forms.DateField):
    """A date written «26.11.2026» (also «26.11.26» and ISO); cleans to a `date`."""

    widget = DatoInput
    input_formats = ("%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d")
    default_error_messages = {"invalid": gettext_lazy("Skriv datoen slik: 26.11.2026.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("dd.mm.åååå"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        return super().to_python(value.strip() if isinstance(value, str) else value)


class KlokkeslettInput(forms.TimeInput):
    """A text field with tt.mm."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "short", "autocomplete": "off", **(attrs or {})}, "%H.%M")


class KlokkeslettField(forms.TimeField):
    """A time written «09.00» (also «9:00», «0900» and «kl. 9.00»); cleans to a `time`."""

    widget = KlokkeslettInput
    input_formats = ("%H.%M", "%H:%M", "%H%M", "%H.%M.%S", "%H:%M:%S")
    default_error_messages = {"invalid": gettext_lazy("Skriv klokkeslettet slik: 09.00.")}

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            value = value.strip().lower().removeprefix("kl.").strip()
        return super().to_python(value)


class Line(NamedTuple):
    """One line of an error summary: the order to follow and the id of the input, or ""."""

    text: str
    target: str


def is_group(field: BoundField) -> bool:
    """Tell whether the field is several inputs under one legend (radio, checkboxes, split date)."""
    return bool(field.field.widget.use_fieldset)


def first_input(field: BoundField) -> str:
    """Return the id of the first input of the field, which an error link must point at."""
    if field.is_hidden:
        return ""
    return f"{field.auto_id}_0" if is_group(field) else field.id_for_label or field.auto_id


def error_texts(field: BoundField) -> list[str]:
    """Return the errors of a field as orders; «Feltet er påkrevet» becomes what to do."""
    return [_order(field, error) for error in field.errors.as_data()]


def _order(field: BoundField, error: forms.ValidationError) -> str:
    text = str(error.messages[0])
    if error.code != "required" or not _is_stock(field, text):
        return text
    label = {"label": str(field.label).rstrip(".:")}
    if isinstance(field.field.widget, forms.CheckboxInput):
        return _("Kryss av for «%(label)s».") % label
    if isinstance(field.field.widget, forms.Select | forms.RadioSelect):
        return _("Velg et svar under «%(label)s».") % label
    return _("Fyll ut «%(label)s».") % label


def _is_stock(field: BoundField, text: str) -> bool:
    """Tell whether `text` is Django's own message and not one the form has written."""
    stock: str | Promise = forms.Field.default_error_messages["required"]
    return text == str(stock)


def _forms(*sources: Any) -> Iterator[forms.BaseForm]:
    for source in sources:
        if isinstance(source, BaseFormSet):
            yield from source.forms
        elif isinstance(source, forms.BaseForm):
            yield source


def _plain(errors: Iterable[object]) -> list[Line]:
    return [Line(str(text), "") for text in errors]


def summary_lines(*sources: Any) -> list[Line]:
    """Return the error lines of forms and formsets in the order of their fields.

    Unbound forms give none; anything that is not a form (None in a template) is passed over.
    Errors of no field come first; they and those of hidden fields have no link. An error with the
    code `SHARED` stands at each of the fields it is about, and here once, with the first of them.
    """
    lines: list[Line] = []
    for source in sources:
        if isinstance(source, BaseFormSet) and source.is_bound:
            lines += _plain(source.non_form_errors())
    for form in _forms(*sources):
        if not form.is_bound:
            continue
        lines += _plain(form.non_field_errors())
        for field in form:
            lines += _of_field(field, lines)
    return lines


def _of_field(field: BoundField, before: list[Line]) -> list[Line]:
    said = {line.text for line in before}
    return [
        Line(text, first_input(field))
        for text, error in zip(error_texts(field), field.errors.as_data(), strict=True)
        if error.code != SHARED or text not in said
    ]
