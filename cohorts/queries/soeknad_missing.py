"""What sending a søknad depends on, fetched for `rules.soeknad_sending`."""

from cohorts.models import AnswerConflict, Soeknad, SoeknadPartner, SoeknadUnit
from cohorts.queries.applicants import applicants_of
from cohorts.queries.programme import programme_of
from cohorts.queries.soeknad_units import standing_units
from cohorts.rules.soeknad_form import CONFIRMATIONS
from cohorts.rules.soeknad_sending import Facts, Missing, UnitState, missing_in
from cohorts.rules.soeknad_unbegun import with_unbegun_parts


def missing_before_sending(soeknad: Soeknad) -> list[Missing]:
    """What is missing in the søknad as it is now; a handful of queries."""
    return missing_in(sending_facts(soeknad))


def missing_to_read(soeknad: Soeknad) -> list[Missing]:
    """The same for a reader: of a part that nobody has begun, that it is not begun."""
    facts = sending_facts(soeknad)
    return with_unbegun_parts(missing_in(facts), facts.applicant, facts.answers)


def sending_facts(soeknad: Soeknad) -> Facts:
    """The facts of a søknad with its place (`with_place`)."""
    rows = list(soeknad.answers.select_related("updated_by"))
    answers = {row.key: row.value for row in rows}
    partners = list(soeknad.partners.select_related("owner"))
    confirmations = programme_of(soeknad.candidate.embete.opptak.pulje).recruitment.confirmations
    open_conflicts = AnswerConflict.objects.filter(answer__soeknad=soeknad, resolved_at=None)
    open_answers = open_conflicts.order_by("answer").values_list("answer", "answer__key")
    return Facts(
        applicant=soeknad.applicant,
        answers=answers,
        writers={row.key: str(row.updated_by) for row in rows},
        asked=_names(partners, SoeknadPartner.Status.ASKED),
        confirmed=_names(partners, SoeknadPartner.Status.CONFIRMED),
        units=tuple(map(_unit, standing_units(soeknad, applicants_of(soeknad)))),
        conflicts=tuple(open_answers.distinct()),
        confirmations=tuple(each.id for each in confirmations),
        ticked=tuple(answers.get(CONFIRMATIONS) or ()),
    )


def _names(partners: list[SoeknadPartner], status: str) -> tuple[str, ...]:
    return tuple(str(each.owner) for each in partners if each.status == status)


def _unit(row: SoeknadUnit) -> UnitState:
    return UnitState(
        row.pk,
        row.name,
        row.leader_name,
        done=row.part == SoeknadUnit.Part.DELIVERED or bool(row.left_out_reason),
        link_sent=row.link_sent_at is not None,
    )
