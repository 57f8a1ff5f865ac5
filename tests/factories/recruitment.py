"""An opptak with applicants at any stage, all fictional. Rows are written directly, so that the
test of one action does not depend on the others.

opptak = make_opptak()                          # pulje 10, open, four dates, one embete
embete = make_embete(opptak)                    # the fictional embete, two places
candidate = make_candidate(embete)              # a kommune on its working list
soeknad = make_soeknad(candidate)               # a draft with every question answered and two units
soeknad = make_soeknad(candidate, sent=True)    # sent: version 1
assess(soeknad)                                 # one finished assessment
make_list([soeknad, other], sent=True)          # the embete's list, in this order
decide(soeknad, "tilbud", released=True)        # a decision with its letter not yet written
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from actors.models import Owner, Statsforvalter, Unit, User
from cohorts.actions.opptak import criteria_of
from cohorts.actions.stage import refresh_stages
from cohorts.models import (
    Assessment,
    Candidate,
    Criterion,
    Decision,
    EmbeteOpptak,
    Opptak,
    PriorityEntry,
    PriorityList,
    PriorityListVersion,
    Pulje,
    Soeknad,
    SoeknadAnswer,
    SoeknadPartner,
    SoeknadUnit,
    SoeknadVersion,
)
from cohorts.queries.programme import programme_of
from cohorts.rules.soeknad_form import CONFIRMATIONS, all_questions
from lmp.lib.hashing import content_hash
from tests.factories.cohorts import make_pulje
from tests.factories.copied import copied
from tests.factories.people import UserFactory
from tests.factories.register import (
    BarnehageFactory,
    OwnerFactory,
    PrivateOwnerFactory,
    SkoleFactory,
    StatsforvalterFactory,
)

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # a Friday, 10.00 in Oslo
TODAY = date(2026, 11, 20)
DATES = {
    "soeknadsfrist": date(2026, 11, 25),
    "prioritert_liste": date(2026, 12, 3),
    "avgjoerelse": date(2026, 12, 18),
    "svarfrist": date(2027, 1, 15),
}


@copied
def make_opptak(
    pulje: Pulje | None = None, *, number: int = 10, opened: bool = True, **values
) -> Opptak:
    """An opptak with the programme's criteria and the dates above."""
    pulje = pulje or make_pulje(number, status="recruiting" if opened else "draft")
    for key, day in DATES.items():
        pulje.dates.update_or_create(key=key, defaults={"date": day})
    recruitment = programme_of(pulje).recruitment
    values = {
        "info_bm": "Dette er opptaket.",
        "info_nn": "Dette er opptaket.",
        "applicants": list(recruitment.applicants),
        "capacity": 12,
        "private_per_fylke": 2,
        "created_at": NOW,
        "opened_at": NOW if opened else None,
    } | values
    opptak = Opptak.objects.create(pulje=pulje, **values)
    Criterion.objects.bulk_create(criteria_of(opptak, recruitment))
    return opptak


@copied
def make_embete(
    opptak: Opptak | None = None, statsforvalter: Statsforvalter | None = None, **values
) -> EmbeteOpptak:
    """An embete's share of the opptak: two places unless told."""
    opptak = opptak or make_opptak()
    statsforvalter = statsforvalter or StatsforvalterFactory()
    found, _created = EmbeteOpptak.objects.get_or_create(
        opptak=opptak, statsforvalter=statsforvalter, defaults={"quota": 2} | values
    )
    return found


@copied
def make_candidate(
    embete: EmbeteOpptak | None = None, owner: Owner | None = None, **values
) -> Candidate:
    """A kommune (or the given owner) on the embete's working list."""
    return Candidate.objects.create(
        embete=embete or make_embete(),
        owner=owner or OwnerFactory(),
        created_at=NOW,
        created_by=None,
        **values,
    )


def full_answers(applicant: str, soeknad_programme) -> dict[str, Any]:
    """An answer to every question that such an applicant is asked."""
    answers: dict[str, Any] = {}
    for key, question in all_questions(applicant).items():
        if question.kind in ("text", "long"):
            answers[key] = "post@lmp.example" if key.endswith("email") else f"Svar på {key}."
        elif question.kind == "choice":
            answers[key] = question.choices[0][0] if question.choices else ""
        elif question.kind == "many":
            answers[key] = [question.choices[0][0]]
        elif question.kind == "anchored":
            answers[key] = {"yes": True, "date": "2026-10-21"}
        else:
            answers[key] = False
    answers[CONFIRMATIONS] = [each.id for each in soeknad_programme.recruitment.confirmations]
    return answers


@copied
def make_soeknad(
    candidate: Candidate | None = None,
    *,
    applicant: str = "",
    sent: bool = False,
    answered: bool = True,
    units: int = 2,
    partners: Iterable[Owner] = (),
    by: User | None = None,
    **values,
) -> Soeknad:
    """A søknad of the candidate; complete unless `answered` is False. Partners have confirmed."""
    candidate = candidate or make_candidate()
    by = by or UserFactory()
    if not applicant:
        private = candidate.owner.kind == "privat"
        applicant = "frittstaaende_skole" if private else candidate.owner.kind
    soeknad = Soeknad.objects.create(
        candidate=candidate,
        applicant=applicant,
        created_at=NOW,
        created_by=by,
        saved_at=NOW,
        saved_by=by,
        **values,
    )
    pulje = candidate.embete.opptak.pulje
    if answered:
        SoeknadAnswer.objects.bulk_create(
            SoeknadAnswer(soeknad=soeknad, key=key, value=value, updated_at=NOW, updated_by=by)
            for key, value in full_answers(applicant, programme_of(pulje)).items()
        )
    for index in range(units):
        add_soeknad_unit(soeknad, kind=("skole", "barnehage")[index % 2])
    for owner in partners:
        SoeknadPartner.objects.create(
            soeknad=soeknad, owner=owner, status="confirmed", asked_at=NOW, answered_at=NOW
        )
    if sent:
        send(soeknad, by=by)
    refresh_stages([candidate.pk])
    return soeknad


@copied
def add_soeknad_unit(
    soeknad: Soeknad, unit: Unit | None = None, *, kind: str = "skole", **values
) -> SoeknadUnit:
    """A unit with a delivered part of its own."""
    owner = soeknad.candidate.owner
    if unit is None:
        factory = SkoleFactory if kind == "skole" else BarnehageFactory
        where = {"kommune": None} if owner.kommune is None else {}
        where |= {"ownership": "privat"} if owner.kind == "privat" else {}
        unit = factory(owner=owner, children=120, **where)
    number = SoeknadUnit.objects.count() + 1
    values = {
        "owner": unit.owner or owner,
        "name": unit.name,
        "orgnr": unit.orgnr,
        "kind": unit.kind,
        "ownership": unit.ownership,
        "children": unit.children,
        "staff": 20,
        "leader_name": f"Leder {number}",
        "leader_email": f"leder{number}@lmp.example",
        "part": "delivered",
        "why": f"Derfor vil {unit.name} være med.",
        "needs": f"Dette trenger {unit.name}.",
        "staff_agreed": "yes",
        "delivered_at": NOW,
        "token": f"enhet-{number}-{soeknad.pk}",
    } | values
    return SoeknadUnit.objects.create(soeknad=soeknad, unit=unit, **values)


@copied
def send(soeknad: Soeknad, *, by: User | None = None) -> SoeknadVersion:
    """Mark the søknad as sent with the next version; the content is small but real."""
    number = soeknad.versions.count() + 1
    content = {"owner": str(soeknad.candidate.owner), "number": number}
    soeknad.status, soeknad.sent_at, soeknad.reopened_at = "sent", NOW, None
    soeknad.save(update_fields=["status", "sent_at", "reopened_at"])
    pulje = soeknad.candidate.embete.opptak.pulje.number
    return SoeknadVersion.objects.create(
        soeknad=soeknad,
        number=number,
        content=content,
        language="nb",
        sha256=content_hash(content),
        receipt=f"S{pulje}-2026-{soeknad.pk:04}-{number}",
        sent_at=NOW,
        sent_by=by or soeknad.created_by,
        sent_as="Barnehage- og skoleeier",
    )


@copied
def assess(
    soeknad: Soeknad,
    *,
    assessor: User | None = None,
    score: int = 3,
    recommendation: str = "tilraas",
    completed: bool = True,
    **values,
) -> Assessment:
    """An assessment with the same score on every criterion that fits the applicant."""
    assessment = Assessment.objects.create(
        soeknad=soeknad,
        assessor=assessor or UserFactory(),
        habilitet="habil",
        habilitet_at=NOW,
        recommendation=recommendation,
        applicant_reason="Arbeidet er godt forankret.",
        updated_at=NOW,
        completed_at=NOW if completed else None,
        **values,
    )
    opptak = soeknad.candidate.embete.opptak
    for criterion in opptak.criteria.filter(applies_to=soeknad.applicant):
        assessment.scores.create(criterion=criterion, score=score, reason="Internt notat.")
    refresh_stages([soeknad.candidate_id])
    return assessment


def make_list(
    soeknader: Iterable[Soeknad], *, embete: EmbeteOpptak | None = None, sent: bool = False
) -> PriorityList:
    """The embete's list with the søknader in the given order; sent as version 1 when told."""
    ranked = list(soeknader)
    embete = embete or ranked[0].candidate.embete
    listed, _created = PriorityList.objects.get_or_create(
        embete=embete, defaults={"updated_at": NOW}
    )
    for rank, soeknad in enumerate(ranked, start=1):
        PriorityEntry.objects.create(
            list=listed,
            soeknad=soeknad,
            rank=rank,
            recommendation="tilraas",
            reason="Arbeidet er godt forankret.",
        )
    if sent:
        send_list(listed)
    return listed


def send_list(listed: PriorityList) -> PriorityListVersion:
    """Mark the list as sent: Udir may read it and the applications on it."""
    number = listed.versions.count() + 1
    entries = list(listed.entries.select_related("soeknad"))
    content = {"entries": [{"rank": e.rank, "soeknad": e.soeknad_id} for e in entries]}
    listed.sent_at, listed.reopened_at = NOW, None
    listed.save(update_fields=["sent_at", "reopened_at"])
    Soeknad.objects.filter(priority__list=listed).update(forwarded_at=NOW)
    refresh_stages([entry.soeknad.candidate_id for entry in entries])
    return PriorityListVersion.objects.create(
        list=listed,
        number=number,
        content=content,
        language="nb",
        sha256=content_hash(content),
        receipt=f"P10-2026-{listed.pk:04}-{number}",
        sent_at=NOW,
        sent_by=UserFactory(),
        sent_as="Statsforvalter",
    )


def decide(
    soeknad: Soeknad,
    outcome: str = "tilbud",
    *,
    owner: Owner | None = None,
    released: bool = False,
    by: User | None = None,
    **values,
) -> Decision:
    """A decision about one applicant of the søknad: held, or released."""
    by = by or UserFactory()
    values = {
        "reason": "Arbeidet er godt forankret.",
        "answer_due": DATES["svarfrist"] if outcome == "tilbud" else None,
        "decided_at": NOW,
        "decided_by": by,
        "released_at": NOW if released else None,
        "released_by": by if released else None,
    } | values
    decision = Decision.objects.create(
        soeknad=soeknad, owner=owner or soeknad.candidate.owner, outcome=outcome, **values
    )
    refresh_stages([soeknad.candidate_id])
    return decision


def make_private_school(embete: EmbeteOpptak | None = None, **values) -> Candidate:
    """A private owner with one school, as a candidate."""
    return make_candidate(embete, PrivateOwnerFactory(**values))
