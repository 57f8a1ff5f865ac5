"""What a letter is built from: the applicant, its units, its rank, and the målform it is due."""

from datetime import date
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.translation import override

from cohorts.queries.programme import programme_of
from cohorts.rules.answer import UnitHome, units_by_applicant
from cohorts.rules.letter import letter_language, reference_of
from cohorts.rules.letter_content import (
    Content,
    LetterFacts,
    LetterUnit,
    Period,
    letter_content,
)
from cohorts.rules.letter_defaults import DEFAULT_LETTERS

COLUMNS = ("title_bm", "title_nn", "intro_bm", "intro_nn", "closing_bm", "closing_nn")
PLACE = (
    "owner__kommune",
    "decided_by",
    "soeknad__candidate__owner",
    "soeknad__candidate__embete__statsforvalter",
    "soeknad__candidate__embete__opptak__pulje",
)


def build_letter(decision, day: date) -> Content:
    """The letter as it reads when it is dated the local `day`, in the målform of its receiver."""
    facts = letter_facts(decision, day)
    with override(facts.language):
        return letter_content(facts)


def letter_facts(decision, day: date) -> LetterFacts:
    """All that the letter of a decision says; about nine queries."""
    soeknad, opptak = decision.soeknad, decision.soeknad.candidate.embete.opptak
    asked = soeknad.answers.filter(key__in=("maalform", "contact_email"))
    answers = dict(asked.values_list("key", "value"))
    year = timezone.localtime(decision.decided_at).year
    return LetterFacts(
        language=_language(decision, answers.get("maalform", "")),
        reference=reference_of(year, opptak.pulje.number, decision.pk),
        day=day,
        outcome=decision.outcome,
        owner=str(decision.owner),
        owner_kind=decision.owner.kind,
        email=_email(decision, answers),
        programme=programme_of(opptak.pulje).head.name.bm,
        pulje=opptak.pulje.number,
        period=_period(opptak.pulje),
        embete=str(soeknad.candidate.embete.statsforvalter),
        template=_template(opptak, decision.outcome),
        units=tuple(_unit(each) for each in units_of_decision(decision)),
        units_offered=decision.units_offered,
        rank=_rank(soeknad),
        reason=decision.reason,
        conditions=decision.conditions,
        answer_due=decision.answer_due,
        signed_by=str(decision.decided_by),
        is_enkeltvedtak=opptak.enkeltvedtak,
        complaint_until=opptak.complaint_deadline,
    )


def units_of_decision(decision) -> list[Any]:
    """The units of one applicant of a søknad that take part.

    A kommune that was asked and is not with any more keeps its own: they go to nobody else. Two
    queries.
    """
    soeknad = decision.soeknad
    lead = soeknad.candidate.owner
    named = {lead.pk: lead.kommune_id}
    named |= dict(soeknad.partners.values_list("owner", "owner__kommune"))
    rows = {row.pk: row for row in soeknad.units.taking_part().select_related("unit")}
    homes = [
        UnitHome(row.pk, row.owner_id, row.unit.kommune_id if row.unit else None)
        for row in rows.values()
    ]
    shared = units_by_applicant(homes, named, lead.pk)
    return [rows[pk] for pk in shared.get(decision.owner_id, [])]


def languages_of(decisions) -> dict[int, str]:
    """«nb» or «nn» for each decision's letter, by its key. One query.

    The decisions have their owner and its kommune at hand.
    """
    rows = list(decisions)
    asked = apps.get_model("cohorts", "SoeknadAnswer").objects.filter(
        soeknad__in=[row.soeknad_id for row in rows], key="maalform"
    )
    answers = dict(asked.values_list("soeknad", "value"))
    return {row.pk: _language(row, answers.get(row.soeknad_id, "")) for row in rows}


def contact_of(decision) -> str:
    """The e-mail address that the søknad names for this applicant; "" when it names none."""
    answers = decision.soeknad.answers.filter(key="contact_email")
    return _email(decision, dict(answers.values_list("key", "value")))


def _language(decision, answer: Any) -> str:
    kommune = decision.owner.kommune
    return letter_language(kommune.maalform if kommune is not None else "", str(answer))


def _email(decision, answers: dict[str, Any]) -> str:
    if decision.owner_id == decision.soeknad.candidate.owner_id:
        return str(answers.get("contact_email", ""))
    partner = decision.soeknad.partners.filter(owner=decision.owner_id).first()
    return partner.contact_email if partner is not None else ""


def _template(opptak, outcome: str) -> dict[str, str]:
    found = opptak.letter_templates.filter(outcome=outcome).values(*COLUMNS).first()
    return found or DEFAULT_LETTERS[outcome]


def _period(pulje) -> Period | None:
    terms = list(
        pulje.semesters.filter(number__gt=0).order_by("number").values_list("term", "year")
    )
    return Period(terms[0], terms[-1]) if terms else None


def _rank(soeknad) -> int | None:
    """The rank in the latest list that the embete has sent."""
    versions = apps.get_model("cohorts", "PriorityListVersion").objects
    sent = versions.filter(list__embete=soeknad.candidate.embete_id)
    latest = sent.order_by("-number").first()
    entries = latest.content["entries"] if latest is not None else []
    return next((row["rank"] for row in entries if row["soeknad"] == soeknad.pk), None)


def _unit(row) -> LetterUnit:
    return LetterUnit(row.name, row.kind, row.ownership, row.grades, row.leader_name)
