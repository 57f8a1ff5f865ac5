"""Letters with the answers to søknader: `held()`, `release([decision])`."""

from cohorts.actions.decision import seen_of
from cohorts.actions.letter import approve_letters, release_letters
from tests.factories.people import acting_as, make_role
from tests.factories.recruitment import NOW, decide, make_candidate, make_embete, make_soeknad
from tests.factories.register import KommuneFactory, OwnerFactory


def udir():
    """Somebody at Udir, acting."""
    return acting_as(make_role("udir"))


def sent_soeknad(embete=None, owner=None, **values):
    """A søknad that was sent."""
    return make_soeknad(make_candidate(embete, owner), sent=True, **values)


def held(outcome="tilbud", *, soeknad=None, read=True, **values):
    """A held decision; read when told."""
    soeknad = soeknad or sent_soeknad()
    by = udir()
    seen = {"read_at": NOW, "read_by": by} if read else {}
    return decide(soeknad, outcome, by=by, **seen, **values)


def release(decisions, first=None, second=None, now=NOW):
    """The first approves the letters and the second releases them."""
    first, second = first or udir(), second or udir()
    approve_letters(decisions=decisions, by=first, now=now)
    return release_letters(decisions=decisions, approved_by=first, by=second, now=now)


def held_in(embete=None, *, read=True, maalform="bokmaal", **values):
    """A held decision for a kommune of the målform; read when told."""
    owner = OwnerFactory(kommune=KommuneFactory(maalform=maalform))
    candidate = make_candidate(embete or make_embete(), owner)
    soeknad = make_soeknad(candidate, sent=True, forwarded_at=NOW)
    by = values.pop("by", None) or make_role("udir").user
    seen = {"read_at": NOW, "read_by": by} if read else {}
    return decide(soeknad, values.pop("outcome", "tilbud"), by=by, **seen, **values)


def letter_data(decision, **changed):
    """What a browser posts from the form of a letter."""
    return {
        "reason": decision.reason,
        "conditions": decision.conditions,
        "units_offered": "",
        "answer_due": "15.01.2027",
        "seen": seen_of(decision),
    } | changed
