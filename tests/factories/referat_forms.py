"""What a browser posts from the form of a referat."""

from tests.factories.pages import page

POINT = {"text": "Prøv rutinen", "responsible": "leder", "due": "01.12.2026"}


def form_of(response):
    """What a browser would post from the form, as it was filled in."""
    shown = response.context["page"]
    data = {"edit_version": str(response.context["edit_version"])}
    forms = [shown.saker.management_form, shown.points.management_form, *shown.parts]
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, list):
                data[field.html_name] = value
            elif value not in (None, "", False):
                data[field.html_name] = str(field.field.widget.format_value(value) or value)
                if isinstance(field.field.widget.format_value(value), list):
                    data[field.html_name] = str(value)
    return data


def row_under(response, sak):
    """The prefix of the empty row under a sak."""
    section = response.context["page"].sections[sak - 1]
    return next(each.prefix for each in section.points if not each.is_begun)


def filled_in(client, meeting, sak=2, **changes):
    """Every sak summed up, and a point under one of them."""
    shown = client.get(page("referat_edit", meeting))
    data = form_of(shown)
    saker = shown.context["page"].saker.forms
    data |= {f"saker-{n}-summary": f"Enige {n}" for n, s in enumerate(saker) if not s.is_extra}
    data |= {f"{row_under(shown, sak)}-{name}": value for name, value in POINT.items()}
    return data | {"mellomarbeid": "Observere"} | changes
