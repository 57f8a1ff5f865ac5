"""Who judges applications, and when an assessment can be written in."""

from actors.models import User
from actors.rules.roles import RoleKind
from cohorts.models import Assessment, EmbeteOpptak, Habilitet, Soeknad
from cohorts.rules.assessment import MOST_ASSESSORS


def may_read_assessments(user, embete: EmbeteOpptak) -> bool:
    """The embete's own statsforvalter; not Udir, who reads the list, and no applicant."""
    role = user.role
    if role is None or role.kind != RoleKind.STATSFORVALTER:
        return False
    return role.statsforvalter_id == embete.statsforvalter_id


def can_assess(user, soeknad: Soeknad) -> bool:
    """Whether the role judges applications of this embete; a draft is nobody's to judge."""
    return soeknad.sent_at is not None and may_read_assessments(user, soeknad.candidate.embete)


def has_place(user: User, assessments: list[Assessment]) -> bool:
    """Whether the person is one of the søknad's assessors, or may become one."""
    mine = any(each.assessor_id == user.pk for each in assessments)
    return mine or len(taken(assessments)) < MOST_ASSESSORS


def taken(assessments: list[Assessment]) -> list[Assessment]:
    """Those that hold one of the two places: everybody's but who is inhabil."""
    return [each for each in assessments if each.habilitet != Habilitet.INHABIL]


def can_judge(user, assessment: Assessment) -> bool:
    """Whether the person may write in it: the own, habil, and not finished."""
    return (
        assessment.assessor_id == user.pk
        and assessment.habilitet == Habilitet.HABIL
        and assessment.completed_at is None
    )
