"""The mails of a søknad to people without an account: the link to a unit's part, a question."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.actions.letters import render_letter
from actors.actions.queue import queue_mail
from actors.models import Mail
from actors.rules.invitations import language_of
from cohorts.models import SoeknadPartner, SoeknadUnit
from cohorts.queries.opptak import application_deadline
from lmp.lib.wording import dato


def queue_unit_link(row: SoeknadUnit, *, now: datetime) -> Mail | None:
    """Send the leader the link, in the målform of the unit's kommune."""
    soeknad = row.soeknad
    place = row.unit if row.unit is not None and row.unit.kommune else soeknad.candidate.owner
    language = language_of(place)
    with override(language):
        deadline = application_deadline(soeknad.candidate.embete)
        context = {
            "greeting": _("Hei, %(name)s") % {"name": row.leader_name.split(" ")[0]},
            "unit": row.name,
            "owner": str(soeknad.candidate.owner),
            "pulje": soeknad.candidate.embete.opptak.pulje.number,
            "deadline": dato(deadline, year=True) if deadline else "",
            "url": f"{settings.SITE_URL}{row.part_path}",
        }
        subject = _("Skriv din del av søknaden: %(unit)s") % {"unit": row.name}
        letter = render_letter("unit_link", subject, context, language)
    return _queue(letter, row.leader_email, f"enhetens-del-{row.pk}-{_stamp(now)}", now)


def queue_partner_question(partner: SoeknadPartner, *, now: datetime) -> Mail | None:
    """Tell the contact of another owner that it is asked to apply together."""
    soeknad = partner.soeknad
    language = language_of(partner.owner)
    with override(language):
        context = {
            "greeting": _("Hei, %(name)s") % {"name": partner.contact_name.split(" ")[0]},
            "lead": str(soeknad.candidate.owner),
            "owner": str(partner.owner),
            "pulje": soeknad.candidate.embete.opptak.pulje.number,
            "embete": str(soeknad.candidate.embete),
            "url": f"{settings.SITE_URL}{partner.page_path}",
        }
        subject = _("Vil dere søke sammen med %(lead)s?") % {"lead": soeknad.candidate.owner}
        letter = render_letter("partner_question", subject, context, language)
    return _queue(letter, partner.contact_email, f"soek-sammen-{partner.pk}-{_stamp(now)}", now)


def _queue(letter, to: str, key: str, now: datetime) -> Mail | None:
    return queue_mail(
        key=key, to=to, subject=letter.subject, text=letter.text, html=letter.html, now=now
    )


def _stamp(now: datetime) -> int:
    return int(now.timestamp())
