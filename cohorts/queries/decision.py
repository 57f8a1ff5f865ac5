"""Decisions: Udir's alone until they are released, then also the applicant's and the embete's."""

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
