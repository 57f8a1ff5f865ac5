"""The forms of the owner's office: the register of documents, and a copy with parts blacked out."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cohorts.forms.paper import PaperForm
from cohorts.models import AccessCode
from lmp.lib.personal_data import Kind
from meetings.rules.register import legal_bases

NO_KINDS: frozenset[Kind] = frozenset()


class ListInput(forms.TextInput):
    """A text field with proposals to choose among (`<datalist>`); anything can be written."""

    template_name = "meetings/list_input.html"

    def __init__(self, proposals: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.proposals = proposals

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}-forslag"
        context["widget"]["attrs"]["list"] = list_id
        context["list_id"], context["proposals"] = list_id, self.proposals
        return context


def basis_field(**kwargs: Any) -> forms.CharField:
    """A legal basis: chosen among the ones of the data file, or written."""
    return forms.CharField(
        label=gettext_lazy("Hjemmel"),
        max_length=120,
        widget=ListInput(legal_bases(get_language() or "nb")),
        **kwargs,
    )


class RegisterForm(PaperForm):
    """How a paper stands in the register. The title is public, so it is read over as any text."""

    always_sending = True
    not_looked_at = PaperForm.not_looked_at | {"legal_basis"}

    public_title = forms.CharField(
        label=gettext_lazy("Tittel"),
        help_text=gettext_lazy("Står i den offentlige journalen. Skriv den uten navn på personer."),
        max_length=200,
    )
    access_code = forms.ChoiceField(
        label=gettext_lazy("Kan papiret være offentlig?"),
        choices=AccessCode.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = gettext_lazy("Velg en i lista, eller skriv en annen. Må med når noe er unntatt.")
        self.fields["legal_basis"] = basis_field(required=False, help_text=text)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        needs = data.get("access_code") in (AccessCode.PARTLY, AccessCode.WITHHELD)
        if needs and not data.get("legal_basis") and "legal_basis" not in self.errors:
            self.add_error("legal_basis", _("Skriv hjemmelen for å unnta noe fra offentlighet."))
        return data


class RedactForm(PaperForm):
    """What a copy is made for, and on what basis. The sentences themselves are ticked beside it."""

    always_sending = True
    looks_for = NO_KINDS

    without_names = forms.BooleanField(
        label=gettext_lazy("Sladd navn på deltakere"),
        help_text=gettext_lazy("Navnene blir sladdet overalt i teksten."),
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Laget for"),
        help_text=gettext_lazy("For eksempel «Innsynskrav fra avis, 18. november 2026»."),
        max_length=300,
    )

    def __init__(self, *args: Any, marked: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["legal_basis"] = basis_field()
        self.marked = marked

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.marked and not data.get("without_names"):
            self.add_error(None, _("Merk det som skal sladdes, eller sladd navnene."))
        return data
