"""What the head of every page shows: the role acted in, the other roles, and the main menu.

The middleware has fetched the roles. Only the menu of those who recruit or apply asks the database
for more, once, and only on a page that shows the menu.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from actors.middleware import task_of
from actors.models import Role
from actors.rules.roles import INVITES, RoleKind, role_title


def role_context(request: HttpRequest) -> dict[str, Any]:
    """`role_context`: `current` and `others` (each id, label, place) and `user_name`.

    `task_session` is there when the person is signed in for one task only: `title`, `url`, and
    `sign_in`, the address of a full sign-in that comes back.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    current = user.role
    roles = getattr(request, "roles", [])
    return {
        "role_context": {
            "current": describe(current) if current else None,
            "others": [describe(role) for role in roles if role != current],
            "user_name": str(user),
        },
        "task_session": _task_session(request),
    }


def _task_session(request: HttpRequest) -> dict[str, str] | None:
    task = task_of(request)
    if task is None:
        return None
    sign_in = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': task['path']})}"
    return {"title": task["title"], "url": task["path"], "sign_in": sign_in}


def menu(request: HttpRequest) -> dict[str, Any]:
    """`menu`: the pages of the role (label, url, current), those that exist."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or task_of(request):
        return {}
    return {"menu": SimpleLazyObject(lambda: menu_items(user.role, request.path))}


def menu_items(role: Role | None, path: str) -> list[dict[str, Any]]:
    """The menu of a role as it is shown on the page `path`."""
    items = [(label, name, _address(name, *args)) for label, name, *args in pages_of(role)]
    found = [(label, name, url) for label, name, url in items if url]
    here = current_of([url for _label, _name, url in found], path)
    if here is None and path.startswith(OF_RECRUITMENT):
        here = next((url for _label, name, url in found if name in RECRUITMENT_DOORS), None)
    return [{"label": label, "url": url, "current": url == here} for label, _name, url in found]


def describe(role: Role) -> dict[str, Any]:
    """A role in words: id, label («Rektor») and place («Granli skole»)."""
    unit_kind = role.unit.kind if role.unit is not None else None
    label = role_title(role.kind, unit_kind, acting=role.acting)
    return {"id": role.pk, "label": label, "place": role.scope_label or _place_without_scope(role)}


def _place_without_scope(role: Role) -> str:
    return _("Mine oppdrag") if role.kind == RoleKind.VEILEDER else _("Hele landet")


def pages_of(role: Role | None) -> list[tuple]:
    """Label, URL name and arguments of the pages in the menu of a role, in order."""
    pages: list[tuple] = [(_("Min side"), "reports:my_page")]
    if role is None:
        return [*pages, (_("Varsler"), "actors:notice_list")]
    if role.kind == RoleKind.PERSONVERNKONTAKT:  # the reports are all that the role is for
        return [
            (_("Meldinger"), "meetings:privacy_list"),
            (_("Varsler"), "actors:notice_list"),
        ]
    pages.append((_("Møter"), "meetings:meeting_list"))
    if role.kind == RoleKind.VEILEDER:
        pages.append((_("Veiledning"), "reports:veileder_week"))
    if role.kind in WITH_PULJER:
        pages.append((_("Puljer"), "reports:pulje_list"))
    pages += _recruitment_pages(role)
    if role.unit_id:
        pages.append((str(role.unit), "reports:unit_detail", role.unit_id))
    if role.owner_id:
        pages.append((str(role.owner), "reports:owner_detail", role.owner_id))
    if role.kind in INVITES:
        pages.append((_("Folk"), "actors:people_list"))
    oversees = role.kind in OVERSEES_SENDING
    pages.append((_("Varsler"), "meetings:control_room" if oversees else "actors:notice_list"))
    return pages


def _recruitment_pages(role: Role) -> list[tuple]:
    """«Opptak» for those who recruit, «Søknad» for an owner while it can apply or has applied."""
    if role.kind not in {*RECRUIT, RoleKind.EIER}:
        return []
    asked = Role.objects.filter(pk=role.pk).with_recruitment().order_by()
    first, last, soeknad, soeknad_in = asked.values_list(
        "first_open", "last_open", "soeknad", "soeknad_in"
    ).get()
    one = last if first == last else None
    if role.kind in RECRUIT:
        where = ("cohorts:opptak_detail", one) if one else ("cohorts:opptak_list",)
        return [(_("Opptak"), *where)]
    if soeknad and last in (None, soeknad_in):
        return [(_("Søknad"), "cohorts:soeknad_detail", soeknad)]
    if last:
        return [(_("Søknad"), "cohorts:opptak_detail", last)]
    return []


# Papers of a recruitment have addresses of their own; the menu shows them under its door.
OF_RECRUITMENT = ("/opptak/", "/kandidater/", "/soeknader/", "/lister/", "/brev/")
RECRUITMENT_DOORS = {"cohorts:opptak_list", "cohorts:opptak_detail", "cohorts:soeknad_detail"}

RECRUIT = {RoleKind.UDIR, RoleKind.STATSFORVALTER}
OVERSEES_SENDING = {RoleKind.UDIR, RoleKind.KOORDINATOR, RoleKind.ADMIN}
WITH_PULJER = {RoleKind.UDIR, RoleKind.KOORDINATOR, RoleKind.STATSFORVALTER}


def current_of(urls: list[str], path: str) -> str | None:
    """The menu page that `path` is, or lies below: the longest that it starts with."""
    return max((url for url in urls if path.startswith(url)), key=len, default=None)


def _address(name: str, *args: int) -> str | None:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None
