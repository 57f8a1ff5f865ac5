"""What somebody has typed in a søknad when it cannot be saved, shown back to them."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cohorts.models import Soeknad
from cohorts.rules.soeknad_form import PARTS, Text
from cohorts.views import typed as common
from cohorts.views.typed import labels_of, show_unsaved, typed_in

QUESTIONS: dict[str, Text] = {
    question.key: question.label for part in PARTS for question in part.questions
}


def sign_in_or_keep(*forms_used: type[forms.BaseForm]) -> Callable:
    """As `typed.sign_in_or_keep`, with the names of all questions of a søknad."""
    return common.sign_in_or_keep(*forms_used, labels=lambda request: QUESTIONS)


def closed_meanwhile(
    request: HttpRequest, soeknad: Soeknad, reason: str, *forms_used: type[forms.BaseForm]
) -> HttpResponse:
    """The answer when the søknad may not be changed, for the `reason` given.

    What was typed in a form that came too late is shown back; without any, it is a 403.
    """
    typed = typed_in(request, labels_of(forms_used)) if request.method == "POST" else []
    return show_unsaved(
        request, typed, reason=reason, back=soeknad.get_absolute_url(), link=_("Gå til søknaden")
    )
