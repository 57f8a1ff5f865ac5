"""How a paper stands in the register of documents, and copies with parts blacked out."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.actions.signature import signed_in
from actors.models import User
from cohorts.models import AccessCode
from cohorts.rules.errors import NationalIdFound, NotAllowedHere, NotPossible, refuse_closed
from cohorts.rules.paper import fields_with_national_ids
from meetings.access.privacy import kind_of, subject_of
from meetings.access.register import Paper, is_owners_office, pulje_of
from meetings.models import RedactedCopy
from meetings.rules.redaction import people_in, redact


@transaction.atomic
def register_paper(
    *,
    version: Paper,
    public_title: str,
    access_code: str,
    legal_basis: str,
    by: User,
    now: datetime,
) -> Paper:
    """Say how a sent paper stands in the register: its title, and whether it can be public.

    An open paper has no legal basis. Raises `NotAllowedHere` for anybody but the owner's office,
    `NotPossible` when the text is hidden or removed, `NationalIdFound`, `PuljeClosed`.
    """
    current = _held(version, by)
    refuse_closed(pulje_of(current))
    _refuse_national_ids(public_title=public_title, legal_basis=legal_basis)
    current.public_title = public_title.strip()
    current.access_code = AccessCode(access_code)
    current.legal_basis = "" if access_code == AccessCode.OPEN else legal_basis.strip()
    current.save(update_fields=["public_title", "access_code", "legal_basis"])
    record_event(
        by=by, verb="register_paper", subject=subject_of(current), now=now, code=access_code
    )
    return current


@transaction.atomic
def make_redacted_copy(
    *,
    version: Paper,
    marked: Iterable[str],
    without_names: bool,
    legal_basis: str,
    reason: str,
    by: User,
    now: datetime,
) -> RedactedCopy:
    """A copy of a version with the `marked` sentences («saker.1.summary:0») blacked out.

    `without_names` takes the names of those who took part too. Nothing of what was there is
    stored, neither here nor in the event. Also of a closed pulje: who asks for innsyn is not bound
    by it. Raises `NotAllowedHere`, `NotPossible` (hidden or removed), `NationalIdFound`.
    """
    current = _held(version, by)
    _refuse_national_ids(reason=reason, legal_basis=legal_basis)
    names = people_in(current.content) if without_names else []
    content, count = redact(current.content, marked, names)
    copy = RedactedCopy.objects.create(
        **{kind_of(current).field: current},
        content=content,
        marked=count,
        legal_basis=legal_basis.strip(),
        reason=reason.strip(),
        made_at=now,
        made_by=by,
        made_as=signed_in(current.language, by),
    )
    record_event(
        by=by,
        verb="make_redacted_copy",
        subject=subject_of(current),
        now=now,
        copy=copy.pk,
        marked=count,
    )
    return copy


def _held(version: Paper, by: User) -> Paper:
    """The row, held so that nobody hides the text meanwhile."""
    if not is_owners_office(by, version):
        raise NotAllowedHere(_("Det er eieren av enheten som fører papirene i journalen."))
    current = type(version)._default_manager.select_for_update(of=("self",)).get(pk=version.pk)
    if current.hidden_at is not None or current.removed_at is not None:
        raise NotPossible(_("Teksten er skjult eller fjernet. Vent til den er renset."))
    return current


def _refuse_national_ids(**texts: str) -> None:
    if found := fields_with_national_ids(texts):
        raise NationalIdFound(found)
