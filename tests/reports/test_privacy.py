"""The two-hats rule: Udir and statsforvalter see that papers exist, never what they say."""

from datetime import date, timedelta

from meetings.models import (
    FollowUp,
    Merknad,
    Referat,
    ReferatSak,
    ReferatVersion,
    Veiledningsgrunnlag,
    VeiledningsgrunnlagVersion,
)
from tests.factories.meetings import NOW, TODAY, make_meeting
from tests.factories.people import make_role, sign_in

SECRET = "det som bare veilederne skal lese"
AGREED = "det vi avtalte i fortrolighet"


def sent(model, version, meeting, scene, **values):
    """A paper that is sent, with one version of it."""
    author = scene.leder.user
    paper = model.objects.create(
        meeting=meeting,
        unit=scene.skole,
        status="sent",
        created_at=NOW,
        updated_at=NOW,
        updated_by=author,
        sent_at=NOW,
        **values,
    )
    submitted = version.objects.create(
        paper=paper,
        number=1,
        content={"questions": SECRET, "agreed": [{"text": AGREED}]},
        language="nb",
        sha256="0" * 64,
        receipt=f"{model.__name__}-1",
        sent_at=NOW,
        sent_by=author,
        sent_as="Rektor",
    )
    return paper, submitted


def write_papers(scene) -> None:
    """A grunnlag for a meeting next week and a referat of one that was, full of secrets."""
    before = make_meeting(scene, "veiledning_1", day=TODAY - timedelta(days=30), now=NOW)
    coming = make_meeting(scene, "veiledning_2", day=date(2026, 11, 24))
    sent(Veiledningsgrunnlag, VeiledningsgrunnlagVersion, coming, scene, questions=SECRET)
    referat, version = sent(
        Referat,
        ReferatVersion,
        before,
        scene,
        held_from=before.start,
        held_to=before.end,
        mellomarbeid=SECRET,
        merknad_due=date(2026, 12, 1),
    )
    ReferatSak.objects.create(referat=referat, position=1, title=SECRET, summary=SECRET)
    FollowUp.objects.create(
        referat=referat, text=AGREED, responsible="leder", due=TODAY - timedelta(days=2)
    )
    Merknad.objects.create(
        referat=referat,
        version=version,
        text=SECRET,
        written_by=scene.veileder.user,
        written_as="Veileder",
        written_at=NOW,
    )


def pages(client, scene, role) -> str:
    """Everything that the office is shown of the pulje, its owner, unit and cells."""
    sign_in(client, role)
    urls = [
        "/min-side/",
        "/puljer/",
        "/puljer/9/",
        "/puljer/9/?vis=enheter",
        "/puljer/9/?vis=arbeid",
        "/puljer/9/tall.csv",
        f"/puljer/9/{scene.deltakelse.pk}/referat/",
        f"/eiere/{scene.deltakelse.owner_id}/",
        f"/enheter/{scene.skole.unit_id}/",
    ]
    return "".join(client.get(url).content.decode() for url in urls)


def test_status_without_text_for_those_with_two_hats(client, scene):
    write_papers(scene)
    admin = make_role("admin")

    for role in (scene.udir, scene.statsforvalter, admin):
        shown = pages(client, scene, role)

        assert "Veiledning på enheten" in shown
        assert (SECRET in shown, AGREED in shown) == (False, False)


def test_the_veileder_reads_the_question_and_what_was_agreed(client, scene):
    write_papers(scene)
    sign_in(client, scene.veileder)

    page = client.get("/veiledning/?uke=2026-W48").content.decode()

    assert f"«{SECRET}»" in page
    assert AGREED in page


def test_the_owner_counts_what_was_agreed_of_its_own_units_only(client, scene):
    write_papers(scene)
    sign_in(client, scene.eier)
    own = client.get(f"/eiere/{scene.deltakelse.owner_id}/")

    unit = scene.skole.unit
    unit.owner, unit.ownership = make_role("eier").owner, "privat"
    unit.save()
    foreign = client.get(f"/eiere/{scene.deltakelse.owner_id}/")

    late = [
        {
            each.unit.name: (each.late_points, each.status_only)
            for each in page.context["page"].units
        }
        for page in (own, foreign)
    ]
    assert [found[unit.name] for found in late] == [(1, False), (0, True)]
    assert "Kommunen ser bare status for private enheter." in foreign.content.decode()
