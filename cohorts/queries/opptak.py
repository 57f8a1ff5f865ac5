"""Which opptak and embeter a person sees, and the dates of a recruitment."""

from datetime import date

from django.db import models

from actors.rules.roles import RoleKind
from cohorts.rules.opptak import OpptakDates

RECRUITS = (RoleKind.UDIR, RoleKind.STATSFORVALTER)


class OpptakQuerySet(models.QuerySet):
    def open(self):
        return self.filter(opened_at__isnull=False, closed_at__isnull=True)

    def visible_to(self, user):
        """Udir sees all; every other role those that are announced: they are public."""
        role = user.role
        if role is None:
            return self.none()
        if role.kind == RoleKind.UDIR:
            return self
        return self.filter(opened_at__isnull=False)


class EmbeteOpptakQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Udir sees every embete's share, a statsforvalter its own."""
        role = user.role
        if role is None or role.kind not in RECRUITS:
            return self.none()
        if role.kind == RoleKind.UDIR:
            return self
        return self.filter(statsforvalter=role.statsforvalter, opptak__opened_at__isnull=False)


def opptak_dates(opptak) -> OpptakDates:
    """The dates of the opptak's pulje; one that is not set is None. One query."""
    found = dict(opptak.pulje.dates.values_list("key", "date"))
    return OpptakDates(**{key: found.get(key) for key in OpptakDates.KEYS})


def application_deadline(embete) -> date | None:
    """The last day to apply in an embete: its own deadline, or the pulje's. One query."""
    return embete.internal_deadline or opptak_dates(embete.opptak).soeknadsfrist
