"""How puljer and their parts are found."""

from datetime import date

from django.db import models

from actors.rules.roles import RoleKind

NATIONAL = (RoleKind.UDIR, RoleKind.KOORDINATOR, RoleKind.ADMIN)


class PuljeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Puljer the person has something to do with; the national roles see all.

        Statsforvaltere see every opened pulje, because they recruit to it.
        """
        role = user.role
        if role is None:
            return self.none()
        if role.kind in NATIONAL:
            return self
        if role.kind == RoleKind.STATSFORVALTER:
            return self.exclude(status="draft")
        deltakelser = self.model.deltakelser.rel.related_model.objects.visible_to(user)
        return self.filter(pk__in=deltakelser.values("pulje"))

    def running(self):
        return self.filter(status="running")


class SemesterQuerySet(models.QuerySet):
    def on(self, day: date):
        """The semester whose dates cover the local date `day`."""
        return self.filter(start__lte=day, end__gte=day)


class ActivityQuerySet(models.QuerySet):
    def meetings(self):
        return self.filter(record="meeting")


class DeadlineRuleQuerySet(models.QuerySet):
    def anchored_in(self, *anchors: str):
        return self.filter(anchor__in=anchors)
