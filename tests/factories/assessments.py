"""Assessments of søknader: one as a browser posts it, and many at once."""

from actors.models import Kommune, Owner
from actors.rules.register import derive_names
from cohorts.actions.assessment import answer_habilitet, criteria_of
from cohorts.models import (
    Assessment,
    AssessmentScore,
    Candidate,
    Soeknad,
    SoeknadUnit,
    SoeknadVersion,
)
from cohorts.rules.assessment import reason_field, score_field
from tests.factories.people import UserFactory, make_role, sign_in
from tests.factories.recruitment import NOW
from tests.factories.register import FylkeFactory


def office(soeknad, name="Eirik Moen"):
    """A statsforvalter of that name in the embete of the søknad."""
    role = make_role("statsforvalter", soeknad.candidate.embete.statsforvalter)
    role.user.name = name
    role.user.save()
    return role


def url(soeknad, tail=""):
    """The page of one's assessment of the søknad."""
    return f"/soeknader/{soeknad.pk}/vurdering/{tail}"


def begun(client, soeknad, role=None):
    """The adviser, signed in, habil, with an empty assessment."""
    role = role or office(soeknad)
    sign_in(client, role)
    answer_habilitet(soeknad=soeknad, habilitet="habil", by=role.user, now=NOW)
    return role


def whole(soeknad, *, version=1, **values):
    """What a browser posts from an assessment that is filled in."""
    data = {
        "edit_version": version,
        "recommendation": "tilraas",
        "applicant_reason": "Godt forankret.",
    }
    for criterion in criteria_of(soeknad):
        data |= {score_field(criterion.pk): 3, reason_field(criterion.pk): "Tydelig ledelse."}
    return data | values


def first_of(soeknad):
    """The first criterion of the søknad."""
    return criteria_of(soeknad)[0]


def many(embete, count):
    """`count` assessed applications, in a few statements however many."""
    owners = many_owners(embete, count)
    person, liv = UserFactory(), UserFactory()
    soeknader = many_sent(embete, owners, person)
    many_contents(soeknader, person)
    many_assessments(embete, soeknader, [person, liv])


def many_owners(embete, count):
    """`count` kommuner of the embete as owners."""
    fylke = FylkeFactory(statsforvalter=embete.statsforvalter)
    numbers = [str(1000 + n) for n in range(count)]
    kommuner = Kommune.objects.bulk_create(
        Kommune(number=n, name=f"Vik {n}", official_name=f"Vik {n}", orgnr=f"10000{n}", fylke=fylke)
        for n in numbers
    )
    return Owner.objects.bulk_create(
        Owner(kind="kommune", kommune=k, name=k.name, orgnr=k.orgnr, **derive_names(k.name))
        for k in kommuner
    )


def many_sent(embete, owners, person):
    """The sent søknad of each owner; the person wrote and follows them all."""
    candidates = Candidate.objects.bulk_create(
        Candidate(embete=embete, owner=owner, created_at=NOW, responsible=person)
        for owner in owners
    )
    written = {"created_at": NOW, "created_by": person, "saved_at": NOW, "saved_by": person}
    return Soeknad.objects.bulk_create(
        Soeknad(candidate=each, applicant="kommune", status="sent", sent_at=NOW, **written)
        for each in candidates
    )


def many_contents(soeknader, person):
    """The one version and the one unit of each søknad."""
    SoeknadVersion.objects.bulk_create(
        SoeknadVersion(
            soeknad=each,
            number=1,
            content={"units": [{"kind": "skole"}]},
            language="nb",
            sha256="0" * 64,
            receipt=f"S-{each.pk}",
            sent_at=NOW,
            sent_by=person,
            sent_as="Eier",
        )
        for each in soeknader
    )
    SoeknadUnit.objects.bulk_create(
        SoeknadUnit(
            soeknad=each,
            owner=each.candidate.owner,
            name="Skole",
            kind="skole",
            token=f"t{each.pk}",
        )
        for each in soeknader
    )


def many_assessments(embete, soeknader, assessors):
    """Each søknad assessed by each of the assessors."""
    judged = Assessment.objects.bulk_create(
        Assessment(
            soeknad=each,
            assessor=who,
            habilitet="habil",
            recommendation="tilraas",
            updated_at=NOW,
            completed_at=NOW,
        )
        for each in soeknader
        for who in assessors
    )
    criteria = list(embete.opptak.criteria.filter(applies_to="kommune"))
    AssessmentScore.objects.bulk_create(
        AssessmentScore(assessment=each, criterion=criterion, score=1 + each.pk % 4)
        for each in judged
        for criterion in criteria
    )
