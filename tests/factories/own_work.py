"""A unit's own work, written as rows: `make_plan(scene)`, `make_tiltak(maal)` and so on."""

from datetime import date

from cohorts.models import (
    ArbeidsarkLine,
    Framdriftsplan,
    Kartlegging,
    Maal,
    Mellomarbeid,
    Omraade,
    PlanComment,
    PlanVersion,
    Tiltak,
)
from lmp.lib.hashing import content_hash
from tests.factories.meetings import NOW, Scene

PLAN_SECRET = "Hemmelig: uro i gangen på 3. trinn"


def _stamps(scene: Scene, unit) -> dict:
    by = scene.by("leder" if unit == scene.skole else "styrer")
    return {"created_at": NOW, "updated_at": NOW, "updated_by": by}


def make_plan(scene: Scene, unit=None, **values) -> Framdriftsplan:
    """The working plan of the skole (or `unit`), without goals."""
    unit = unit or scene.skole
    return Framdriftsplan.objects.create(unit=unit, **{**_stamps(scene, unit), **values})


def make_maal(plan: Framdriftsplan, title="Trygge overganger", **values) -> Maal:
    """A goal of the plan."""
    values = {"long_term": "Alle kommer trygt fra friminutt til time.", **values}
    return Maal.objects.create(plan=plan, title=title, **values)


def make_tiltak(maal: Maal, title="Samme voksen følger inn", **values) -> Tiltak:
    """A tiltak with all five answers; `what` holds a text that must not leak."""
    values = {
        "problem": "Ingen voksne er i gangen.",
        "what": PLAN_SECRET,
        "period": "16. november–18. desember",
        "who": "Teamlederne",
        "evaluate_on": date(2026, 12, 16),
        **values,
    }
    return Tiltak.objects.create(maal=maal, title=title, **values)


def make_plan_version(plan: Framdriftsplan, by, number=1, **values) -> PlanVersion:
    """A saved version of the plan, with as little content as a reader needs."""
    content = {"maal": [], "unit": str(plan.unit), "note": PLAN_SECRET, "number": number}
    values = {"content": content, "sha256": content_hash(content), **values}
    return PlanVersion.objects.create(
        plan=plan,
        number=number,
        language="nb",
        receipt=f"FP-9-{plan.pk:06d}-{number}",
        sent_at=NOW,
        sent_by=by,
        sent_as="Rektor, Granli skole",
        **values,
    )


def make_comment(scene: Scene, plan: Framdriftsplan, tiltak=None, **values) -> PlanComment:
    """A veileder's comment."""
    return PlanComment.objects.create(
        plan=plan,
        tiltak=tiltak,
        text=values.pop("text", "Hva gjør dere når den voksne er vikar?"),
        written_by=scene.by("veileder"),
        written_as="Veileder",
        written_at=NOW,
        **values,
    )


def make_kartlegging(scene: Scene, unit=None, **values) -> Kartlegging:
    """A finished look at oneself."""
    unit = unit or scene.skole
    values = {
        "semester": scene.pulje.semesters.get(number=3),
        "tool": "observasjon",
        "period": "Oktober 2026",
        "participants": "Alle team",
        "findings": PLAN_SECRET,
        **values,
    }
    return Kartlegging.objects.create(unit=unit, **_stamps(scene, unit), **values)


def make_omraade(scene: Scene, text="Overgangene", kind="develop", unit=None) -> Omraade:
    """Something to keep or to develop."""
    return Omraade.objects.create(unit=unit or scene.skole, kind=kind, text=text)


def make_line(scene: Scene, text="Samme voksen følger inn", item="kan_paavirke", **values):
    """A line of the worksheet."""
    values = {"checklist": "fremmer_hemmer", "topic": "trygt_og_godt", **values}
    return ArbeidsarkLine.objects.create(
        unit=scene.skole,
        item=item,
        text=text,
        created_at=NOW,
        created_by=scene.by("leder"),
        **values,
    )


def make_mellomarbeid(scene: Scene, task="Observere overganger", unit=None, **values):
    """A task between two meetings of the skole (or `unit`)."""
    unit = unit or scene.skole
    values = {
        "semester": scene.pulje.semesters.get(number=3),
        "who": "Teamlederne",
        "created_by": scene.by("leder"),
        **values,
    }
    return Mellomarbeid.objects.create(unit=unit, task=task, **_stamps(scene, unit), **values)
