"""What a browser asks for and posts on the pages of a plan."""

from django.urls import reverse


def page(name, scene, *args):
    """The address of a page of the skole's plan by its name."""
    return reverse(f"meetings:{name}", args=[scene.skole.pk, *args])


def get(client, scene, name, *args, query=""):
    """Fetch a page of the skole's plan."""
    return client.get(page(name, scene, *args) + query)


def form_of(response):
    """What a browser would post from the form of a page, as it was filled in."""
    data = {"edit_version": str(response.context["seen"])}
    for field in response.context["form"]:
        value = field.value()
        if value not in (None, ""):
            shown = field.field.widget.format_value(value)
            data[field.html_name] = shown[0] if isinstance(shown, list) and value else shown
    return data
