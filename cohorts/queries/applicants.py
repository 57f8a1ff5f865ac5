"""Which owners apply in a søknad: the one whose it is, and those that apply together with it."""

from collections.abc import Iterable

from django.db.models import QuerySet

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
    rows = Soeknad.objects.filter(pk__in=keys).select_related("candidate__owner__kommune")
    found = {row.pk: [row.candidate.owner] for row in rows}
    confirmed = SoeknadPartner.objects.filter(
        soeknad__in=keys, status=SoeknadPartner.Status.CONFIRMED
    )
    for partner in confirmed.select_related("owner__kommune").order_by("owner__sort_name", "pk"):
        found[partner.soeknad_id].append(partner.owner)
    return found


def partners_for(soeknad: Soeknad) -> QuerySet[Owner]:
    """Kommuner in the same embete that may be asked: not the lead, nor one that is asked already.

    Another embete has its own places and its own list, so nobody applies across embeter.
    """
    embete = soeknad.candidate.embete.statsforvalter
    asked = soeknad.partners.filter(status__in=("asked", "confirmed")).values("owner")
    owners = Owner.objects.filter(kind="kommune", kommune__fylke__statsforvalter=embete)
    return owners.exclude(pk=soeknad.candidate.owner_id).exclude(pk__in=asked)


def applies_elsewhere(owner: Owner, soeknad: Soeknad) -> bool:
    """Whether the owner has sent another søknad in the opptak, or has confirmed another."""
    others = Soeknad.objects.in_opptak(soeknad.candidate.embete.opptak_id).exclude(pk=soeknad.pk)
    standing = others.exclude(status="withdrawn")
    own = standing.filter(candidate__owner=owner, sent_at__isnull=False)
    joined = SoeknadPartner.objects.filter(
        owner=owner, status=SoeknadPartner.Status.CONFIRMED, soeknad__in=standing
    )
    return own.exists() or joined.exists()
