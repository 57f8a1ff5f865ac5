"""People and what they may do: a user, the user's roles, and invitations to take a role."""

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.queries.people import InvitationQuerySet, RoleQuerySet, UserManager
from actors.rules.roles import SCOPE_OF_KIND, RoleContext, RoleKind, role_title

SCOPE_FIELDS = ("statsforvalter", "owner", "kommune", "unit", "ppt")


def scope_constraint(name: str) -> models.CheckConstraint:
    """A constraint that each role kind has exactly the scope that `SCOPE_OF_KIND` names."""
    condition = models.Q()
    for kind, scope in SCOPE_OF_KIND.items():
        filled = {f"{field}__isnull": field != scope for field in SCOPE_FIELDS}
        condition |= models.Q(kind=kind, **filled)
    return models.CheckConstraint(condition=condition, name=name)


def open_once_constraints() -> list[models.UniqueConstraint]:
    """A person holds the same open role only once: one constraint per kind of scope."""
    national = models.Q(valid_to__isnull=True, **{f"{f}__isnull": True for f in SCOPE_FIELDS})
    scoped = [
        models.UniqueConstraint(
            fields=["user", "kind", field],
            condition=models.Q(valid_to__isnull=True),
            name=f"role_open_once_{field}",
        )
        for field in SCOPE_FIELDS
    ]
    return [
        *scoped,
        models.UniqueConstraint(
            fields=["user", "kind"], condition=national, name="role_open_once_national"
        ),
    ]


class Language(models.TextChoices):
    """The language a person reads the portal in; letters follow the kommune instead."""

    BOKMAAL = "nb", _("Bokmål")
    NYNORSK = "nn", _("Nynorsk")


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address. Rights come from roles, never from here."""

    email = models.EmailField(_("e-postadresse"), max_length=254, unique=True)
    name = models.CharField(_("navn"), max_length=150)
    language = models.CharField(
        _("målform"), max_length=2, choices=Language.choices, default=Language.BOKMAAL
    )
    is_active = models.BooleanField(_("aktiv"), default=True)
    is_staff = models.BooleanField(_("kan bruke administrasjonen"), default=False)
    created_at = models.DateTimeField(_("opprettet"), auto_now_add=True)
    # Set when mail to the address comes back for good, taken away with the next that arrives.
    email_bounced_at = models.DateTimeField(_("e-post kom i retur"), null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    context: RoleContext | None = None

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("personer")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        """The first given name, for greetings."""
        return self.name.split(" ")[0]

    def act_as(self, role: "Role | None", on) -> "User":
        """Take `role` on the day `on` (local date). All access is decided in one role at a time."""
        self.context = RoleContext(role=role, on=on) if role is not None else None
        return self

    @property
    def role(self) -> "Role | None":
        """The role the person acts in now, or None."""
        return self.context.role if self.context else None

    @property
    def on(self):
        """The local date on which access is decided, or None without a role."""
        return self.context.on if self.context else None


class ScopedRole(models.Model):
    """What a role and an invitation share: a kind and the scope that fits it."""

    kind = models.CharField(_("rolle"), max_length=20, choices=RoleKind.choices)
    statsforvalter = models.ForeignKey(
        "actors.Statsforvalter", models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey("actors.Owner", models.PROTECT, null=True, blank=True)
    kommune = models.ForeignKey("actors.Kommune", models.PROTECT, null=True, blank=True)
    unit = models.ForeignKey("actors.Unit", models.PROTECT, null=True, blank=True)
    ppt = models.ForeignKey("actors.PPT", models.PROTECT, null=True, blank=True)
    acting = models.BooleanField(
        _("fungerende"), default=False, help_text=_("Det personen sender, får «på vegne av».")
    )

    class Meta:
        abstract = True

    @property
    def scope(self):
        """The object the role is limited to, or None for national roles."""
        field = SCOPE_OF_KIND[self.kind]
        return getattr(self, field) if field else None

    @property
    def title(self) -> str:
        """What the role is called where it applies: «Rektor», «Fungerende styrer»."""
        return role_title(self.kind, self.unit.kind if self.unit else None, acting=self.acting)

    @property
    def scope_label(self) -> str:
        """Where the role applies, in words; empty for national roles."""
        return str(self.scope or "")


class Role(ScopedRole):
    """A person's office: kind, scope and period. Rights and duties follow it (domain 1.3)."""

    user = models.ForeignKey("actors.User", models.PROTECT, related_name="roles")
    valid_from = models.DateField(_("fra og med"))
    valid_to = models.DateField(_("til og med"), null=True, blank=True)
    created_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rolle")
        verbose_name_plural = _("roller")
        ordering = ["user_id", "kind", "pk"]
        indexes = [models.Index(fields=["kind", "valid_from", "valid_to"])]
        constraints = [
            scope_constraint("role_scope_fits_kind"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="role_ends_after_start",
            ),
            *open_once_constraints(),
        ]

    def __str__(self) -> str:
        place = f", {self.scope_label}" if self.scope else ""
        return f"{self.get_kind_display()}{place}"


class Invitation(ScopedRole):
    """An invitation by e-mail to take a role. The link works once and until `expires_at`.

    `message` is a neutral text of the inviter's that stands in the mail; `landing` is the path on
    the portal where the person comes in, instead of Min side.
    """

    email = models.EmailField(_("e-postadresse"))
    name = models.CharField(_("navn"), max_length=150)
    token = models.CharField(max_length=64, unique=True)
    role_from = models.DateField(_("rollen gjelder fra"))
    role_to = models.DateField(_("rollen gjelder til"), null=True, blank=True)
    invited_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(_("sendt"))
    expires_at = models.DateTimeField(_("gjelder til"))
    message = models.TextField(_("melding"), blank=True)
    landing = models.CharField(max_length=200, blank=True)
    accepted_at = models.DateTimeField(_("tatt imot"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("trukket"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitasjon")
        verbose_name_plural = _("invitasjoner")
        ordering = ["-sent_at", "-pk"]
        constraints = [scope_constraint("invitation_scope_fits_kind")]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("actors:invitation_accept", args=[self.token])
