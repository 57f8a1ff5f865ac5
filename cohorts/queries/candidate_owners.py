"""Where owners lie, and which of them an embete may put on its list."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from actors.models import Owner, Statsforvalter, Unit
from cohorts.models import EmbeteOpptak, SoeknadPartner
from cohorts.queries.register import owners_for

APPLICANT_OF_KIND = {
    "kommune": "kommune",
    "fylkeskommune": "fylkeskommune",
    "privat": "frittstaaende_skole",
}


def embete_of_owner(owner: Owner) -> Statsforvalter | None:
    """The embete in which an owner lies, or None when the registers do not say.

    A private owner lies where most of its units in operation do.
    """
    if owner.kommune is not None:
        return owner.kommune.fylke.statsforvalter
    if owner.fylke is not None:
        return owner.fylke.statsforvalter
    path = "fylker__kommuner__units"
    units = Count(path, filter=Q(**{f"{path}__owner": owner, f"{path}__active": True}))
    embeter = Statsforvalter.objects.annotate(of_owner=units).filter(of_owner__gt=0)
    return embeter.order_by("-of_owner", "code").first()


def owners_to_add(user, embete: EmbeteOpptak) -> QuerySet[Owner]:
    """Owners of the user's own embete that may apply in the opptak and are not on its list.

    Of private owners only those that have a school: a private barnehage goes with its kommune.
    """
    applicants = embete.opptak.applicants
    wanted = [kind for kind, applicant in APPLICANT_OF_KIND.items() if applicant in applicants]
    schools = Unit.objects.active().skoler().filter(ownership="privat", owner__isnull=False)
    listed = embete.candidates.values("owner")
    found = owners_for(user).filter(kind__in=wanted).exclude(pk__in=listed)
    found = found.annotate(together_with=together_with(owner=OuterRef("pk"), embete=embete))
    return found.filter(~Q(kind="privat") | Q(pk__in=schools.values("owner")))


def together_with(*, owner, embete) -> Subquery:
    """The name of the owner in whose søknad to the embete an `owner` is asked, or applies too."""
    rows = SoeknadPartner.objects.filter(
        owner=owner,
        soeknad__candidate__embete=embete,
        soeknad__withdrawn_at=None,
        status__in=(SoeknadPartner.Status.ASKED, SoeknadPartner.Status.CONFIRMED),
    )
    return Subquery(rows.order_by("status", "pk").values("soeknad__candidate__owner__name")[:1])


def ownerless_schools(embete: EmbeteOpptak) -> QuerySet[Unit]:
    """Private schools in the embete whose owner is not known here."""
    schools = Unit.objects.active().skoler().filter(ownership="privat", owner=None)
    return schools.filter(kommune__fylke__statsforvalter=embete.statsforvalter).select_related(
        "kommune__fylke"
    )


def private_by_fylke(embete: EmbeteOpptak) -> list[tuple[str, int]]:
    """How many private owners are on the embete's list in each fylke. One query.

    Those that were laid aside or have withdrawn do not count.
    """
    counting = embete.candidates.exclude(stage__in=("trukket", "uaktuell"))
    rows = (
        counting.filter(owner__kind="privat", owner__units__active=True)
        .order_by("owner__units__kommune__fylke__name")
        .values_list("owner__units__kommune__fylke__name")
        .annotate(owners=Count("owner", distinct=True))
    )
    return [(name, count) for name, count in rows if name]
