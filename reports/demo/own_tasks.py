"""The mellomarbeid of the demo: made of referater, told about in the next grunnlag."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cohorts.models import Activity, ActivityRecord, Mellomarbeid, Semester
from cohorts.rules.mellomarbeid import origin, tasks_in
from meetings.rules.obligation import applies_to_unit
from reports.demo.plan import GRANLI
from reports.demo.rows import write_changes
from reports.demo.world import CALENDAR, oslo

if TYPE_CHECKING:
    from reports.demo.desk import Paperwork
    from reports.demo.own_work import OwnWork, UnitWork

Status = Mellomarbeid.Status
KINDS = (Mellomarbeid.Kind.PRAKTISK, Mellomarbeid.Kind.TRENING, Mellomarbeid.Kind.LITTERATUR)
DONE, BEGUN = 0.6, 0.8  # of what a grunnlag tells of: the share that is done, or at least begun
DROPPED = 9  # one in so many of those left at the end of a semester
OF_PICTURES = (
    ("Observere overganger i to uker", KINDS[0], "Teamlederne", Status.UNDER_WAY),
    ("Øve på «se, stoppe, si fra» i par", KINDS[1], "Alle team", Status.NOT_BEGUN),
)
OPEN = (Status.NOT_BEGUN, Status.UNDER_WAY)


def tasks_of_referat(own: "OwnWork", each: "Paperwork") -> list[Mellomarbeid]:
    """The tasks that the lines of a referat's «mellomarbeid til neste gang» become, unsaved."""
    if each.unit is None or each.unit.pk not in own.units:
        return []
    work, referat = own.units[each.unit.pk], each.referat
    made = [
        Mellomarbeid(
            unit=each.unit,
            semester=each.planned.meeting.semester,
            task=line,
            came_from=origin(referat.pk, line),
            kind=own.chance.choices(KINDS, (5, 2, 1))[0],
            who=own.draw(work, "task_who"),
            created_at=referat.sent_at,
            created_by=each.author.user,
            updated_at=referat.sent_at,
            updated_by=each.author.user,
        )
        for line in tasks_in(referat.mellomarbeid)
    ]
    work.tasks += made
    return made


def tasks_of_pictures(own: "OwnWork", semester: Semester) -> None:
    """What the skole of our pictures is doing now: one task that is begun and one that is not."""
    at = own.world.now - timedelta(days=5)
    for work in own.in_semester(semester):
        under_way = [tiltak for tiltak in work.tiltak if tiltak.maal.semester == semester]
        if work.name != GRANLI or not under_way or own.world.today > semester.term_end:
            continue
        due = CALENDAR.add_workdays(own.world.today, 8)
        rows = [
            Mellomarbeid(
                unit=work.unit,
                semester=semester,
                task=task,
                kind=kind,
                who=who,
                status=status,
                tiltak=under_way[0],
                due=min(due, semester.term_end),
                created_by=work.leader.user,
                **work.stamps(at),
            )
            for task, kind, who, status in OF_PICTURES
        ]
        work.tasks += rows
        Mellomarbeid.objects.bulk_create(rows)


def told_in_grunnlag(own: "OwnWork", each: "Paperwork") -> list[dict[str, Any]]:
    """How it went with the tasks of the unit that were open when the grunnlag was sent."""
    work, sent = own.units[each.unit.pk], each.grunnlag.sent_at
    rows = []
    for task in [task for task in work.tasks if task.status in OPEN and task.created_at < sent]:
        lot = own.chance.random()
        outcome = "done" if lot < DONE else "partly" if lot < BEGUN else "not_done"
        comment = own.draw(work, "task_experience") if outcome == "done" else ""
        rows.append({"mellomarbeid": task.pk, "outcome": outcome, "comment": comment})
    return rows


def settle_tasks(own: "OwnWork", papers: Iterable["Paperwork"]) -> None:
    """Set how the tasks stand as the sent grunnlag told."""
    changed = []
    for each in papers:
        by_pk = {task.pk: task for task in own.units[each.unit.pk].tasks}
        for row in each.grunnlag.since_last:
            task = by_pk.get(row.get("mellomarbeid"))
            if task is None:
                continue
            task.updated_at, task.updated_by = each.grunnlag.sent_at, each.author.user
            if row["outcome"] == "done":
                task.status, task.experience = Status.DONE, row["comment"]
                task.experience_from_grunnlag = True
                task.done_on = timezone.localtime(each.grunnlag.sent_at).date()
            else:
                task.status = Status.UNDER_WAY if row["outcome"] == "partly" else Status.NOT_BEGUN
            changed.append(task)
    _save(changed)


def match_tasks(
    own: "OwnWork", records: list[ActivityRecord], semester: Semester, *, over: bool
) -> None:
    """Each registration of mellomarbeid is about a task, and each unit with a done task has one."""
    by_unit = {record.unit_id: record for record in records}
    changed, made, extra = [], [], []
    activity = semester.activities.filter(kind="mellomarbeid").first()
    for work in own.in_semester(semester):
        tasks = [task for task in work.tasks if task.semester_id == semester.pk]
        if over:
            changed += _tidied(own, work, tasks, semester)
        done = [task for task in tasks if task.status == Status.DONE]
        record = by_unit.get(work.unit.pk)
        if record is None and done and activity is not None:
            record = _registration(work, activity, done[0])
            if record is not None:
                extra.append(record)
        if record is None:
            continue
        if done:
            task = done[0]
            record.done_on = task.done_on
            changed.append(task)
        else:
            task = _task_of(own, work, record, semester)
            work.tasks.append(task)
            made.append(task)
        record.note, task.record = task.task[:300], record
    write_changes(records, ["note", "done_on"])
    ActivityRecord.objects.bulk_create(extra)
    Mellomarbeid.objects.bulk_create(made, batch_size=200)
    _save(changed)


def _tidied(
    own: "OwnWork", work: "UnitWork", tasks: list[Mellomarbeid], semester: Semester
) -> list[Mellomarbeid]:
    """What is open when a semester ends is done by then, or was dropped."""
    last = CALENDAR.shift(semester.term_end - timedelta(days=2), "previous")
    left = [task for task in tasks if task.status in OPEN]
    for task in left:
        task.updated_at = oslo(last, 12)
        if own.chance.randrange(DROPPED) == 0:
            task.status = Status.DROPPED
        else:
            task.status, task.done_on = Status.DONE, last
            task.experience = own.draw(work, "task_experience")
    return left


def _registration(
    work: "UnitWork", activity: Activity, task: Mellomarbeid
) -> ActivityRecord | None:
    unit = work.unit
    number = task.semester.number
    if not applies_to_unit(activity.applies_to, unit.unit.kind, unit.first_semester, number):
        return None
    return ActivityRecord(
        activity=activity,
        deltakelse=unit.deltakelse,
        unit=unit,
        actor=activity.responsible,
        done_on=task.done_on,
        note="",
        registered_by=work.leader.user,
        registered_at=task.updated_at,
    )


def _task_of(
    own: "OwnWork", work: "UnitWork", record: ActivityRecord, semester: Semester
) -> Mellomarbeid:
    at = record.registered_at - timedelta(days=21)
    return Mellomarbeid(
        unit=work.unit,
        semester=semester,
        task=own.draw(work, "task"),
        kind=own.chance.choice(KINDS),
        who=own.draw(work, "task_who"),
        status=Status.DONE,
        experience=own.draw(work, "task_experience"),
        done_on=record.done_on,
        created_by=work.leader.user,
        **work.stamps(at),
    )


def _save(tasks: list[Mellomarbeid]) -> None:
    fields = (
        "status",
        "experience",
        "experience_from_grunnlag",
        "done_on",
        "record",
        "updated_at",
        "updated_by",
    )
    write_changes(tasks, fields)
