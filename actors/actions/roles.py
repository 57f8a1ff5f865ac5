"""People and their roles: making a person, giving a role, ending it."""

from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import PPT, Kommune, Owner, Role, Statsforvalter, Unit, User
from actors.rules.roles import SCOPE_OF_KIND

MODEL_OF_SCOPE = {
    "statsforvalter": Statsforvalter,
    "owner": Owner,
    "kommune": Kommune,
    "unit": Unit,
    "ppt": PPT,
}


@transaction.atomic
def create_person(
    *, email: str, name: str, language: str = "nb", by: User | None, now: datetime
) -> User:
    """Make a person who signs in with codes sent to `email`, or return the one who has it.

    The address counts as verified: a correct code must lead in, not to «verify your address».
    `by` is None when the portal itself acts.
    """
    address = email.strip().lower()
    user = find_person(address)
    if user is None:
        user = User.objects.create_user(address, name=name.strip(), language=language)
        record_event(by=by, verb="create-person", subject=f"user:{user.pk}", now=now)
    if not EmailAddress.objects.filter(user=user, verified=True).exists():
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )
    return user


def find_person(address: str) -> User | None:
    """The person who signs in with the address, or has proved that it is hers as well."""
    user = User.objects.filter(email__iexact=address).first()
    if user is None:
        also = EmailAddress.objects.filter(email__iexact=address, verified=True)
        second = also.select_related("user").first()
        user = second.user if second else None
    return user


@transaction.atomic
def give_role(
    *,
    user: User,
    kind: str,
    scope,
    valid_from: date,
    valid_to: date | None = None,
    acting: bool = False,
    by: User | None,
    now: datetime,
) -> Role:
    """Give `user` the role `kind` on `scope` (None for national kinds) for a period, ends included.

    Whether `by` may do it is asked in `actors.access.can_invite` before. A role that is the same
    and covers the period already is returned as it is. Raises ValidationError when the scope does
    not fit the kind or the period is reversed.
    """
    check_scope(kind, scope)
    check_period(valid_from, valid_to)
    same = Role.objects.filter(user=user).for_scope(kind, scope)
    for role in same.select_for_update():
        if role.valid_to is None and valid_to is None:
            return _start_earlier(role, valid_from)
        if role.valid_from <= valid_from and (role.valid_to or date.max) >= (valid_to or date.max):
            return role
    field = SCOPE_OF_KIND[kind]
    role = Role.objects.create(
        user=user,
        kind=kind,
        valid_from=valid_from,
        valid_to=valid_to,
        acting=acting,
        created_by=by,
        **({field: scope} if field else {}),
    )
    record_event(by=by, verb="give-role", subject=f"role:{role.pk}", now=now, kind=kind)
    return role


def _start_earlier(role: Role, valid_from: date) -> Role:
    """An open role that is given again keeps the earlier of the two starts."""
    if valid_from < role.valid_from:
        role.valid_from = valid_from
        role.save(update_fields=["valid_from"])
    return role


@transaction.atomic
def end_role(*, role: Role, valid_to: date, by: User | None, now: datetime) -> Role:
    """End `role` with the day `valid_to` as its last. History stays with the office.

    Raises ValidationError when the day is before the role began.
    """
    check_period(role.valid_from, valid_to)
    role.valid_to = valid_to
    role.save(update_fields=["valid_to"])
    record_event(
        by=by, verb="end-role", subject=f"role:{role.pk}", now=now, valid_to=valid_to.isoformat()
    )
    return role


@transaction.atomic
def save_profile(*, user: User, name: str, language: str, now: datetime) -> User:
    """Let the person change the own name and målform ("nb" or "nn")."""
    user.name = name.strip()
    user.language = language
    user.save(update_fields=["name", "language"])
    record_event(by=user, verb="save-profile", subject=f"user:{user.pk}", now=now)
    return user


def check_scope(kind: str, scope) -> None:
    """Raise ValidationError unless `scope` is of the kind of thing that the role is limited to."""
    field = SCOPE_OF_KIND[kind]
    if type(scope) is not (MODEL_OF_SCOPE[field] if field else type(None)):
        raise ValidationError(_("Rollen passer ikke til stedet den skal gjelde for."))


def check_period(valid_from: date, valid_to: date | None) -> None:
    """Raise ValidationError when a period ends before it begins."""
    if valid_to is not None and valid_to < valid_from:
        raise ValidationError(_("Til-datoen kan ikke være før fra-datoen."))
