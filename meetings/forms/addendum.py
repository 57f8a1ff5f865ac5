"""The form of an addition to a locked referat."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.forms.paper import PaperForm, text_area

WHOLE = "hele"
LONGEST_REASON = 300


def sak_choices(titles: list[str]) -> list[tuple[str, str]]:
    """The saker of a referat by position, and the whole of it."""
    numbered = [
        (str(number), gettext("Sak %(n)s, %(title)s") % {"n": number, "title": title})
        for number, title in enumerate(titles, start=1)
    ]
    return [*numbered, (WHOLE, gettext("Hele referatet"))]


class AddendumForm(PaperForm):
    """What is added, to which sak, and why."""

    sak = forms.ChoiceField(
        label=_("Hvilken sak gjelder tillegget?"),
        error_messages={"required": _("Velg hvilken sak tillegget gjelder.")},
    )
    text = text_area(
        _("Tillegg"),
        rows=3,
        required=True,
        help_text=_("Skriv det som er feil eller mangler. Ikke skriv nye avtaler her."),
        error_messages={"required": _("Skriv det som er feil eller mangler.")},
    )
    reason = forms.CharField(
        label=_("Hvorfor?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Alle som leser referatet, ser grunnen."),
        error_messages={"required": _("Skriv hvorfor referatet trenger et tillegg.")},
    )

    def __init__(self, *args: Any, titles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, sending=True, **kwargs)
        self.fields["sak"].choices = sak_choices(titles)

    def position(self) -> int | None:
        """The position of the chosen sak, None for the whole referat."""
        chosen = self.cleaned_data["sak"]
        return None if chosen == WHOLE else int(chosen)
