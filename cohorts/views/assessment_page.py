"""What the page of one assessment shows: criterion by criterion, mine and the other's."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from actors.models import User
from actors.rules.roles import role_title
from cohorts.access.assessment import can_judge, taken
from cohorts.actions.assessment import criteria_of, data_of, refuse_read_only
from cohorts.forms.assessment import AssessmentForm, HabilitetForm
from cohorts.models import Assessment, Criterion, Habilitet, Soeknad, SoeknadVersion
from cohorts.queries.assessment_answers import Excerpt, excerpts
from cohorts.queries.assessment_habilitet import roles_in_applicant
from cohorts.queries.programme import programme_of
from cohorts.rules.assessment import compare, reason_field, score_field
from cohorts.rules.assessment_words import lead_of_two, role_in_words
from cohorts.rules.paper import Data
from cohorts.rules.text import in_language
from cohorts.views.assessment_mark import Mark


@dataclass
class CriterionPart:
    """One criterion: what is asked, what they wrote, my judgement and the other's."""

    criterion: Criterion
    excerpt: Excerpt | None
    score: BoundField | None = None
    reason: BoundField | None = None
    mine: Mark | None = None
    mine_reason: str = ""
    other: Mark | None = None
    other_reason: str = ""
    differs: bool = False


@dataclass
class Counted:
    """A line of «Vurderingene»: whose, and how many of the criteria."""

    label: str
    count: int


@dataclass
class AssessmentPage:
    """Everything on the page for one person. `why_closed` says why nothing may be written."""

    soeknad: Soeknad
    user: User
    version: SoeknadVersion | None
    mine: Assessment | None
    other: Assessment | None
    criteria: list[Criterion]
    scale: list[tuple[int, str]]
    why_closed: str
    form: AssessmentForm | None = None
    habilitet: HabilitetForm = field(default_factory=HabilitetForm)

    @property
    def is_writing(self) -> bool:
        """Whether the person writes here now."""
        is_mine = self.mine is not None and can_judge(self.user, self.mine)
        return is_mine and not self.why_closed

    @property
    def is_out(self) -> bool:
        """Whether the person has said that a colleague must judge it."""
        return self.mine is not None and self.mine.habilitet == Habilitet.INHABIL

    @property
    def may_reopen(self) -> bool:
        done = self.mine is not None and self.mine.completed_at is not None
        return done and not self.why_closed

    @property
    def is_newer(self) -> bool:
        """Whether the applicant has sent a new version after the assessment was finished."""
        done = self.mine.completed_at if self.mine else None
        return done is not None and self.version is not None and self.version.sent_at > done

    def parts(self) -> list[CriterionPart]:
        """The criteria in order. The other's is there only where mine has a score."""
        found = excerpts(self.soeknad, self.version, self.criteria)
        mine, other = _data(self.mine), _data(self.other if _is_done(self.other) else None)
        differing = compare(_scores(mine, self.criteria), _scores(other, self.criteria))
        return [
            self._part(criterion, found.get(criterion.pk), mine, other, criterion.pk in differing)
            for criterion in self.criteria
        ]

    def _part(
        self,
        criterion: Criterion,
        excerpt: Excerpt | None,
        mine: Data,
        other: Data,
        differs: bool,
    ) -> CriterionPart:
        score, reason = score_field(criterion.pk), reason_field(criterion.pk)
        part = CriterionPart(criterion, excerpt)
        if self.form is not None:
            part.score, part.reason = self.form[score], self.form[reason]
        if mine.get(score):
            part.mine = Mark.of(mine[score], self.scale)
            part.mine_reason = mine[reason]
            if other.get(score):
                part.other = Mark.of(other[score], self.scale)
                part.other_reason, part.differs = other[reason], differs
        return part

    def lead(self, parts: list[CriterionPart]) -> str:
        """Who judges it, and how far they agree on what both can see."""
        compared = [part for part in parts if part.other]
        differing = sum(part.differs for part in compared)
        other = str(self.other.assessor) if self.other else ""
        return lead_of_two(other, len(compared), differing)

    def counted(self, parts: list[CriterionPart]) -> list[Counted]:
        """How many criteria each has scored, and how many differ where both are shown."""
        lines = []
        if self.mine:
            label = _("%(name)s (deg)") % {"name": self.mine.assessor}
            lines.append(Counted(label, _given(self.mine)))
        if self.other:
            lines.append(Counted(str(self.other.assessor), _given(self.other)))
        if any(part.other for part in parts):
            lines.append(Counted(_("Ulike svar"), sum(part.differs for part in parts)))
        return lines

    def roles(self, today: date) -> list[str]:
        """The person's own roles in what applies, also ended ones, with the period in words."""
        return [
            role_in_words(
                role_title(role.kind, role.unit.kind if role.unit else None),
                role.scope_label,
                role.valid_from,
                role.valid_to,
                today,
            )
            for role in roles_in_applicant(self.user, self.soeknad)
        ]


def page_of(soeknad: Soeknad, user: User, assessments: list[Assessment]) -> AssessmentPage:
    """The page of `user` for the søknad; without an own assessment everything is to be read."""
    mine = next((each for each in assessments if each.assessor_id == user.pk), None)
    others = [each for each in taken(assessments) if each.assessor_id != user.pk]
    page = AssessmentPage(
        soeknad=soeknad,
        user=user,
        version=soeknad.versions.first(),
        mine=mine,
        other=others[0] if others else None,
        criteria=list(criteria_of(soeknad)),
        scale=scale_of(soeknad),
        why_closed=_why_closed(soeknad),
    )
    page.habilitet = HabilitetForm(initial={"habilitet": mine.habilitet if mine else ""})
    return page


def scale_of(soeknad: Soeknad) -> list[tuple[int, str]]:
    """The programme's steps, the lowest first: (value, label in the active language)."""
    recruitment = programme_of(soeknad.candidate.embete.opptak.pulje).recruitment
    return [(s.value, in_language(s.label.bm, s.label.nn)) for s in recruitment.score_scale]


def form_of(page: AssessmentPage, post: Any = None, *, sending: bool = False) -> AssessmentForm:
    """The form over what is stored, bound when something was posted."""
    return AssessmentForm(
        post,
        criteria=page.criteria,
        scale=page.scale,
        initial=_data(page.mine),
        sending=sending,
    )


def _why_closed(soeknad: Soeknad) -> str:
    try:
        refuse_read_only(soeknad)
    except ValidationError as error:
        return str(error.messages[0])
    return ""


def _is_done(assessment: Assessment | None) -> bool:
    return assessment is not None and assessment.completed_at is not None


def _data(assessment: Assessment | None) -> Data:
    return data_of(assessment) if assessment is not None else {}


def _scores(data: Data, criteria: list[Criterion]) -> dict[int, int | None]:
    return {each.pk: data.get(score_field(each.pk)) for each in criteria}


def _given(assessment: Assessment) -> int:
    return sum(row.score is not None for row in assessment.scores.all())
