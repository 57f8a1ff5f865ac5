"""The words of a mail: subject, plain text, and HTML with the styles written into it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.models import Invitation, Notice, NoticeCategory, Role, User
from actors.rules.bundles import (
    is_daily,
    may_stop,
    most_urgent_first,
    once_each,
    reason_line,
    subject_line,
    task_line,
    when_line,
)
from actors.rules.links import task_link
from actors.rules.roles import role_title
from lmp.lib.wording import dato, klokka


@dataclass(frozen=True)
class Letter:
    """A mail before it is in the outbox; `may_stop`: all of it may be chosen away."""

    subject: str
    text: str
    html: str
    may_stop: bool = False


@dataclass(frozen=True)
class Item:
    """One notice in a mail, ready to be shown."""

    when: str
    late: bool
    title: str
    body: str
    action: str
    url: str


def bundle_letter(notices: list[Notice], *, person: User, roles: list[Role], today: date) -> Letter:
    """The mail with one person's notices, in the person's language, seen from `today`.

    What the person is told in two offices stands in it once.
    """
    ordered = once_each(most_urgent_first(notices))
    only = roles[0] if len(roles) == 1 else None
    place = common_place(ordered, only)
    with override(person.language):
        items = [_item(notice, today) for notice in ordered]
        context = {
            "greeting": _("Hei, %(name)s") % {"name": person.get_short_name()},
            "lead": task_line(ordered, place),
            "items": items,
            "preheader": ". ".join(": ".join(filter(None, (i.title, i.when))) for i in items),
            "why": reason_line(
                only.kind if only else "",
                title_of(only) if only else "",
                only.scope_label if only else "",
                _only_pulje(ordered),
            ),
            "signed": any(is_signed(notice) for notice in ordered),
            "daily": is_daily(ordered),
            "may_stop": may_stop(notices),
            "settings_url": f"{settings.SITE_URL}{reverse('actors:mail_settings')}",
        }
        subject = subject_line(ordered, place, today, person.language)
        letter = render_letter("bundle", subject, context, person.language)
    return replace(letter, may_stop=may_stop(notices))


def roles_of(people: Iterable[User], today: date) -> dict[int, list[Role]]:
    """The roles each person holds today, for «Du får dette fordi …»."""
    held: dict[int, list[Role]] = {}
    for role in Role.objects.filter(user__in=list(people)).active(today).with_scope():
        held.setdefault(role.user_id, []).append(role)
    return held


def is_signed(notice: Notice) -> bool:
    """Whether its link lets the person in for this alone: a reminder of a deadline, if stored."""
    is_duty = notice.category == NoticeCategory.REMINDER and notice.due is not None
    return is_duty and notice.pk is not None


def invitation_letter(invitation: Invitation, *, language: str, expires_at: datetime) -> Letter:
    """The mail that invites somebody to a role: who, to what, where, and until when."""
    with override(language):
        inviter = invitation.invited_by
        context = {
            "greeting": _("Hei, %(name)s") % {"name": invitation.name.split(" ")[0]},
            "inviter": str(inviter) if inviter else "",
            "role": title_of(invitation),
            "place": invitation.scope_label,
            "message": invitation.message,
            "expires": f"{dato(timezone.localtime(expires_at), year=True)} {klokka(expires_at)}",
            "url": f"{settings.SITE_URL}{invitation.get_absolute_url()}",
        }
        subject = _("Invitasjon til Læringsmiljøprosjektet")
        return render_letter("invitation", subject, context, language)


def title_of(role: Role | Invitation) -> str:
    """What a role or an invitation is called where it applies: «Rektor», «Statsforvalter» …"""
    unit_kind = role.unit.kind if role.unit is not None else None
    return role_title(role.kind, unit_kind, acting=role.acting)


def common_place(notices: list[Notice], only: Role | None) -> str:
    """The place that all the notices concern; empty when they concern several."""
    fallback = only.scope_label if only else ""
    places = {notice.place or fallback for notice in notices}
    return places.pop() if len(places) == 1 else ""


def _only_pulje(notices: list[Notice]) -> int | None:
    puljer = {notice.pulje for notice in notices} - {None}
    return puljer.pop() if len(puljer) == 1 else None


def _item(notice: Notice, today: date) -> Item:
    path = task_link(notice, today) if is_signed(notice) else notice.url
    return Item(
        when=when_line(notice.due, today) if notice.due else "",
        late=notice.due is not None and notice.due < today,
        title=notice.title,
        body=notice.body,
        action=notice.action_label or _("Åpne i portalen"),
        url=f"{settings.SITE_URL}{path}",
    )


def render_letter(template: str, subject: str, context: dict, language: str) -> Letter:
    """The mail of templates/mail/`template`.html and .txt; call it with `language` active."""
    context = {
        **context,
        "subject": subject,
        "language": language,
        "logo_url": f"{settings.SITE_URL}{settings.STATIC_URL}img/mark-mail.png",
    }
    html = render_to_string(f"mail/{template}.html", context)
    text = render_to_string(f"mail/{template}.txt", context)
    return Letter(subject=subject, text=text.strip() + "\n", html=_inliner().inline(html))


@cache
def _inliner() -> css_inline.CSSInliner:
    """Writes mail.css into the elements: mail programs read no style sheets."""
    styles = Path(settings.BASE_DIR, "static", "css", "mail.css").read_text(encoding="utf-8")
    return css_inline.CSSInliner(extra_css=styles, load_remote_stylesheets=False)
