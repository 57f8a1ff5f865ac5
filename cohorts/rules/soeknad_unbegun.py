"""What is missing, told shortly: a part that nobody has begun is one thing to do."""

from typing import Any

from django.utils.translation import gettext as _

from cohorts.rules.soeknad_answered import touched
from cohorts.rules.soeknad_form import parts_for
from cohorts.rules.soeknad_sending import Missing


def with_unbegun_parts(
    missing: list[Missing], applicant: str, answers: dict[str, Any]
) -> list[Missing]:
    """The same list, with one line in the place of the questions of a part nobody has begun."""
    unbegun = {
        part.slug: part
        for part in parts_for(applicant)
        if not part.page and not touched(applicant, part, answers)
    }
    found: list[Missing] = []
    for each in missing:
        if each.kind != "question" or each.part not in unbegun:
            found.append(each)
        elif not any(one.kind == "part" and one.part == each.part for one in found):
            text = _("Delen «%(title)s» er ikke begynt") % {"title": unbegun[each.part].title}
            found.append(Missing(text, each.part, "part"))
    return found
