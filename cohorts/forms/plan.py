"""The forms of a plan: its own texts, goals, tiltak, checklist, comments and other work.

Everybody who reads the plan reads what is saved, at once: there is no draft of these.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.paper import PaperForm, text_area
from cohorts.models import OtherWork, TiltakLevel, TiltakStatus
from cohorts.programme.content import Checklist
from cohorts.rules.paper import Data
from cohorts.rules.plan import ANSWERS
from lmp.lib.forms import DatoField

Choices = list[tuple[str, str]]


class PlanPartForm(PaperForm):
    """A part of the plan; it is read by others as soon as it is saved."""

    always_sending = True
    error_title = _("Rett opp dette før du lagrer")
    error_note = _("Ingenting er lagret. Det du har skrevet, står i skjemaet.")

    def data_to_save(self) -> Data:
        """What was typed, with texts without spaces around them."""
        return dict(self.cleaned_data)


class PlanTextsForm(PlanPartForm):
    """What holds for the whole plan. All of it may be left for later."""

    owner_plan = forms.CharField(
        required=False,
        max_length=300,
        label=_("Kommunens overordnede plan"),
        help_text=_("Hvilken plan hører dette sammen med?"),
    )
    children = text_area(_("Hvordan er barna eller elevene med?"))
    parents = text_area(_("Hvordan er foreldrene med?"))
    competence = text_area(_("Hva trenger dere å lære mer om?"))
    time_set_aside = forms.CharField(
        required=False,
        max_length=300,
        label=_("Tid til mellomarbeid"),
        help_text=_("For eksempel «To timer i uka på fellestida»."),
    )
    ppt_role = text_area(_("Hva gjør PPT?"))


class MaalForm(PlanPartForm):
    """A goal: in the long run, this semester, and how one will see it."""

    title = forms.CharField(
        max_length=120,
        label=_("Kort navn på målet"),
        help_text=_("For eksempel «Trygge overganger»."),
    )
    long_term = text_area(
        _("Langsiktig mål"),
        help_text=_("Hvordan er det når dere har lykkes?"),
        required=True,
    )
    semester_goal = text_area(
        _("Dette semesteret"),
        rows=2,
        help_text=_("Hva skal dere ha fått til når semesteret er over?"),
        required=True,
    )
    indicator = text_area(
        _("Hvordan ser vi at det virker?"),
        rows=2,
        help_text=_("For eksempel observasjoner, samtaler eller hva elevrådet sier."),
    )
    delmaal = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=_("Programmets delmål")
    )
    focus = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=_("Semesterets tema")
    )

    def __init__(self, *args: Any, delmaal: Choices, focus: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delmaal"].choices = delmaal
        self.fields["focus"].choices = focus
        if not focus:
            del self.fields["focus"]


class TiltakForm(PlanPartForm):
    """A tiltak with the five questions of a written plan (domain 3.9)."""

    # Who does it is a role or a team, but a plan may name staff; where it is evaluated is a place.
    not_looked_at = frozenset({"who", "evaluate_where"})

    title = forms.CharField(
        max_length=120,
        label=_("Kort navn på tiltaket"),
        help_text=_("For eksempel «Samme voksen følger inn»."),
    )
    problem = text_area(_("Hva skal det løse?"), rows=2, required=True)
    what = text_area(_("Hva gjør vi?"), rows=3, required=True)
    period = forms.CharField(
        max_length=120, label=_("Når?"), help_text=_("For eksempel «16. november–18. desember».")
    )
    who = forms.CharField(
        max_length=200,
        label=_("Hvem?"),
        help_text=_("Helst roller eller team, for eksempel «Teamlederne på 1.–7. trinn»."),
    )
    evaluate_on = DatoField(label=_("Når vurderer vi det?"))
    evaluate_where = forms.CharField(
        required=False,
        max_length=120,
        label=_("Hvor vurderer vi det?"),
        help_text=_("For eksempel «i arbeidsgruppa»."),
    )
    status = forms.ChoiceField(
        choices=TiltakStatus.choices,
        initial=TiltakStatus.NOT_BEGUN,
        label=_("Hvordan står det?"),
    )
    level = forms.ChoiceField(
        choices=TiltakLevel.choices,
        initial=TiltakLevel.SYSTEM,
        widget=forms.RadioSelect,
        label=_("Hvem gjelder det?"),
        help_text=_(
            "Tiltak for enkeltbarn skrives bare i allmenne ord her. Alt om ett barn hører hjemme "
            "i enhetens eget saksarkiv."
        ),
    )
    concerns = forms.CharField(
        required=False,
        max_length=120,
        label=_("Avdeling, trinn eller SFO"),
        help_text=_("La stå tomt når det gjelder hele enheten."),
    )


class SelfCheckForm(forms.Form):
    """The programme's checklist for one tiltak: yes, partly or no to each point, or nothing."""

    def __init__(self, *args: Any, checklist: Checklist, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in checklist.items:
            self.fields[item.id] = forms.ChoiceField(
                required=False,
                choices=CHECK_CHOICES,
                widget=forms.RadioSelect(attrs={"data-kind": "seg"}),
                label=item.text.in_language(language),
                help_text=item.help.in_language(language) if item.help else "",
            )
            self.fields[item.id].is_needed = True  # no «(valgfritt)» at each of them


CHECK_CHOICES = list(zip(ANSWERS, (_("Ja"), _("Delvis"), _("Nei")), strict=True))


class CommentForm(PlanPartForm):
    """A veileder's or PPT's comment."""

    text = text_area(
        _("Kommentar"),
        rows=4,
        required=True,
        error_messages={"required": _("Skriv kommentaren.")},
    )


class CommentAnswerForm(PlanPartForm):
    """The unit's answer to a comment."""

    answer = text_area(
        _("Svar"), rows=4, required=True, error_messages={"required": _("Skriv svaret.")}
    )


class OtherWorkForm(PlanPartForm):
    """Other development work that the plan is seen together with."""

    kind = forms.ChoiceField(
        choices=OtherWork.Kind.choices, widget=forms.RadioSelect, label=_("Hva slags arbeid?")
    )
    title = forms.CharField(
        max_length=150,
        label=_("Hva holder dere på med?"),
        help_text=_("For eksempel «Leseopplæring, 1.–4. trinn»."),
    )
    connection = forms.CharField(
        required=False,
        max_length=300,
        label=_("Hvordan henger det sammen med planen?"),
    )
