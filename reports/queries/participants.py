"""Who takes part, as light rows: a board of a whole pulje has hundreds of them."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from cohorts.models import Deltakelse, DeltakendeUnit


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """An owner that takes part; `pk` is the deltakelse. Embete and fylke may be unknown (None)."""

    pk: int
    owner_id: int
    name: str
    short_name: str
    kind: str
    is_active: bool
    has_group: bool
    embete_id: int | None
    embete: str
    fylke_number: str | None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit that takes part; `pk` is the deltakende unit, `unit_id` the unit of the register."""

    pk: int
    unit_id: int
    deltakelse_id: int
    name: str
    kind: str
    ownership: str
    owner_id: int | None
    first_semester: int
    is_active: bool
    has_group: bool
    embete_id: int | None
    embete: str
    fylke_number: str | None


def owner_rows(deltakelser: QuerySet[Deltakelse]) -> list[OwnerRow]:
    """The deltakelser as rows, by name. One query."""
    embete = "fylke__statsforvalter"
    rows = deltakelser.order_by("owner__sort_name", "owner__name", "pk").values_list(
        "pk",
        "owner",
        "owner__name",
        Coalesce("owner__kommune__name", "owner__name"),
        "owner__kind",
        "status",
        "styringsgruppe",
        Coalesce(f"owner__kommune__{embete}", f"owner__{embete}"),
        Coalesce(f"owner__kommune__{embete}__name", f"owner__{embete}__name"),
        Coalesce("owner__kommune__fylke__number", "owner__fylke__number"),
    )
    return [
        OwnerRow(
            pk=pk,
            owner_id=owner,
            name=name,
            short_name=short_name,
            kind=kind,
            is_active=status == "active",
            has_group=group is not None,
            embete_id=embete_id,
            embete=embete_name or "",
            fylke_number=fylke,
        )
        for pk, owner, name, short_name, kind, status, group, embete_id, embete_name, fylke in rows
    ]


def unit_rows(units: QuerySet[DeltakendeUnit]) -> list[UnitRow]:
    """The units as rows, by name. One query."""
    rows = units.order_by("unit__sort_name", "unit__name", "pk").values_list(
        "pk",
        "unit",
        "deltakelse",
        "unit__name",
        "unit__kind",
        "unit__ownership",
        "unit__owner",
        "first_semester",
        "status",
        "arbeidsgruppe",
        "unit__kommune__fylke__statsforvalter",
        "unit__kommune__fylke__statsforvalter__name",
        "unit__kommune__fylke__number",
    )
    return [
        UnitRow(*row[:8], row[8] == "active", row[9] is not None, row[10], row[11] or "", row[12])
        for row in rows
    ]
