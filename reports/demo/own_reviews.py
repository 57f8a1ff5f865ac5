"""The reviews of the demo's plans, each with a version of the plan as it then was."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.actions.signature import signed_as
from actors.models import Event
from cohorts.actions.plan_content import plan_content
from cohorts.models import (
    Activity,
    ActivityRecord,
    PlanReview,
    PlanVersion,
    Semester,
    TiltakStatus,
    Verdict,
)
from cohorts.rules.paper import receipt_number
from cohorts.rules.plan import REVIEW_FIELDS, data_of
from lmp.lib.hashing import content_hash
from reports.demo.plan import FJORDVIK, SOLFANGEREN
from reports.demo.rows import write_changes
from reports.demo.world import CALENDAR, oslo

if TYPE_CHECKING:
    from reports.demo.own_work import OwnWork, UnitWork

REVIEWED_EARLY = 5  # one unit in so many has reviewed its plan in the running semester
LEFT_OPEN = 4  # one unit in so many takes both tiltak of a semester with it into the next
NEXT = 165  # days until the next review
OPEN = (TiltakStatus.NOT_BEGUN, TiltakStatus.UNDER_WAY)


def review_plans(
    own: "OwnWork", records: list[ActivityRecord], semester: Semester, *, over: bool
) -> None:
    """A review and a version for each registration; in the running semester a few are early."""
    if not over:
        records = [*records, *_early(own, semester, records)]
        _draft(own, semester)
    reviews = [
        _review(own, own.units[record.unit_id], record, semester, over=over)
        for record in records
        if own.units[record.unit_id].plan is not None
    ]
    looked_at = [own.units[review.plan.unit_id] for review in reviews]
    write_changes(
        (tiltak for work in looked_at for tiltak in work.tiltak),
        ["status", "experience", "evaluate_on"],
    )
    write_changes((goal for work in looked_at for goal in work.goals), ["ended_on"])
    versions = [_version(own, review, semester) for review in reviews]
    PlanVersion.objects.bulk_create(versions, batch_size=100)
    for review, version in zip(reviews, versions, strict=True):
        review.version = version
    PlanReview.objects.bulk_create(reviews, batch_size=100)
    plans = [review.plan for review in reviews]
    write_changes(plans, ["reviewed_on", "next_review", "updated_at", "updated_by"])
    write_changes((review.record for review in reviews), ["note"])
    _remember(versions)


def _early(
    own: "OwnWork", semester: Semester, records: list[ActivityRecord]
) -> list[ActivityRecord]:
    """Registrations of reviews some days ago, where nobody of our pictures works."""
    activity = semester.activities.filter(kind="plangjennomgang").first()
    there = {record.unit_id for record in records}
    rows = [
        _registration(own, work, activity)
        for work in own.in_semester(semester)
        if activity is not None
        and work.plan is not None
        and work.unit.pk not in there
        and work.number % REVIEWED_EARLY == 2
        and work.place.plan.name != FJORDVIK
    ]
    kept = [row for row in rows if row.done_on > semester.start + timedelta(days=60)]
    return ActivityRecord.objects.bulk_create(kept)


def _registration(own: "OwnWork", work: "UnitWork", activity: Activity) -> ActivityRecord:
    ago = timedelta(days=6 + work.number % 12)
    day = CALENDAR.shift(own.world.today - ago, "previous")
    return ActivityRecord(
        activity=activity,
        deltakelse=work.unit.deltakelse,
        unit=work.unit,
        actor=activity.responsible,
        done_on=day,
        note="",
        registered_by=work.leader.user,
        registered_at=oslo(day, 15),
    )


def _review(
    own: "OwnWork",
    work: "UnitWork",
    record: ActivityRecord,
    semester: Semester,
    *,
    over: bool,
) -> PlanReview:
    """The verdicts: what was begun before the semester is ended or done, the rest goes on."""
    following = CALENDAR.shift(record.done_on + timedelta(days=NEXT), "next")
    verdicts = []
    for tiltak in [each for each in work.tiltak if each.status in OPEN]:
        is_old = tiltak.maal.semester != semester
        verdict = Verdict.END if is_old and tiltak.position == 1 else Verdict.CONTINUE
        text = own.draw(work, "review_end" if verdict == Verdict.END else "review_continue")
        verdicts.append({"tiltak": tiltak.pk, "verdict": verdict, "text": text})
        if verdict == Verdict.END:
            tiltak.status = TiltakStatus.ENDED
        elif is_old or (over and tiltak.position > 1 and work.number % LEFT_OPEN):
            tiltak.status = TiltakStatus.DONE
        elif tiltak.status == TiltakStatus.UNDER_WAY:
            tiltak.evaluate_on = max(tiltak.evaluate_on, following)
        tiltak.experience = text or tiltak.experience
    _end_goals(work, record.done_on)
    record.note = _note(work)
    work.plan.reviewed_on, work.plan.next_review = record.done_on, following
    work.plan.updated_at, work.plan.updated_by = record.registered_at, work.leader.user
    return PlanReview(
        plan=work.plan,
        semester=semester,
        held_on=record.done_on,
        verdicts=verdicts,
        voices=own.draw(work, "review_voices"),
        conclusion=Verdict.ADJUST if work.number % 4 == 1 else Verdict.CONTINUE,
        ahead=own.draw(work, "review_ahead"),
        next_review=following,
        record=record,
        **work.stamps(record.registered_at),
    )


def _end_goals(work: "UnitWork", day: date) -> None:
    """A goal whose tiltak are all over ends too, in every second unit."""
    for goal in work.goals:
        mine = [each for each in work.tiltak if each.maal == goal]
        if goal.ended_on is None and work.number % 2 == 0:
            over = all(each.status not in OPEN for each in mine)
            goal.ended_on = day if over and len(work.goals) > 1 else None


def _note(work: "UnitWork") -> str:
    work.versions += 1
    with override(work.language):
        return _("Versjon %(n)s av planen") % {"n": work.versions}


def _version(own: "OwnWork", review: PlanReview, semester: Semester) -> PlanVersion:
    work = own.units[review.plan.unit_id]
    data = data_of(review, REVIEW_FIELDS)
    content = plan_content(work.plan, semester, data, work.language)
    number = work.versions
    by = work.leader.user.act_as(work.leader, review.held_on)
    with override(work.language):
        signature = signed_as(by)
    return PlanVersion(
        plan=review.plan,
        number=number,
        content=content,
        language=work.language,
        sha256=content_hash(content),
        receipt=receipt_number("FP", own.cohort.pulje.number, review.plan_id, number),
        sent_at=review.created_at,
        sent_by=work.leader.user,
        sent_as=signature,
    )


def _draft(own: "OwnWork", semester: Semester) -> None:
    """One styrer of our pictures has begun the review and not finished it."""
    found = [each for each in own.units.values() if each.name == SOLFANGEREN]
    for work in [each for each in found if each.plan is not None]:
        at = _afternoon_before(own.world.now)
        PlanReview.objects.create(
            plan=work.plan,
            semester=semester,
            held_on=timezone.localtime(at).date(),
            verdicts=[
                {"tiltak": each.pk, "verdict": Verdict.CONTINUE, "text": ""}
                for each in work.tiltak[-1:]
            ],
            voices=own.draw(work, "review_voices"),
            **work.stamps(at),
        )


def _afternoon_before(now: datetime) -> datetime:
    day = CALENDAR.add_workdays(timezone.localtime(now).date(), -1)
    return oslo(day, 14, 10)


def _remember(versions: list[PlanVersion]) -> None:
    """The events of saving a version, as the action records them."""
    rows: list[dict[str, Any]] = [
        {
            "at": version.sent_at,
            "by": version.sent_by,
            "verb": "save_plan_version",
            "subject": f"plan:{version.plan_id}",
            "data": {"version": version.number, "receipt": version.receipt},
        }
        for version in versions
    ]
    Event.objects.bulk_create((Event(**row) for row in rows), batch_size=500)
