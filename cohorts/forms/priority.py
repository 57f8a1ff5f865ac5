"""The embete's list as a form: a number, a reason and the rest for each line, and the whole."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.forms.neutral import NeutralField
from cohorts.forms.paper import OF_CHILDREN, PaperForm, text_area
from cohorts.models import PriorityList, Recommendation
from cohorts.queries.priority_rows import Row
from cohorts.rules.paper import Data
from cohorts.rules.priority import moved, same_rank
from lmp.lib.forms import SHARED
from lmp.lib.wording import join_words

UP, DOWN = "up", "down"
STEPS = {UP: -1, DOWN: 1}
MOST_WANTED = 99


class PriorityForm(PaperForm):
    """The whole list. A draft may lack reasons, but every line has a number of its own.

    Lines that came to the list after the page was opened get the last numbers; when `sending`
    they must be looked at first.
    """

    looks_for = OF_CHILDREN

    error_title = gettext_lazy("Rett opp dette i lista")
    error_note = gettext_lazy("Ingenting er sendt. Det du har skrevet, står i skjemaet.")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        rows: list[Row],
        priority_list: PriorityList,
        late: bool = False,
        sending: bool = False,
    ) -> None:
        self.rows = {row.entry.pk: row for row in rows}
        self.new = [key for key in self.rows if data is not None and f"rank_{key}" not in data]
        self.most = len(self.rows)
        initial = {"wanted": priority_list.wanted, "note": priority_list.note}
        super().__init__(self._with_new(data), sending=sending, initial=initial)
        for row in rows:
            self._add_line(row)
        self.fields["wanted"] = forms.IntegerField(
            label=_("Ønsket antall kommuner"),
            required=False,
            min_value=0,
            max_value=MOST_WANTED,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        )
        self.fields["note"] = text_area(_("Merknad til Udir"))
        if late and not priority_list.reopened_reason:
            self.fields["late_reason"] = forms.CharField(
                label=_("Hvorfor sendes lista etter fristen?"), max_length=300, required=False
            )

    def _with_new(self, data: QueryDict | None) -> QueryDict | None:
        """What was typed, with the stored values of lines that were not on the page."""
        if data is None:
            return None
        filled = data.copy()
        posted = [key for key in data if key.startswith("rank_") and key[5:].isdecimal()]
        self.most = len(posted) + len(self.new)
        for rank, key in enumerate(self.new, start=len(posted) + 1):
            filled[f"rank_{key}"] = str(rank)
            filled[f"reason_{key}"] = self.rows[key].entry.reason
        return filled

    def _add_line(self, row: Row) -> None:
        entry, name = row.entry, {"name": row.name}
        self.fields[f"rank_{entry.pk}"] = forms.IntegerField(
            label=_("Prioritet for %(name)s") % name,
            required=False,
            initial=entry.rank,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"invalid": self._between(row)},
        )
        self.fields[f"reason_{entry.pk}"] = text_area(
            _("Begrunnelse for %(name)s") % name, rows=2, initial=entry.reason
        )
        if row.is_split:
            self.fields[f"recommendation_{entry.pk}"] = forms.ChoiceField(
                label=_("Embetets tilråding for %(name)s") % name,
                choices=Recommendation.choices,
                required=False,
                initial=entry.recommendation,
                widget=forms.RadioSelect,
            )
        if row.before is not None:
            self.fields[f"rank_reason_{entry.pk}"] = forms.CharField(
                label=_("Hvorfor har %(name)s fått ny plass?") % name,
                max_length=300,
                required=False,
                initial=entry.rank_reason,
            )

    def _between(self, row: Row) -> str:
        values = {"name": row.name, "most": self.most}
        return _("Skriv et tall fra 1 til %(most)s for %(name)s.") % values

    def clean(self) -> dict[str, Any]:
        super().clean()
        ranks = {}
        for key, row in self.rows.items():
            rank = self.cleaned_data.get(f"rank_{key}")
            if rank is not None and 1 <= rank <= self.most:
                ranks[key] = rank
            elif f"rank_{key}" not in self.errors:
                self.add_error(f"rank_{key}", self._between(row))
        for key, sharing in same_rank(ranks).items():
            names = join_words([self.rows[each].name for each in self.rows if each in sharing])
            text = _("%(names)s har samme nummer: %(rank)s. Gi dem hvert sitt.")
            values = {"names": names, "rank": ranks[key]}
            self.add_error(f"rank_{key}", forms.ValidationError(text % values, SHARED))
        for key in self.new if self.sending else ():
            text = _("%(name)s er kommet til på lista. Se over før du sender.")
            self.add_error(f"rank_{key}", text % {"name": self.rows[key].name})
        return self.cleaned_data

    def order(self) -> list[int] | None:
        """The keys of the entries in the typed order, or None when the numbers give none."""
        ranks = {key: self.cleaned_data.get(f"rank_{key}") for key in self.rows}
        if any(f"rank_{key}" in self.errors and key not in self.new for key in self.rows):
            return None
        return sorted(ranks, key=lambda key: ranks[key] or self.most)

    def data_to_save(self, move: str = "") -> Data:
        """What is right of what was typed, as `actions.priority.save_list` takes it.

        `move` is the button pressed: «up-12» moves entry 12 one place up.
        """
        data: Data = {}
        for key in self.rows:
            for name in ("reason", "rank_reason", "recommendation"):
                if f"{name}_{key}" in self.cleaned_data:
                    data[f"{name}-{key}"] = self.cleaned_data[f"{name}_{key}"]
        data |= {name: self.cleaned_data[name] for name in ("wanted", "note") if self._has(name)}
        order = self.order()
        if order is not None:
            data["order"] = self._moved(order, move)
        return data

    def _has(self, name: str) -> bool:
        return name in self.cleaned_data

    def _moved(self, order: list[int], move: str) -> list[int]:
        way, _dash, key = move.partition("-")
        if way not in STEPS or not key.isdecimal() or int(key) not in order:
            return order
        return moved(order, int(key), STEPS[way])

    def add_missing(self, missing: list[str], names: dict[int, str]) -> None:
        """Say at the fields what must be there before the list is sent.

        `missing` are `rules.priority.Missing` as texts; `names` are those of the søknader that are
        not on the list, by their key.
        """
        for each in missing:
            what, _dash, key = each.partition("-")
            row = self.rows.get(int(key)) if key and what not in ("soeknad", "unlisted") else None
            name = row.name if row else names.get(int(key or 0), "")
            field, text = MISSING[what]
            target = f"{field}_{key}" if row else field or None
            self.add_error(target if target in self.fields else None, str(text) % {"name": name})


# What is missing: the field it is said at, and the words.
MISSING = {
    "assessed": ("rank", gettext_lazy("%(name)s er ikke vurdert. Vurder søknaden først.")),
    "habilitet": ("rank", gettext_lazy("Habilitet er ikke avklart for %(name)s.")),
    "reason": ("reason", gettext_lazy("Skriv en begrunnelse for %(name)s.")),
    "recommendation": (
        "recommendation",
        gettext_lazy("Dere har vurdert %(name)s ulikt. Velg hva embetet tilrår."),
    ),
    "rank_reason": ("rank_reason", gettext_lazy("Skriv hvorfor %(name)s har fått ny plass.")),
    "soeknad": ("", gettext_lazy("%(name)s er ikke vurdert. Vurder søknaden først.")),
    "unlisted": ("", gettext_lazy("Lista er endret siden du åpnet den. Åpne sida på nytt.")),
    "late_reason": ("late_reason", gettext_lazy("Skriv hvorfor lista sendes etter fristen.")),
    "empty": ("", gettext_lazy("Det står ingen på lista ennå.")),
}


class ReopenForm(PaperForm):
    """Why a sent list is opened again; Udir reads it with the new version."""

    always_sending = True
    looks_for = OF_CHILDREN

    error_title = gettext_lazy("Rett opp dette før du åpner lista")
    error_note = gettext_lazy("Ingenting er endret.")

    reason = NeutralField(
        label=gettext_lazy("Hvorfor trenger dere en ny versjon?"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Udir leser dette sammen med den nye versjonen."),
    )
