"""What readers wrote about the demo's plans, and the units' other work."""

from typing import TYPE_CHECKING

from cohorts.models import OtherWork, PlanComment
from reports.demo.plan import GRANLI, KVISTAD
from reports.demo.readers import signature_of
from reports.demo.world import day_of

if TYPE_CHECKING:
    from reports.demo.own_work import OwnWork, UnitWork

COMMENTED, ANSWERED, WITH_OTHER = 3, 2, 2  # one unit in so many
OTHER = {
    "nb": (
        ("dembra", "Dembra, andre året", "Samme arbeidsgruppe følger begge."),
        ("kompetansepakke", "Kompetansepakken om inkluderende miljø", "Brukes på personalmøtene."),
        ("tilskuddsordning", "Språk i hverdagen", "Vi bruker de samme observasjonene."),
        ("other", "Fysisk aktivitet hver dag", ""),
    ),
    "nn": (
        ("dembra", "Dembra, andre året", "Same arbeidsgruppa følgjer begge."),
        (
            "kompetansepakke",
            "Kompetansepakken om inkluderande miljø",
            "Blir brukt på personalmøta.",
        ),
    ),
}


def add_other_work(units: list["UnitWork"]) -> None:
    """Every second unit has something else under way."""
    rows = []
    for work in units:
        if work.number % WITH_OTHER == 0:
            bank = OTHER[work.language]
            kind, title, connection = bank[work.number // WITH_OTHER % len(bank)]
            rows.append(OtherWork(unit=work.unit, kind=kind, title=title, connection=connection))
    OtherWork.objects.bulk_create(rows)


def comment_plans(own: "OwnWork") -> None:
    """A veileder's comment to the newest tiltak of some plans; half are answered."""
    PlanComment.objects.bulk_create(
        _comment(own, work)
        for work in own.units.values()
        if work.tiltak and (work.number % COMMENTED == 0 or work.name in (GRANLI, KVISTAD))
    )


def _comment(own: "OwnWork", work: "UnitWork") -> PlanComment:
    world = own.world
    veileder = world.pairs[work.place.plan.pair][0]
    text, _bar, answer = own.draw(work, "comment").partition("|")
    comment = PlanComment(
        plan=work.plan,
        tiltak=work.tiltak[-2],
        text=text,
        written_by=veileder.user,
        written_as=signature_of(veileder, world.today, work.language),
        written_at=day_of(world, -9, 11),
    )
    if work.number % ANSWERED == 0:
        comment.answer = answer
        comment.answered_by, comment.answered_at = work.leader.user, day_of(world, -6, 14)
    return comment
