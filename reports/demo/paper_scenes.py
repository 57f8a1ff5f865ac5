"""What happened to single papers after they were sent: merknader, addenda, a reported text."""

from copy import deepcopy
from datetime import timedelta

from django.utils import timezone

from actors.models import Role
from cohorts.rules.paper import receipt_number
from lmp.lib.hashing import content_hash
from meetings.actions.addendum import write_addendum
from meetings.actions.privacy import report_text
from meetings.models import Merknad, Referat, ReferatVersion, VeiledningsgrunnlagVersion
from reports.demo.meetings import Cohort
from reports.demo.plan import BEKKELIA, ELVEMO, LAUVTUN, YTTERSKJAER
from reports.demo.readers import signature_of
from reports.demo.world import World, day_of

SAK = 2  # the position of the sak that is objected to: the unit's own first one
REMARK = "Vi ble enige om å prøve dette i tre uker før vi bestemmer oss. Det står ikke her."
PROPOSAL = "Vi prøver dette i tre uker. Etterpå bestemmer personalmøtet om det blir en rutine."
THIRD = (
    "Vi prøver dette i tre uker. Rektor og arbeidsgruppa evaluerer sammen, og personalmøtet "
    "bestemmer om det blir en rutine."
)
ANSWER = "Takk. Vi har tatt inn prøvetida, og skrevet hvem som evaluerer."
OBJECTION = "Jeg oppfattet at dette skulle prøves ut før det ble en rutine."
STANDS = "Flere av oss skrev ned at det er bestemt. Vi lar begge deler stå."
ADDITION = "Fristen ble etter møtet flyttet en uke, fordi flere var syke. Avtalen er den samme."
WHY = "Datoen i referatet gjelder ikke lenger"
LATE_ADDITION = "Rapporten som er nevnt under siste sak, er levert og ligger i enhetens arkiv."
LATE_WHY = "Rapporten var ikke ferdig da referatet ble låst"
TOO_NEAR = (
    "På trinnet med bare én liten gruppe lot vi en voksen følge til og fra friminuttet etter en "
    "hendelse på bussen i september."
)
REPORTED = "Det står hvilken gruppe det gjelder, sammen med hva som hendte. Flere kan skjønne hvem."


def play_paper_scenes(cohort: Cohort) -> None:
    """A merknad that led to a third text, one beside which both texts stand, an addendum, and a
    grunnlag that a veileder reported."""
    world = cohort.world
    veileder = world.pairs[0][0]
    taken_in = _last_locked(cohort, LAUVTUN)
    if taken_in is not None:
        _take_in(cohort, taken_in, veileder)
    disputed = _last_locked(cohort, YTTERSKJAER)
    if disputed is not None:
        _dispute(disputed, veileder, world)
    added = _last_locked(cohort, ELVEMO)
    if added is not None:
        _add(world, added, _leader(cohort, ELVEMO), ADDITION, WHY, -3)
    _report(cohort, veileder)


def add_to_former(cohort: Cohort) -> None:
    """An addendum to a referat of the pulje that is over."""
    name = cohort.places[0].plan.units[0].name
    referat = _last_locked(cohort, name)
    if referat is not None:
        _add(cohort.world, referat, _leader(cohort, name), LATE_ADDITION, LATE_WHY, -40)


def _last_locked(cohort: Cohort, name: str) -> Referat | None:
    """The unit's newest locked referat; None where the unit does not take part."""
    if name not in cohort.units:
        return None
    rows = Referat.objects.filter(unit=cohort.units[name], status="locked")
    return rows.select_related("meeting__pulje").order_by("-meeting__start", "-pk").first()


def _leader(cohort: Cohort, name: str) -> Role:
    return next(p.leaders[name] for p in cohort.places if name in p.leaders)


def _merknad(referat: Referat, version: ReferatVersion, by: Role, world: World, **values):
    at = version.sent_at + timedelta(hours=24)
    return Merknad.objects.create(
        referat=referat,
        version=version,
        sak=SAK,
        written_by=by.user,
        written_as=signature_of(by, world.today),
        written_at=at,
        answered_at=at + timedelta(hours=4),
        **values,
    )


def _take_in(cohort: Cohort, referat: Referat, by: Role) -> None:
    """A veileder's merknad with a proposal, and version 2 with a third text."""
    first = referat.versions.first()
    merknad = _merknad(
        referat,
        first,
        by,
        cohort.world,
        text=REMARK,
        proposal=PROPOSAL,
        status=Merknad.Status.TAKEN_IN,
        answer=ANSWER,
    )
    content = deepcopy(first.content)
    content["saker"][SAK - 1]["summary"] = THIRD
    ReferatVersion.objects.create(
        paper=referat,
        number=2,
        content=content,
        language=first.language,
        sha256=content_hash(content),
        receipt=receipt_number("RF", cohort.pulje.number, referat.pk, 2),
        sent_at=merknad.answered_at,
        sent_by=first.sent_by,
        sent_as=first.sent_as,
    )
    referat.saker.filter(position=SAK).update(summary=THIRD)
    referat.sent_at = referat.updated_at = merknad.answered_at
    referat.save(update_fields=["sent_at", "updated_at"])


def _dispute(referat: Referat, by: Role, world: World) -> None:
    """The author answered, and both texts stand."""
    status = Merknad.Status.BOTH_STAND
    version = referat.versions.first()
    _merknad(referat, version, by, world, text=OBJECTION, status=status, answer=STANDS)


def _add(world: World, referat: Referat, leader: Role, text: str, reason: str, days: int) -> None:
    at = max(day_of(world, days, 10), referat.locked_at + timedelta(hours=12))
    if at < world.now:
        by = leader.user.act_as(leader, timezone.localtime(at).date())
        write_addendum(referat=referat, sak=SAK, text=text, reason=reason, by=by, now=at)


def _report(cohort: Cohort, by: Role) -> None:
    """A veileder found the newest grunnlag of a skole too easy to recognise; it is hidden."""
    world = cohort.world
    if BEKKELIA not in cohort.units:
        return
    at = day_of(world, -1, 13)
    versions = VeiledningsgrunnlagVersion.objects.filter(
        paper__unit=cohort.units[BEKKELIA], sent_at__lt=at, paper__meeting__start__lt=world.now
    )
    version = versions.order_by("-sent_at", "-pk").first()
    if version is not None:
        _word_too_nearly(version)
        report_text(
            text=version,
            part="tried",
            signs=["combination"],
            explanation=REPORTED,
            by=by.user.act_as(by, timezone.localtime(at).date()),
            now=at,
        )


def _word_too_nearly(version: VeiledningsgrunnlagVersion) -> None:
    """Give the grunnlag the words that are reported: a small group together with what happened."""
    version.content = {**version.content, "tried": TOO_NEAR}
    version.sha256 = content_hash(version.content)
    version.save(update_fields=["content", "sha256"])
    version.paper.tried = TOO_NEAR
    version.paper.save(update_fields=["tried"])
