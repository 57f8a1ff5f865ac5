"""Building the whole demo, in the order in which it would have happened."""

from datetime import date, timedelta

from django.db import transaction

from actors.models import User
from cohorts.actions.pulje import close_pulje
from cohorts.models import Pulje
from meetings.actions.invitees import Invitee, find_invitees
from meetings.actions.national import create_national_meetings
from meetings.actions.obligation import Demands
from meetings.models import Attendance, Meeting, Presence, Response
from reports.demo.applicants import APPLICANTS, ApplicantPlan
from reports.demo.dead_letters import lose_two
from reports.demo.desk import Desk
from reports.demo.duties import remember_reminders, store_duties
from reports.demo.forms import make_form
from reports.demo.meetings import Cohort, load_cohort, make_semester_meetings
from reports.demo.own_comments import comment_plans
from reports.demo.own_work import OwnWork
from reports.demo.paper_scenes import add_to_former, play_paper_scenes
from reports.demo.papers import write_papers
from reports.demo.people import (
    make_eier,
    make_embeter,
    make_leaders,
    make_national,
    make_pairs,
    make_ppt,
    make_privacy_contact,
)
from reports.demo.places import ensure_fylker, make_kommune
from reports.demo.plan import FORMER, KOMMUNER, KommunePlan, kommuner_at
from reports.demo.puljer import open_all, take_part
from reports.demo.readers import read_papers
from reports.demo.records import register_semester
from reports.demo.recruitment import recruit
from reports.demo.referater import close_old_points
from reports.demo.scenes import play_scenes
from reports.demo.texts import Texts
from reports.demo.world import Place, World, day_of_the_demo, started


def is_built() -> bool:
    """Whether the database has a pulje, so that there is nothing to build."""
    return Pulje.objects.exists()


@transaction.atomic
def build_demo(
    *,
    today: date,
    scale: int = 1,
    plans: tuple[KommunePlan, ...] = KOMMUNER,
    former: tuple[KommunePlan, ...] = FORMER,
    applicants: tuple[ApplicantPlan, ...] = APPLICANTS,
) -> World:
    """Fill a database without puljer as of the local date `today`; return what was made.

    `scale` multiplies the kommuner of pulje 9, which are those of `plans`; `former` are those of
    pulje 8, and `applicants` those who are recruited to pulje 10. The same date gives the same
    content.
    """
    world = World(day_of_the_demo(today), scale)
    ensure_fylker(started())
    make_national(world)
    make_embeter(world)
    _make_places(world, kommuner_at(scale, world.place_names, plans), former)
    earlier, running, opptak = open_all(world)
    add_to_former(_run(world, earlier, world.former))
    close_pulje(pulje=earlier, by=world.udir, now=started())
    make_form(world, running)
    _run(world, running, world.places)
    recruit(world, opptak, applicants)
    remember_reminders(world, running)
    lose_two(world)
    _settle_clock(world)
    return world


def _make_places(world: World, plans: list[KommunePlan], former: tuple[KommunePlan, ...]) -> None:
    """Kommuner with owners, units and leaders; the pairs of veiledere and the PPT."""
    for number, plan in enumerate([*plans, *former]):
        owner, units = make_kommune(world, plan, number, world.udir, started())
        place = Place(plan, owner, units, make_eier(world, plan, owner))
        make_leaders(world, place)
        (world.places if number < len(plans) else world.former).append(place)
    make_privacy_contact(world)
    make_pairs(world, 1 + max(plan.pair for plan in [*plans, *former]))
    make_ppt(world)


def _run(world: World, pulje: Pulje, places: list[Place]) -> Cohort:
    """Who takes part, all meetings, papers and own work until now, and what is owed."""
    opened = pulje.opened_at
    create_national_meetings(pulje=pulje, by=world.udir, now=opened)
    take_part(world, pulje, places)
    cohort = load_cohort(world, pulje, places)
    texts = Texts(world.chance)
    own = OwnWork(cohort)
    desk = Desk(world, texts, Demands(pulje), {}, own)
    _invite_to_national(world, pulje)
    scenes = []
    begun = pulje.semesters.filter(number__gte=1, start__lte=world.today)
    for semester in begun.select_related("pulje", "tema"):
        semester.pulje = pulje
        running = semester.end >= world.today
        planned = make_semester_meetings(cohort, semester, texts, running=running)
        own.begin(semester)
        write_papers(world, planned, texts, desk)
        own.finish(semester, register_semester(cohort, semester, texts))
        scenes = planned if running else []
    close_old_points(world, pulje)
    store_duties(world, pulje)
    if scenes:
        comment_plans(own)
        read_papers(own, scenes)
        play_scenes(cohort, scenes)
        play_paper_scenes(cohort)
    return cohort


def _invite_to_national(world: World, pulje: Pulje) -> None:
    """Everybody is invited to the national gatherings, and came to those that have been held."""
    meetings = Meeting.objects.filter(pulje=pulje, deltakelse=None)
    for meeting in meetings.select_related("activity__semester__pulje"):
        activity = meeting.activity
        invitees = find_invitees(activity=activity, deltakelse=None, units=[], on=meeting.day)
        held = meeting.end < world.now
        rows = [_at_national(world, meeting, who, held=held) for who in invitees]
        Attendance.objects.bulk_create(rows, batch_size=500)


def _at_national(world: World, meeting: Meeting, who: Invitee, *, held: bool) -> Attendance:
    """Somebody at a national gathering, with the answer when it has been held."""
    row = who.attendance_at(meeting)
    if held:
        came = world.happens(0.93)
        row.presence = Presence.PRESENT if came else Presence.EXCUSED
        row.mode = meeting.form if came else ""
        if row.user is not None:
            row.response = Response.YES
            row.responded_at = meeting.start - timedelta(days=25)
    return row


def _settle_clock(world: World) -> None:
    """The accounts were made when everything began, not when the command ran."""
    User.objects.filter(email__endswith="@lmp.example").update(created_at=started())
