"""The parts of the settings of an opptak, each a form of its own, and the embete's deadline."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.forms.paper import PaperForm
from cohorts.models import Applicant, Criterion, EmbeteOpptak, LetterTemplate, Opptak
from cohorts.models.opptak import LETTER_TEXTS
from cohorts.rules.deadlines import text_problem
from cohorts.rules.letter_defaults import PLACEHOLDERS
from cohorts.rules.opptak import DATE_LABELS, OpptakDates
from lmp.lib.forms import DatoField

MOST_PLACES = 999


class SettingsPart(PaperForm):
    """A part that is saved on its own: it must be whole, and holds no national id."""

    looks_for = frozenset()  # what Udir tells everybody: no child is written of

    error_title = _("Rett opp dette før du lagrer")
    error_note = _("Ingenting er endret. Det du har skrevet, står i skjemaet.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, sending=True, **kwargs)


def _area(label: Any, rows: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), **kwargs)


def _number(label: Any, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST_PLACES,
        required=False,
        widget=forms.NumberInput({"class": "short"}),
        **kwargs,
    )


class InfoForm(SettingsPart):
    """What those who may apply read about the opptak."""

    info_bm = _area(_("Informasjon på bokmål"), 8, max_length=8000)
    info_nn = _area(_("Informasjon på nynorsk"), 8, max_length=8000)

    def __init__(self, *args: Any, opptak: Opptak, **kwargs: Any) -> None:
        initial = {"info_bm": opptak.info_bm, "info_nn": opptak.info_nn}
        super().__init__(*args, initial=initial, **kwargs)


class ApplicantsForm(SettingsPart):
    """Who may apply, whether together, and how many private schools a fylke may have."""

    applicants = forms.MultipleChoiceField(
        label=_("Hvem kan søke?"), widget=forms.CheckboxSelectMultiple
    )
    joint_allowed = forms.BooleanField(label=_("Kommuner kan søke sammen"), required=False)
    private_per_fylke = _number(_("Frittstående skoler i hvert fylke, høyst"))

    def __init__(self, *args: Any, opptak: Opptak, offered: list[str], **kwargs: Any) -> None:
        names = ("applicants", "joint_allowed", "private_per_fylke")
        initial = {name: getattr(opptak, name) for name in names}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["applicants"].choices = [
            (value, label) for value, label in Applicant.choices if value in offered
        ]


class DatesForm(SettingsPart):
    """The four dates; what is wrong with them is said by the action."""

    go_together = True  # one may wait, but none is optional: the opptak opens with all four

    def __init__(self, *args: Any, dates: OpptakDates, **kwargs: Any) -> None:
        super().__init__(*args, initial=dates.by_key(), **kwargs)
        for key in OpptakDates.KEYS:
            self.fields[key] = DatoField(label=DATE_LABELS[key], required=False)

    @property
    def dates(self) -> OpptakDates:
        """What was typed; the form must be valid."""
        return OpptakDates(**{key: self.cleaned_data[key] for key in OpptakDates.KEYS})


class PlacesForm(SettingsPart):
    """The places in all and those of every embete."""

    capacity = _number(_("Plasser i alt"))

    def __init__(
        self, *args: Any, opptak: Opptak, embeter: list[EmbeteOpptak], **kwargs: Any
    ) -> None:
        self.embeter = embeter
        initial = {"capacity": opptak.capacity}
        initial |= {f"quota_{each.pk}": each.quota for each in embeter}
        super().__init__(*args, initial=initial, **kwargs)
        for each in embeter:
            label = gettext("Plasser: %(embete)s") % {"embete": each}
            self.fields[f"quota_{each.pk}"] = _number(label)

    @property
    def rows(self) -> list[tuple[EmbeteOpptak, Any]]:
        """Each embete with its field."""
        return [(each, self[f"quota_{each.pk}"]) for each in self.embeter]

    @property
    def quotas(self) -> dict[int, int | None]:
        """The number typed for each embete, by key; the form must be valid."""
        return {each.pk: self.cleaned_data[f"quota_{each.pk}"] for each in self.embeter}


class CriterionForm(SettingsPart):
    """The words of a criterion in both languages."""

    short_bm = forms.CharField(label=_("Kort navn på bokmål"), max_length=80)
    text_bm = _area(_("Tekst på bokmål"), 3, max_length=500)
    short_nn = forms.CharField(label=_("Kort navn på nynorsk"), max_length=80)
    text_nn = _area(_("Tekst på nynorsk"), 3, max_length=500)

    def __init__(self, *args: Any, criterion: Criterion, **kwargs: Any) -> None:
        self.criterion = criterion
        initial = {name: getattr(criterion, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, prefix=f"k{criterion.pk}", **kwargs)


class NewCriterionForm(SettingsPart):
    """A criterion to add, and for whom."""

    applies_to = forms.ChoiceField(label=_("Gjelder"))
    short_bm = forms.CharField(label=_("Kort navn på bokmål"), max_length=80)
    text_bm = _area(_("Tekst på bokmål"), 3, max_length=500)
    short_nn = forms.CharField(label=_("Kort navn på nynorsk"), max_length=80)
    text_nn = _area(_("Tekst på nynorsk"), 3, max_length=500)

    def __init__(self, *args: Any, opptak: Opptak, **kwargs: Any) -> None:
        super().__init__(*args, prefix="ny", **kwargs)
        self.fields["applies_to"].choices = [
            (value, label) for value, label in Applicant.choices if value in opptak.applicants
        ]


class LetterForm(SettingsPart):
    """The words of one letter; an unknown placeholder is refused with those that are known."""

    title_bm = forms.CharField(label=_("Overskrift på bokmål"), max_length=150)
    intro_bm = _area(_("Innledning på bokmål"), 5, max_length=4000)
    closing_bm = _area(_("Avslutning på bokmål"), 5, max_length=4000, required=False)
    title_nn = forms.CharField(label=_("Overskrift på nynorsk"), max_length=150)
    intro_nn = _area(_("Innledning på nynorsk"), 5, max_length=4000)
    closing_nn = _area(_("Avslutning på nynorsk"), 5, max_length=4000, required=False)

    def __init__(self, *args: Any, template: LetterTemplate, **kwargs: Any) -> None:
        self.template = template
        super().__init__(*args, initial=template.texts, prefix=f"b{template.pk}", **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in LETTER_TEXTS:
            problem = text_problem(cleaned.get(name, ""), PLACEHOLDERS)
            if problem:
                self.add_error(name, _with_known(problem))
        return self.cleaned_data


def _with_known(problem: str) -> str:
    """The problem with every placeholder that may be used, also when one was suggested."""
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    if known in problem:
        return problem
    return f"{problem} {gettext('Du kan bruke %(known)s.') % {'known': known}}"


class DecisionKindForm(SettingsPart):
    """Whether the outcome is an enkeltvedtak that can be appealed, and until when (domain 8b.5)."""

    enkeltvedtak = forms.BooleanField(label=_("Svaret er et enkeltvedtak"), required=False)
    complaint_deadline = DatoField(label=_("Klagefrist"), required=False)

    def __init__(self, *args: Any, opptak: Opptak, **kwargs: Any) -> None:
        initial = {
            "enkeltvedtak": opptak.enkeltvedtak,
            "complaint_deadline": opptak.complaint_deadline,
        }
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("enkeltvedtak") and not cleaned.get("complaint_deadline"):
            self.add_error("complaint_deadline", _("Sett en klagefrist når svaret kan påklages."))
        elif not cleaned.get("enkeltvedtak"):
            cleaned["complaint_deadline"] = None
        return cleaned


class DeadlineForm(forms.Form):
    """The embete's own deadline; empty is the deadline of the opptak."""

    error_title = _("Rett opp dette før du lagrer")
    error_note = _("Ingenting er endret. Det du har skrevet, står i skjemaet.")

    deadline = DatoField(label=_("Embetets egen søknadsfrist"), required=False)
