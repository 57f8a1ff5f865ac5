"""Decisions: Udir's alone until they are released, then also the applicant's and the embete's."""

from collections import defaultdict
from typing import Any

from django.apps import apps
from django.db import models

from actors.rules.roles import RoleKind


class DecisionQuerySet(models.QuerySet):
    def current(self):
        return self.filter(is_current=True)

    def held(self):
        """Decisions whose letter waits in the outbox."""
        return self.filter(is_current=True, released_at__isnull=True)

    def released(self):
        return self.filter(released_at__isnull=False)

    def offers_waiting(self):
        """Released offers that are neither answered nor lapsed."""
        return self.released().filter(
            is_current=True, outcome="tilbud", answer__isnull=True, lapsed_at__isnull=True
        )

    def visible_to(self, user):
        """Udir all; the embete and the applicant what has been released, koordinator the offers.

        An applicant sees its own, never another's, also within a joint søknad.
        """
        role = user.role
        if role is None:
            return self.none()
        if role.kind == RoleKind.UDIR:
            return self
        released = self.released()
        if role.kind == RoleKind.STATSFORVALTER:
            embete = role.statsforvalter
            return released.filter(soeknad__candidate__embete__statsforvalter=embete)
        if role.kind == RoleKind.EIER:
            return released.filter(owner=role.owner)
        if role.kind == RoleKind.KOORDINATOR:
            return released.filter(outcome="tilbud")
        return self.none()


def current_decisions(soeknader) -> dict[int, list[Any]]:
    """The decisions that count for each søknad, by its key, with owner and answer. One query."""
    decisions = apps.get_model("cohorts", "Decision").objects.current()
    found: dict[int, list[Any]] = defaultdict(list)
    for decision in decisions.filter(soeknad__in=soeknader).select_related("owner", "answer"):
        found[decision.soeknad_id].append(decision)
    return dict(found)


def held_in(opptak):
    """The decisions of an opptak whose letters wait, with what the outbox says of them."""
    decisions = apps.get_model("cohorts", "Decision").objects.held()
    return (
        decisions.filter(soeknad__candidate__embete__opptak=opptak)
        .select_related(
            "owner__kommune",
            "soeknad__candidate__embete__statsforvalter",
            "read_by",
            "approved_by",
            "released_by",
        )
        .order_by("owner__sort_name", "pk")
    )


def still_applying(decisions) -> set[int]:
    """The keys of those decisions whose applicant has not withdrawn. One query.

    `decisions` have their søknad and its candidate at hand. A joint søknad may lose one kommune.
    """
    rows = list(decisions)
    partners = apps.get_model("cohorts", "SoeknadPartner").objects.filter(
        soeknad__in=[row.soeknad_id for row in rows], status="confirmed"
    )
    stays = set(partners.values_list("soeknad", "owner"))
    return {
        row.pk
        for row in rows
        if not row.soeknad.is_withdrawn
        and (
            row.owner_id == row.soeknad.candidate.owner_id
            or (row.soeknad_id, row.owner_id) in stays
        )
    }
