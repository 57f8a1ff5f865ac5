"""The access matrix of domain 1.3, cell by cell, and who may invite whom."""

import pytest

from actors.access import MATRIX, Artefact, Right, can_invite, kinds_to_invite, may, rights_of
from actors.models import Invitation
from actors.queries.scopes import places_for
from actors.rules.roles import INVITES, SCOPE_OF_KIND, RoleKind
from tests.factories.people import (
    InvitationFactory,
    PPTFactory,
    PPTKommuneFactory,
    acting_as,
    make_role,
)
from tests.factories.register import (
    FylkeFactory,
    KommuneFactory,
    OwnerFactory,
    PrivateOwnerFactory,
    SkoleFactory,
    StatsforvalterFactory,
)

COLUMNS = (
    "udir statsforvalter koordinator veileder eier barnehagemyndighet leder arbeidsgruppe ppt"
).split()

# As in domain 1.3, with V added where somebody edits, submits or comments.
EXPECTED = """
soeknad             V    CV   V   V   ESV  V   EV   -   V
prioritert_liste    V    ESV  -   -   -    -   -    -   -
avgjoerelse         ESV  V    V   V   V    V   V    -   -
styringsgruppe      St   V    V   V   ESV  V   V    -   V
arbeidsgruppe       Ag   St   V   V   V    St  ESV  V   V
kartlegging         Ag   St   V   V   V    -   ESV  V   V
plan                Ag   St   V   CV  V    St  ESV  EV  CV
veiledningsgrunnlag St   St   V   CV  V    St  ESV  EV  V
referat             St   St   V   CV  V    St  ESV  V   V
mellomarbeid        Ag   -    V   V   V    -   EV   EV  V
fagsamling          Ag   V    V   EV  EV   V   V    V   V
nasjonal_fagdag     EV   V    V   V   EV   -   EV   V   V
semesterevaluering  Ag   Ag   Ag  V   V    -   ESV  EV  EV
sluttrapport        V    V    V   V   ESV  V   ESV  V   V
private_notater     -    -    -   EV  -    -   -    -   -
"""
CELLS = [
    (row.split()[0], kind, cell)
    for row in EXPECTED.strip().splitlines()
    for kind, cell in zip(COLUMNS, row.split()[1:], strict=True)
]


def rights(cell: str) -> set[Right]:
    if cell == "-":
        return set()
    return {Right(cell)} if cell in ("St", "Ag") else {Right(letter) for letter in cell}


@pytest.mark.parametrize(("artefact", "kind", "cell"), CELLS)
def test_matrix_cell(artefact, kind, cell):
    assert rights_of(kind, Artefact(artefact)) == rights(cell)


def test_matrix_has_every_artefact_and_role():
    assert {(a, k) for a, k, _ in CELLS} == {(a, k) for a in MATRIX for k in MATRIX[a]}
    assert set(COLUMNS) == set(RoleKind.values) - {"admin", "personvernkontakt"}


@pytest.mark.parametrize("artefact", Artefact)
@pytest.mark.parametrize("kind", ["admin", "personvernkontakt"])
def test_outside_the_work_has_no_rights_in_it(kind, artefact):
    assert rights_of(kind, artefact) == frozenset()


@pytest.mark.parametrize("artefact", [Artefact.GRUNNLAG, Artefact.REFERAT])
@pytest.mark.parametrize("kind", ["udir", "statsforvalter", "barnehagemyndighet"])
def test_two_hats_see_status_only(kind, artefact):
    assert rights_of(kind, artefact) == {Right.STATUS}


@pytest.mark.django_db
def test_may_asks_the_role_acted_in():
    leader = make_role("leder")

    assert may(acting_as(leader), Right.SUBMIT, Artefact.REFERAT) is True
    assert may(leader.user.act_as(None, None), Right.SUBMIT, Artefact.REFERAT) is False


# --- who invites whom (domain 1.2) --------------------------------------------------------------


@pytest.mark.parametrize("kind", RoleKind.values)
@pytest.mark.django_db
def test_kinds_to_invite_are_those_of_the_chain(kind):
    assert set(kinds_to_invite(acting_as(make_role(kind)))) == INVITES.get(kind, frozenset())


@pytest.mark.django_db
def test_nobody_without_a_role_invites():
    person = make_role("udir").user.act_as(None, None)

    assert kinds_to_invite(person) == []
    assert can_invite(person, "veileder", None) is False


@pytest.mark.django_db
def test_statsforvalter_invites_in_own_embete():
    own = make_role("statsforvalter")
    fylke = FylkeFactory(statsforvalter=own.statsforvalter)
    owner = OwnerFactory(kommune=KommuneFactory(fylke=fylke))
    other = FylkeFactory(number="98", statsforvalter=StatsforvalterFactory(code="annet"))
    foreign = OwnerFactory(kommune=KommuneFactory(fylke=other))
    by = acting_as(own)

    assert can_invite(by, "eier", owner) is True
    assert can_invite(by, "barnehagemyndighet", owner.kommune) is True
    assert can_invite(by, "eier", foreign) is False
    assert can_invite(by, "barnehagemyndighet", foreign.kommune) is False
    assert can_invite(by, "udir", None) is False


@pytest.mark.django_db
def test_statsforvalter_invites_fylkeskommune():
    own = make_role("statsforvalter")
    fylke = FylkeFactory(statsforvalter=own.statsforvalter)
    owner = OwnerFactory(kind="fylkeskommune", name="Fylket", kommune=None, fylke=fylke)

    assert can_invite(acting_as(own), "eier", owner) is True


@pytest.mark.django_db
def test_statsforvalter_invites_private_owners_that_have_a_unit_in_the_embete():
    own = make_role("statsforvalter")
    fylke = FylkeFactory(statsforvalter=own.statsforvalter)
    near, far = PrivateOwnerFactory(), PrivateOwnerFactory()
    SkoleFactory(owner=near, kommune=KommuneFactory(fylke=fylke), ownership="privat")
    other = FylkeFactory(number="98", statsforvalter=StatsforvalterFactory(code="annet"))
    SkoleFactory(owner=far, kommune=KommuneFactory(fylke=other), ownership="privat")
    seen, _unseen = [
        InvitationFactory(kind="eier", unit=None, owner=owner) for owner in (near, far)
    ]
    by = acting_as(own)

    assert (can_invite(by, "eier", near), can_invite(by, "eier", far)) == (True, False)
    assert list(Invitation.objects.visible_to(by)) == [seen]
    assert list(places_for(own, "eier")) == [near]


@pytest.mark.django_db
def test_owner_invites_own_units_and_own_ppt():
    own = make_role("eier")
    kommune = own.owner.kommune
    ppt = PPTKommuneFactory(kommune=kommune).ppt
    by = acting_as(own)

    assert can_invite(by, "leder", SkoleFactory(owner=own.owner, kommune=kommune)) is True
    assert can_invite(by, "ppt", ppt) is True
    assert can_invite(by, "leder", SkoleFactory()) is False
    assert can_invite(by, "ppt", PPTFactory()) is False


@pytest.mark.django_db
def test_barnehagemyndighet_invites_private_units_in_own_kommune():
    own = make_role("barnehagemyndighet")
    private = SkoleFactory(owner=PrivateOwnerFactory(), kommune=own.kommune, ownership="privat")
    public = SkoleFactory(owner=OwnerFactory(kommune=own.kommune), kommune=own.kommune)
    by = acting_as(own)

    assert can_invite(by, "leder", private) is True
    assert can_invite(by, "leder", public) is False


@pytest.mark.django_db
def test_leader_invites_to_own_group_only():
    own = make_role("leder")

    assert can_invite(acting_as(own), "arbeidsgruppe", own.unit) is True
    assert can_invite(acting_as(own), "arbeidsgruppe", SkoleFactory()) is False
    assert can_invite(acting_as(own), "leder", own.unit) is False


@pytest.mark.parametrize("kind", INVITES)
@pytest.mark.django_db
def test_every_place_offered_may_be_invited_to(kind):
    """The form's choices and the rule agree, also with foreign places in the register."""
    own = make_role(kind)
    kommune = own.kommune or getattr(own.owner, "kommune", None) or KommuneFactory()
    PPTKommuneFactory(kommune=kommune)
    SkoleFactory(owner=PrivateOwnerFactory(), kommune=kommune, ownership="privat")
    foreign = FylkeFactory(number="98", statsforvalter=StatsforvalterFactory(code="annet"))
    SkoleFactory(owner=OwnerFactory(kommune=KommuneFactory(fylke=foreign)))
    by = acting_as(own)
    offered = [
        (other, place)
        for other in kinds_to_invite(by)
        if SCOPE_OF_KIND[other]
        for place in places_for(own, other)
    ]

    assert [(k, p) for k, p in offered if not can_invite(by, k, p)] == []
