"""Choosing a file to add to a søknad."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cohorts.actions.soeknad_attachments import refuse_file
from cohorts.forms.paper import NATIONAL_ID
from cohorts.rules.errors import NationalIdFound
from cohorts.rules.soeknad_attachment import file_name


class AttachmentForm(forms.Form):
    """One PDF. A browser does not keep the choice of a file when there is something wrong."""

    error_title = _("Fila er ikke lagt ved")
    error_note = _("Alt annet i søknaden er lagret som før. Velg fila på nytt.")

    file = forms.FileField(
        label=_("Velg en PDF"),
        help_text=_("Høyst 5 MB. Dere kan legge ved fem filer."),
        allow_empty_file=True,  # said in our own words
        widget=forms.FileInput({"accept": "application/pdf,.pdf"}),
        error_messages={"required": _("Velg en fil først.")},
    )

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        start = upload.read(8)
        upload.seek(0)
        try:
            refuse_file(file_name(upload.name or ""), upload.size or 0, start)
        except NationalIdFound:
            raise forms.ValidationError(
                _(
                    "Filnavnet ser ut til å inneholde et fødselsnummer (11 siffer). "
                    "Gi fila et annet navn og velg den på nytt."
                ),
                NATIONAL_ID,
            ) from None
        return upload
