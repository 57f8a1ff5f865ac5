"""Who has opened a sent grunnlag, and what has been said about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from actors.models import Opening, User
from actors.rules.roles import RoleKind
from meetings.models import GrunnlagComment, Veiledningsgrunnlag, VeiledningsgrunnlagVersion


@dataclass(frozen=True)
class Reading:
    """Whether a veileder has opened what was sent: when first, and whether it was the last version.

    `at` is None when the veileder has opened none of the versions.
    """

    who: str
    at: datetime | None
    is_latest: bool


def readings(
    versions: Iterable[VeiledningsgrunnlagVersion], veiledere: Iterable[User]
) -> list[Reading]:
    """How each veileder has read; also one who is veileder no longer but opened it. One query.

    `versions` are those sent and not withdrawn, the last first.
    """
    rows = list(versions)
    subjects = {f"grunnlagversion:{version.pk}": version for version in rows}
    opened = Opening.objects.filter(subject__in=subjects).by_role(RoleKind.VEILEDER)
    first: dict[tuple[int, str], Opening] = {}
    people = {person.pk: person.name for person in veiledere}
    for each in opened.select_related("user").order_by("first_at", "pk"):
        people.setdefault(each.user_id, each.user.name)
        first.setdefault((each.user_id, each.subject), each)
    found = []
    for pk, name in people.items():
        seen = [first[pk, subject] for subject in subjects if (pk, subject) in first]
        is_latest = bool(seen) and subjects[seen[0].subject] == rows[0]
        found.append(Reading(name, seen[0].first_at if seen else None, is_latest))
    return found


def comments_on(grunnlag: Veiledningsgrunnlag, user: User) -> list[GrunnlagComment]:
    """The comments to versions the role may read, with their answers, the first first."""
    versions = VeiledningsgrunnlagVersion.objects.filter(paper=grunnlag).shown_to(user)
    answers = Prefetch("answers", GrunnlagComment.objects.select_related("written_by"))
    rows = GrunnlagComment.objects.filter(version__in=versions.values("pk"), answer_to=None)
    return list(rows.select_related("written_by", "version").prefetch_related(answers))
