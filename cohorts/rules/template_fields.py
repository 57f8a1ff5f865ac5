"""The fields whose help text a pulje can change: key, label, and the portal's own help.

The labels and the help are those of the forms (tests/meetings/test_template_fields.py holds them
together). A key is the name of the field in its form.
"""

from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class TemplateField(NamedTuple):
    """One field: `help` is what the portal says when the edition says nothing."""

    key: str
    label: Words
    help: Words = ""


GRUNNLAG = (
    TemplateField("worked_well", _("Hva fungerte godt?")),
    TemplateField("was_difficult", _("Hva ble vanskelig, eller kunne vært gjort annerledes?")),
    TemplateField("voices", _("Hva sa de?")),
    TemplateField(
        "questions",
        _("Hva ønsker dere veiledning på?"),
        _("Skriv ett til tre konkrete spørsmål, ett på hver linje."),
    ),
    TemplateField("tried", _("Hva har dere prøvd eller tenkt selv?")),
    TemplateField(
        "story",
        _("Praksisfortelling eller situasjon"),
        _("Fortell kort om noe som har hendt. Bytt ut alt som kan peke på en person."),
    ),
    TemplateField("wanted_outcome", _("Hva vil dere sitte igjen med etter økta?")),
    TemplateField("practical_needs", _("Praktiske behov"), _("Rom, utstyr eller lenke.")),
    TemplateField(
        "prepared_by",
        _("Hvem har laget grunnlaget?"),
        _("For eksempel «Arbeidsgruppa, møte 18. november»."),
    ),
)

REFERAT = (
    TemplateField("guests", _("Andre som var der"), _("Skriv navn med komma mellom.")),
    TemplateField("summary", _("Hva kom dere fram til?")),
    TemplateField("text", _("Hva skal gjøres?")),
    TemplateField(
        "mellomarbeid",
        _("Mellomarbeid til neste gang"),
        _("Skriv én oppgave på hver linje. De blir med i neste veiledningsgrunnlag."),
    ),
    TemplateField("next_theme", _("Tema for neste møte")),
)

PLAN = (
    TemplateField("long_term", _("Langsiktig mål")),
    TemplateField("semester_goal", _("Dette semesteret")),
    TemplateField("indicator", _("Hvordan ser vi at det virker?")),
    TemplateField("problem", _("Hva skal det løse?")),
    TemplateField("what", _("Hva gjør vi?")),
    TemplateField("period", _("Når?")),
    TemplateField("who", _("Hvem?")),
    TemplateField("evaluate_on", _("Når vurderer vi det?")),
    TemplateField("children", _("Hvordan er barna eller elevene med?")),
    TemplateField("parents", _("Hvordan er foreldrene med?")),
    TemplateField("competence", _("Hva trenger dere å lære mer om?")),
)

FIELDS: dict[str, tuple[TemplateField, ...]] = {
    "grunnlag": GRUNNLAG,
    "referat": REFERAT,
    "plan": PLAN,
}


def labels_of(kind: str) -> dict[str, Any]:
    """The label of each field of a kind of paper, by key."""
    return {field.key: field.label for field in FIELDS[kind]}
