"""Candidates and their log as each role may see them."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef

from actors.rules.roles import RoleKind


class CandidateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """That an owner is considered and how far it has come: the embete its own, Udir all.

        The working notes (`reason`, `next_step`, the log) are for `readable_by` alone.
        """
        role = user.role
        if role is None:
            return self.none()
        if role.kind == RoleKind.UDIR:
            return self
        return self.readable_by(user)

    def readable_by(self, user):
        """Candidates whose working notes the role may read: those of the own embete."""
        role = user.role
        if role is None or role.kind != RoleKind.STATSFORVALTER:
            return self.none()
        return self.filter(embete__statsforvalter=role.statsforvalter)

    def overdue(self, today: date):
        """Candidates whose next step should have been taken before the local date `today`."""
        return self.filter(next_step_on__lt=today)

    def with_stage_facts(self):
        """Fetch with what `rules.candidate.StageFacts` needs, as annotations, in one query."""
        invitations = self.model.invitations.rel.related_model.objects
        contacts = self.model.contacts.rel.related_model.objects
        soeknad = self.model.soeknad.related.related_model
        assessments = soeknad.assessments.rel.related_model.objects
        entries = soeknad.priority.related.related_model.objects
        decisions = soeknad.decisions.rel.related_model.objects
        mine = OuterRef("pk")
        released = decisions.filter(
            soeknad__candidate=mine, is_current=True, released_at__isnull=False
        )
        return self.select_related("soeknad").annotate(
            was_contacted=Exists(contacts.filter(candidate=mine)),
            was_invited=Exists(
                invitations.filter(candidate=mine, invitation__withdrawn_at__isnull=True)
            ),
            was_assessed=Exists(
                assessments.filter(soeknad__candidate=mine, completed_at__isnull=False)
            ),
            was_listed=Exists(
                entries.filter(soeknad__candidate=mine, soeknad__forwarded_at__isnull=False)
            ),
            was_decided=Exists(released),
            has_accepted=Exists(released.filter(answer__accepted=True)),
            has_declined=Exists(released.filter(answer__accepted=False)),
            is_waiting=Exists(released.filter(answer__isnull=True, lapsed_at__isnull=True)),
        )


class ContactQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The log of the embete's own candidates; nobody else reads it."""
        candidates = self.model.candidate.field.related_model.objects.readable_by(user)
        return self.filter(candidate__in=candidates)
