"""How a sent paper stands in the register of documents, in words for a page or a PDF."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from cohorts.models import PlanVersion
from meetings.access.privacy import home_of, kind_of
from meetings.access.register import Paper, is_owners_office
from meetings.rules.register import suggested_title


@dataclass(frozen=True)
class RegisterFacts:
    """Title, access code and legal basis; `url` is empty but for the owner's office."""

    title: str
    code: str
    basis: str
    url: str = ""


def register_facts(version: Paper, user=None) -> RegisterFacts:
    """The facts of a version; `user` gets the address where the owner's office changes them."""
    url = ""
    if user is not None and is_owners_office(user, version):
        url = reverse("meetings:paper_register", args=[kind_of(version).key, version.pk])
    return RegisterFacts(
        title=title_of(version),
        code=str(version.get_access_code_display()),
        basis=version.legal_basis,
        url=url,
    )


def title_of(version: Paper) -> str:
    """The title the owner has given, else the one of the rule, in the language of the paper."""
    if version.public_title:
        return version.public_title
    with override(version.language):
        return suggested_title(kind_of(version).key, str(home_of(version)), _day(version))


def _day(version: Paper) -> date:
    if isinstance(version, PlanVersion):
        return timezone.localtime(version.sent_at).date()
    start = datetime.fromisoformat(version.content["meeting"]["start"])
    return timezone.localtime(start).date()
