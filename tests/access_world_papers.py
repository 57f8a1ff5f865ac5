"""The papers of one owner for the access matrix: plan, own work, a reported text, a locked referat.

The private barnehage has a plan and mellomarbeid of its own: the kommune sees its status only.
"""

from datetime import date, timedelta

from cohorts.models import DeltakendeUnit, Involvement, OtherWork, PaperTemplate, PlanReview
from meetings.actions.addendum import write_addendum
from meetings.actions.grunnlag import start_grunnlag
from meetings.actions.grunnlag_attachment import add_attachment
from meetings.actions.register import make_redacted_copy
from meetings.models import FollowUp, Meeting, RedactedCopy, Referat, ReferatVersion
from tests.factories.cohorts import activity_of
from tests.factories.meetings import NOW, TODAY, Scene, make_meeting
from tests.factories.own_work import (
    make_comment,
    make_kartlegging,
    make_line,
    make_maal,
    make_mellomarbeid,
    make_omraade,
    make_plan,
    make_plan_version,
    make_tiltak,
)
from tests.factories.papers import held_meeting, make_referat, send_grunnlag, send_referat
from tests.factories.privacy import make_report

Arguments = dict[str, tuple]


def make_papers(
    scene: Scene, private: DeltakendeUnit, grunnlag, referat: ReferatVersion
) -> Arguments:
    """The arguments of every address about a paper, from rows that are made here.

    `grunnlag` and `referat` are the sent versions of the skole.
    """
    unit = (scene.skole.pk,)
    return {
        "unit_work": unit,
        "private_work": (private.pk,),
        **_plan(scene, private),
        **_own_work(scene, private),
        **_reported(scene),
        **_locked(scene),
        **_register(scene, grunnlag, referat),
        **_attached(scene),
        **_template(scene),
    }


def _plan(scene: Scene, private: DeltakendeUnit) -> Arguments:
    plan = make_plan(scene)
    tiltak = make_tiltak(make_maal(plan))
    version = make_plan_version(plan, scene.by("leder"))
    comment = make_comment(scene, plan, tiltak)
    other = OtherWork.objects.create(unit=scene.skole, kind="dembra", title="Dembra")
    PlanReview.objects.create(
        plan=plan,
        semester=scene.pulje.semesters.get(number=3),
        held_on=TODAY,
        created_at=NOW,
        updated_at=NOW,
        updated_by=scene.by("leder"),
    )
    hidden = make_plan(scene, private)
    make_tiltak(make_maal(hidden))
    make_plan_version(hidden, scene.by("leder"))
    unit = scene.skole.pk
    return {
        "plan+maal": (unit, tiltak.maal_id),
        "plan+tiltak": (unit, tiltak.pk),
        "plan+version": (unit, version.number),
        "plan+comment": (unit, comment.pk),
        "plan+other": (unit, other.pk),
        "private_plan+version": (private.pk, 1),
        "journal+plan": ("plan", version.pk),
    }


def _own_work(scene: Scene, private: DeltakendeUnit) -> Arguments:
    unit = scene.skole.pk
    make_mellomarbeid(scene, unit=private)
    make_kartlegging(scene, unit=private)
    involvement = Involvement.objects.create(
        unit=scene.skole,
        activity=activity_of(scene.pulje, "medvirkning_foreldre", 3),
        body="FAU",
        what="Rutinen i garderoben",
        held_on=date(2026, 11, 18),
        count=9,
        created_at=NOW,
        created_by=scene.by("leder"),
    )
    return {
        "mellomarbeid": (unit, make_mellomarbeid(scene).pk),
        "kartlegging": (unit, make_kartlegging(scene).pk),
        "omraade": (unit, make_omraade(scene).pk),
        "line": (unit, make_line(scene).pk),
        "involvement": (unit, involvement.pk),
    }


def _sent_grunnlag(scene: Scene, days: int):
    meeting = make_meeting(scene, "veiledning_1", day=TODAY + timedelta(days=days))
    grunnlag = start_grunnlag(meeting=meeting, unit=scene.skole, by=scene.by("leder"), now=NOW)
    return _send(scene, grunnlag)


def _send(scene: Scene, grunnlag):
    """Send it with an answer to each point from before."""
    points = FollowUp.objects.carried_to(grunnlag.meeting, scene.skole)
    answers = [{"follow_up": each.pk, "outcome": "partly", "comment": ""} for each in points]
    return send_grunnlag(scene, grunnlag, since_last=answers)


def _reported(scene: Scene) -> Arguments:
    """A grunnlag that PPT has reported: hidden, and not yet cleaned."""
    version = _sent_grunnlag(scene, 20)
    report = make_report(version, scene.ppt)
    meeting = version.paper.meeting_id
    return {
        "hidden": (meeting,),
        "hidden+version": (meeting, version.pk),
        "hidden+receipt": (meeting, version.receipt),
        "report": (report.pk,),
        "report+text": ("grunnlag", version.pk),
    }


def _locked(scene: Scene) -> Arguments:
    """A locked referat with an addendum and an open point."""
    meeting: Meeting = held_meeting(scene, "veiledning_1", days_ago=40)
    referat = make_referat(scene, meeting)
    send_referat(scene, referat)
    Referat.objects.filter(pk=referat.pk).update(status="locked", locked_at=NOW)
    write_addendum(
        referat=referat, sak=None, text="Tre uker.", reason="Feil.", by=scene.by("leder"), now=NOW
    )
    point = FollowUp.objects.get(referat=referat)
    return {"locked": (meeting.pk,), "locked+point": (meeting.pk, point.pk)}


def _register(scene: Scene, grunnlag, referat: ReferatVersion) -> Arguments:
    copy: RedactedCopy = make_redacted_copy(
        version=referat,
        marked=[],
        without_names=True,
        legal_basis="Offentleglova § 13",
        reason="Innsyn",
        by=scene.by("eier"),
        now=NOW,
    )
    return {
        "journal": ("grunnlag", grunnlag.pk),
        "journal+referat": ("referat", referat.pk),
        "redacted": (copy.pk,),
    }


def _attached(scene: Scene) -> Arguments:
    """Two files: one in a draft, one that was sent."""
    meeting = make_meeting(scene, "veiledning_1", day=TODAY + timedelta(days=27))
    by = scene.by("leder")
    grunnlag = start_grunnlag(meeting=meeting, unit=scene.skole, by=by, now=NOW)
    values = {"grunnlag": grunnlag, "content": b"%PDF-1.7 innhold", "by": by, "now": NOW}
    sent = add_attachment(name="plan.pdf", **values)
    _send(scene, grunnlag)
    draft = add_attachment(name="kart.pdf", **values)
    return {"attachment": (meeting.pk, sent.pk), "attachment+draft": (meeting.pk, draft.pk)}


def _template(scene: Scene) -> Arguments:
    edition = PaperTemplate.objects.create(
        pulje=scene.pulje, kind="grunnlag", number=1, created_at=NOW
    )
    number = scene.pulje.number
    return {"template": (number, "grunnlag"), "template+edition": (number, edition.pk)}
