"""In which capacity somebody sends a paper."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.models import User
from actors.rules.roles import role_title


def signed_as(by: User) -> str:
    """The role and where, in the active language: «Rektor, Granli skole».

    An acting leader signs «på vegne av rektor, Granli skole» (domain 8.23).
    """
    role = by.role
    if role is None:
        return ""
    title = role_title(role.kind, role.unit.kind if role.unit else None)
    if role.acting:
        title = _("på vegne av %(role)s") % {"role": title.lower()}
    return f"{title}, {role.scope_label}" if role.scope else title


def signed_in(language: str, by: User) -> str:
    """As `signed_as`, in the language («nb» or «nn») of what is signed."""
    with override(language):
        return signed_as(by)
