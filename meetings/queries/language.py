"""The language a meeting and its papers are written in."""

from actors.rules.invitations import language_of as language_at
from cohorts.queries.paper import language_of_unit


def language_of(meeting, unit=None) -> str:
    """«nb» or «nn»: that of the unit whose paper it is; without one, that of the owner's kommune.

    `unit` is a DeltakendeUnit. The saksliste is the meeting's, and has no unit.
    """
    if unit is not None:
        return language_of_unit(unit)
    return language_at(meeting.deltakelse.owner if meeting.deltakelse else None)
