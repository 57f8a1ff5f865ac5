"""What a browser posts from the forms of the papers."""

from tests.factories.papers import SECRET

WRITTEN = {
    "questions": "Hvordan får vi alle med?",
    "story": SECRET,
    "prepared_by": "Arbeidsgruppa",
    "confirmed": "on",
}


def form_of(response):
    """What a browser would post from the form of a page, as it was filled in."""
    shown = response.context["page"]
    data = {"edit_version": str(response.context["edit_version"])}
    if "base" in response.context:
        data["base"] = response.context["base"]
    sets = [part for part in (shown.saker, shown.points) if hasattr(part, "management_form")]
    forms = [shown.form, *(shown.points if isinstance(shown.points, list) else [])]
    for each in sets:
        forms += [each.management_form, *each.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value is True:
                data[field.html_name] = "on"
            elif value is not None and value is not False and value != "":
                shown_value = field.field.widget.format_value(value)
                data[field.html_name] = value if isinstance(value, list) else str(shown_value)
                if isinstance(shown_value, list) and not isinstance(value, list):
                    data[field.html_name] = str(value)
    return data


def write(client, path, handling, **changes):
    """Post the form of the page with what was changed; the answer."""
    data = form_of(client.get(path)) | changes | {"handling": handling}
    return client.post(path, data)


def referat_form(client, path, **changes):
    """What a browser would post from a referat that is filled in."""
    data = form_of(client.get(path))
    for name in list(data):
        if name.startswith("saker-") and name.endswith("-title"):
            data[name.replace("-title", "-summary")] = SECRET
    filled = {
        "punkter-0-text": "Teamene prøver observasjon",
        "punkter-0-responsible": "leder",
        "punkter-0-due": "01.12.2026",
        "mellomarbeid": "Teamene observerer i to uker",
    }
    return data | filled | changes
