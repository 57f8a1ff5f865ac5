"""Who writes a søknad, who reads its draft, and who reads only what has been sent."""

from actors.rules.roles import RoleKind
from cohorts.models import Soeknad

APPLIES = (RoleKind.EIER,)
READS_WHY = (
    RoleKind.UDIR,
    RoleKind.STATSFORVALTER,
    RoleKind.KOORDINATOR,
    RoleKind.VEILEDER,
    RoleKind.EIER,
    RoleKind.LEDER,
    RoleKind.ARBEIDSGRUPPE,
)


def can_apply(user) -> bool:
    """Only an owner applies."""
    return user.role is not None and user.role.kind in APPLIES


def is_writer(user, soeknad: Soeknad) -> bool:
    """Whether the søknad is the own owner's; what its state allows, the actions say."""
    return can_apply(user) and user.role.owner_id == soeknad.candidate.owner_id


def can_write_now(user, soeknad: Soeknad) -> bool:
    """Whether the person may change answers in the søknad as it stands."""
    opptak = soeknad.candidate.embete.opptak
    return (
        is_writer(user, soeknad)
        and soeknad.is_being_written
        and opptak.is_open
        and not opptak.pulje.is_closed
    )


def can_read_draft(user, soeknad: Soeknad) -> bool:
    """Whether the person reads what is being written, and not only the versions that were sent.

    The querysets show an owner its own søknader and those it applies in together with others.
    """
    return can_apply(user)


def can_read_why(user) -> bool:
    """Whether the role reads why a unit it sees takes part.

    Not PPT, barnehagemyndighet and administrators: they see that it does (domain 1.3).
    """
    return user.role is not None and user.role.kind in READS_WHY
