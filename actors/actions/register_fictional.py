"""Places that are not in any register: fictional kommuner, owners and units, for demo and tests.

They are marked `is_fictional` and the import of the registers never touches them.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import Fylke, Kommune, Owner, Unit, User
from actors.rules.register import derive_names, is_orgnr


@transaction.atomic
def create_fictional_kommune(
    *, number: str, name: str, fylke: Fylke, orgnr: str, by: User | None, now: datetime, **values
) -> Owner:
    """Make a fictional kommune and return it as the owner that it is.

    `values` are further columns of `Kommune` (maalform, population, latitude, longitude). Raises
    ValidationError for an organisasjonsnummer that fails modulus 11.
    """
    check_orgnr(orgnr)
    official = f"{name} kommune"
    kommune = Kommune.objects.create(
        number=number,
        name=name,
        official_name=name,
        fylke=fylke,
        orgnr=orgnr,
        is_fictional=True,
        **derive_names(name),
        **values,
    )
    owner = Owner.objects.create(
        kind="kommune",
        name=official,
        orgnr=orgnr,
        kommune=kommune,
        is_fictional=True,
        **derive_names(official),
    )
    record_event(by=by, verb="create-fictional-kommune", subject=f"owner:{owner.pk}", now=now)
    return owner


@transaction.atomic
def create_fictional_private_owner(
    *, name: str, orgnr: str, by: User | None, now: datetime
) -> Owner:
    """Make a fictional private owner, who lies in no kommune. Raises as the function above."""
    check_orgnr(orgnr)
    owner = Owner.objects.create(
        kind="privat", name=name, orgnr=orgnr, is_fictional=True, **derive_names(name)
    )
    record_event(by=by, verb="create-fictional-owner", subject=f"owner:{owner.pk}", now=now)
    return owner


@transaction.atomic
def create_fictional_unit(
    *,
    kind: str,
    name: str,
    orgnr: str,
    kommune: Kommune,
    owner: Owner,
    by: User | None,
    now: datetime,
    **values,
) -> Unit:
    """Make a fictional skole or barnehage in a fictional kommune, owned by `owner`.

    `values` are further columns of `Unit` (children, grade_from, grade_to, has_sfo …). Raises
    ValidationError when the kommune is real or the organisasjonsnummer fails modulus 11.
    """
    check_orgnr(orgnr)
    if not kommune.is_fictional:
        raise ValidationError(_("En oppdiktet enhet kan bare ligge i en oppdiktet kommune."))
    unit = Unit.objects.create(
        register="NSR" if kind == "skole" else "NBR",
        kind=kind,
        name=name,
        orgnr=orgnr,
        kommune=kommune,
        owner=owner,
        ownership="privat" if owner.kind == "privat" else "offentlig",
        is_fictional=True,
        **derive_names(name),
        **values,
    )
    record_event(by=by, verb="create-fictional-unit", subject=f"unit:{unit.pk}", now=now)
    return unit


def check_orgnr(orgnr: str) -> None:
    """Raise ValidationError unless `orgnr` is nine digits with the right check digit."""
    if not is_orgnr(orgnr):
        raise ValidationError(_("Organisasjonsnummeret er ikke gyldig."))
