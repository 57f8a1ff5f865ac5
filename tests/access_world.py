"""Two worlds for the access matrix: one's own pulje and deltakelse, and somebody else's."""

from dataclasses import dataclass
from datetime import date

from actors.models import Invitation
from cohorts.models import ActivityRecord
from meetings.actions.grunnlag import start_grunnlag
from meetings.actions.merknad import add_merknad
from tests.access_world_papers import make_papers
from tests.access_world_recruitment import make_recruitment
from tests.access_world_reminders import make_sending
from tests.factories.cohorts import activity_of, make_deltakende_unit, make_pulje
from tests.factories.meetings import NOW, Scene, make_meeting, make_scene
from tests.factories.papers import held_meeting, make_referat, send_grunnlag, send_referat
from tests.factories.people import InvitationFactory, make_role
from tests.factories.register import (
    FylkeFactory,
    KommuneFactory,
    OwnerFactory,
    PrivateBarnehageFactory,
    StatsforvalterFactory,
)


@dataclass(frozen=True)
class World:
    """Objects of one deltakelse, and the arguments of every address that names one of them."""

    scene: Scene
    arguments: dict[str, tuple]


def make_world(number: int, *, announced: bool = True) -> World:
    """A pulje with one kommune in an embete of its own, a sent grunnlag, and referater.

    With `announced=False` its addresses about an opptak name one that is not announced yet.
    """
    fylke = FylkeFactory(
        number=f"{number:02}", statsforvalter=StatsforvalterFactory(code=f"embete-{number}")
    )
    scene = make_scene(make_pulje(number), OwnerFactory(kommune=KommuneFactory(fylke=fylke)))
    private = PrivateBarnehageFactory(kommune=scene.deltakelse.owner.kommune)
    private_unit = make_deltakende_unit(scene.deltakelse, private)
    meeting = make_meeting(scene)
    grunnlag = send_grunnlag(scene, _grunnlag(scene, meeting))
    held = held_meeting(scene)
    referat = send_referat(scene, make_referat(scene, held))
    merknad = add_merknad(
        referat=referat.paper, text="Vi avtalte to uker.", by=scene.by("veileder"), now=NOW
    )
    arguments = _arguments(scene, meeting, held, grunnlag, referat, merknad)
    arguments |= make_papers(scene, private_unit, grunnlag, referat)
    arguments |= make_sending(scene, meeting)
    return World(scene, arguments | make_recruitment(scene, private, announced=announced))


def _grunnlag(scene: Scene, meeting):
    return start_grunnlag(meeting=meeting, unit=scene.skole, by=scene.by("leder"), now=NOW)


def _arguments(scene, meeting, held, grunnlag, referat, merknad) -> dict[str, tuple]:
    number = (scene.pulje.number,)
    deltakelse = (scene.deltakelse.pk,)
    styringsgruppe = (scene.deltakelse.styringsgruppe_id,)
    member = scene.skole.arbeidsgruppe.members.order_by("pk").last()
    oppdrag = scene.deltakelse.oppdrag.order_by("pk").first()
    activity = activity_of(scene.pulje, "medvirkning_foreldre", 3)
    invitation: Invitation = InvitationFactory(unit=scene.skole.unit, token=f"verden-{number[0]}")
    record = ActivityRecord.objects.create(
        activity=activity,
        deltakelse=scene.deltakelse,
        unit=scene.skole,
        actor="leder",
        done_on=date(2026, 11, 20),
        note="FAU-møte",
        registered_by=scene.leder.user,
        registered_at=NOW,
    )
    return {
        "number": number,
        "number+deltakelse+kind": (*number, *deltakelse, "veiledning"),
        "number+key": (*number, "referat"),
        "owner": (scene.deltakelse.owner_id,),
        "unit": (scene.skole.unit_id,),
        "meeting": (meeting.pk,),
        "held": (held.pk,),
        "grunnlag+receipt": (meeting.pk, grunnlag.receipt),
        "grunnlag+version": (meeting.pk, grunnlag.pk),
        "referat+receipt": (held.pk, referat.receipt),
        "referat+version": (held.pk, referat.pk),
        "held+merknad": (held.pk, merknad.pk),
        "deltakelse": deltakelse,
        "deltakelse+unit": (*deltakelse, scene.skole.pk),
        "deltakende_unit": (scene.skole.pk,),
        "group": (scene.skole.arbeidsgruppe_id,),
        "styringsgruppe": styringsgruppe,
        "group+member": (scene.skole.arbeidsgruppe_id, member.pk),
        "group+seat": (scene.skole.arbeidsgruppe_id, "mellomleder"),
        "oppdrag": (oppdrag.pk,),
        "activity": (activity.pk,),
        "record": (record.pk,),
        "invitation": (invitation.pk,),
        "token": (invitation.token,),
        "role": (scene.arbeidsgruppe.pk,),
        "": (),
    }


def make_identities(scene: Scene) -> dict:
    """One role of every kind around `scene`; «nobody» is signed in without a role."""
    kommune = scene.deltakelse.owner.kommune
    return {
        "anonym": None,
        "nobody": make_role("leder", valid_to=date(2025, 12, 31)),
        "udir": scene.udir,
        "koordinator": scene.koordinator,
        "statsforvalter": scene.statsforvalter,
        "veileder": scene.veileder,
        "eier": scene.eier,
        "barnehagemyndighet": make_role("barnehagemyndighet", kommune),
        "leder": scene.leder,
        "styrer": scene.styrer,
        "arbeidsgruppe": scene.arbeidsgruppe,
        "ppt": scene.ppt,
        "personvernkontakt": make_role("personvernkontakt", scene.deltakelse.owner),
        "admin": make_role("admin"),
    }
