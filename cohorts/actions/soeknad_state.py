"""What the state of a søknad allows, and the row held while it changes."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import User
from actors.rules.invitations import language_of
from cohorts.models import Soeknad
from cohorts.rules.errors import NotPossible, refuse_closed


def locked_soeknad(soeknad_id: int) -> Soeknad:
    """The søknad as it is now, held until the transaction ends, with its place."""
    return Soeknad.objects.select_for_update(of=("self",)).with_place().get(pk=soeknad_id)


def refuse_not_writing(soeknad: Soeknad) -> None:
    """Raise `NotPossible` or `PuljeClosed` when the søknad may not be changed now."""
    opptak = soeknad.candidate.embete.opptak
    refuse_closed(opptak.pulje)
    if soeknad.is_withdrawn:
        raise NotPossible(_("Søknaden er trukket. Den kan leses, men ikke endres."))
    if not soeknad.is_being_written:
        raise NotPossible(_("Søknaden er sendt. Lag en ny versjon hvis dere vil endre noe."))
    if not opptak.is_open:
        raise NotPossible(_("Opptaket er ikke åpent."))


def local_day(now: datetime) -> date:
    """The Norwegian calendar day of an aware time."""
    return timezone.localtime(now).date()


def written_language(soeknad: Soeknad) -> str:
    """«nb» or «nn»: what the applicant has asked for, or what its kommune has decided."""
    asked = soeknad.answers.filter(key="maalform").values_list("value", flat=True).first()
    return asked if asked in ("nb", "nn") else language_of(soeknad.candidate.owner)


def people_of(owner, now: datetime) -> list[User]:
    """Who holds the office of an owner on the day of `now`."""
    return list(User.objects.holding("eier", owner, local_day(now)))
