"""Two have written in the same field, of a søknad or of a paper: what the pages share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from actors.models import User
from cohorts.forms.soeknad_part import JoinedTextForm
from cohorts.rules.errors import NationalIdFound, StaleEdit
from cohorts.rules.soeknad_save import sentences

OTHER, STORED, JOINED = JoinedTextForm.OTHER, JoinedTextForm.STORED, JoinedTextForm.JOINED
"""Which button was pressed: the text that waits, the one that stands, or the one in the field."""


@dataclass(frozen=True)
class Written:
    """One of the two texts: what to press to use it, who wrote it and when, and what it says."""

    use: str
    who: User | None
    at: datetime | None
    text: str


def side_by_side(waiting: Written, stored: Written, user: User) -> list[dict[str, object]]:
    """The two texts as the page shows them, the own one first, with what only each says marked.

    The second may be one's own too, from another window.
    """
    first, second = sorted([waiting, stored], key=lambda each: each.who != user)
    return [
        _shown(first, second, mine=first.who == user),
        _shown(second, first, own_window=second.who == user),
    ]


def _shown(each: Written, other: Written, **whose: bool) -> dict[str, object]:
    compared = sentences(each.text, other.text)
    return {"use": each.use, "who": each.who, "at": each.at, "sentences": compared, **whose}


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
