"""The form of a review: a verdict on each tiltak, the voices, the conclusion (15-gjennomgang)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.forms.paper import PaperForm, text_area
from cohorts.models import Tiltak, Verdict
from cohorts.rules.paper import Data
from cohorts.rules.plan import ADJUST, CONTINUE, END, REVIEW_FIELDS, verdicts_by_tiltak
from lmp.lib.forms import DatoField

VERDICT, TEXT = "verdict-", "text-"
AFTER_TILTAK = ("voices", "conclusion", "ahead", "held_on", "next_review")
WORDS = {
    CONTINUE: _("Kort om hvordan det gikk"),
    ADJUST: _("Hva skal endres?"),
    END: _("Begrunnelse"),
}
ANY_VERDICT = _("Hvordan gikk det, eller hva skal endres?")


class ReviewForm(PaperForm):
    """All of one review. A draft may be half written; what goes on needs no words.

    `tiltak` are those to judge, `saved` what is stored (keys of `REVIEW_FIELDS`), `first` whether
    the plan has no version yet: then everything is proposed to go on. `numbers` are those of the
    goals on the page, by goal.
    """

    held_on = DatoField(label=_("Når gikk dere gjennom planen?"))
    voices = text_area(_("Hva sier barna og foreldrene om det vi har gjort?"))
    conclusion = forms.ChoiceField(
        choices=Verdict.choices,
        widget=forms.RadioSelect(attrs={"data-kind": "seg"}),
        label=_("Planen som helhet"),
    )
    ahead = text_area(_("Det viktigste framover"), rows=2, required=True)
    next_review = DatoField(
        label=_("Neste gjennomgang"), help_text=_("Minst én gang hvert semester. dd.mm.åååå")
    )

    def __init__(
        self,
        *args: Any,
        tiltak: Sequence[Tiltak],
        saved: Data,
        today: date,
        numbers: Mapping[int, int],
        first: bool = False,
        is_skole: bool = False,
        **kwargs: Any,
    ) -> None:
        self.tiltak, self.saved, self.today = tiltak, saved, today
        self.numbers = numbers
        rows = verdicts_by_tiltak(saved["verdicts"])
        initial = {key: saved[key] for key in REVIEW_FIELDS if key != "verdicts"}
        if first:
            initial["conclusion"] = initial["conclusion"] or CONTINUE
        for each in tiltak:
            row = rows.get(each.pk, {})
            given = row.get("verdict", "") or (CONTINUE if first else "")
            initial |= {f"{VERDICT}{each.pk}": given, f"{TEXT}{each.pk}": row.get("text", "")}
        super().__init__(*args, initial=initial, **kwargs)
        if is_skole:
            self.fields["voices"].label = _("Hva sier elevene og foreldrene om det vi har gjort?")
        for each in tiltak:
            self._add_tiltak(each)
        of_tiltak = [f"{name}{each.pk}" for each in tiltak for name in (VERDICT, TEXT)]
        self.order_fields([*of_tiltak, *AFTER_TILTAK])

    def _add_tiltak(self, tiltak: Tiltak) -> None:
        verdict = forms.ChoiceField(
            choices=Verdict.choices,
            widget=forms.RadioSelect(attrs={"data-kind": "seg"}),
            label=tiltak.title,
            help_text=self._origin(tiltak),
            error_messages={
                "required": _("Velg videreføres, justeres eller avsluttes: «%(title)s».")
                % {"title": tiltak.title}
            },
        )
        self.fields[f"{VERDICT}{tiltak.pk}"] = verdict
        given = self[f"{VERDICT}{tiltak.pk}"].value() or ""
        text = text_area(WORDS.get(given, ANY_VERDICT), rows=2)
        text.is_needed = given != CONTINUE
        self.fields[f"{TEXT}{tiltak.pk}"] = text

    def _origin(self, tiltak: Tiltak) -> str:
        """«Mål 1 · I gang»."""
        number = self.numbers.get(tiltak.maal_id)
        status = str(tiltak.get_status_display())
        return f"{gettext('Mål %(n)s') % {'n': number}} · {status}" if number else status

    def clean(self) -> Data:
        super().clean()
        self._need_reasons()
        held_on, following = (self.cleaned_data.get(key) for key in ("held_on", "next_review"))
        if held_on and held_on > self.today:
            self.add_error("held_on", _("Datoen kan ikke være i framtiden."))
        elif held_on and following and following <= held_on:
            self.add_error("next_review", _("Neste gjennomgang må være etter denne."))
        return self.cleaned_data

    def _need_reasons(self) -> None:
        for each in self.tiltak if self.sending else ():
            given = self.cleaned_data.get(f"{VERDICT}{each.pk}", "")
            name = f"{TEXT}{each.pk}"
            if given in ("", CONTINUE) or self.errors.get(name) or self.cleaned_data.get(name):
                continue
            text = _("Skriv hva som skal endres: «%(title)s».")
            if given != ADJUST:
                text = _("Skriv hvorfor «%(title)s» avsluttes.")
            self.add_error(name, text % {"title": each.title})

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each tiltak with its two fields, for the page."""
        return [
            {
                "tiltak": each,
                "verdict": self[f"{VERDICT}{each.pk}"],
                "text": self[f"{TEXT}{each.pk}"],
            }
            for each in self.tiltak
        ]

    def data_to_save(self) -> Data:
        """What may be saved: each field that is right; a refused one stays as it was saved."""
        clean = self.cleaned_data
        kept = {key: clean[key] for key in REVIEW_FIELDS if key in clean}
        kept = {
            key: None if key == "next_review" and not value else value
            for key, value in kept.items()
        }
        if not kept.get("held_on"):
            kept.pop("held_on", None)
        before = verdicts_by_tiltak(self.saved["verdicts"])
        return {
            **kept,
            "verdicts": [self._row(each.pk, before.get(each.pk, {})) for each in self.tiltak],
        }

    def _row(self, pk: int, saved: dict[str, Any]) -> dict[str, Any]:
        clean = self.cleaned_data
        return {
            "tiltak": pk,
            "verdict": clean.get(f"{VERDICT}{pk}", saved.get("verdict", "")),
            "text": clean.get(f"{TEXT}{pk}", saved.get("text", "")),
        }
