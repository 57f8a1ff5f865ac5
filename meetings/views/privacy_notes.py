"""What a page says when a text is hidden or removed: calmly, and never who reported it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import Opening
from lmp.lib.wording import dag
from meetings.access.privacy import ADDENDUM, GRUNNLAG, PLAN, REFERAT, Text, kind_of
from meetings.actions.opening import open_version
from meetings.models import PrivacyReport, VeiledningsgrunnlagVersion

# The name of each kind of text, and how one says that a version of it is hidden or removed.
NAMES: dict[str, Promise] = {
    GRUNNLAG: gettext_lazy("Veiledningsgrunnlag"),
    REFERAT: gettext_lazy("Referat"),
    PLAN: gettext_lazy("Framdriftsplan"),
    ADDENDUM: gettext_lazy("Tillegg til referat"),
}
HIDDEN: dict[str, Promise] = {
    GRUNNLAG: gettext_lazy("Versjon %(n)s av grunnlaget er skjult."),
    REFERAT: gettext_lazy("Versjon %(n)s av referatet er skjult."),
    PLAN: gettext_lazy("Versjon %(n)s av planen er skjult."),
    ADDENDUM: gettext_lazy("Tillegg %(n)s til referatet er skjult."),
}
REMOVED: dict[str, Promise] = {
    GRUNNLAG: gettext_lazy("Versjon %(n)s av grunnlaget ble fjernet %(day)s."),
    REFERAT: gettext_lazy("Versjon %(n)s av referatet ble fjernet %(day)s."),
    PLAN: gettext_lazy("Versjon %(n)s av planen ble fjernet %(day)s."),
    ADDENDUM: gettext_lazy("Tillegg %(n)s til referatet ble fjernet %(day)s."),
}
WHY = gettext_lazy(
    "Noen har meldt at en person kan kjennes igjen. Den som skrev teksten, lager en renset versjon."
)
WHY_OWN = gettext_lazy(
    "Noen har meldt at en person kan kjennes igjen. Bare du og personvernkontakten kan lese den."
)
WHY_REMOVED = gettext_lazy("En person kunne kjennes igjen. Det som sto der, er slettet.")


@dataclass(frozen=True)
class HiddenNote:
    """One message over a page. `url` is where the author cleans the text, else empty."""

    strong: str
    text: str
    url: str = ""
    is_removed: bool = False


def headline(text: Text) -> str:
    """«Versjon 1 av referatet er skjult.», or that it was removed, and when."""
    words = REMOVED if text.removed_at is not None else HIDDEN
    day = dag(text.removed_at) if text.removed_at is not None else ""
    return str(words[kind_of(text).key]) % {"n": text.number, "day": day}


def why_hidden(text: Text) -> str:
    """The whole reason, for a page that cannot show the text."""
    why = WHY_REMOVED if text.removed_at is not None else WHY
    return f"{headline(text)} {why}"


def hidden_notes(texts: Iterable[Text], user) -> list[HiddenNote]:
    """What a page says of the texts that are hidden now. One query when there are any."""
    hidden = [text for text in texts if text.hidden_at is not None and text.removed_at is None]
    if not hidden:
        return []
    field = kind_of(hidden[0]).field
    mine = PrivacyReport.objects.to_clean_by(user).open().filter(**{f"{field}__in": hidden})
    reports = {getattr(report, f"{field}_id"): report.pk for report in mine.order_by("-pk")}
    return [_note(text, reports.get(text.pk)) for text in hidden]


def _note(text: Text, report: int | None) -> HiddenNote:
    if report is None:
        return HiddenNote(headline(text), str(WHY))
    url = reverse("meetings:privacy_clean", args=[report])
    return HiddenNote(headline(text), str(WHY_OWN), url)


def refuse_hidden(text: Text, user) -> None:
    """403 with the reason when the text is removed, or hidden to the role."""
    rows = kind_of(text).model._default_manager.shown_to(user)  # type: ignore[attr-defined]
    is_gone = text.hidden_at is not None or text.removed_at is not None
    if is_gone and not rows.filter(pk=text.pk).exists():
        raise PermissionDenied(why_hidden(text))


def refuse_hidden_draft(place, user) -> None:
    """403 for who writes along on a grunnlag that is hidden: the draft holds the same text."""
    rows = VeiledningsgrunnlagVersion.objects.filter(paper__meeting=place.meeting)
    newest = rows.filter(paper__unit=place.unit).first()
    if newest is not None:
        refuse_hidden(newest, user)


def opens(request: HttpRequest, text: Text, way: str = Opening.Way.PORTAL) -> bool:
    """Write in the access log that the person opens the text now; a HEAD request opens nothing.

    Returns whether it may be shown: False when it was withdrawn or hidden in the same moment.
    """
    if request.method == "HEAD":
        return True
    return open_version(version=text, way=way, by=request.user, now=timezone.now())


def note_opening(request: HttpRequest, text: Text, way: str = Opening.Way.PORTAL) -> None:
    """As `opens`, for a page that has nothing to show without the text: 404."""
    if not opens(request, text, way):
        raise Http404(_("Teksten kan ikke leses lenger."))
