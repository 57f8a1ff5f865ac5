"""Pages as a browser asks for them."""

from django.urls import reverse


def page(name, meeting, *args):
    """The address of a page of a meeting by its name."""
    return reverse(f"meetings:{name}", args=[meeting.pk, *args])
