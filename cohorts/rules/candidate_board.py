"""What the board says in words: what stands before the list, and each card's next step."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lmp.lib.status import LATE, OK
from lmp.lib.wording import (
    Frist,
    Workdays,
    dag,
    dato,
    frist,
    join_words,
    month_short,
    tallord,
    workdays_to_say,
)

# The columns that always stand on the board; the others only when somebody is in them.
WORKING_STAGES = ("aktuell", "kontaktet", "paabegynt", "soekt", "vurdert")
WITH_APPLICATION = ("soekt", "vurdert", "prioritert", "avgjort", "ja", "nei")
# Nothing more is to be done with these before the next opptak.
OVER = ("avgjort", "ja", "nei", "trukket", "uaktuell")
# Nothing is left to do with these: they stand in a line under the board, not in a column.
ASIDE = ("trukket", "uaktuell")
MOST_NAMES = 4


@dataclass(frozen=True)
class BoardFacts:
    """What the headline follows from: names of kommuner, and local dates."""

    unassessed: tuple[str, ...] = ()
    writing: tuple[str, ...] = ()
    untalked: tuple[str, ...] = ()
    assessed: int = 0
    candidates: int = 0
    list_sent: bool = False
    apply_by: date | None = None
    undecided: int = 0
    decided_by: date | None = None


@dataclass(frozen=True)
class Deadlines:
    """What a next step is seen against: today, the deadlines and Udir's day (local dates)."""

    apply_by: date | None
    list_by: date | None
    today: date
    calendar: Workdays
    decided_by: date | None = None


@dataclass(frozen=True)
class Headline:
    """The answer of the page, and the sentence under it."""

    title: str
    lead: str


def board_headline(facts: BoardFacts, today: date) -> Headline:
    """What stands between now and the list to Udir: counts, who is not assessed or talked to."""
    return Headline(_title(facts), _lead(facts, today))


def _title(facts: BoardFacts) -> str:
    if not facts.candidates:
        return _("Ingen er på arbeidslista ennå")
    if facts.list_sent:
        return _("Lista er sendt til Udir")
    left = len(facts.unassessed)
    if left:
        text = ngettext(
            "%(count)s søknad gjenstår før lista kan sendes",
            "%(count)s søknader gjenstår før lista kan sendes",
            left,
        )
        return _capitalised(text % {"count": tallord(left)})
    if facts.assessed:
        return _("Alle søknadene er vurdert")
    return _("Ingen søknader har kommet ennå")


def _lead(facts: BoardFacts, today: date) -> str:
    if not facts.candidates:
        return _("Legg til kommunene og skolene dere vil snakke med.")
    parts = []
    if facts.unassessed and not facts.list_sent:
        parts.append(_("%(names)s er ikke vurdert.") % {"names": names_in_words(facts.unassessed)})
    if facts.writing:
        parts.append(_writing(facts, today))
    if facts.untalked and not facts.list_sent:
        text = _("Ingen har snakket med %(names)s ennå.")
        parts.append(text % {"names": names_in_words(facts.untalked)})
    if facts.list_sent and facts.undecided and facts.decided_by:
        parts.append(_("Udir avgjør innen %(date)s.") % {"date": dato(facts.decided_by)})
    return " ".join(parts)


def _writing(facts: BoardFacts, today: date) -> str:
    names = {"names": names_in_words(facts.writing)}
    if facts.apply_by is None:
        return _("%(names)s skriver søknad.") % names
    names["date"] = dato(facts.apply_by)
    if facts.apply_by < today:
        return _("%(names)s skriver søknad, men fristen var %(date)s.") % names
    return _("%(names)s kan levere til %(date)s.") % names


def list_title(count: int, *, narrowed: bool) -> str:
    """The heading of the table: how many there are, or how many fit what was chosen."""
    if not count:
        return (
            _("Ingen passer til valgene dine") if narrowed else _("Ingen er på arbeidslista ennå")
        )
    found = {"count": tallord(count)}
    text = _("%(count)s passer til valgene dine") if narrowed else _("%(count)s på arbeidslista")
    return _capitalised(text % found)


def names_in_words(names: tuple[str, ...]) -> str:
    """The first names, and how many more: «Sørtinden, Rypheim og 3 til»."""
    if len(names) <= MOST_NAMES:
        return join_words(list(names))
    left = len(names) - MOST_NAMES + 1
    return join_words([*names[: MOST_NAMES - 1], _("%(count)s til") % {"count": left}])


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def list_frist(due: date, today: date, calendar: Workdays) -> Frist:
    """The deadline of the list to Udir, in words: «9 arbeidsdager igjen til lista skal …»."""
    short = frist(due, today, calendar, short=True)
    if workdays_to_say(due, today, calendar) is None:
        return frist(due, today, calendar)
    words = {"left": short.words, "date": dato(due)}
    return Frist(short.state, _("%(left)s til lista skal være hos Udir, %(date)s") % words)


def step_words(step: str, on: date | None, today: date, calendar: Workdays) -> Frist | None:
    """The next step with its date: «Ring mandag 23. november», late «Ring, skulle vært gjort …»."""
    step = step.strip().rstrip(".")
    if not step:
        return None
    if on is None:
        return Frist(OK, step)
    if on < today:
        text = _("%(step)s, skulle vært gjort %(date)s")
        return Frist(LATE, text % {"step": step, "date": dag(on)})
    state = frist(on, today, calendar, short=True).state
    when = _("i dag") if on == today else dato(on)
    return Frist(state, f"{step} {when}")


def derived_step(stage: str, seen: Deadlines) -> Frist | None:
    """The next step when nobody has written one: the deadline that the stage leads up to."""
    due, text = {
        "paabegynt": (seen.apply_by, _("Frist %(date)s")),
        "soekt": (seen.list_by, _("Vurderes innen %(date)s")),
    }.get(stage, (None, ""))
    if due is None:
        return None
    state = frist(due, seen.today, seen.calendar, short=True).state
    return Frist(state, text % {"date": dato(due)})


def assessed_in_words(completed: int, begun: int) -> str:
    """«Én av to har vurdert»; nothing while nobody has begun."""
    if not begun:
        return ""
    if not completed:
        return _("Vurderingen er begynt")
    if completed == begun:
        return _("Vurdert")
    text = _("%(done)s av %(all)s har vurdert")
    return _capitalised(text % {"done": tallord(completed), "all": tallord(begun)})


def private_warning(fylke: str, count: int, limit: int | None) -> str:
    """That more private schools in a fylke are on the list than the opptak takes; "" otherwise."""
    if limit is None or count <= limit:
        return ""
    text = ngettext(
        "%(count)s frittstående skoler i %(fylke)s er aktuelle. Opptaket tar høyst %(limit)s skole "
        "per fylke.",
        "%(count)s frittstående skoler i %(fylke)s er aktuelle. Opptaket tar høyst %(limit)s "
        "skoler per fylke.",
        limit,
    )
    values = {"count": tallord(count), "fylke": fylke, "limit": tallord(limit)}
    return _capitalised(text % values)


def owner_facts(kind: str, number: str, others: tuple[str, ...]) -> str:
    """What the register says of an owner: «Kommune · 5610 · også Kárášjohka»."""
    kinds = {
        "kommune": _("Kommune"),
        "fylkeskommune": _("Fylkeskommune"),
        "privat": _("Privat eier"),
    }
    also = _("også %(names)s") % {"names": join_words(list(others))} if others else ""
    return " · ".join(part for part in (kinds[kind], number, also) if part)


def together_words(lead: str | None) -> str:
    """That an owner applies in another's søknad: it needs none of its own."""
    return _("Søker sammen med %(owner)s") % {"owner": lead} if lead else ""


def short_name(owner) -> str:
    """What the board calls an owner: a kommune without the word, the others by their name."""
    return str(owner.kommune) if owner.kind == "kommune" and owner.kommune else str(owner)


def other_names(kommune) -> tuple[str, ...]:
    """The Sami and Kven names of a kommune."""
    if kommune is None:
        return ()
    names = (
        kommune.name_nordsamisk,
        kommune.name_lulesamisk,
        kommune.name_sorsamisk,
        kommune.name_kvensk,
    )
    return tuple(dict.fromkeys(name for name in names if name and name != kommune.name))


def day_in_words(on: date, today: date) -> str:
    """When a contact was, for a narrow column: «I dag», «I går», «12. nov.»."""
    if on == today:
        return _("I dag")
    if (today - on).days == 1:
        return _("I går")
    month = month_short(on)
    dotted = month if month == "mai" else f"{month}."
    return f"{on.day}. {dotted}" if on.year == today.year else f"{on.day}. {dotted} {on.year}"
