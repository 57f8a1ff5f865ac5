"""Assessments: the embete's own work, read by nobody else."""

from django.db import models

from actors.rules.roles import RoleKind


class AssessmentQuerySet(models.QuerySet):
    def completed(self):
        return self.filter(completed_at__isnull=False)

    def visible_to(self, user):
        """Assessments of applications in the own embete; Udir reads the list, not these."""
        role = user.role
        if role is None or role.kind != RoleKind.STATSFORVALTER:
            return self.none()
        return self.filter(soeknad__candidate__embete__statsforvalter=role.statsforvalter)
