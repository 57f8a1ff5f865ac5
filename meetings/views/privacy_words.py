"""A report of personal data in words: which paper it is, where it stands, how much time is left."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.models import Opening
from lmp.lib.wording import dato, klokka, tallord
from meetings.access.privacy import Text, home_of, kind_of, sender_of, subject_of
from meetings.actions.privacy_clean import content_of, edition_of
from meetings.forms.privacy_words import part_label
from meetings.models import Addendum, PrivacyReport
from meetings.rules.privacy import clock, text_fields
from meetings.views.privacy_notes import NAMES


@dataclass(frozen=True)
class ClockWords:
    """The 72 hours: the state of the deadline, one line of words, and the big figures."""

    state: str
    icon: str
    words: str
    figures: str


@dataclass(frozen=True)
class Reported:
    """One report as its pages show it."""

    report: PrivacyReport
    text: Text
    name: str
    where: str
    paper: str
    part: str
    clock: ClockWords

    @property
    def is_removed(self) -> bool:
        return self.text.removed_at is not None

    @property
    def words(self) -> list[str]:
        """The text of the reported part; of an unknown part the whole text."""
        return _words_in(self.text, self.report.part)

    @property
    def cleaned(self) -> list[str]:
        """The same part of the cleaned edition, while nobody has reported that one too."""
        edition = edition_of(self.text)
        is_shown = edition.removed_at is None and edition.hidden_at is None
        return _words_in(edition, self.report.part) if is_shown else []

    @property
    def signs(self) -> list[str]:
        """What the reader ticked."""
        labels = dict(PrivacyReport.Sign.choices)
        return [str(labels[sign]) for sign in self.report.signs if sign in labels]


def _words_in(text: Text, part: str) -> list[str]:
    fields = text_fields(content_of(text))
    return [field.text for field in fields if field.part == part] or [
        field.text for field in fields
    ]


def reported(report: PrivacyReport, now: datetime) -> Reported:
    """A report with everything in words."""
    text = report.text
    name, where = str(NAMES[kind_of(text).key]), str(home_of(text))
    return Reported(
        report=report,
        text=text,
        name=name,
        where=where,
        paper=paper_words(text),
        part=part_label(report.part, content_of(text)),
        clock=clock_words(report.due_at, now),
    )


def paper_words(text: Text) -> str:
    """«Referat RF-9-000012-1, versjon 1, Granli skole»."""
    values = {
        "name": NAMES[kind_of(text).key],
        "receipt": text.receipt,
        "n": text.number,
        "place": home_of(text),
    }
    if isinstance(text, Addendum):
        return _("%(name)s %(receipt)s, %(place)s") % values
    return _("%(name)s %(receipt)s, versjon %(n)s, %(place)s") % values


def clock_words(due: datetime, now: datetime) -> ClockWords:
    """«70 timer igjen av 72, til mandag 23. november kl. 09.20» and «70 t 04 min»."""
    left = clock(due, now)
    figures = _("%(hours)s t %(minutes)02d min") % {"hours": left.hours, "minutes": left.minutes}
    until = f"{dato(due)} {klokka(due)}"
    if left.is_over:
        words = _("De 72 timene gikk ut %(until)s") % {"until": until}
        return ClockWords("late", "late", words, _("%(time)s over") % {"time": figures})
    if left.hours == 0:
        words = ngettext(
            "%(n)s minutt igjen av 72 timer, til %(until)s",
            "%(n)s minutter igjen av 72 timer, til %(until)s",
            left.minutes,
        )
        return ClockWords("soon", "soon", words % {"n": left.minutes, "until": until}, figures)
    words = ngettext(
        "%(n)s time igjen av 72, til %(until)s",
        "%(n)s timer igjen av 72, til %(until)s",
        left.hours,
    )
    return ClockWords("soon", "soon", words % {"n": left.hours, "until": until}, figures)


def people_before(report: PrivacyReport) -> int:
    """How many others than the sender had opened the text before it was hidden. One query."""
    text = report.text
    rows = Opening.objects.filter(subject=subject_of(text), first_at__lte=report.known_at)
    return rows.exclude(user=sender_of(text)).values("user").distinct().count()


def people_words(count: int) -> str:
    """«Sju personer rakk å åpne den.»"""
    if not count:
        return _("Ingen andre rakk å åpne den.")
    text = ngettext("%(n)s person rakk å åpne den.", "%(n)s personer rakk å åpne den.", count)
    return str(capfirst(text % {"n": tallord(count)}))
