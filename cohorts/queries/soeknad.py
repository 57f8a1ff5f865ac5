"""Applications as each role may see them (domain 1.3): a draft is its writers' alone."""

from django.db import models
from django.db.models import Q

from actors.rules.roles import RoleKind

TAKING_PART = ("asked", "confirmed")


class SoeknadQuerySet(models.QuerySet):
    def sent(self):
        """Those that have been sent and not withdrawn."""
        return self.filter(status="sent")

    def in_opptak(self, opptak):
        return self.filter(candidate__embete__opptak=opptak)

    def with_place(self):
        """Fetch the owner, the embete and the pulje in the same query."""
        return self.select_related(
            "candidate__owner__kommune__fylke",
            "candidate__embete__statsforvalter",
            "candidate__embete__opptak__pulje",
        )

    def written_by(self, user):
        """Those the role may write in: an owner's own."""
        role = user.role
        if role is None or role.kind != RoleKind.EIER:
            return self.none()
        return self.filter(candidate__owner=role.owner)

    def visible_to(self, user):
        """Applications the role may read.

        The owner and those it applies with: always. The embete: once sent. Udir: once the embete
        has sent its list. Koordinator and veileder: once the owner has said yes. PPT: once sent,
        when it is named as the one that will take part.
        """
        role = user.role
        if role is None:
            return self.none()
        condition = _scope(self.model, user)
        return self.filter(condition) if condition is not None else self.none()


def _scope(model, user) -> Q | None:
    role = user.role
    if role.kind == RoleKind.EIER:
        partners = model.partners.rel.related_model.objects
        joined = partners.filter(owner=role.owner, status__in=TAKING_PART)
        return Q(candidate__owner=role.owner) | Q(pk__in=joined.values("soeknad"))
    if role.kind == RoleKind.STATSFORVALTER:
        return Q(candidate__embete__statsforvalter=role.statsforvalter, sent_at__isnull=False)
    if role.kind == RoleKind.UDIR:
        return Q(forwarded_at__isnull=False)
    accepted = Q(decisions__is_current=True, decisions__answer__accepted=True)
    if role.kind == RoleKind.KOORDINATOR:
        return Q(pk__in=model.objects.filter(accepted).values("pk"))
    if role.kind == RoleKind.VEILEDER:
        answers = model.decisions.rel.related_model.answer.related.related_model
        deltakelser = answers.deltakelse.field.related_model.objects.visible_to(user)
        followed = answers.objects.filter(deltakelse__in=deltakelser)
        return Q(pk__in=followed.values("decision__soeknad"))
    if role.kind == RoleKind.PPT:
        answers = model.answers.rel.related_model.objects
        named = answers.filter(key="ppt", value=str(role.ppt_id)).values("soeknad")
        return Q(sent_at__isnull=False, pk__in=named)
    return None


class SoeknadUnitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Units in applications, with their own part.

        Who reads the søknad reads them; the leader of the unit and (for a private barnehage) the
        barnehagemyndighet of its kommune read that one part.
        """
        role = user.role
        if role is None:
            return self.none()
        if role.kind == RoleKind.LEDER:
            return self.filter(unit=role.unit)
        if role.kind == RoleKind.BARNEHAGEMYNDIGHET:
            return self.filter(
                soeknad__sent_at__isnull=False,
                unit__kommune=role.kommune,
                kind="barnehage",
                ownership="privat",
            )
        soeknader = self.model.soeknad.field.related_model.objects.visible_to(user)
        return self.filter(soeknad__in=soeknader)

    def taking_part(self):
        """Those whose leader has not said no."""
        return self.exclude(part="declined")


class SoeknadVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Sent versions of the applications the role may read."""
        soeknader = self.model.soeknad.field.related_model.objects.visible_to(user)
        return self.filter(soeknad__in=soeknader)
