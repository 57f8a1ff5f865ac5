"""Which sent grunnlag and which of their files each role may read."""

from django.db import models
from django.db.models import Q

from actors.rules.roles import RoleKind
from meetings.queries.paper import AUTHORS, VersionQuerySet


class GrunnlagVersionQuerySet(VersionQuerySet):
    def standing(self):
        """Those that have not been withdrawn."""
        return self.filter(withdrawn_at=None)

    def shown_to(self, user):
        """As for every paper; a withdrawn version is read by nobody."""
        return super().shown_to(user).standing()


class GrunnlagAttachmentQuerySet(models.QuerySet):
    def kept(self):
        """Those that nobody has removed from the draft."""
        return self.filter(removed_at=None)

    def visible_to(self, user):
        """Files that went with a version the role may read; authors also those of the draft.

        A file of a hidden version is read by the leader alone, also when it went with others.
        """
        fields = self.model._meta
        versions = fields.get_field("versions").related_model.objects.visible_to(user)
        hidden = self.filter(versions__hidden_at__isnull=False, versions__removed_at=None)
        sent = Q(
            pk__in=self.model.versions.through.objects.filter(
                veiledningsgrunnlagversion__in=versions.values("pk")
            ).values("grunnlagattachment")
        )
        role = user.role
        if role is None or role.kind not in AUTHORS:
            return self.filter(sent).exclude(pk__in=hidden.values("pk"))
        papers = fields.get_field("paper").related_model.objects.visible_to(user)
        own = self.filter(sent | Q(removed_at=None, paper__in=papers.values("pk")))
        return own if role.kind == RoleKind.LEDER else own.exclude(pk__in=hidden.values("pk"))
