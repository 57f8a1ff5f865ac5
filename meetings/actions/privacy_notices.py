"""What people are told about a report of personal data: neutral words, never who reported."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from actors.actions.messages import NoticeText, Origin, notify, notify_roles
from actors.models import NoticeCategory, Opening, Role, User
from actors.rules.roles import RoleKind
from cohorts.models import PlanVersion
from meetings.access.privacy import Text, author_office, home_of, sender_of, subject_of
from meetings.actions.paper_notices import paper_path, receivers
from meetings.models import Addendum, PrivacyReport, VeiledningsgrunnlagVersion

REPORTED = NoticeText(
    title_bm="En melding om personopplysning venter på deg",
    title_nn="Ei melding om personopplysning ventar på deg",
    body_bm="En leser har meldt at noen kan kjennes igjen i en tekst. Teksten er skjult. Du har "
    "72 timer på å vurdere om Datatilsynet skal ha melding.",
    body_nn="Ein lesar har meldt at nokon kan kjennast att i ein tekst. Teksten er skjult. Du har "
    "72 timar på å vurdere om Datatilsynet skal ha melding.",
    action_bm="Vurder meldingen",
    action_nn="Vurder meldinga",
)
HIDDEN_FOR_AUTHOR = NoticeText(
    title_bm="En tekst du har sendt, er skjult",
    title_nn="Ein tekst du har sendt, er skjult",
    body_bm="En leser har meldt at noen kan kjennes igjen. Lag en renset versjon, så blir teksten "
    "synlig igjen.",
    body_nn="Ein lesar har meldt at nokon kan kjennast att. Lag ein reinsa versjon, så blir "
    "teksten synleg igjen.",
    action_bm="Lag en renset versjon",
    action_nn="Lag ein reinsa versjon",
)
DO_NOT_SHARE = NoticeText(
    title_bm="En tekst du har åpnet, er skjult",
    title_nn="Ein tekst du har opna, er skjult",
    body_bm="Noen kan kanskje kjennes igjen i den. Ikke del teksten, og slett den hvis du har "
    "lagret den.",
    body_nn="Nokon kan kanskje kjennast att i han. Ikkje del teksten, og slett han om du har "
    "lagra han.",
    action_bm="Se hva som er skjult",
    action_nn="Sjå kva som er skjult",
)
CLEANED = NoticeText(
    title_bm="En renset versjon er sendt",
    title_nn="Ein reinsa versjon er send",
    body_bm="Den som skrev teksten som ble meldt, har sendt en renset versjon. Den gamle er "
    "fjernet.",
    body_nn="Den som skreiv teksten som blei meld, har sendt ein reinsa versjon. Den gamle er "
    "fjerna.",
    action_bm="Se meldingen",
    action_nn="Sjå meldinga",
)
VISIBLE_AGAIN = NoticeText(
    title_bm="En tekst du har sendt, er synlig igjen",
    title_nn="Ein tekst du har sendt, er synleg igjen",
    body_bm="Personvernkontakten har vurdert meldingen. Ingen kan kjennes igjen.",
    body_nn="Personvernkontakten har vurdert meldinga. Ingen kan kjennast att.",
    action_bm="Se teksten",
    action_nn="Sjå teksten",
)
YOURS_IS_CLEANED = NoticeText(
    title_bm="Teksten du meldte, er renset",
    title_nn="Teksten du melde, er reinsa",
    body_bm="Den som skrev den, har sendt en renset versjon. Den gamle er fjernet. Takk for at du "
    "sa fra.",
    body_nn="Den som skreiv han, har sendt ein reinsa versjon. Den gamle er fjerna. Takk for at du "
    "sa frå.",
    action_bm="Åpne siden",
    action_nn="Opne sida",
)
YOURS_IS_JUDGED = NoticeText(
    title_bm="Meldingen din om personopplysning er vurdert",
    title_nn="Meldinga di om personopplysning er vurdert",
    body_bm="Personvernkontakten mener at ingen kan kjennes igjen i teksten. Takk for at du sa "
    "fra.",
    body_nn="Personvernkontakten meiner at ingen kan kjennast att i teksten. Takk for at du sa "
    "frå.",
    action_bm="Åpne siden",
    action_nn="Opne sida",
)
RUNNING_OUT = NoticeText(
    title_bm="Under 24 timer igjen til å vurdere en melding",
    title_nn="Under 24 timar igjen til å vurdere ei melding",
    body_bm="En melding om personopplysning er ikke vurdert. Fristen for å melde fra til "
    "Datatilsynet er 72 timer.",
    body_nn="Ei melding om personopplysning er ikkje vurdert. Fristen for å melde frå til "
    "Datatilsynet er 72 timar.",
    action_bm="Vurder meldingen",
    action_nn="Vurder meldinga",
)


def contacts_of(report: PrivacyReport, now: datetime) -> list[Role]:
    """Who decides: the owner's personvernkontakter today, or the owner's own people."""
    on = timezone.localdate(now)
    held = Role.objects.active(on).filter(owner=report.owner_id, user__is_active=True)
    found = held.of_kind(RoleKind.PERSONVERNKONTAKT).select_related("user")
    return list(found) or list(held.of_kind(RoleKind.EIER).select_related("user"))


def authors_of(text: Text, now: datetime) -> list[Role]:
    """Who holds today the office that sent the text: in a unit its leader, acting ones too."""
    home, on = home_of(text), timezone.localdate(now)
    office = author_office(text)
    if office == RoleKind.VEILEDER:
        sender = sender_of(text)
        return list(sender.roles.active(on).filter(kind=office).select_related("user")[:1])
    if home.meeting is not None:
        return receivers([office], home.meeting, home.unit, on)
    held = Role.objects.active(on).of_kind(office).filter(user__is_active=True)
    return list(held.filter(unit=home.unit.unit if home.unit else None).select_related("user"))


def page_of(text: Text) -> str:
    """The page where the text stands, or where it says that it is hidden."""
    if isinstance(text, PlanVersion):
        return reverse("meetings:plan_detail", args=[text.plan.unit_id])
    paper = text.referat if isinstance(text, Addendum) else text.paper
    is_grunnlag = isinstance(text, VeiledningsgrunnlagVersion)
    name = "grunnlag_detail" if is_grunnlag else "referat_detail"
    return paper_path(name, paper.meeting, paper.unit)


def tell_of_report(report: PrivacyReport, *, by: User, now: datetime) -> None:
    """Tell who decides, who must clean and who had opened it; at once, in neutral words."""
    text = report.text
    _tell(contacts_of(report, now), report, "privacy_reported", REPORTED, now, decide=True)
    authors = authors_of(text, now)
    _tell(authors, report, "privacy_hidden", HIDDEN_FOR_AUTHOR, now, page="privacy_clean")
    told = {role.user_id for role in authors} | {by.pk}
    openings = Opening.objects.of(subject_of(text)).filter(first_at__lte=report.known_at)
    _notify({row.user for row in openings if row.user_id not in told}, report, now)


def tell_of_cleaning(report: PrivacyReport, *, now: datetime) -> None:
    """Tell who decides, and who reported it, that the author has sent a cleaned version."""
    _tell(contacts_of(report, now), report, "privacy_cleaned", CLEANED, now, decide=True)
    if report.reported_by_id != report.cleaned_by_id:
        _tell_reporter(report, YOURS_IS_CLEANED, now)


def tell_of_judgement(report: PrivacyReport, *, now: datetime) -> None:
    """Tell who reported the text that nobody can be recognised."""
    if report.reported_by_id != report.decided_by_id:
        _tell_reporter(report, YOURS_IS_JUDGED, now)


def tell_visible_again(report: PrivacyReport, *, now: datetime) -> None:
    """Tell the author that the text is visible again."""
    roles = authors_of(report.text, now)
    _tell(roles, report, "privacy_visible", VISIBLE_AGAIN, now, url=page_of(report.text))


def tell_running_out(report: PrivacyReport, *, now: datetime) -> int:
    """Tell who decides that less than 24 hours are left; once a report."""
    return _tell(contacts_of(report, now), report, "privacy_clock", RUNNING_OUT, now, decide=True)


def _tell(
    roles: Iterable[Role],
    report: PrivacyReport,
    kind: str,
    text: NoticeText,
    now: datetime,
    *,
    page: str = "privacy_detail",
    url: str = "",
    decide: bool = False,
) -> int:
    """Queue an urgent notice that opens in the office; the deadline stands on those who decide."""
    path = url or reverse(f"meetings:{page}", args=[report.pk])
    return notify_roles(
        roles=roles,
        kind=kind,
        subject=f"privacy:{report.pk}",
        occasion=kind,
        text=text,
        url=path,
        now=now,
        due=timezone.localdate(report.due_at) if decide or page == "privacy_clean" else None,
        urgent=True,
        place=str(home_of(report.text)),
        origin=_origin(report),
    )


def _tell_reporter(report: PrivacyReport, text: NoticeText, now: datetime) -> None:
    """What it came to, once a report; it hastes nobody."""
    notify(
        recipients=[report.reported_by],
        kind="privacy_outcome",
        subject=f"privacy:{report.pk}",
        occasion="privacy_outcome",
        text=text,
        url=page_of(report.text),
        now=now,
        place=str(home_of(report.text)),
        origin=_origin(report, NoticeCategory.MESSAGE),
    )


def _origin(report: PrivacyReport, category: NoticeCategory = NoticeCategory.DECISION) -> Origin:
    """As decisions, nobody can choose them away, and no pause of reminders stops them."""
    home = home_of(report.text)
    return Origin(
        category,
        unit_id=home.unit.unit_id if home.unit else None,
        owner_id=home.owner.pk if home.owner else None,
    )


def _notify(people: Iterable[User], report: PrivacyReport, now: datetime) -> None:
    notify(
        recipients=sorted(people, key=lambda person: person.pk),
        kind="privacy_opened",
        subject=f"privacy:{report.pk}",
        occasion="privacy_opened",
        text=DO_NOT_SHARE,
        url=page_of(report.text),
        now=now,
        urgent=True,
        place=str(home_of(report.text)),
        origin=_origin(report),
    )
