"""Which papers each role may read (domain 1.3: the draft rule and the two-hats rule)."""

from datetime import date

from django.db import models
from django.db.models import Q

from actors.rules.roles import RoleKind
from cohorts.queries.deltakelse import STATUS_ONLY
from cohorts.queries.paper import shown_texts
from cohorts.rules.mellomarbeid import OPEN

# Who writes a unit's papers and therefore sees its drafts.
AUTHORS = (RoleKind.LEDER, RoleKind.ARBEIDSGRUPPE)


def _readable_papers(queryset, user):
    """Papers of units the role may read, and of owners whose meetings it sees."""
    role = user.role
    if role is None:
        return queryset.none()
    fields = queryset.model._meta
    units = fields.get_field("unit").related_model.objects.readable_by(user)
    condition = Q(unit__in=units.values("pk"))
    meetings = fields.get_field("meeting").related_model.objects.visible_to(user)
    if role.kind == RoleKind.STATSFORVALTER or role.kind not in STATUS_ONLY:
        # A statsforvalter sits in the styringsgruppe and reads its papers, not the units'.
        condition |= Q(unit=None, meeting__in=meetings.values("pk"))
    return queryset.filter(condition)


class GrunnlagQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Grunnlag whose text the role may read: authors see drafts, others what is sent."""
        papers = _readable_papers(self, user)
        role = user.role
        return papers if role and role.kind in AUTHORS else papers.filter(sent_at__isnull=False)

    def sent(self):
        return self.filter(sent_at__isnull=False)


class ReferatQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Referater whose text the role may read; a draft is its author's office's alone."""
        papers = _readable_papers(self, user)
        role = user.role
        if role is None:
            return papers
        own_draft = Q(pk__in=[])
        if role.kind == RoleKind.LEDER:
            own_draft = Q(unit__isnull=False)
        elif role.kind == RoleKind.EIER:
            own_draft = Q(unit=None, meeting__deltakelse__owner=role.owner)
        elif role.kind == RoleKind.VEILEDER:
            own_draft = Q(unit=None)
        return papers.filter(Q(sent_at__isnull=False) | own_draft)

    def sent(self):
        return self.filter(sent_at__isnull=False)

    def to_lock(self, today: date):
        """Sent and approved referater whose time for merknader ended before `today`."""
        open_to_readers = ("sent", "merknad", "approved")
        waiting = self.filter(status__in=open_to_readers, merknad_due__lt=today)
        return waiting.exclude(meeting__pulje__status="closed")


class VersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Sent versions of papers whose text the role may read."""
        papers = self.model._meta.get_field("paper").related_model.objects.visible_to(user)
        return self.filter(paper__in=papers.values("pk")).shown_to(user)

    def shown_to(self, user):
        """Versions that hold text for the role now: none that is removed, and a hidden one only
        for the office that sent it (domain 8.24)."""
        return shown_texts(
            self,
            user,
            unit="paper__unit",
            owner="paper__meeting__deltakelse__owner",
            author="sent_by",
        )


class FollowUpQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status="open")

    def without_task(self):
        """Points that no open mellomarbeid follows: what became one is answered as that instead."""
        return self.exclude(mellomarbeid__status__in=OPEN)

    def carried_to(self, meeting, unit):
        """Open points of the unit's referater from before `meeting`, the earliest due first.

        Without a unit: those of the owner's meetings of the same kind. A point that an open
        mellomarbeid follows is carried as that.
        """
        earlier = (
            self.open()
            .without_task()
            .filter(
                referat__unit=unit,
                referat__sent_at__isnull=False,
                referat__meeting__start__lt=meeting.start,
            )
        )
        if unit is None:
            earlier = earlier.filter(
                referat__meeting__deltakelse=meeting.deltakelse_id,
                referat__meeting__kind=meeting.kind,
            )
        return earlier.select_related("referat__meeting").order_by("due", "pk")

    def visible_to(self, user):
        """Follow-up points of referater the role may read."""
        papers = self.model._meta.get_field("referat").related_model.objects.visible_to(user)
        return self.filter(referat__in=papers.values("pk"))
