"""Which opptak and embeter a person sees, and the dates of a recruitment."""

from datetime import date

from django.db import models

from actors.rules.roles import RoleKind
from cohorts.rules.opptak import OpptakDates
from cohorts.rules.opptak_opening import OpeningFacts

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


def settings_of(opptak):
    """The opptak with its pulje and the edition of the programme, in one query."""
    return opptak.select_related("pulje")


def embeter_of(opptak):
    """The shares of all embeter with their statsforvalter and their list, in order. One query."""
    return opptak.embeter.select_related("statsforvalter", "priority_list")


def opening_facts(opptak, calendar, today: date) -> OpeningFacts:
    """What the checks before opening look at. Three queries; `calendar` is the programme's."""
    kinds = dict(opptak.criteria.model._meta.get_field("applies_to").choices)
    found = list(opptak.criteria.values_list("applies_to", flat=True))
    return OpeningFacts(
        info_bm=opptak.info_bm,
        info_nn=opptak.info_nn,
        dates=opptak_dates(opptak),
        criteria={str(kinds[kind]): found.count(kind) for kind in opptak.applicants},
        letters={str(each): each.texts for each in opptak.letter_templates.all()},
        calendar=calendar,
        today=today,
    )
