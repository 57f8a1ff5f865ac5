"""How people, roles and invitations are found."""

from datetime import date, datetime

from django.contrib.auth.models import BaseUserManager
from django.db import models

from actors.rules.roles import SCOPE_OF_KIND, RoleKind

SCOPES = ("statsforvalter", "owner", "owner__kommune", "kommune", "unit", "ppt")


class PeriodQuerySet(models.QuerySet):
    """Rows with `valid_from` and `valid_to` (local dates, both included; no end = open)."""

    def active(self, on: date):
        """Rows whose period covers the day `on`."""
        return self.filter(valid_from__lte=on).filter(
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=on)
        )


class RoleQuerySet(PeriodQuerySet):
    def with_scope(self):
        """Fetch the scope objects in the same query, for labels."""
        return self.select_related(*SCOPES)

    def of_kind(self, *kinds: str):
        return self.filter(kind__in=kinds)

    def for_scope(self, kind: str, scope):
        """Roles of `kind` that are limited to the object `scope` (None for national kinds)."""
        field = SCOPE_OF_KIND[kind]
        return self.filter(kind=kind, **({field: scope} if field else {}))


class UserManager(BaseUserManager):
    def create_user(self, email: str, name: str = "", password: str | None = None, **fields):
        """Create a person; the address is stored in lower case. No password: sign-in is by code."""
        user = self.model(email=email.strip().lower(), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, name: str = "", password=None, **fields):
        return self.create_user(email, name, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str):
        return self.get(email__iexact=email)

    def holding(self, kind: str, scope, on: date):
        """Active people who hold a role of `kind` on `scope` on the day `on`."""
        field = SCOPE_OF_KIND[kind]
        limited = {f"roles__{field}": scope} if field else {}
        return self.filter(
            models.Q(roles__valid_to__isnull=True) | models.Q(roles__valid_to__gte=on),
            is_active=True,
            roles__kind=kind,
            roles__valid_from__lte=on,
            **limited,
        ).distinct()


class InvitationQuerySet(models.QuerySet):
    def open(self, now: datetime):
        """Invitations that can still be accepted."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)

    def visible_to(self, user):
        """Invitations the person's office may see: those it may itself send."""
        role = user.role
        if role is None:
            return self.none()
        if role.kind in (RoleKind.UDIR, RoleKind.ADMIN):
            return self
        if role.kind == RoleKind.STATSFORVALTER:
            embete = role.statsforvalter
            return self.filter(
                models.Q(statsforvalter=embete)
                | models.Q(owner__kommune__fylke__statsforvalter=embete)
                | models.Q(owner__fylke__statsforvalter=embete)
                | models.Q(kommune__fylke__statsforvalter=embete)
                | models.Q(unit__kommune__fylke__statsforvalter=embete)
            )
        if role.kind == RoleKind.EIER:
            return self.filter(
                models.Q(owner=role.owner)
                | models.Q(unit__owner=role.owner)
                | models.Q(kommune=role.owner.kommune, kommune__isnull=False)
                | models.Q(ppt__kommuner=role.owner.kommune, ppt__isnull=False)
            ).distinct()
        return self.filter(invited_by=user)
