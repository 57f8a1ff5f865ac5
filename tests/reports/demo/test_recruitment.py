"""The recruitment in the demo: somebody at every stage, and something to do for everybody in it."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from actors.models import Kommune, Role
from cohorts.models import (
    Applicant,
    Candidate,
    Decision,
    Opptak,
    Outcome,
    PriorityList,
    Soeknad,
    SoeknadPartner,
    SoeknadUnit,
    Stage,
)
from reports.queries.recruitment import recruitment_of
from reports.queries.tasks import tasks_of
from tests.factories.demo import FRIDAY, WHOLE_DEMO

pytestmark = WHOLE_DEMO
NINE = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
SEND = "Send søknaden om å delta i pulje 10"
RANK = "Send prioritert liste for pulje 10"


def acting(address: str, place: str = ""):
    """The person in the role that has `place` in its name."""
    roles = Role.objects.filter(user__email=f"{address}@lmp.example").select_related("user")
    role = next(role for role in roles if place in str(role))
    return role.user.act_as(role, FRIDAY)


def test_the_command_says_what_it_made(demo):
    assert demo == (
        "Demo of 2026-11-20: 18 kommuner, 53 units, 824 meetings in three puljer, "
        "and 18 applicants to pulje 10\n"
    )


def test_somebody_is_at_every_stage(demo):
    assert set(Candidate.objects.values_list("stage", flat=True)) == set(Stage.values)


def test_the_opptak_is_open_and_something_is_due_soon(demo):
    opptak = Opptak.objects.get()

    assert (opptak.is_open, opptak.pulje.number, opptak.capacity) == (True, 10, 12)
    assert list(opptak.pulje.dates.values_list("date", flat=True)) == [
        date(2026, 11, 25),
        date(2026, 12, 3),
        date(2026, 12, 18),
        date(2027, 1, 22),
    ]


def test_a_joint_soeknad_is_confirmed_and_another_is_asked(demo):
    partners = SoeknadPartner.objects.order_by("status")

    assert [
        (str(each.soeknad.candidate.owner), str(each.owner), each.status) for each in partners
    ] == [
        ("Tranevik kommune", "Langneset kommune", "asked"),
        ("Elveskar kommune", "Storholmen kommune", "confirmed"),
    ]


def test_a_private_school_applies(demo):
    soeknad = Soeknad.objects.get(applicant=Applicant.FRITTSTAAENDE_SKOLE)

    assert str(soeknad.candidate.owner) == "Fredvik friskole SA"


def test_letters_are_held_in_nynorsk_for_a_nynorsk_kommune(demo):
    held = Decision.objects.held().order_by("pk")

    assert [(str(each.owner), each.outcome, each.read_at is not None) for each in held] == [
        ("Tverrdalsø kommune", Outcome.TILBUD, True),
        ("Storskjær kommune", Outcome.TILBUD, False),
        ("Havlyset kommune", Outcome.RESERVE, False),
    ]
    assert {each.owner.kommune.maalform for each in held} == {"nynorsk"}


def test_there_is_a_reserve_a_no_and_an_offer_that_waits(demo):
    sent = Decision.objects.released().order_by("owner__name")

    assert [(str(each.owner), each.outcome, answered(each)) for each in sent] == [
        ("Bukkefjell kommune", "tilbud", None),
        ("Klokkerås kommune", "tilbud", False),
        ("Nordskår kommune", "avslag", None),
        ("Sandskar kommune", "reserve", None),
        ("Tjuvholtet kommune", "tilbud", True),
    ]
    assert all(each.approved_by_id != each.released_by_id for each in sent)


def answered(decision: Decision) -> bool | None:
    answer = getattr(decision, "answer", None)
    return answer.accepted if answer else None


def test_an_owner_has_sami_and_kven_names(demo):
    kommune = Kommune.objects.get(name="Sundmark")

    assert (kommune.name_nordsamisk, kommune.name_kvensk) == ("Čoalbmeriidu", "Salmenrinta")
    assert Candidate.objects.filter(owner__kommune=kommune).exists()


def test_units_are_invited_write_and_have_delivered(demo):
    parts = SoeknadUnit.objects.filter(soeknad__candidate__owner__name__startswith="Tranevik")

    assert sorted(parts.values_list("part", flat=True)) == [
        "delivered",
        "delivered",
        "delivered",
        "draft",
        "not_started",
    ]


def test_the_main_embete_has_not_sent_its_list_and_others_have(demo):
    lists = PriorityList.objects.order_by("embete__statsforvalter__name")

    assert {str(each.embete.statsforvalter): each.sent_at is not None for each in lists} == {
        "Statsforvalteren i Agder": True,
        "Statsforvalteren i Innlandet": True,
        "Statsforvalteren i Nordland": True,
        "Statsforvalteren i Trøndelag": False,
        "Statsforvaltaren i Vestland": True,
    }


def test_nothing_of_the_recruitment_happened_after_now(demo):
    now = timezone.make_aware(datetime(2026, 11, 20, 6))

    assert Soeknad.objects.filter(saved_at__gt=now).count() == 0
    assert Decision.objects.filter(decided_at__gt=now).count() == 0


@pytest.mark.parametrize(
    ("address", "place", "due", "title", "action"),
    [
        ("torunn.flaten", "Tranevik", date(2026, 11, 25), SEND, "Fortsett på søknaden"),
        ("eier", "Tranevik", date(2026, 11, 25), SEND, "Fortsett på søknaden"),
        ("statsforvalter", "Trøndelag", date(2026, 12, 3), RANK, "Åpne prioriteringen"),
        ("liv.torunn.aase", "Trøndelag", date(2026, 12, 3), RANK, "Åpne prioriteringen"),
    ],
)
def test_those_who_owe_something_find_it_on_min_side(demo, address, place, due, title, action):
    tasks = tasks_of(acting(address, place), NINE)

    found = [(task.due, task.title, task.action) for task in tasks if "pulje 10" in task.title]
    assert found == [(due, title, action)]


def test_a_kommune_that_is_asked_to_apply_together_is_led_to_the_question(demo):
    role = Role.objects.get(owner__name__startswith="Langneset")

    found = recruitment_of(role.user.act_as(role, FRIDAY))

    assert found is not None
    assert found.text == "Tranevik kommune spør om dere vil søke sammen."


def test_who_has_an_offer_is_asked_to_answer(demo):
    role = Role.objects.get(owner__name__startswith="Bukkefjell")
    decision = Decision.objects.get(owner=role.owner)

    [task] = tasks_of(role.user.act_as(role, FRIDAY), NINE)

    assert (task.due, task.url) == (decision.answer_due, f"/brev/{decision.pk}/svar/")


@pytest.mark.parametrize(
    ("address", "place", "text"),
    [
        ("solveig.hovland", "Klokkerås", "Dere har takket nei."),
        ("astrid.sande", "Tjuvholtet", "Dere har takket ja."),
        (
            "eier",
            "Fjordvik",
            "Opptaket er åpent. Se hvem som kan søke, og hva dere må ha på plass.",
        ),
        (
            "jon.lie",
            "",
            "Tre søknader er ikke avgjort. Tre brev ligger i utboksen. "
            "Én plass er ledig, og noen står på reservelista.",
        ),
    ],
)
def test_owners_and_udir_see_how_it_stands(demo, address, place, text):
    found = recruitment_of(acting(address, place))

    assert found is not None
    assert found.text == text


@pytest.mark.parametrize("address", ["rektor", "ppt", "veileder", "koordinator"])
def test_others_have_nothing_to_do_in_it(demo, address):
    user = acting(address)

    assert [task for task in tasks_of(user, NINE) if "pulje 10" in task.title] == []
    assert recruitment_of(user) is None
