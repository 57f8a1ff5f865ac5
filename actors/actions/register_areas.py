"""Loading embeter, fylker, kommuner and their former numbers, with the public owners."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.actions.register_load import Load, columns_only, look_up
from actors.models import Fylke, Kommune, KommuneCode, Owner, Statsforvalter
from actors.rules.kommune_codes import CodeHistory
from actors.rules.register import derive_names
from actors.rules.register_rows import (
    Values,
    read_code_change,
    read_fylke,
    read_kommune,
    read_statsforvalter,
)


def load_statsforvaltere(load: Load) -> None:
    """The embeter, tied by our own short code."""
    wanted = [read_statsforvalter(row) for row in load.table.rows]
    load.table.reject_repeated("kode")
    load.table.reject_repeated("organisasjonsnummer")
    load.accept()
    load.sync(Statsforvalter, ("code",), wanted, Statsforvalter.objects.all())


def load_fylker(load: Load) -> None:
    """Fylker, and the fylkeskommune of each as an owner (Oslo's comes with its kommune)."""
    offices = dict(Statsforvalter.objects.values_list("code", "pk"))
    wanted, fylkeskommuner = [], []
    for row in load.table.rows:
        values = read_fylke(row)
        code = values["statsforvalter_code"]
        values["statsforvalter_id"] = look_up(row, offices, code, _("statsforvalterkode"))
        wanted.append(columns_only(values))
        if values["fylkeskommune_name"].endswith("fylkeskommune"):
            fylkeskommuner.append(values)
    load.table.reject_repeated("fylkesnummer")
    load.table.reject_repeated("fylkeskommune_organisasjonsnummer")
    load.accept()
    load.sync(Fylke, ("number",), wanted, Fylke.objects.open())
    pk_of = dict(Fylke.objects.open().values_list("number", "pk"))
    owners = [fylkeskommune(values, pk_of) for values in fylkeskommuner]
    load.sync(Owner, ("orgnr",), owners, Owner.objects.real())


def fylkeskommune(values: Values, pk_of: dict[str, int]) -> Values:
    """The owner that goes with a row of the fylke file."""
    name = values["fylkeskommune_name"]
    return {
        "kind": "fylkeskommune",
        "name": name,
        "orgnr": values["orgnr"],
        "fylke_id": pk_of[values["number"]],
        "kommune_id": None,
        **derive_names(name),
    }


def load_kommuner(load: Load) -> None:
    """Kommuner, tied by organisasjonsnummer so that a new number keeps the kommune's history."""
    fylker = {fylke.number: fylke for fylke in Fylke.objects.open()}
    there = list(Kommune.objects.all())
    wanted = []
    for row in load.table.rows:
        values = read_kommune(row)
        fylke = look_up(row, fylker, values["fylke_number"], _("fylkesnummer"))
        values["fylke_id"] = fylke.pk if fylke else None
        if reason := clash(values, there):
            row.reject(reason)
        wanted.append(columns_only(values))
    load.table.reject_repeated("kommunenummer")
    load.table.reject_repeated("organisasjonsnummer")
    load.accept()
    load.sync(Kommune, ("orgnr",), wanted, Kommune.objects.real())
    kommuner = Kommune.objects.real().filter(orgnr__in=[values["orgnr"] for values in wanted])
    owners = [owner_of(kommune) for kommune in kommuner.select_related("fylke")]
    load.sync(Owner, ("orgnr",), owners, Owner.objects.real())
    note_left_out(load, there, {values["orgnr"] for values in wanted})


def clash(values: Values, there: list[Kommune]) -> str:
    """Why a kommune of the file cannot stand beside those in the database; "" when it can."""
    for kommune in there:
        same_number = kommune.valid_to is None and kommune.number == values["number"]
        same_orgnr = kommune.orgnr == values["orgnr"]
        if kommune.is_fictional and (same_number or same_orgnr):
            return _("nummeret er i bruk av en fiktiv kommune: %s") % kommune.name
        if same_number and not same_orgnr:
            return _("%(name)s har nummeret i dag, med et annet organisasjonsnummer") % {
                "name": kommune.name
            }
    return ""


def owner_of(kommune: Kommune) -> Values:
    """The kommune as an owner; where it is its own fylkeskommune (Oslo) it serves as both."""
    name = f"{kommune.name} kommune"
    is_fylkeskommune = kommune.orgnr == kommune.fylke.orgnr
    return {
        "kind": "kommune",
        "name": name,
        "orgnr": kommune.orgnr,
        "kommune_id": kommune.pk,
        "fylke_id": kommune.fylke_id if is_fylkeskommune else None,
        **derive_names(name, kommune.search_name),
    }


def note_left_out(load: Load, there: list[Kommune], in_file: set[str]) -> None:
    """Note open kommuner that the file does not have; what became of them is a human's call."""
    gone = [
        k.name for k in there if not k.is_fictional and not k.valid_to and k.orgnr not in in_file
    ]
    if gone:
        load.outcome.notes.append(
            ngettext(
                "%(count)d kommune i databasen står ikke i filen og er ikke rørt: %(names)s",
                "%(count)d kommuner i databasen står ikke i filen og er ikke rørt: %(names)s",
                len(gone),
            )
            % {"count": len(gone), "names": ", ".join(sorted(gone))}
        )


def load_code_changes(load: Load) -> None:
    """Former kommunenumre that lead to one of today's kommuner, and since when today's hold."""
    kommuner = {kommune.number: kommune for kommune in Kommune.objects.real().open()}
    by_line = [(row, read_code_change(row)) for row in load.table.rows]
    history = CodeHistory(change for row, change in by_line if not row.problems)
    dead_ends = set(history.dead_ends(kommuner))
    for row, change in by_line:
        if change in dead_ends:
            row.reject(_("ukjent kommune: %s er ikke et kommunenummer i dag") % change.new)
    load.accept()
    former = history.former_codes()
    wanted = [
        {
            "kommune_id": kommuner[code.target].pk,
            "number": code.number,
            "name": code.name,
            "valid_from": code.valid_from,
            "valid_to": code.valid_to,
        }
        for code in former
        if code.target
    ]
    load.sync(KommuneCode, ("number", "valid_to"), wanted, KommuneCode.objects.all())
    started = [{"number": nr, "valid_from": history.started(nr)} for nr in kommuner]
    load.sync(Kommune, ("number",), started, kommuner.values())
    divided = sorted({f"{code.number} {code.name}" for code in former if not code.target})
    if divided:
        load.outcome.notes.append(
            ngettext(
                "%(count)d tidligere nummer er delt mellom kommuner og ikke lagt inn: %(names)s",
                "%(count)d tidligere numre er delt mellom kommuner og ikke lagt inn: %(names)s",
                len(divided),
            )
            % {"count": len(divided), "names": ", ".join(divided)}
        )
