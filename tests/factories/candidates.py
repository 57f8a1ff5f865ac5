"""Candidates on an embete's working list: `noted(embete)`, `invite(embete, by, candidate)`."""

from datetime import date

from cohorts.actions.candidate_invite import Contact, invite_candidates
from cohorts.models import CandidateContact
from tests.factories.people import UserFactory
from tests.factories.recruitment import NOW, assess, make_candidate, make_soeknad
from tests.factories.register import KommuneFactory, OwnerFactory

SECRET = "Tilsyn i 2025 etter klage"


def kommune_owner(name, **values):
    """A kommune of that name as owner."""
    return OwnerFactory(kommune=KommuneFactory(name=name, **values))


def noted(embete, name="Sørtinden", **values):
    """A candidate whose notes would be bad to leak."""
    notes = {"reason": SECRET, "next_step": SECRET, "next_step_on": date(2026, 11, 18)}
    candidate = make_candidate(embete, kommune_owner(name), **(notes | values))
    CandidateContact.objects.create(
        candidate=candidate,
        on=date(2026, 11, 12),
        how="telefon",
        text=SECRET,
        by=UserFactory(name="Eirik Moen"),
        created_at=NOW,
    )
    return candidate


def assessed(candidate):
    """The sent and assessed søknad of the candidate."""
    soeknad = make_soeknad(candidate, sent=True)
    assess(soeknad)
    return soeknad


def invite(embete, by, *candidates, email="ny@lmp.example", now=NOW, **values):
    """Invite the candidates, with a letter in both languages."""
    contacts = [
        Contact(each, "Ida Moland", f"{n or ''}{email}") for n, each in enumerate(candidates)
    ]
    texts = {"message_bm": "Velkommen til å søke.", "message_nn": "Velkomen til å søkje."}
    return invite_candidates(embete=embete, contacts=contacts, by=by, now=now, **(texts | values))
