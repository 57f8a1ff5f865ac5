"""The demo as a whole: everything is made up, and it is the same for the same date."""

import csv
from datetime import date, datetime
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from actors.models import Kommune, Opening, Owner, Role, Statsforvalter, Unit, User
from actors.rules.register import fold, is_orgnr
from cohorts.models import (
    ActivityRecord,
    Deltakelse,
    DeltakendeUnit,
    Framdriftsplan,
    Mellomarbeid,
    PaperTemplate,
    PlanComment,
    PlanReview,
    PlanVersion,
    Pulje,
    PuljeEvent,
    Tiltak,
    TiltakStatus,
)
from lmp.lib.personal_data import find_national_ids
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
from reports.demo.build import build_demo
from reports.demo.names import REGISTER_NAMES
from tests.factories.demo import fingerprint, our_models, rows_of

# One process builds the demo for the whole module.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.xdist_group("test_demo"),
]
FRIDAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo of a Friday, built once for the module and taken away after it."""
    with django_db_blocker.unblock():
        try:
            yield build_demo(today=FRIDAY)
        finally:
            call_command("flush", interactive=False, verbosity=0)


def register_values(*columns: str, files=tuple(REGISTER_NAMES)) -> set[str]:
    found = set()
    for file in files:
        with (settings.REGISTER_DIR / file).open(encoding="utf-8-sig", newline="") as rows:
            for row in csv.DictReader(rows):
                found |= {fold(row[column]) for column in columns if row.get(column)}
    return found


def test_the_demo_has_fourteen_kommuner_and_forty_seven_units_in_pulje_9(demo):
    pulje = Pulje.objects.get(number=9)

    assert Deltakelse.objects.filter(pulje=pulje).count() == 14
    assert DeltakendeUnit.objects.filter(deltakelse__pulje=pulje).count() == 47


def test_the_three_puljer_are_closed_running_and_recruiting(demo):
    assert list(Pulje.objects.order_by("number").values_list("number", "status")) == [
        (8, "closed"),
        (9, "running"),
        (10, "recruiting"),
    ]


def test_pulje_10_has_its_calendar_and_the_one_who_has_said_yes(demo):
    pulje = Pulje.objects.get(number=10)

    assert pulje.semesters.get(number=0).start == date(2027, 4, 22)
    assert pulje.semesters.get(number=1).start == date(2027, 8, 1)
    assert PuljeEvent.objects.filter(pulje=pulje).count() == 5
    assert [str(each.owner) for each in pulje.deltakelser.all()] == ["Tjuvholtet kommune"]
    assert list(pulje.dates.values_list("key", flat=True)) == [
        "soeknadsfrist",
        "prioritert_liste",
        "avgjoerelse",
        "svarfrist",
    ]


def test_pulje_8_is_finished_and_nothing_is_owed_there(demo):
    pulje = Pulje.objects.get(number=8)

    assert pulje.obligations.open().count() == 0
    papers = Referat.objects.filter(meeting__pulje=pulje, unit__isnull=False)
    assert set(papers.values_list("status", flat=True)) == {"locked"}


def test_every_participant_is_fictional(demo):
    assert Kommune.objects.real().count() == 0
    assert Deltakelse.objects.exclude(owner__is_fictional=True).count() == 0
    assert DeltakendeUnit.objects.exclude(unit__is_fictional=True).count() == 0
    assert sorted(Kommune.objects.values_list("number", flat=True)) == [
        str(9901 + place) for place in range(40)
    ]
    kommuner = register_values("kommunenavn", "offisielt_navn", files=("kommuner_2024.csv",))
    assert {fold(kommune.name) for kommune in Kommune.objects.all()} & kommuner == set()


def test_no_name_is_that_of_a_real_kommune_skole_or_barnehage(demo):
    columns = {column for names in REGISTER_NAMES.values() for column in names}
    real = register_values(*columns)
    ours = {
        fold(name)
        for model in (Kommune, Owner, Unit)
        for name in model.objects.values_list("name", flat=True)
    }

    assert ours & real == set()


def test_no_organisasjonsnummer_is_in_the_registers(demo):
    files = ("kommuner_2024.csv", "skoler.csv", "barnehager.csv")
    real = register_values("organisasjonsnummer", files=files)
    ours = {
        number
        for model in (Kommune, Owner, Unit)
        for number in model.objects.values_list("orgnr", flat=True)
    }

    assert ours & real == set()
    assert all(is_orgnr(number) for number in ours)


def test_the_kommuner_lie_in_real_fylker(demo):
    with_kommuner = Statsforvalter.objects.filter(fylker__kommuner__isnull=False).distinct()
    real = register_values("kode", files=("statsforvaltere.csv",))

    assert {fold(code) for code in Statsforvalter.objects.values_list("code", flat=True)} == real
    assert with_kommuner.count() == 10


def test_no_text_holds_a_national_id(demo):
    texts = [str(value) for model in our_models() for row in rows_of(model) for value in row]

    assert [text for text in set(texts) if " " in text and find_national_ids(text)] == []


def test_everybody_has_a_verified_address_that_cannot_receive_mail(demo):
    addresses = EmailAddress.objects.filter(verified=True, primary=True)

    assert set(User.objects.values_list("email", flat=True)) == set(
        addresses.values_list("email", flat=True)
    )
    assert not User.objects.exclude(email__endswith="@lmp.example").exists()


@pytest.mark.parametrize(
    ("address", "name", "roles"),
    [
        ("udir", "Kari Nilsen", ["udir"]),
        ("koordinator", "Dagfinn Skår", ["koordinator"]),
        ("statsforvalter", "Eirik Moen", ["statsforvalter"]),
        ("eier", "Tone Lindvik", ["eier", "eier"]),
        ("torunn.flaten", "Torunn Flaten", ["eier"]),
        ("liv.torunn.aase", "Liv Torunn Aase", ["statsforvalter"]),
        ("jon.lie", "Jon Lie", ["udir"]),
        ("rektor", "Marit Aasland", ["leder"]),
        ("styrer", "Jorunn Havstein", ["leder", "leder"]),
        ("ppt", "Leila Hansen", ["ppt"]),
        ("veileder", "Sigrid Haug", ["veileder"]),
        ("personvernkontakt", "Reidun Haugland", ["personvernkontakt", "personvernkontakt"]),
        ("admin", "Aksel Brandt", ["admin"]),
    ],
)
def test_the_demo_people_hold_their_offices(demo, address, name, roles):
    user = User.objects.get(email=f"{address}@lmp.example")

    assert user.name == name
    assert list(user.roles.active(FRIDAY).values_list("kind", flat=True)) == roles
    assert user.is_superuser is (address == "admin")


def acting(address: str):
    user = User.objects.get(email=f"{address}@lmp.example")
    return user.act_as(Role.objects.filter(user=user).first(), FRIDAY)


def test_a_veileder_follows_ten_units_in_three_kommuner(demo):
    veileder = acting("veileder")

    assert Deltakelse.objects.visible_to(veileder).count() == 3
    assert DeltakendeUnit.objects.visible_to(veileder).count() == 10


def test_ppt_serves_three_kommuner_and_reads_where_it_sits(demo):
    ppt = acting("ppt")

    assert ppt.role.ppt.kommuner.count() == 3
    assert DeltakendeUnit.objects.readable_by(ppt).count() == 9


def test_one_person_leads_two_units_of_an_oppvekstsenter(demo):
    roles = Role.objects.filter(user__email="styrer@lmp.example")

    assert [role.unit.name for role in roles.order_by("pk")] == [
        "Havbrekke oppvekstsenter, barnehage",
        "Havbrekke oppvekstsenter, skole",
    ]


def test_a_private_barnehage_takes_part_with_its_kommune(demo):
    unit = DeltakendeUnit.objects.get(unit__ownership="privat").unit

    assert (unit.owner.kind, unit.owner.name) == ("privat", "Nøttestua SA")
    assert str(unit.deltakelser.get().deltakelse.owner) == "Fjordvik kommune"


def test_a_second_run_changes_nothing(demo):
    before, out = fingerprint(), StringIO()

    call_command("demo", today=FRIDAY, stdout=out)

    assert out.getvalue() == "There is a pulje already; the demo changes nothing.\n"
    assert fingerprint() == before


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
