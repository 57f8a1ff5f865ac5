"""Loading skoler and barnehager, tied by (register, organisasjonsnummer)."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from actors.actions.register_load import Load, columns_only, look_up
from actors.models import Kommune, Owner, Unit
from actors.rules.register import SVALBARD, is_unlikely_closure, keeps_owner, public_owner_kind
from actors.rules.register_file import Row
from actors.rules.register_rows import Values, read_barnehage, read_skole


def load_skoler(load: Load) -> None:
    """The schools of Nasjonalt skoleregister (NSR)."""
    load_units(load, "NSR", read_skole)


def load_barnehager(load: Load) -> None:
    """The barnehager of Nasjonalt barnehageregister (NBR)."""
    load_units(load, "NBR", read_barnehage)


def load_units(load: Load, register: str, read: Callable[[Row], Values]) -> None:
    """Units in operation are created or changed; those that no longer are get `active=False`."""
    of_register = Unit.objects.filter(register=register).select_related("owner")
    there = {unit.orgnr: unit for unit in of_register}
    areas = Areas()
    wanted = []
    for row in load.table.rows:
        values = read(row)
        areas.place(row, values, there.get(values["orgnr"]))
        if values["active"]:
            wanted.append(columns_only(values))
    load.table.reject_repeated("organisasjonsnummer")
    load.accept()
    close_units(load, there, {values["orgnr"] for values in wanted})
    load.sync(Unit, ("orgnr",), wanted, [u for u in there.values() if not u.is_fictional])
    load.outcome.left_out = len(load.table.rows) - len(wanted)


def close_units(load: Load, there: dict[str, Unit], in_operation: set[str]) -> None:
    """Set the real units that are not `in_operation` any more out of operation."""
    active = [unit for unit in there.values() if unit.active and not unit.is_fictional]
    gone = [unit.pk for unit in active if unit.orgnr not in in_operation]
    if is_unlikely_closure(len(gone), len(active)) and not load.allow_closures:
        load.table.reject(
            None,
            _(
                "filen ville satt %(gone)d av %(active)d enheter ut av drift. "
                "Er den ufullstendig? Bruk --allow-closures hvis det stemmer"
            )
            % {"gone": len(gone), "active": len(active)},
        )
        load.accept()
    for start in range(0, len(gone), 500):
        Unit.objects.filter(pk__in=gone[start : start + 500]).update(active=False)
    load.outcome.closed = len(gone)


class Areas:
    """The kommuner and public owners that units belong to, fetched once."""

    def __init__(self) -> None:
        kommuner = Kommune.objects.real().open()
        self.kommuner = {kommune.number: kommune for kommune in kommuner}
        owners = list(Owner.objects.real())
        self.by_kommune = {owner.kommune_id: owner for owner in owners if owner.kommune_id}
        self.by_fylke = {owner.fylke_id: owner for owner in owners if owner.fylke_id}

    def place(self, row: Row, values: Values, unit: Unit | None) -> None:
        """Add `kommune_id` and `owner_id` to the values of one row; `unit` is what is there now.

        Svalbard (2100) has no kommune, so its units have neither kommune nor owner here.
        """
        if unit is not None and unit.is_fictional:
            row.reject(_("organisasjonsnummeret er i bruk av en fiktiv enhet: %s") % unit.name)
        number = values["kommune_number"]
        kommune = None
        if number != SVALBARD:
            kommune = look_up(row, self.kommuner, number, _("kommune"))
        values["kommune_id"] = kommune.pk if kommune else None
        values["owner_id"] = self.owner_id(values, kommune, unit)

    def owner_id(self, values: Values, kommune: Kommune | None, unit: Unit | None) -> int | None:
        """The owner that people have put on the unit while it fits, else the public owner."""
        owner = unit.owner if unit else None
        if owner and keeps_owner(owner.kind, values["ownership"]):
            return owner.pk
        if kommune is None or values["ownership"] != "offentlig":
            return None
        if public_owner_kind(values["kind"], values["school_type"]) == "fylkeskommune":
            owner = self.by_fylke.get(kommune.fylke_id)
        else:
            owner = self.by_kommune.get(kommune.pk)
        return owner.pk if owner else None
