"""Private owners: the registers name none, so those who need one write it in."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import Owner, Unit, User
from actors.rules.register import derive_names, is_orgnr


@transaction.atomic
def create_private_owner(*, name: str, orgnr: str, unit: Unit, by: User, now: datetime) -> Owner:
    """Make a private owner and tie the private `unit` to it.

    An owner with the organisasjonsnummer that is known already is used as it is. Raises
    ValidationError, by field, for a number that fails modulus 11 or belongs to a kommune or
    fylkeskommune, and for a unit that is public or has an owner.
    """
    number = "".join(orgnr.split())
    if not is_orgnr(number):
        raise ValidationError({"orgnr": _("Skriv et gyldig organisasjonsnummer, ni siffer.")})
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if unit.ownership != "privat":
        raise ValidationError({"unit": _("%(unit)s er offentlig.") % {"unit": unit}})
    owner = Owner.objects.filter(orgnr=number).first()
    if owner is not None and owner.kind != "privat":
        text = _("Nummeret tilhører %(owner)s, som ikke er en privat eier.")
        raise ValidationError({"orgnr": text % {"owner": owner}})
    if unit.owner_id is not None and (owner is None or unit.owner_id != owner.pk):
        raise ValidationError({"unit": _("%(unit)s har en eier fra før.") % {"unit": unit}})
    if owner is None:
        owner = Owner.objects.create(
            kind="privat",
            name=name.strip(),
            orgnr=number,
            is_fictional=unit.is_fictional,
            **derive_names(name.strip()),
        )
        record_event(by=by, verb="create-owner", subject=f"owner:{owner.pk}", now=now)
    unit.owner = owner
    unit.save(update_fields=["owner"])
    record_event(by=by, verb="tie-owner", subject=f"unit:{unit.pk}", now=now, owner=owner.pk)
    return owner
