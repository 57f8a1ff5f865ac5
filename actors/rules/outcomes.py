"""What became of a notice, in words to the person it was for. Pure, in the active language.

Why one was not sent is kept in the words of the source, and said in the language of the reader."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from lmp.lib.wording import dato, klokka

# Why a notice was put away unsent.
ACCOUNT_CLOSED = gettext_noop("Kontoen er stengt")
CHOSEN_AWAY = gettext_noop("Mottakeren har valgt å se slikt bare i portalen")
TOO_LATE = gettext_noop("Utsendingen sto stille, og det ble for sent å sende")
BEFORE_DAY = "|"


def reason(words: str, day: date | None = None) -> str:
    """What is kept of a reason: its words in the source, and the local day for their %(day)s."""
    return f"{words}{BEFORE_DAY}{day.isoformat()}" if day else words


def in_words(kept: str) -> str:
    """A reason that was kept, in the active language; «» when none was."""
    words, _bar, day = kept.partition(BEFORE_DAY)
    said = _(words) if words else ""
    if not day:
        return said
    return said % {"day": dato(date.fromisoformat(day), lang=get_language() or "nb")}


@dataclass(frozen=True)
class Became:
    """One word with its icon and colour, and a sentence that may be empty."""

    word: str
    icon: str
    color: str
    why: str = ""


def what_became(
    status: str,
    *,
    outcome: str = "",
    sent_at: datetime | None = None,
    waits_until: datetime | None = None,
    now: datetime,
) -> Became:
    """In words: sent when, waiting for when, and otherwise why there was no mail.

    `status` is a `NoticeStatus`, `outcome` the reason kept with it. `waits_until` is when a
    waiting one goes, or None when it will not. Times are aware. A status that is not known
    counts as waiting.
    """
    if status == "sent":
        return Became(_("Sendt"), "ok", "success", _when(sent_at, now) if sent_at else "")
    reasons = {
        "withheld": (_("Bare i portalen"), "na", "neutral", _("Du har valgt det bort på e-post.")),
        "cancelled": (_("Stoppet"), "na", "neutral", _("Det var ikke lenger nødvendig.")),
        "missed": (_("Ikke sendt"), "na", "neutral", _("Det ville kommet for sent.")),
        "failed": (_("Kom ikke fram"), "late", "danger", _("Vi prøvde flere ganger.")),
        "bounced": (_("Kom ikke fram"), "late", "danger", _("E-postadressen virker ikke.")),
        "bundled": (_("På vei"), "planned", "info", ""),
    }
    if status in reasons:
        word, icon, color, usual = reasons[status]
        return Became(word, icon, color, sentence(in_words(outcome)) or usual)
    if waits_until is None:
        return Became(*reasons["withheld"])
    soon = waits_until <= now
    why = _("Sendes straks.") if soon else _("Sendes %(when)s.") % {"when": _when(waits_until, now)}
    return Became(_("Venter"), "planned", "info", why)


def _when(moment: datetime, now: datetime) -> str:
    """«i dag kl. 07.00», «mandag 23. november kl. 07.00» (the day in Norway)."""
    local, today = timezone.localtime(moment), timezone.localdate(now)
    return f"{_day(local.date(), today)} {klokka(local)}"


def _day(day: date, today: date) -> str:
    near = {
        today: _("i dag"),
        today - timedelta(days=1): _("i går"),
        today + timedelta(days=1): _("i morgen"),
    }
    language = get_language() or "nb"
    return near.get(day) or dato(day, year=day.year != today.year, lang=language)


def sentence(words: str) -> str:
    """The words with a capital and a full stop; nothing of nothing."""
    return f"{words[:1].upper()}{words[1:].rstrip('.')}." if words else ""
