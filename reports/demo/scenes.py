"""The scenes that our pictures show: written through the actions, one by one."""

from datetime import timedelta

from cohorts.models import Activity
from meetings.actions.grunnlag import data_of as grunnlag_data
from meetings.actions.grunnlag import start_grunnlag
from meetings.actions.grunnlag_save import merge_grunnlag
from meetings.actions.meeting import create_meeting
from meetings.actions.meeting_change import cancel_meeting, change_meeting
from meetings.actions.merknad import add_merknad
from meetings.actions.referat import save_referat, start_referat
from meetings.actions.referat_parts import data_of as referat_data
from meetings.models import Referat
from meetings.rules.grunnlag_merge import marks_of
from reports.demo.meetings import Cohort, Planned
from reports.demo.plan import GRANLI, KVISTAD
from reports.demo.schedule import PAPER_KINDS
from reports.demo.world import CALENDAR, World, oslo

REMARK = "Vi avtalte også at veilederne deltar på personalmøtet i januar. Ta det gjerne inn."
REASON = "Veileder er syk. Vi finner en ny dato."


def play_scenes(cohort: Cohort, planned: list[Planned]) -> None:
    """Drafts of the rektor, a merknad, a meeting that was moved and one that was cancelled."""
    world = cohort.world
    _begin_referat(world, planned)
    _begin_grunnlag(world, planned)
    _remark(world, planned)
    for each in planned:
        if each.place.plan.moves_meeting and each.key == "veiledning_2":
            _move(world, each)
            break
    _cancel_one(cohort, planned)


def _begin_referat(world: World, planned: list[Planned]) -> None:
    """The rektor has begun the referat of the latest digital veiledning and not sent it."""
    held = [
        each
        for each in planned
        if each.key == "digital_veiledning"
        and each.slot.units == (GRANLI,)
        and each.is_held(world.now)
    ]
    for each in held[-1:]:
        unit = each.units[0]
        if Referat.objects.filter(meeting=each.meeting, unit=unit).exists():
            continue
        role = each.place.leaders[GRANLI]
        day = min(CALENDAR.add_workdays(each.slot.day, 2), world.today - timedelta(days=1))
        by, at = role.user.act_as(role, day), oslo(day, 8, 40)
        if at <= each.meeting.end:
            continue
        referat = start_referat(meeting=each.meeting, unit=unit, by=by, now=at)
        data = {
            **referat_data(referat),
            "mellomarbeid": "Teamene observerer i to uker og tar med én erfaring hver.",
        }
        data["saker"] = [
            {**sak, "summary": summary}
            for sak, summary in zip(
                data["saker"],
                [
                    "To av tre punkter er gjort. Rutinen for vikarer tas med videre.",
                    "Vi observerer fra friminutt til time i to uker, med samme skjema.",
                    *[""] * len(data["saker"]),
                ],
                strict=False,
            )
        ]
        save_referat(
            referat=referat,
            edit_version=referat.edit_version,
            data=data,
            by=by,
            now=at + timedelta(minutes=20),
        )


def _begin_grunnlag(world: World, planned: list[Planned]) -> None:
    """The rektor has begun the grunnlag of the next veiledning."""
    coming = [
        each
        for each in planned
        if each.key in PAPER_KINDS
        and each.slot.units == (GRANLI,)
        and world.now < each.meeting.start < world.now + timedelta(days=28)
    ]
    for each in sorted(coming, key=lambda each: each.meeting.start)[:1]:
        role = each.place.leaders[GRANLI]
        day = CALENDAR.add_workdays(world.today, -1)
        by, at = role.user.act_as(role, day), oslo(day, 10, 30)
        grunnlag = start_grunnlag(meeting=each.meeting, unit=each.units[0], by=by, now=at)
        if not grunnlag.is_draft:
            continue
        data = {
            "worked_well": "Teamene sier at felles språk om overganger har gjort det lettere "
            "å be om hjelp.",
            "voices": "Elevrådet vil at voksne hilser med navn i gangene.",
            "questions": "Hvordan får vi alle voksne til å følge den samme rutinen?\n"
            "Hvordan kan ledelsen følge opp uten å kontrollere?",
            "tried": "Felles gjennomgang på planleggingsdagen i august.",
            "wanted_outcome": "En enkel plan for de neste seks ukene.",
        }
        merge_grunnlag(
            grunnlag=grunnlag,
            data=data,
            base=marks_of(grunnlag_data(grunnlag)),
            by=by,
            now=at + timedelta(minutes=12),
        )


def _remark(world: World, planned: list[Planned]) -> None:
    """A veileder has a merknad to a referat that can still get one."""
    papers = Referat.objects.filter(
        meeting__in=[each.meeting.pk for each in planned if KVISTAD not in each.slot.units],
        unit__isnull=False,
        status="sent",
        merknad_due__gte=world.today,
        sent_at__lt=world.now - timedelta(hours=24),
    )
    referat = papers.order_by("-sent_at", "pk").first()
    if referat is None:
        return
    each = next(each for each in planned if each.meeting.pk == referat.meeting_id)
    at = referat.sent_at + timedelta(hours=19)
    if at < world.now:
        add_merknad(
            referat=referat,
            text=REMARK,
            by=each.lead.user.act_as(each.lead, world.today),
            now=at,
        )


def _move(world: World, each: Planned) -> None:
    """A meeting to come is moved by two days because somebody is ill."""
    if each.meeting.start < world.now + timedelta(days=2):
        return
    day = CALENDAR.add_workdays(each.slot.day, 2)
    start = oslo(day, each.slot.start.hour, each.slot.start.minute)
    change_meeting(
        meeting=each.meeting,
        edit_version=each.meeting.edit_version,
        start=start,
        end=start + timedelta(minutes=each.slot.minutes),
        by=each.lead.user.act_as(each.lead, world.today),
        now=world.now - timedelta(days=1, hours=14),
    )


def _cancel_one(cohort: Cohort, planned: list[Planned]) -> None:
    """A second digital veiledning, which the programme does not demand, is cancelled."""
    world = cohort.world
    mine = [each for each in planned if each.place.plan.cancels_meeting]
    digital = next((each for each in mine if each.key == "digital_veiledning"), None)
    day = CALENDAR.add_workdays(world.today, 4)
    if digital is None or day > digital.meeting.semester.term_end:
        return
    activity = Activity.objects.select_related("semester__pulje").get(
        pk=digital.meeting.activity_id
    )
    start = oslo(day, 9)
    by = digital.lead.user.act_as(digital.lead, world.today)
    meeting = create_meeting(
        activity=activity,
        deltakelse=digital.deltakelse,
        units=digital.units,
        start=start,
        end=start + timedelta(minutes=90),
        form="digital",
        link="https://moete.lmp.example/rom",
        by=by,
        now=world.now - timedelta(days=12),
    )
    cancel_meeting(
        meeting=meeting, reason=REASON, by=by, now=world.now - timedelta(days=1, hours=15)
    )
