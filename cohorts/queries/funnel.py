"""Candidates by stage and embete, as far as the role sees them."""

from django.db.models import Count
from django.utils.translation import gettext as _

from cohorts.models import Candidate, EmbeteOpptak, Opptak, Stage
from cohorts.rules.funnel import Funnel, funnel


def funnel_of(opptak: Opptak, user) -> Funnel:
    """The funnel of the embeter that the user sees. Two queries, however many there are."""
    embeter = EmbeteOpptak.objects.visible_to(user).filter(opptak=opptak)
    rows = embeter.select_related("statsforvalter")
    counted = (
        Candidate.objects.visible_to(user)
        .filter(embete__opptak=opptak)
        .order_by()
        .values_list("embete__statsforvalter__code", "stage")
        .annotate(count=Count("pk"))
    )
    return funnel(
        [(each.statsforvalter.code, str(each)) for each in rows],
        [(value, str(words)) for value, words in Stage.choices],
        {(embete, stage): count for embete, stage, count in counted},
        _("I alt"),
    )


def funnel_candidates(opptak: Opptak, user) -> list[list[object]]:
    """One row a candidate for an export: embete, who, what kind, and how far. One query.

    The working notes of the embete are not among them.
    """
    candidates = (
        Candidate.objects.visible_to(user)
        .filter(embete__opptak=opptak)
        .select_related("embete__statsforvalter", "owner")
        .order_by("embete__statsforvalter__sort_name", "owner__sort_name", "pk")
    )
    heading: list[object] = [_("Embete"), _("Søker"), _("Type"), _("Organisasjonsnummer")]
    rows: list[list[object]] = [[*heading, _("Hvor langt")]]
    for each in candidates:
        owner = each.owner
        kind = owner.get_kind_display()
        rows.append([each.embete, owner, kind, owner.orgnr, each.get_stage_display()])
    return rows
