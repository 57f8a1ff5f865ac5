"""A reader's remark to a sent referat, and the author's answer to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from cohorts.forms.paper import PaperForm, text_area
from meetings.forms.addendum import WHOLE, sak_choices

TAKEN_IN, BOTH_STAND, THIRD = "taken_in", "both_stand", "third"


class MerknadForm(PaperForm):
    """What is wrong or missing, in which sak, and how the reader would have written it."""

    sak = forms.ChoiceField(
        label=gettext_lazy("Hvilken sak gjelder det?"), required=False, initial=WHOLE
    )
    text = text_area(
        gettext_lazy("Hva mener du er feil eller mangler?"),
        rows=4,
        required=True,
        error_messages={"required": gettext_lazy("Skriv hva du mener er feil eller mangler.")},
    )
    proposal = text_area(
        gettext_lazy("Forslag til ny tekst i saken"),
        rows=4,
        help_text=gettext_lazy(
            "Skriv hele teksten slik du mener den skal være. Da kan den tas inn med ett klikk."
        ),
    )

    def __init__(self, *args: Any, titles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, sending=True, **kwargs)
        whole = sak_choices(titles)[-1:]
        self.fields["sak"].choices = [*whole, *sak_choices(titles)[:-1]]

    def clean(self) -> dict[str, Any]:
        clean = super().clean()
        if clean.get("proposal") and clean.get("sak") in ("", WHOLE):
            self.add_error("sak", gettext("Velg saken som forslaget gjelder."))
        return clean

    def position(self) -> int | None:
        """The position of the chosen sak, None for the whole referat."""
        chosen = self.cleaned_data.get("sak")
        return int(chosen) if chosen and chosen != WHOLE else None


class AnswerForm(PaperForm):
    """The author's answer: take in the proposal, let both texts stand, or write a third text.

    `proposal` and `in_sak` say what the merknad holds, `next_version` what number comes next.
    """

    choice = forms.ChoiceField(
        label=gettext_lazy("Hva vil du gjøre?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg hva du vil gjøre.")},
    )
    new_text = text_area(
        gettext_lazy("Den tredje teksten"),
        rows=4,
        help_text=gettext_lazy("Skriv her bare når du velger en tredje tekst."),
    )
    answer = text_area(gettext_lazy("Svar"), rows=2)

    def __init__(
        self, *args: Any, proposal: str, in_sak: bool, next_version: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, sending=True, **kwargs)
        self.proposal = proposal
        both = (BOTH_STAND, gettext("La begge tekstene stå. Merknaden følger referatet"))
        becomes = {"n": next_version}
        take = gettext("Ta inn merknaden. Du skriver og sender en ny versjon")
        if proposal:
            take = gettext("Ta inn forslaget. Referatet blir versjon %(n)s") % becomes
        third = gettext("Skriv en tredje tekst. Referatet blir versjon %(n)s") % becomes
        options = [(TAKEN_IN, take), both]
        self.fields["choice"].choices = [*options, (THIRD, third)] if in_sak else options
        if not in_sak:
            del self.fields["new_text"]

    def clean(self) -> dict[str, Any]:
        clean = super().clean()
        if clean.get("choice") == THIRD and not clean.get("new_text", "").strip():
            self.add_error("new_text", gettext("Skriv teksten som skal stå i saken."))
        return clean

    @property
    def is_taken_in(self) -> bool:
        """Whether the referat is to be changed."""
        return self.cleaned_data["choice"] != BOTH_STAND

    def text(self) -> str:
        """The text that is to stand in the sak; empty when the author writes it in the form."""
        if self.cleaned_data["choice"] == THIRD:
            return self.cleaned_data["new_text"]
        return self.proposal if self.is_taken_in else ""
