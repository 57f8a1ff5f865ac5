"""A mail that did not arrive: why, what was tried, whether it still applies, and the cure."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from actors.access import can_steer_sending
from actors.actions.address import correct_mail_address
from actors.actions.recheck import no_longer_due
from actors.actions.resend import drop_mail, resend_mail
from actors.actions.told_owner import tell_owner
from actors.forms.address import AddressForm
from actors.models import Mail, MailStatus, Notice
from actors.queries.bounced import correctable_by
from actors.rules.bundles import is_daily
from actors.rules.outcomes import in_words
from actors.rules.wishes import next_hours
from lmp.lib.wording import dato, small_first, tallord, when_next
from meetings.actions.reminder.words import words_of
from meetings.queries.control import (
    DEAD,
    ON_THE_WAY,
    others_to,
    rules_by_pk,
    told_of,
    with_contents,
)
from meetings.views.control_gate import refuse_unless_sees, refuse_unless_steers
from meetings.views.control_next import next_told
from meetings.views.control_rows import (
    cause,
    mail_title,
    office_words,
    recipient_words,
    tried_rows,
)

MOST_TOLD = 8  # names on the page


@login_required
@require_safe
def control_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """What happened to one mail, and what can be done about it."""
    refuse_unless_sees(request)
    mail = _mail(pk)
    return _page(request, mail, AddressForm(initial={"email": mail.to}))


@login_required
@require_POST
def control_resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send again; with `email` to that address, which is corrected everywhere."""
    refuse_unless_steers(request)
    mail, now = _mail(pk), timezone.now()
    if mail.status not in DEAD:
        return redirect("meetings:control_mail", pk)
    if "email" not in request.POST:
        resend_mail(mail=mail, by=request.user, now=now)
        messages.success(request, _resent_words(mail, now))
        return redirect("meetings:control_room")
    form = AddressForm(request.POST)
    if not form.is_valid() or not _corrected(request, mail, form, now):
        return _page(request, mail, form)
    return redirect("meetings:control_room")


def _resent_words(mail: Mail, now: datetime) -> str:
    """That it is sent again, and when: what can wait keeps the hours of sending."""
    opens, notices = next_hours(now), mail.notices.all()
    if opens <= now or not notices or not is_daily(notices):
        return _("E-posten sendes på nytt.")
    return _("E-posten sendes på nytt %(when)s.") % {"when": when_next(opens, now)}


def _corrected(request: HttpRequest, mail: Mail, form: AddressForm, now: datetime) -> bool:
    """Correct and send; False with the reason at the field when it cannot be done."""
    if not _may_correct(request, mail):
        form.add_error("email", _("Denne adressen kan bare en systemadministrator rette."))
        return False
    try:
        count = correct_mail_address(
            mail=mail, email=form.cleaned_data["email"], by=request.user, now=now
        )
    except ValidationError as refusal:
        form.add_error("email", refusal)
        return False
    if form.cleaned_data["email"].lower() == mail.to.lower():
        messages.warning(
            request, _("Adressen er den samme som før. E-posten sendes til den igjen.")
        )
        return True
    words = ngettext(
        "Adressen er rettet. Én e-post sendes på nytt.",
        "Adressen er rettet. %(n)s e-poster sendes på nytt.",
        count,
    )
    messages.success(request, words % {"n": tallord(count)})
    return True


@login_required
@require_POST
def control_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not send it: it leaves the list of what did not arrive."""
    refuse_unless_steers(request)
    mail = _mail(pk)
    if mail.status in DEAD:
        drop_mail(mail=mail, by=request.user, now=timezone.now())
        messages.success(request, _("E-posten blir ikke sendt. Varselet står i portalen."))
    return redirect("meetings:control_room")


@login_required
@require_POST
def control_to_owner(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the owner instead of the one it was for."""
    refuse_unless_steers(request)
    mail = _mail(pk)
    if mail.status not in DEAD:
        return redirect("meetings:control_mail", pk)
    words = words_of(mail.notices.all())
    if tell_owner(mail=mail, by=request.user, now=timezone.now(), words=words):
        messages.success(request, _("Varselet går til eieren i stedet."))
        return redirect("meetings:control_room")
    messages.warning(request, _("Eieren har ingen andre som kan få varselet."))
    return redirect("meetings:control_mail", pk)


def _mail(pk: int) -> Mail:
    return get_object_or_404(with_contents(Mail.objects.all()), pk=pk)


def _may_correct(request: HttpRequest, mail: Mail) -> bool:
    if mail.recipient is None:
        return True
    return correctable_by(request.user).filter(pk=mail.recipient.pk).exists()


def _page(request: HttpRequest, mail: Mail, form: AddressForm) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    notices = list(mail.notices.all())
    first = notices[0] if notices else None
    rules = rules_by_pk({notice.rule for notice in notices})
    is_dead, why = mail.status in DEAD, cause(mail)
    steers = can_steer_sending(request.user)
    context = {
        "mail": mail,
        "form": form,
        "kicker": _about(mail_title(mail), first.place if first else ""),
        "title": str(why.word) if is_dead else MailStatus(mail.status).label,
        "lead": _lead(mail, is_address=why.is_address, steers=steers) if is_dead else "",
        "to": recipient_words(mail),
        "is_dead": is_dead,
        "is_address": why.is_address or form.is_bound,
        "steers": steers,
        "others": others_to(mail),
        "tried": tried_rows(mail, rules.get(first.rule or 0) if first else None, now),
        "owner_can": any(notice.role or notice.unit or notice.owner for notice in notices),
        **_state(notices, today),
    }
    return render(request, "meetings/control_mail.html", context)


def _about(title: str, place: str) -> str:
    """What the mail is about and where, unless the title says where."""
    return title if not place or place in title else f"{title} · {place}"


def _lead(mail: Mail, *, is_address: bool, steers: bool) -> str:
    tried = ngettext("Vi har prøvd én gang", "Vi har prøvd %(n)s ganger", mail.attempts)
    words = tried % {"n": tallord(mail.attempts)}
    if not steers:
        return _("%(tried)s og prøver ikke flere. Utdanningsdirektoratet retter det.") % {
            "tried": words
        }
    if is_address:
        return _("%(tried)s og prøver ikke flere. Rett adressen, så sender vi på nytt.") % {
            "tried": words
        }
    return _("%(tried)s og prøver ikke flere. Send på nytt når det er ordnet.") % {"tried": words}


def _named(notice: Notice) -> str:
    return ", ".join(filter(None, [str(notice.recipient), office_words(notice.role)]))


def _told(notice: Notice) -> str:
    name = _named(notice)
    return _("%(name)s (på vei)") % {"name": name} if notice.status in ON_THE_WAY else name


def _state(notices: list[Notice], today: date) -> dict[str, Any]:
    """Whether what it says still applies, and who else has been told."""
    gone = no_longer_due(notices, today)
    told = list(dict.fromkeys(_told(each) for each in told_of(notices)))
    following = next_told(notices, today) if len(gone) < len(notices) else None
    words = _("%(office)s får beskjed %(day)s hvis ingen gjør noe med det.")
    return {
        "applies": len(gone) < len(notices) or not notices,
        "gone": small_first(in_words(next(iter(gone.values()), ""))),
        "told": told[:MOST_TOLD],
        "more_told": len(told[MOST_TOLD:]),
        "following": words % {"office": following[0], "day": dato(following[1])}
        if following
        else "",
    }
