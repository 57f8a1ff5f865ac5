"""Changing what a kind of paper asks for in a pulje: every saving makes a new edition."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.models import PaperTemplate, Pulje, Semester
from cohorts.rules.errors import StaleEdit, refuse_closed
from cohorts.rules.template import Content, cleaned, half_written, numbered, says_the_same
from cohorts.rules.template_fields import labels_of


@transaction.atomic
def save_template(
    *,
    pulje: Pulje,
    kind: str,
    semester: Semester | None,
    content: Content,
    reason: str,
    seen: int,
    by: User,
    now: datetime,
) -> PaperTemplate:
    """Make the next edition of a paper's form for one semester, or for the whole pulje (None).

    `seen` is the number of the edition the writer began from, 0 for none. Papers that are begun
    stay in their edition. The same content again gives the edition that is there. Raises
    `PuljeClosed`, `StaleEdit` when somebody has saved since `seen`, and ValidationError when the
    reason, or a text in one of the languages, is missing.
    """
    locked = Pulje.objects.select_for_update().get(pk=pulje.pk)
    refuse_closed(locked)
    editions = PaperTemplate.objects.filter(pulje=locked, kind=kind)
    latest = editions.filter(semester=semester).order_by("-number").first()
    wanted = _checked(kind, semester, content)
    if latest is not None and says_the_same(latest.content, wanted):
        return latest
    if (latest.number if latest else 0) != seen:
        raise StaleEdit(latest)
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv hva som er endret, og hvorfor.")})
    edition = PaperTemplate.objects.create(
        pulje=locked,
        semester=semester,
        kind=kind,
        number=seen + 1,
        content=numbered(wanted, editions.values_list("content", flat=True)),
        reason=reason.strip(),
        created_at=now,
        created_by=by,
    )
    _record(edition)
    return edition


def _record(edition: PaperTemplate) -> None:
    record_event(
        by=edition.created_by,
        verb="save-template",
        subject=f"pulje:{edition.pulje_id}",
        now=edition.created_at,
        kind=edition.kind,
        semester=edition.semester.number if edition.semester else None,
        edition=edition.number,
    )


def _checked(kind: str, semester: Semester | None, content: Content) -> Content:
    """The content as it is stored; help of fields the paper does not have is left out."""
    whole = cleaned(content)
    known, points = labels_of(kind), _points(semester)
    whole["help"] = {field: words for field, words in whole["help"].items() if field in known}
    if half_written(whole):
        raise ValidationError(_("Skriv teksten både på bokmål og på nynorsk."))
    if any(row["focus"] and row["focus"] not in points for row in whole["questions"]):
        raise ValidationError(_("Velg et punkt i temaet for semesteret."))
    return whole


def _points(semester: Semester | None) -> list[str]:
    """The ids of the focus points that questions of the semester may belong to."""
    tema = getattr(semester, "tema", None)
    return [point["id"] for point in tema.content.get("focus", [])] if tema else []
