"""The board of an embete: who is where, and the newest contact (design 05)."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.access.candidate import can_edit_candidates
from cohorts.forms.candidate import ContactForm
from cohorts.models import Candidate, CandidateContact, EmbeteOpptak, Outcome, Recommendation, Stage
from cohorts.queries.candidate_board import newest_contacts, with_card_facts
from cohorts.queries.candidate_owners import private_by_fylke
from cohorts.queries.opptak import opptak_dates
from cohorts.queries.programme import programme_of
from cohorts.rules.candidate_board import (
    ASIDE,
    OVER,
    WITH_APPLICATION,
    WORKING_STAGES,
    BoardFacts,
    Deadlines,
    assessed_in_words,
    board_headline,
    day_in_words,
    derived_step,
    list_frist,
    private_warning,
    short_name,
    step_words,
    together_words,
)
from lmp.lib.wording import Frist, dag

NEWEST = 5


def board_context(request: HttpRequest, embete: EmbeteOpptak) -> dict[str, Any]:
    """What `cohorts/_candidate_head.html` and `cohorts/_candidate_board.html` show.

    `embete` must be the own one of a statsforvalter (`access.candidate.may_recruit`). `?mine=1`
    leaves only the user's own candidates on the board, never in the head.
    """
    today = timezone.localdate()
    seen = deadlines_of(embete, today)
    due = seen.list_by
    candidates = list(with_card_facts(embete.candidates.all()))
    mine = request.GET.get("mine") == "1"
    shown = [each for each in candidates if not mine or each.responsible_id == request.user.pk]
    sent = _list_sent(embete)
    return {
        "embete": embete,
        "opptak": embete.opptak,
        "headline": board_headline(_facts(candidates, seen, sent), today),
        "list_frist": list_frist(due, today, seen.calendar) if due and not sent else None,
        "any_candidates": bool(candidates),
        "columns": _columns(shown, request.user.pk, seen, () if sent else WORKING_STAGES),
        "aside": [
            {"candidate": each, "name": short_name(each.owner)}
            for each in shown
            if each.stage in ASIDE
        ],
        "mine": mine,
        "may_edit": can_edit_candidates(request.user, embete),
        "log_form": contact_form(embete, today),
        "log": [log_row(each, today) for each in newest_contacts(embete)[:NEWEST]],
        "private_warnings": private_warnings(embete),
        "after_log": f"{embete.opptak.get_absolute_url()}#kontakt",
    }


def deadlines_of(embete: EmbeteOpptak, today: date) -> Deadlines:
    """The two deadlines of an embete, seen from the local date `today` in its pulje's calendar."""
    dates = opptak_dates(embete.opptak)
    return Deadlines(
        apply_by=embete.internal_deadline or dates.soeknadsfrist,
        list_by=dates.prioritert_liste,
        today=today,
        calendar=programme_of(embete.opptak.pulje).calendar_rules.calendar,
        decided_by=dates.avgjoerelse,
    )


def _list_sent(embete: EmbeteOpptak) -> bool:
    listed = getattr(embete, "priority_list", None)
    return bool(listed and listed.sent_at is not None and listed.reopened_at is None)


def _facts(candidates: list[Candidate], seen: Deadlines, sent: bool) -> BoardFacts:
    def names(stage: str) -> tuple[str, ...]:
        return tuple(short_name(each.owner) for each in candidates if each.stage == stage)

    with_application = [each for each in candidates if each.stage in WITH_APPLICATION]
    return BoardFacts(
        unassessed=names(Stage.SOEKT),
        writing=names(Stage.PAABEGYNT),
        untalked=tuple(
            short_name(each.owner)
            for each in candidates
            if each.stage == Stage.AKTUELL and each.last_on is None
        ),
        assessed=sum(each.stage != Stage.SOEKT for each in with_application),
        candidates=len(candidates),
        list_sent=sent,
        apply_by=seen.apply_by,
        undecided=sum(each.stage == Stage.PRIORITERT for each in candidates),
        decided_by=seen.decided_by,
    )


def _columns(
    candidates: list[Candidate], user: int, seen: Deadlines, always: tuple[str, ...]
) -> list[dict]:
    """One column a stage, what is to be done first on top; `always` also with nobody there."""
    cards: dict[str, list[dict]] = {stage: [] for stage in Stage.values}
    for each in sorted(candidates, key=lambda each: each.next_step_on or date.max):
        cards[each.stage].append(_card(each, user, seen))
    return [
        {"label": Stage(stage).label, "cards": found}
        for stage, found in cards.items()
        if stage not in ASIDE and (found or stage in always)
    ]


def _card(candidate: Candidate, user: int, seen: Deadlines) -> dict:
    return {
        "candidate": candidate,
        "name": short_name(candidate.owner),
        "step": next_step(candidate, seen),
        "why": why_here(candidate),
        "mine": candidate.responsible_id == user,
    }


def next_step(candidate: Candidate, seen: Deadlines) -> Frist | None:
    """The step somebody has written, or the deadline the stage leads up to; none at the end."""
    if candidate.stage in OVER:
        return None
    on = candidate.next_step_on
    written = step_words(candidate.next_step, on, seen.today, seen.calendar)
    return written or derived_step(candidate.stage, seen)


def why_here(candidate: Candidate) -> str:
    """What the card says under the step: why the owner is there, and what happened last."""
    soeknad = getattr(candidate, "soeknad", None)
    if soeknad is None:
        parts = _before_application(candidate)
    else:
        parts = _with_application(candidate.stage, soeknad)
    parts = [together_words(candidate.together_with), *parts]
    return ". ".join(part.rstrip(".") for part in parts if part)


def _before_application(candidate: Candidate) -> list[str]:
    if candidate.stage == Stage.UAKTUELL:
        return [candidate.dismissed_reason]
    parts = [candidate.reason]
    if candidate.stage == Stage.INVITERT:
        parts.append(_("Invitert %(date)s") % {"date": _day(candidate.invited_at)})
    if candidate.last_on is not None:
        how = CandidateContact.How(candidate.last_how).label
        parts.append(f"{how} {dag(candidate.last_on)}")
    elif candidate.stage == Stage.AKTUELL:
        parts.append(_("Ingen har tatt kontakt ennå"))
    return parts


def _with_application(stage: str, soeknad) -> list[str]:
    completed = [each for each in soeknad.judged if each.completed_at is not None]
    if stage == Stage.PAABEGYNT:
        return [_("Begynte %(date)s") % {"date": _day(soeknad.created_at)}]
    if stage == Stage.TRUKKET:
        return [_("Trukket %(date)s") % {"date": _day(soeknad.withdrawn_at)}]
    if stage == Stage.SOEKT:
        came = _("Kom %(date)s") % {"date": _day(soeknad.sent_at)}
        return [came, assessed_in_words(len(completed), len(soeknad.judged))]
    if soeknad.answered:
        return list(dict.fromkeys(Outcome(each.outcome).label for each in soeknad.answered))
    advised = [each.recommendation for each in completed if each.recommendation]
    return [" / ".join(dict.fromkeys(str(Recommendation(each).label) for each in advised))]


def _day(moment: datetime | None) -> str:
    return dag(moment) if moment else ""


def log_row(contact: CandidateContact, today: date) -> dict:
    """One line of the log in words."""
    return {
        "contact": contact,
        "name": short_name(contact.candidate.owner),
        "when": day_in_words(contact.on, today),
        "how": contact.get_how_display().lower(),
    }


def contact_form(embete: EmbeteOpptak, today: date, data=None) -> ContactForm:
    """The form that writes a line in the log of an embete."""
    candidates = embete.candidates.select_related("owner__kommune")
    form = ContactForm(data, candidates=candidates, today=today, auto_id="logg_%s")
    form.fields["candidate"].label_from_instance = lambda each: short_name(each.owner)
    return form


def private_warnings(embete: EmbeteOpptak) -> list[str]:
    """What is to be said of too many private schools in a fylke."""
    limit = embete.opptak.private_per_fylke
    if limit is None:
        return []
    rows = [private_warning(fylke, count, limit) for fylke, count in private_by_fylke(embete)]
    return [text for text in rows if text]
