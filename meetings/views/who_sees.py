"""Who sees a paper, in words: said where it is written, and before it is sent."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from actors.access import Artefact
from actors.rules.roles import RoleKind

Text = str | Promise


@dataclass(frozen=True)
class Sees:
    """Who sees a paper now, and what changes when it is sent (design: say it where you write)."""

    now: Text
    later: Text


ONLY_STATUS = gettext_lazy("Udir og statsforvalteren ser bare at det er levert.")
ONLY_DATE = gettext_lazy("Udir og statsforvalteren ser bare datoen.")

# One entry a paper and state, worded from the access matrix (domain 1.3).
SEES: dict[tuple[Artefact, bool], Sees] = {
    (Artefact.GRUNNLAG, False): Sees(
        gettext_lazy("Bare lederen og arbeidsgruppa ser utkastet."),
        gettext_lazy(
            "Når det er sendt, kan veilederne, koordinator, eier og PPT lese det. Udir og "
            "statsforvalteren ser bare at det er levert."
        ),
    ),
    (Artefact.GRUNNLAG, True): Sees(
        gettext_lazy(
            "Arbeidsgruppa, veilederne, koordinator, eier og PPT kan lese det som er sendt."
        ),
        ONLY_STATUS,
    ),
    (Artefact.REFERAT, False): Sees(
        gettext_lazy("Bare du ser utkastet."),
        gettext_lazy(
            "Når du sender, kan arbeidsgruppa, veilederne, koordinator, eier og PPT lese "
            "referatet. Udir og statsforvalteren ser bare datoen."
        ),
    ),
    (Artefact.REFERAT, True): Sees(
        gettext_lazy("Arbeidsgruppa, veilederne, koordinator, eier og PPT kan lese referatet."),
        ONLY_DATE,
    ),
    (Artefact.STYRINGSGRUPPE, False): Sees(
        gettext_lazy("Bare du ser utkastet."),
        gettext_lazy(
            "Når du sender, kan alle i styringsgruppa lese referatet, også statsforvalteren. "
            "Udir ser bare datoen."
        ),
    ),
    (Artefact.STYRINGSGRUPPE, True): Sees(
        gettext_lazy("Alle i styringsgruppa kan lese referatet, også statsforvalteren."),
        gettext_lazy("Udir ser bare datoen."),
    ),
}
YOU_AND_THE_GROUP = gettext_lazy("Bare du og arbeidsgruppa ser utkastet.")

# What those are told who read the paper once it is there, and have no part in the draft.
READER_SEES: dict[Artefact, Sees] = {
    Artefact.REFERAT: Sees(
        gettext_lazy("Bare den som skriver referatet, ser utkastet."),
        gettext_lazy(
            "Når det er sendt, kan arbeidsgruppa, veilederne, koordinator, eier og PPT lese det. "
            "Udir og statsforvalteren ser bare datoen."
        ),
    ),
    Artefact.STYRINGSGRUPPE: Sees(
        gettext_lazy("Bare den som skriver referatet, ser utkastet."),
        gettext_lazy(
            "Når det er sendt, kan alle i styringsgruppa lese det, også statsforvalteren. "
            "Udir ser bare datoen."
        ),
    ),
}


def who_sees(artefact: Artefact, *, is_sent: bool, user, writes: bool = True) -> Sees:
    """The «Hvem ser dette» of a paper, for somebody who `writes` it or waits to read it.

    The leader of the unit is spoken to as «du».
    """
    if not is_sent and not writes and artefact in READER_SEES:
        return READER_SEES[artefact]
    sees = SEES[artefact, is_sent]
    if artefact == Artefact.GRUNNLAG and not is_sent and user.role.kind == RoleKind.LEDER:
        return Sees(YOU_AND_THE_GROUP, sees.later)
    return sees
