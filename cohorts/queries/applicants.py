"""Which owners apply in a søknad: the one whose it is, and those that apply together with it."""

from collections.abc import Iterable

from actors.models import Owner
from cohorts.models import Soeknad, SoeknadPartner


def applicants_of(soeknad: Soeknad) -> list[Owner]:
    """The lead and the partners that have confirmed and not withdrawn, the lead first.

    Capacity counts these, and each gets a decision of its own. Two queries at most.
    """
    return applicants_of_many([soeknad])[soeknad.pk]


def applicants_of_many(soeknader: Iterable[Soeknad]) -> dict[int, list[Owner]]:
    """`applicants_of` for each søknad, by its key. Two queries whatever the number."""
    keys = [soeknad.pk for soeknad in soeknader]
    rows = Soeknad.objects.filter(pk__in=keys).select_related("candidate__owner")
    found = {row.pk: [row.candidate.owner] for row in rows}
    confirmed = SoeknadPartner.objects.filter(
        soeknad__in=keys, status=SoeknadPartner.Status.CONFIRMED
    )
    for partner in confirmed.select_related("owner").order_by("owner__sort_name", "pk"):
        found[partner.soeknad_id].append(partner.owner)
    return found
