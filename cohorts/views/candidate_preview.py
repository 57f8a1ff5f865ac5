"""How an invitation to apply will look, before it is sent: one letter in each målform in use."""

from datetime import datetime, timedelta

from actors.actions.letters import invitation_letter
from actors.models import Invitation, User
from actors.rules.invitations import language_of
from actors.rules.roles import RoleKind
from cohorts.forms.candidate_invite import ContactRowForm, InviteForm
from cohorts.rules.candidate_invite import USUAL_EXPIRY

HIDDEN = "..."  # stands where the personal link will


def previews(
    by: User, rows: list[ContactRowForm], form: InviteForm, now: datetime
) -> list[dict[str, object]]:
    """The letter to the first of the rows in each målform, with the message as it is now."""
    first: dict[str, ContactRowForm] = {}
    for row in rows:
        first.setdefault(language_of(row.candidate.owner), row)
    days = str(form["expires_in_days"].value())
    expires = now + timedelta(days=int(days) if days in ("7", "14", "21", "30") else USUAL_EXPIRY)
    found = []
    for language, row in sorted(first.items()):
        message = form["message_nn" if language == "nn" else "message_bm"].value()
        invitation = Invitation(
            kind=RoleKind.EIER,
            owner=row.candidate.owner,
            name=str(row["name"].value() or "…"),
            invited_by=by,
            message=str(message or ""),
        )
        invitation.token = HIDDEN
        letter = invitation_letter(invitation, language=language, expires_at=expires)
        found.append({"language": language, "to": row.candidate, "letter": letter})
    return found
