"""Which edition of a paper's form holds."""

from django.db import models
from django.db.models import F

from cohorts.queries.pulje import NATIONAL


class PaperTemplateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Udir, the koordinator and the administrators see the forms; others see them filled."""
        role = user.role
        return self if role is not None and role.kind in NATIONAL else self.none()

    def in_force(self, *, kind: str, semester):
        """The newest edition for the semester, else the newest for the whole pulje, or None."""
        editions = self.filter(
            models.Q(semester=semester) | models.Q(semester=None),
            pulje=semester.pulje_id,
            kind=kind,
        )
        return editions.order_by(F("semester").asc(nulls_last=True), "-number").first()
