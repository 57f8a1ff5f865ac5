"""Papers in the register of documents, and copies with parts blacked out."""

from django.urls import reverse

from meetings.actions.register import make_redacted_copy
from tests.factories.meetings import NOW

BASIS = "Offentleglova § 13, taushetsplikt"
OPEN = "Vi prøver observasjon i overganger."


def register_url(version, kind="grunnlag"):
    """The address of the page of how the paper stands in the register."""
    return reverse("meetings:paper_register", args=[kind, version.pk])


def redact_url(version, kind="grunnlag"):
    """The address of the page on which a copy is made."""
    return reverse("meetings:redacted_create", args=[kind, version.pk])


def make_copy(scene, version, marked=("story:0",), **changes):
    """A copy of the version, made by its owner without names and the `marked` sentences."""
    values = {
        "marked": marked,
        "without_names": True,
        "legal_basis": BASIS,
        "reason": "Innsynskrav 18. november",
        "by": scene.by("eier"),
        "now": NOW,
        **changes,
    }
    return make_redacted_copy(version=version, **values)
