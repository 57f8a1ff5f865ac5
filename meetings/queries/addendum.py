"""Which additions to a locked referat each role may read."""

from django.db import models

from cohorts.queries.paper import shown_texts


class AddendumQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Addenda to referater whose text the role may read, without what is hidden to it."""
        referater = self.model._meta.get_field("referat").related_model.objects.visible_to(user)
        return self.filter(referat__in=referater.values("pk")).shown_to(user)

    def shown_to(self, user):
        """Addenda that hold text for the role now: none that is removed, and a hidden one only
        for the office that wrote it (domain 8.24)."""
        return shown_texts(
            self,
            user,
            unit="referat__unit",
            owner="referat__meeting__deltakelse__owner",
            author="written_by",
        )
