"""The form of a person's own profile."""

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.models import Language


class ProfileForm(forms.Form):
    """Name and målform."""

    error_title = _("Rett opp dette før du lagrer")
    error_note = _("Ingenting er lagret. Det du har skrevet, står i skjemaet.")

    name = forms.CharField(label=_("Navn"), max_length=150)
    language = forms.ChoiceField(
        label=_("Målform"),
        choices=Language.choices,
        widget=forms.RadioSelect(attrs={"data-kind": "seg"}),
        help_text=_("Gjelder det du leser i portalen, og varslene du får på e-post."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
