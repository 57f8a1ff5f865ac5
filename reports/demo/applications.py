"""Writing the demo's applications as their owners and units would: through the same actions."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from actors.models import Owner, Role, Unit
from cohorts.actions.assessment import answer_habilitet, complete_assessment, save_assessment
from cohorts.actions.soeknad import start_soeknad
from cohorts.actions.soeknad_answers import save_answers
from cohorts.actions.soeknad_partners import answer_partner, ask_partner
from cohorts.actions.soeknad_sending import submit_soeknad
from cohorts.actions.soeknad_units import add_soeknad_unit, save_leader, send_unit_link
from cohorts.actions.unit_part import deliver_part, save_part
from cohorts.models import Assessment, Opptak, Soeknad, SoeknadUnit
from cohorts.queries.programme import programme_of
from cohorts.rules.assessment import reason_field, score_field
from cohorts.rules.soeknad_form import (
    PPT_UNLISTED,
    STYRINGSGRUPPE,
    Question,
    parts_for,
    questions_for,
)
from reports.demo.applicants import ApplicantPlan
from reports.demo.names import address_of
from reports.demo.world import World

FILE = Path(__file__).with_name("soeknad_texts.toml")
PARTS_OF_A_DRAFT = ("kontakt", "barn", "spredning", "annet")
ANCHORED_DAYS = 30  # before the søknad is begun


@lru_cache(maxsize=1)
def _bank() -> dict[str, dict[str, Any]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def text_of(key: str, language: str, turn: int = 0) -> str:
    """A text of the demo; where there are several, the one whose turn it is."""
    found = _bank()[language][key]
    return found if isinstance(found, str) else found[turn % len(found)]


@dataclass
class Applicant:
    """An applicant as it was made: its plan, owner and units, and who acts for it."""

    plan: ApplicantPlan
    owner: Owner
    units: dict[str, Unit]
    eier: Role
    partners: list[Role]
    turn: int

    @property
    def language(self) -> str:
        return "nn" if self.plan.maalform == "nynorsk" else "nb"

    def by(self, world: World):
        """The person who acts for the owner, in that role."""
        return self.eier.user.act_as(self.eier, world.today)


def begin(world: World, opptak: Opptak, who: Applicant, now: datetime) -> Soeknad:
    """A draft with some parts written, the units picked and most of their leaders' parts in."""
    soeknad = start_soeknad(opptak=opptak, owner=who.owner, by=who.by(world), now=now)
    _write(world, soeknad, who, PARTS_OF_A_DRAFT, now)
    _ask_partners(world, soeknad, who, now, confirm=False)
    rows = _pick_units(world, soeknad, who, now)
    for row in rows[:-2]:
        _deliver(row, who, now + timedelta(days=1))
    if len(rows) > 1:
        _start_part(rows[-2], who, now + timedelta(days=1))
    return soeknad


def apply_whole(
    world: World, opptak: Opptak, who: Applicant, now: datetime, sent: datetime
) -> Soeknad:
    """A complete søknad, begun at `now` and sent at `sent`."""
    by = who.by(world)
    soeknad = start_soeknad(opptak=opptak, owner=who.owner, by=by, now=now)
    _write(world, soeknad, who, [part.slug for part in parts_for(soeknad.applicant)], now)
    _ask_partners(world, soeknad, who, now, confirm=True)
    for row in _pick_units(world, soeknad, who, now):
        _deliver(row, who, now + timedelta(days=2))
    confirmations = programme_of(opptak.pulje).recruitment.confirmations
    submit_soeknad(
        soeknad=Soeknad.objects.with_place().get(pk=soeknad.pk),
        confirmed=[each.id for each in confirmations],
        late_reason=text_of("late_reason", who.language) if who.plan.late else "",
        by=by,
        now=sent,
    )
    return Soeknad.objects.with_place().get(pk=soeknad.pk)


def _write(world: World, soeknad: Soeknad, who: Applicant, parts, now: datetime) -> None:
    """Answer every question of the parts, a part in a save as on the pages."""
    for part in parts_for(soeknad.applicant):
        questions = questions_for(soeknad.applicant, part)
        if part.slug not in parts or not questions:
            continue
        stored = {row.key: row.version for row in soeknad.answers.all()}
        save_answers(
            soeknad=soeknad,
            part=part.slug,
            values={each.key: _answer(each, who, now) for each in questions},
            versions={each.key: stored.get(each.key, 0) for each in questions},
            by=who.by(world),
            now=now,
        )


def _answer(question: Question, who: Applicant, now: datetime) -> Any:
    role = "contact_role_private" if who.plan.private else "contact_role"
    facts: dict[str, Any] = {
        "contact_name": who.eier.user.name,
        "contact_role": text_of(role, who.language),
        "contact_email": who.eier.user.email,
        "contact_phone": "",
        "roles": [key for key, _label in question.choices],
        "maalform": who.language,
        "samisk": False,
        "sources": ["elevundersoekelsen", "samtaler"],
        "sources_other": "",
        "ppt": PPT_UNLISTED,
        "ppt_name": f"{who.plan.name} PPT",
        "ppt_kind": ("kommunal", "interkommunal")[who.turn % 2],
    }
    if question.key in facts:
        return facts[question.key]
    if question.kind == "anchored":
        decided = now - timedelta(days=ANCHORED_DAYS)
        return {"yes": True, "date": decided.date().isoformat()}
    return text_of(question.key, who.language, who.turn)


def _ask_partners(
    world: World, soeknad: Soeknad, who: Applicant, now: datetime, *, confirm: bool
) -> None:
    if who.partners:
        save_answers(
            soeknad=soeknad,
            part="sammen",
            values={STYRINGSGRUPPE: "felles"},
            versions={STYRINGSGRUPPE: 0},
            by=who.by(world),
            now=now,
        )
    for role in who.partners:
        partner = ask_partner(
            soeknad=soeknad,
            owner=role.owner,
            contact_name=role.user.name,
            contact_email=role.user.email,
            by=who.by(world),
            now=now,
        )
        if confirm:
            by = role.user.act_as(role, world.today)
            answer_partner(partner=partner, confirmed=True, by=by, now=now + timedelta(hours=3))


def _pick_units(world: World, soeknad: Soeknad, who: Applicant, now: datetime) -> list[SoeknadUnit]:
    """The applicant's units with their leaders, each with the link in a mail."""
    by, rows = who.by(world), []
    for unit in who.units.values():
        row = add_soeknad_unit(soeknad=soeknad, unit=unit, by=by, now=now)
        name = next(world.unseated)
        row = save_leader(
            row=row,
            leader_name=name,
            leader_email=address_of(name),
            children=unit.children,
            staff=max(8, (unit.children or 60) // 7),
            by=by,
            now=now,
        )
        rows.append(send_unit_link(row=row, by=by, now=now))
    return rows


def _part(row: SoeknadUnit, who: Applicant) -> dict[str, Any]:
    return {
        "children": row.children,
        "staff": row.staff,
        "grades": row.grades,
        "sfo": "yes" if row.has_sfo else "",
        "why": text_of("why", who.language, row.pk),
        "needs": text_of("needs", who.language, row.pk),
        "ongoing": text_of("ongoing", who.language, 0 if row.kind == "skole" else 1),
        "staff_agreed": "yes",
        "staff_meeting_on": None,
    }


def _deliver(row: SoeknadUnit, who: Applicant, now: datetime) -> None:
    deliver_part(row=row, edit_version=row.edit_version, data=_part(row, who), by=None, now=now)


def _start_part(row: SoeknadUnit, who: Applicant, now: datetime) -> None:
    half = _part(row, who) | {"needs": "", "staff_agreed": ""}
    save_part(row=row, edit_version=row.edit_version, data=half, by=None, now=now)


def judge(
    world: World, soeknad: Soeknad, adviser: Role, score: int, plan: ApplicantPlan, now: datetime
) -> Assessment:
    """One adviser's finished assessment, with the same score on every criterion but one."""
    by = adviser.user.act_as(adviser, world.today)
    assessment = answer_habilitet(soeknad=soeknad, habilitet="habil", by=by, now=now)
    complete_assessment(
        assessment=assessment,
        edit_version=assessment.edit_version,
        data=_judgement(soeknad, score, plan, by.language),
        by=by,
        now=now,
    )
    return assessment


def start_judging(world: World, soeknad: Soeknad, adviser: Role, now: datetime) -> None:
    """An assessment that is begun: habil, and the first score."""
    by = adviser.user.act_as(adviser, world.today)
    assessment = answer_habilitet(soeknad=soeknad, habilitet="habil", by=by, now=now)
    first = _criteria(soeknad)[0]
    save_assessment(
        assessment=assessment,
        edit_version=assessment.edit_version,
        data={score_field(first): 3, reason_field(first): text_of("assessed", by.language)},
        by=by,
        now=now,
    )


def _criteria(soeknad: Soeknad) -> list[int]:
    opptak = soeknad.candidate.embete.opptak
    found = opptak.criteria.filter(applies_to=soeknad.applicant).order_by("position")
    return list(found.values_list("pk", flat=True))


def _judgement(soeknad: Soeknad, score: int, plan: ApplicantPlan, language: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        key: text_of(key, language) for key in ("data_basis", "motivation", "geography")
    }
    for place, pk in enumerate(_criteria(soeknad)):
        data[score_field(pk)] = max(1, score - 1) if place == 2 else score
        data[reason_field(pk)] = text_of("assessed", language, place)
    data["recommendation"] = plan.recommendation
    data["applicant_reason"] = text_of("applicant_reason", language, soeknad.pk)
    return data
