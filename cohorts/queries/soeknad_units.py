"""The units of a søknad that stand, and those that may be picked for it from the register."""

from collections.abc import Iterable

from django.db.models import QuerySet

from actors.models import Owner, Unit
from cohorts.models import Soeknad, SoeknadUnit
from cohorts.queries.programme import programme_of
from cohorts.queries.register import place_of_owner, place_of_unit, units_for
from cohorts.rules.participants import belongs_with


def pickable_units(soeknad: Soeknad, applicants: list[Owner]) -> QuerySet[Unit]:
    """Units in operation that may take part with one of the applicants, wherever they lie.

    A frittstående skole applies for its own skole alone.
    """
    kinds = programme_of(soeknad.candidate.embete.opptak.pulje).unit_kinds
    if soeknad.applicant == "frittstaaende_skole":
        return Unit.objects.active().filter(
            pk__in=units_for(applicants[0], ("skole",)).values("pk"), ownership="privat"
        )
    found = units_for(applicants[0], kinds)
    for owner in applicants[1:]:
        found = found | units_for(owner, kinds)
    return found


def near_units(units: QuerySet[Unit], applicants: list[Owner]) -> QuerySet[Unit]:
    """Those of `units` that lie in the applicants' kommuner; all when no kommune applies."""
    kommuner = [owner.kommune_id for owner in applicants if owner.kommune_id is not None]
    return units.filter(kommune__in=kommuner) if kommuner else units


def applicant_of(unit: Unit, applicants: Iterable[Owner]) -> Owner | None:
    """The applicant that a unit of the register takes part with; None when it belongs elsewhere."""
    place = place_of_unit(unit)
    fits = [owner for owner in applicants if belongs_with(place_of_owner(owner), place)]
    return next((owner for owner in fits if owner.pk == unit.owner_id), next(iter(fits), None))


def standing_units(soeknad: Soeknad, applicants: list[Owner]) -> list[SoeknadUnit]:
    """The units that take part: their leader has not said no, and their owner still applies."""
    rows = soeknad.units.taking_part().select_related("unit__kommune", "unit__owner", "owner")
    return [row for row in rows.order_by("pk") if belongs(row, applicants)]


def belongs(row: SoeknadUnit, applicants: Iterable[Owner]) -> bool:
    """Whether a unit of the søknad belongs to one of those that still apply."""
    if row.unit is None:
        return any(owner.pk == row.owner_id for owner in applicants)
    return applicant_of(row.unit, applicants) is not None
