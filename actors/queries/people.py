"""How people, roles and invitations are found."""

from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from django.apps import apps
from django.contrib.auth.models import BaseUserManager
from django.db import models

from actors.rules.roles import INVITES, SCOPE_OF_KIND, RoleKind

if TYPE_CHECKING:
    from actors.models import User

SCOPES = ("statsforvalter", "owner", "owner__kommune", "kommune", "unit", "ppt")


class PeriodQuerySet(models.QuerySet):
    """Rows with `valid_from` and `valid_to` (local dates, both included; no end = open)."""

    def active(self, on: date | None):
        """Rows whose period covers the day `on`; none for a person without a role (no day)."""
        if on is None:
            return self.none()
        return self.filter(
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=on), valid_from__lte=on
        )


class RoleQuerySet(PeriodQuerySet):
    def with_scope(self):
        """Fetch the scope objects in the same query, for labels."""
        return self.select_related(*SCOPES)

    def with_recruitment(self):
        """Fetch what the menu says of recruitments in the same query, as numbers.

        `first_open` and `last_open` are the puljer of the opptak that are open, `soeknad` the key
        of the owner's newest søknad and `soeknad_in` its pulje; None where there is none. The
        rows belong to the app above, which is named as its addresses are in the menu.
        """
        opptak = apps.get_model("cohorts", "Opptak").objects.open().order_by("pulje__number")
        mine = models.Q(candidate__owner=models.OuterRef("owner"))
        joined = models.Q(partners__owner=models.OuterRef("owner"), partners__status="confirmed")
        number = "candidate__embete__opptak__pulje__number"
        soeknader = apps.get_model("cohorts", "Soeknad").objects.filter(mine | joined)
        newest = soeknader.order_by(f"-{number}", "pk")
        return self.annotate(
            first_open=models.Subquery(opptak.values("pulje__number")[:1]),
            last_open=models.Subquery(opptak.reverse().values("pulje__number")[:1]),
            soeknad=models.Subquery(newest.values("pk")[:1]),
            soeknad_in=models.Subquery(newest.values(number)[:1]),
        )

    def managed_by(self, user):
        """Roles that the person, in the role acted in, may give and end."""
        return self.filter(within_reach(user.role)).distinct()

    def named(self, text: str):
        """Roles of people whose name or address contains `text`; empty text finds all."""
        if not text:
            return self
        return self.filter(
            models.Q(user__name__icontains=text) | models.Q(user__email__icontains=text)
        )

    def of_kind(self, *kinds: str):
        return self.filter(kind__in=kinds)

    def for_scope(self, kind: str, scope):
        """Roles of `kind` that are limited to the object `scope` (None for national kinds)."""
        field = SCOPE_OF_KIND[kind]
        return self.filter(kind=kind, **({field: scope} if field else {}))


class UserManager(BaseUserManager):
    def create_user(self, email: str, name: str = "", password: str | None = None, **fields):
        """Create a person; the address is stored in lower case. No password: sign-in is by code."""
        user = cast("User", self.model(email=email.strip().lower(), name=name, **fields))
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, name: str = "", password=None, **fields):
        return self.create_user(email, name, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None):
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
        return self.filter(within_reach(user.role)).distinct()

    def waiting(self):
        """Invitations that nobody has accepted or withdrawn, also those that have run out."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def with_scope(self):
        """Fetch scope and inviter in the same query, for labels and language."""
        return self.select_related(*SCOPES, "invited_by", "unit__kommune")


def within_reach(role) -> models.Q:
    """Roles and invitations that an office may give, change and end (domain 1.2).

    The same kinds and scopes as `actors.access.can_invite`, asked of the database.
    """
    kinds = INVITES.get(role.kind) if role is not None else None
    if not kinds:
        return models.Q(pk__in=[])
    limit = _REACH.get(role.kind)
    return models.Q(kind__in=kinds) & (limit(role) if limit else models.Q())


def _of_embete(role) -> models.Q:
    embete = role.statsforvalter_id
    return (
        models.Q(statsforvalter=embete)
        | models.Q(owner__kommune__fylke__statsforvalter=embete)
        | models.Q(owner__fylke__statsforvalter=embete)
        | _private_owner_in(embete)
        | models.Q(kommune__fylke__statsforvalter=embete)
        | models.Q(unit__kommune__fylke__statsforvalter=embete)
    )


def _private_owner_in(embete) -> models.Q:
    """The registers place a private owner nowhere; its units say in which embeter it is."""
    units = apps.get_model("actors", "Unit").objects.filter(
        active=True, owner__kind="privat", kommune__fylke__statsforvalter=embete
    )
    return models.Q(owner__in=units.values("owner"))


def _of_owner(role) -> models.Q:
    own = models.Q(owner=role.owner_id) | models.Q(unit__owner=role.owner_id)
    kommune = role.owner.kommune_id
    if kommune is None:
        return own
    return own | models.Q(kommune=kommune) | models.Q(ppt__kommuner=kommune)


_REACH = {
    RoleKind.STATSFORVALTER: _of_embete,
    RoleKind.EIER: _of_owner,
    RoleKind.BARNEHAGEMYNDIGHET: lambda role: models.Q(
        unit__kommune=role.kommune_id, unit__ownership="privat"
    ),
    RoleKind.LEDER: lambda role: models.Q(unit=role.unit_id),
}
