"""Who has opened what."""

from django.db import models


class OpeningQuerySet(models.QuerySet):
    def of(self, subject: str):
        """The openings of one version, the first first."""
        return self.filter(subject=subject).select_related("user").order_by("first_at", "pk")

    def by_role(self, kind: str):
        return self.filter(role_kind=kind)
