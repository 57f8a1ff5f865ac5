"""Priority lists: the embete's own, and Udir's once they are sent. No applicant sees one."""

from django.db import models

from actors.rules.roles import RoleKind


class PriorityListQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The embete its own list; Udir those that have been sent at least once."""
        role = user.role
        if role is None:
            return self.none()
        if role.kind == RoleKind.STATSFORVALTER:
            return self.filter(embete__statsforvalter=role.statsforvalter)
        return self.filter(sent_at__isnull=False) if role.kind == RoleKind.UDIR else self.none()


class PriorityVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Sent versions of the lists the role sees."""
        lists = self.model.list.field.related_model.objects.visible_to(user)
        return self.filter(list__in=lists)
