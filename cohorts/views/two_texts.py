"""Two have written in the same field, of a søknad or of a paper: what the pages share."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from cohorts.forms.soeknad_part import JoinedTextForm
from cohorts.rules.errors import NationalIdFound, StaleEdit

OTHER, STORED, JOINED = JoinedTextForm.OTHER, JoinedTextForm.STORED, JoinedTextForm.JOINED
"""Which button was pressed: the text that waits, the one that stands, or the one in the field."""


def posted_choice(request: HttpRequest, other: str, stored: str) -> QueryDict | None:
    """What was posted, with the chosen one of the two texts as `text`; None when nothing was."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if data.get("use") == OTHER:
        data["text"] = other
    if data.get("use") == STORED:
        data["text"] = stored
    return data


def let_stand(request: HttpRequest, form: forms.Form, save: Callable[[], object]) -> bool:
    """Save the chosen text; False, with the reason at the field, when it cannot stand as it is."""
    try:
        save()
    except (StaleEdit, NationalIdFound) as error:
        form.add_error("text", error.messages[0])
        return False
    except ValidationError as error:
        raise PermissionDenied(error.messages[0]) from None
    messages.success(request, _("Teksten er lagret."))
    return True
