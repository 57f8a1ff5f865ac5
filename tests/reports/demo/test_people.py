"""The people of the demo and what their offices open."""

import pytest
from allauth.account.models import EmailAddress

from actors.models import Role, User
from cohorts.models import Deltakelse, DeltakendeUnit
from tests.factories.demo import FRIDAY, WHOLE_DEMO

pytestmark = WHOLE_DEMO


def test_everybody_has_a_verified_address_that_cannot_receive_mail(demo):
    addresses = EmailAddress.objects.filter(verified=True, primary=True)

    assert set(User.objects.values_list("email", flat=True)) == set(
        addresses.values_list("email", flat=True)
    )
    assert not User.objects.exclude(email__endswith="@lmp.example").exists()


@pytest.mark.parametrize(
    ("address", "name", "roles"),
    [
        ("udir", "Kari Nilsen", ["udir"]),
        ("koordinator", "Dagfinn Skår", ["koordinator"]),
        ("statsforvalter", "Eirik Moen", ["statsforvalter"]),
        ("eier", "Tone Lindvik", ["eier", "eier"]),
        ("torunn.flaten", "Torunn Flaten", ["eier"]),
        ("liv.torunn.aase", "Liv Torunn Aase", ["statsforvalter"]),
        ("jon.lie", "Jon Lie", ["udir"]),
        ("rektor", "Marit Aasland", ["leder"]),
        ("styrer", "Jorunn Havstein", ["leder", "leder"]),
        ("ppt", "Leila Hansen", ["ppt"]),
        ("veileder", "Sigrid Haug", ["veileder"]),
        ("personvernkontakt", "Reidun Haugland", ["personvernkontakt", "personvernkontakt"]),
        ("admin", "Aksel Brandt", ["admin"]),
    ],
)
def test_the_demo_people_hold_their_offices(demo, address, name, roles):
    user = User.objects.get(email=f"{address}@lmp.example")

    assert user.name == name
    assert list(user.roles.active(FRIDAY).values_list("kind", flat=True)) == roles
    assert user.is_superuser is (address == "admin")


def acting(address: str):
    user = User.objects.get(email=f"{address}@lmp.example")
    return user.act_as(Role.objects.filter(user=user).first(), FRIDAY)


def test_a_veileder_follows_ten_units_in_three_kommuner(demo):
    veileder = acting("veileder")

    assert Deltakelse.objects.visible_to(veileder).count() == 3
    assert DeltakendeUnit.objects.visible_to(veileder).count() == 10


def test_ppt_serves_three_kommuner_and_reads_where_it_sits(demo):
    ppt = acting("ppt")

    assert ppt.role.ppt.kommuner.count() == 3
    assert DeltakendeUnit.objects.readable_by(ppt).count() == 9


def test_one_person_leads_two_units_of_an_oppvekstsenter(demo):
    roles = Role.objects.filter(user__email="styrer@lmp.example")

    assert [role.unit.name for role in roles.order_by("pk")] == [
        "Havbrekke oppvekstsenter, barnehage",
        "Havbrekke oppvekstsenter, skole",
    ]
