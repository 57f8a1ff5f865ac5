"""The demo's meetings, papers and own work: in all states, and none of it after now."""

from datetime import datetime

from django.utils import timezone

from actors.models import Opening, User
from cohorts.models import (
    ActivityRecord,
    DeltakendeUnit,
    Framdriftsplan,
    Mellomarbeid,
    PaperTemplate,
    PlanComment,
    PlanReview,
    PlanVersion,
    Tiltak,
    TiltakStatus,
)
from lmp.lib.workdays import Calendar
from meetings.models import (
    Addendum,
    GrunnlagComment,
    Meeting,
    Merknad,
    PrivacyReport,
    Referat,
    Veiledningsgrunnlag,
    VeiledningsgrunnlagVersion,
)
from tests.factories.demo import WHOLE_DEMO

pytestmark = WHOLE_DEMO


def test_plans_have_goals_in_all_states_and_a_version_for_each_review(demo):
    plans = Framdriftsplan.objects.filter(unit__deltakelse__pulje__number=9)
    versions = PlanVersion.objects.filter(plan__in=plans)
    statuses = Tiltak.objects.filter(maal__plan__in=plans).values_list("status", flat=True)

    assert plans.count() == DeltakendeUnit.objects.filter(deltakelse__pulje__number=9).count()
    assert set(statuses) == set(TiltakStatus.values)
    assert set(versions.values_list("number", flat=True)) == {1, 2, 3}
    assert versions.filter(review__record=None).count() == 0
    assert PlanReview.objects.filter(version=None).count() == 1
    assert PlanComment.objects.exclude(answer="").exists()


def test_a_finished_plan_has_a_version_for_each_semester(demo):
    plan = Framdriftsplan.objects.filter(unit__deltakelse__pulje__number=8).first()

    assert [version.content["semester"] for version in plan.versions.all()] == [4, 3, 2, 1]


def test_what_is_registered_is_about_rows_of_the_units(demo):
    own = {
        "kartlegging": "kartlegging",
        "mellomarbeid": "mellomarbeid",
        "medvirkning": "involvement",
        "plangjennomgang": "plan_review",
    }

    for kind, row in own.items():
        records = ActivityRecord.objects.filter(activity__kind=kind)
        assert records.exists()
        assert records.filter(**{row: None}).count() == 0
        assert records.filter(note="").count() == 0


def test_mellomarbeid_is_in_all_states_and_told_about_in_grunnlag(demo):
    tasks = Mellomarbeid.objects.filter(semester__pulje__number=9)
    told = [
        row
        for version in VeiledningsgrunnlagVersion.objects.all()
        for row in version.content["since_last"]
        if "mellomarbeid" in row
    ]

    assert set(tasks.values_list("status", flat=True)) == set(Mellomarbeid.Status.values)
    assert {row["outcome"] for row in told} == {"done", "partly", "not_done"}


def test_papers_of_the_third_semester_are_written_in_their_own_form(demo):
    form = PaperTemplate.objects.get()
    papers = Veiledningsgrunnlag.objects.filter(meeting__pulje__number=9)

    assert (form.kind, form.semester.number, form.number) == ("grunnlag", 3, 1)
    assert set(papers.values_list("meeting__semester__number", "template")) == {
        (1, None),
        (2, None),
        (3, form.pk),
    }
    answers = [version.content["extra"] for version in VeiledningsgrunnlagVersion.objects.all()]
    assert any(answers)


def test_papers_are_read_commented_objected_to_added_to_and_reported(demo):
    assert Opening.objects.by_role("veileder").exists()
    assert GrunnlagComment.objects.exclude(answer_to=None).exists()
    assert set(Merknad.objects.values_list("status", flat=True)) >= {"taken_in", "both_stand"}
    assert set(Addendum.objects.values_list("referat__meeting__pulje__number", flat=True)) == {8, 9}
    report = PrivacyReport.objects.get()
    assert (str(report.text.paper.unit), report.status) == ("Bekkelia skole", "open")
    assert report.text.hidden_at is not None


def test_meetings_are_on_working_days(demo):
    calendar = Calendar()
    meetings = Meeting.objects.exclude(status="cancelled").exclude(deltakelse=None)

    assert [m for m in meetings if not calendar.is_workday(m.day)] == []
    assert all(m.end > m.start for m in meetings)


def test_nothing_has_happened_after_now(demo):
    now = timezone.make_aware(datetime(2026, 11, 20, 6))

    assert Referat.objects.filter(sent_at__gt=now).count() == 0
    assert User.objects.filter(created_at__gt=now).count() == 0
