"""People for tests: `make_role("leder", unit)` gives an office, `sign_in(client, role)` a door."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.test import Client
from factory.django import DjangoModelFactory

from actors.middleware import SESSION_KEY
from actors.models import PPT, Group, GroupMember, Invitation, PPTKommune, Role, User
from actors.rules.roles import SCOPE_OF_KIND
from tests.factories.register import (
    KommuneFactory,
    OwnerFactory,
    SkoleFactory,
    StatsforvalterFactory,
)

ROLE_FROM = date(2025, 1, 1)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # a Friday, 10.00 in Oslo
FOEDSELSNUMMER = "13097248022"  # of nobody, with right check digits


class UserFactory(DjangoModelFactory):
    """A person with a verified address, who can sign in with a code."""

    email = factory.Sequence(lambda n: f"person{n}@lmp.example")
    name = factory.Sequence(lambda n: f"Kari Testvik {n}")
    language = "nb"
    password = factory.LazyFunction(partial(make_password, None))  # as create_user: none

    class Meta:
        model = User
        skip_postgeneration_save = True

    @factory.post_generation
    def verified(self, create, extracted, **kwargs):
        if create and extracted is not False:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


class PPTFactory(DjangoModelFactory):
    name = factory.Sequence(lambda n: f"PPT Fiktivdalen {n}")
    is_fictional = True

    class Meta:
        model = PPT


class PPTKommuneFactory(DjangoModelFactory):
    ppt = factory.SubFactory(PPTFactory)
    kommune = factory.SubFactory(KommuneFactory)
    valid_from = ROLE_FROM

    class Meta:
        model = PPTKommune


SCOPE_FACTORIES = {
    "statsforvalter": StatsforvalterFactory,
    "owner": OwnerFactory,
    "kommune": KommuneFactory,
    "unit": SkoleFactory,
    "ppt": PPTFactory,
}


def make_role(kind, scope=None, *, user=None, valid_from=ROLE_FROM, valid_to=None, acting=False):
    """Give somebody the role `kind`; a scope is made when the kind needs one and none is given."""
    field = SCOPE_OF_KIND[kind]
    if field and scope is None:
        scope = SCOPE_FACTORIES[field]()
    return Role.objects.create(
        user=user or UserFactory(),
        kind=kind,
        valid_from=valid_from,
        valid_to=valid_to,
        acting=acting,
        **({field: scope} if field else {}),
    )


def acting_as(role, on=date(2026, 11, 20)):
    """The person of the role, acting in it on the day `on`: what actions take as `by`."""
    return role.user.act_as(role, on)


def who(client) -> int | None:
    """The id of the person who is signed in, or None."""
    return int(client.session.get("_auth_user_id", 0)) or None


def sign_in(client: Client, role_or_user) -> User:
    """Sign the person in, acting in the role when one is given."""
    user = role_or_user.user if isinstance(role_or_user, Role) else role_or_user
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    if isinstance(role_or_user, Role):
        session = client.session
        session[SESSION_KEY] = role_or_user.pk
        session.save()
    return user


class InvitationFactory(DjangoModelFactory):
    """An open invitation for a rektor; pass `kind` with its scope, or None for `unit`."""

    email = factory.Sequence(lambda n: f"ny{n}@lmp.example")
    name = "Ola Nyvik"
    kind = "leder"
    unit = factory.SubFactory(SkoleFactory)
    token = factory.Sequence(lambda n: f"token-{n}")
    role_from = ROLE_FROM
    sent_at = NOW - timedelta(days=1)
    expires_at = NOW + timedelta(days=20)

    class Meta:
        model = Invitation


class GroupFactory(DjangoModelFactory):
    """A unit's arbeidsgruppe; pass `unit=None, owner=…` for a styringsgruppe."""

    kind = "arbeidsgruppe"
    unit = factory.SubFactory(SkoleFactory)
    created_at = NOW

    class Meta:
        model = Group


class GroupMemberFactory(DjangoModelFactory):
    group = factory.SubFactory(GroupFactory)
    name = factory.Sequence(lambda n: f"Per Prøvik {n}")
    seat = "kontaktlaerer"
    valid_from = ROLE_FROM

    class Meta:
        model = GroupMember
