"""How puljer and their parts are found."""

from datetime import date

from django.db import models

from actors.rules.roles import RoleKind

NATIONAL = (RoleKind.UDIR, RoleKind.KOORDINATOR, RoleKind.ADMIN)


class ScopedQuerySet(models.QuerySet):
    """Rows of which the national roles see all, and the others what is in the scope of theirs."""

    def visible_to(self, user):
        """The rows for the role the person acts in: `in_scope`, all, or none without a role."""
        if user.role is None:
            return self.none()
        return self if user.role.kind in NATIONAL else self.in_scope(user)

    def in_scope(self, user):
        """The rows for somebody who acts in a role that is not national."""
        raise NotImplementedError


class PuljeQuerySet(ScopedQuerySet):
    def in_scope(self, user):
        """Puljer the person has something to do with.

        Statsforvaltere see every opened pulje, because they recruit to it.
        """
        if user.role.kind == RoleKind.STATSFORVALTER:
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
