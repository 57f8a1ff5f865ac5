"""What may make an assessor inhabil: the roles the person has or had in an applicant."""

from django.db.models import Q, QuerySet

from actors.models import Role, User
from cohorts.models import Soeknad
from cohorts.queries.applicants import applicants_of


def roles_in_applicant(user: User, soeknad: Soeknad) -> QuerySet[Role]:
    """Every role of the person, also ended ones, in something that applies in the søknad.

    That is the owners (the lead and the confirmed partners), their kommuner, their units and the
    søknad's, and their PPT or the one it names. Three queries, with the one for the roles.
    """
    owners = applicants_of(soeknad)
    kommuner = [owner.kommune_id for owner in owners if owner.kommune_id is not None]
    units = soeknad.units.filter(unit__isnull=False).values("unit")
    place = Q(owner__in=owners) | Q(unit__owner__in=owners) | Q(unit__in=units)
    place |= Q(kommune__in=kommuner) | Q(owner__kommune__in=kommuner)
    place |= Q(unit__kommune__in=kommuner) | Q(ppt__kommuner__in=kommuner)
    named = [value for value in _named_ppt(soeknad) if str(value).isdecimal()]
    place |= Q(ppt__in=named)
    roles = Role.objects.filter(place, user=user).with_scope()
    return roles.order_by("-valid_from", "pk").distinct()


def _named_ppt(soeknad: Soeknad) -> list[str]:
    return list(soeknad.answers.filter(key="ppt").values_list("value", flat=True))
