"""Who takes part, and what is missing in a semester. Pure functions of plain data."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

KIND = "medvirkning"  # the kind of the programme's activities that this counts for
FEW = 5  # so few that who they are can be guessed


def bodies(unit_kind: str) -> list[str]:
    """Whom a skole or a barnehage may choose between; own words are as good."""
    if unit_kind == "barnehage":
        return [
            _("Barnegruppene"),
            _("De eldste barna"),
            _("Foreldrerådet"),
            _("Samarbeidsutvalget"),
            _("Foreldremøte"),
        ]
    return [
        _("Elevrådet"),
        _("Klassene"),
        _("FAU"),
        _("Samarbeidsutvalget (SU)"),
        _("Skolemiljøutvalget (SMU)"),
        _("Foreldremøte"),
    ]


def heading(wanted: Sequence[str], missing: Sequence[str]) -> str:
    """What is missing, in a sentence; both are titles of activities."""
    if not wanted:
        return _("Medvirkning")
    if not missing:
        return _("Alle har vært med dette semesteret")
    if len(missing) == len(wanted):
        return _("Ingen har vært med ennå dette semesteret")
    return _("%(who)s mangler dette semesteret") % {"who": missing[0]}
