"""The shared pieces of templates/_ui/ that need a computation, and words for numbers and dates.

Every function here only looks up or calls lmp.lib; a template never computes.
"""

from datetime import date, datetime, time
from typing import Any

from django import template
from django.forms import BaseForm, CheckboxInput
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lmp.lib import forms as form_lib
from lmp.lib import ring as ring_lib
from lmp.lib import status as status_lib
from lmp.lib import wording
from lmp.lib.workdays import Calendar

register = template.Library()

register.filter("kortdato", wording.kortdato, expects_localtime=True)
register.filter("klokka", wording.klokka, expects_localtime=True)
register.filter("small_first", wording.small_first)


@register.filter(expects_localtime=True)
def dato(value: date | datetime | None) -> str:
    """`{{ date|dato }}`: «torsdag 26. november»."""
    return wording.dato(value) if value else ""


@register.filter(expects_localtime=True)
def dato_aar(value: date | datetime | None) -> str:
    """`{{ date|dato_aar }}`: «torsdag 26. november 2026»."""
    return wording.dato(value, year=True) if value else ""


@register.filter(expects_localtime=True)
def dag(value: date | datetime | None) -> str:
    """`{{ date|dag }}`: «26. november»."""
    return wording.dag(value) if value else ""


@register.filter
def tallord(value: int, gender: str = "c") -> str:
    """`{{ n|tallord }}`: «fire»; `{{ n|tallord:"n" }}` for neuter («ett punkt»)."""
    return wording.tallord(int(value), gender)


@register.filter
def length_plus_one(values: Any) -> int:
    """The number of roles: the current one and the others."""
    return len(values or ()) + 1


@register.filter
def og(values: Any) -> str:
    """`{{ names|og }}`: «Marit, Siri og Per»."""
    return wording.join_words([str(value) for value in values])


@register.simple_tag
def tidsrom(start: datetime | time, end: datetime | time) -> str:
    """`{% tidsrom start end %}`: «kl. 09.00–11.30»."""
    return wording.tidsrom(start, end)


@register.simple_tag
def tidspunkt(value: datetime, now: datetime) -> str:
    """`{% tidspunkt when now %}`: «I dag kl. 09.14», «Torsdag 5. november kl. 10.26»."""
    return wording.when(value, now)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """`{% icon "late" %}`: silent; with `label` it speaks («Neste uke»)."""
    href = f"{static('img/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="ico" role="img" aria-label="{}"><use href="{}"/></svg>', label, href
        )
    return format_html('<svg class="ico" aria-hidden="true"><use href="{}"/></svg>', href)


@register.inclusion_tag("_ui/status_tag.html")
def status_tag(status: str, word: str = "") -> dict[str, Any]:
    """`{% status_tag unit.status %}`; `word` replaces the usual word («Levert», «Ferdig»)."""
    return {"look": status_lib.look(status), "word": word}


@register.inclusion_tag("_ui/leaf.html")
def leaf(day: date | datetime, state: str = "") -> dict[str, Any]:
    """`{% leaf date state %}`: the calendar leaf; `state` is "", `late` or `today`."""
    return {
        "weekday": wording.weekday_short(day),
        "day": day.day,
        "month": wording.month_short(day),
        "state": state if state in ("late", "today") else "",
    }


@register.inclusion_tag("_ui/frist.html")
def frist(
    due: date, today: date, short: bool = False, calendar: Calendar | None = None
) -> dict[str, Any]:
    """`{% frist due today %}`: the deadline in words; `short=True` leaves the date out."""
    words = wording.frist(due, today, calendar or Calendar(), short=short)
    return {"frist": words, "icon": status_lib.DEADLINES[words.state].icon}


@register.simple_tag
def frist_state(due: date, today: date, calendar: Calendar | None = None) -> str:
    """`{% frist_state due today as state %}`: `late`, `soon` or `ok`, for the leaf beside it."""
    return wording.frist(due, today, calendar or Calendar()).state


@register.inclusion_tag("_ui/ring.html")
def ring(current: int, total: int) -> dict[str, Any]:
    """`{% ring 3 4 %}`: the ring with semester 3 of 4 in yellow."""
    return {"arcs": ring_lib.arcs(current, total), "current": current, "total": total}


@register.inclusion_tag("_ui/dots.html")
def dots(done: int, planned: int, total: int) -> dict[str, Any]:
    """`{% dots done planned total %}`: «●◐ 1 av 2»; `planned` are those with a date, not done."""
    planned = max(0, min(planned, total - done))
    none = max(0, total - done - planned)
    return {
        "states": ["done"] * done + ["planned"] * planned + ["none"] * none,
        "done": done,
        "total": total,
    }


@register.inclusion_tag("_ui/breadcrumbs.html")
def breadcrumbs(*parts: str) -> dict[str, Any]:
    """`{% breadcrumbs _("Møter") url _("Veiledning") url2 here %}`: label and URL in turn, the
    page itself last. On phones only the step back shows.
    """
    crumbs = [{"label": parts[i], "url": parts[i + 1]} for i in range(0, len(parts) - 1, 2)]
    return {"crumbs": crumbs, "back": crumbs[-1] if crumbs else None, "here": parts[-1]}


@register.inclusion_tag("_ui/heat_cell.html")
def heat_cell(status: str, text: str = "", url: str = "") -> dict[str, Any]:
    """`{% heat_cell status "1 av 2" url %}`: one `td` of a `table.heat`."""
    return {
        "cell": status_lib.CELLS[status],
        "icon": status_lib.look(status).icon,
        "text": text,
        "url": url,
    }


@register.inclusion_tag("_ui/legend.html")
def heat_legend() -> dict[str, Any]:
    """`{% heat_legend %}`: what the shapes in a heat table mean."""
    return {
        "rows": [
            {"icon": status_lib.look(status).icon, "word": cell.word}
            for status, cell in status_lib.CELLS.items()
        ]
    }


@register.inclusion_tag("_ui/error_summary.html")
def error_summary(*forms: Any, title: str = "", note: str = "") -> dict[str, Any]:
    """`{% error_summary form formset %}`: first in the form, or nothing when all is well.

    A form may carry `error_title` and `error_note`. It is shown once: a form whose summary
    stands on the page already (here or by crispy) is left out.
    """
    new = [form for form in forms if form and not getattr(form, "summary_shown", False)]
    lines = form_lib.summary_lines(*new)
    for form in new:
        form.summary_shown = True
    return {
        "lines": lines,
        "title": title or _carried(new, "error_title") or _("Rett opp dette før du sender"),
        "note": note
        or _carried(new, "error_note")
        or _("Ingenting er sendt. Det du har skrevet, står i skjemaet."),
    }


@register.simple_tag
def look_over(form: Any = None, forms: Any = None) -> dict[str, Any]:
    """`{% look_over form forms as look %}`: the spots to look over in one form or several.

    A form is any that has `hints` and `seen_keys()`; the others are passed over. A spot that
    stands twice is shown once. `keys` goes back with the tick; `is_seen` tells whether all of
    them came back already.
    """
    several = [form, *(forms or ())]
    sent = [each for each in several if getattr(each, "hints", None) and each.is_bound]
    spots = list({spot.key: spot for each in sent for spot in each.hints}.values())
    seen = frozenset[str]().union(*(each.seen_keys() for each in sent))
    return {
        "spots": spots,
        "keys": " ".join(spot.key for spot in spots),
        "is_seen": all(spot.key in seen for spot in spots),
    }


def _carried(forms: list[Any], name: str) -> str:
    return next((str(getattr(form, name)) for form in forms if getattr(form, name, "")), "")


@register.filter
def has_errors(form: Any) -> bool:
    """`{% if form|has_errors %}`: the page title then starts with «Feil: »."""
    return isinstance(form, BaseForm) and form.is_bound and bool(form.errors)


@register.filter
def error_texts(field: BoundField) -> list[str]:
    """The errors of a field as orders."""
    return form_lib.error_texts(field)


@register.filter
def field_kind(field: BoundField) -> str:
    """How field.html draws a field: `hidden`, `check`, `group` or `input`."""
    if field.is_hidden:
        return "hidden"
    if isinstance(field.field.widget, CheckboxInput):
        return "check"
    return "group" if form_lib.is_group(field) else "input"


@register.filter
def ds_widget(field: BoundField) -> SafeString:
    """The input of a field with the classes of Designsystemet; label and help text say what to
    write, so a placeholder is left out.
    """
    return field.as_widget(attrs={"class": _input_class(field), "placeholder": False})


@register.filter
def ds_options(field: BoundField) -> list[Any]:
    """The inputs of a radio or checkbox group, each with `tag`, `id_for_label`, `choice_label`."""
    field.field.widget.attrs["class"] = _input_class(field)
    return list(field.subwidgets)


@register.filter
def dict_value(values: dict[str, Any], key: str) -> Any:
    """`{{ attrs|dict_value:"data-kind" }}`: the value of a key a template cannot spell."""
    return values.get(key, "")


def _input_class(field: BoundField) -> str:
    own = str(field.field.widget.attrs.get("class", "")).split()
    return " ".join(dict.fromkeys(["ds-input", *own]))
