"""The files of a søknad as each role may see them: what is being written, or what was sent."""

from django.db import models
from django.db.models import Q

from actors.rules.roles import RoleKind


class SoeknadAttachmentQuerySet(models.QuerySet):
    def kept(self):
        """Those that nobody has removed."""
        return self.filter(removed_at=None)

    def visible_to(self, user):
        """Files of the applications the role may read.

        Those who apply: what is attached now, and what went with a version. Others: only what went
        with a version.
        """
        if user.role is None:
            return self.none()
        soeknader = self.model.soeknad.field.related_model.objects.visible_to(user)
        sent = Q(pk__in=self.model.objects.filter(versions__isnull=False).values("pk"))
        if user.role.kind == RoleKind.EIER:
            sent |= Q(removed_at=None)
        return self.filter(sent, soeknad__in=soeknader)
