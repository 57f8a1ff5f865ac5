"""Where owners lie, and which of them an embete may put on its list."""

from django.db.models import Count, Q

from actors.models import Owner, Statsforvalter


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
