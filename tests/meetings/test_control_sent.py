"""What was sent, in the control room: the last sendings, search, histories and long lists."""

from datetime import timedelta

import pytest

from cohorts.models import DeadlineRule
from meetings.actions.obligation import sync_semester_obligations
from tests.factories.cohorts import semester_of
from tests.factories.control import fill, notice_to, page
from tests.factories.mail import MailFactory
from tests.factories.meetings import NOW, THIRD, TODAY, make_meeting
from tests.factories.people import UserFactory, make_role, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def test_the_last_sendings_tell_how_many_arrived(client, scene):
    rule = DeadlineRule.objects.filter(pulje=scene.pulje).first()
    for number, status in enumerate(("sent", "sent", "bounced")):
        went_out(rule, "remind-2", number, status=status)

    text = page(client, scene.udir)

    assert (rule.title in text, "2 av 3 kom fram" in text) == (True, True)


def went_out(rule, step, number, *, kind="leder", status="sent", day=0):
    """A notice of a step of a rule, in a mail that was tried on `day` days before today."""
    at = NOW - timedelta(days=day)
    mail = MailFactory(status=status, created_at=at, sent_at=at if status == "sent" else None)
    role = make_role(kind)
    values = {"rule": rule.pk, "kind": rule.key, "category": "reminder", "status": status}
    values |= {"role": role, "mail": mail, "occasion": f"{step}@2026-11-2{number}"}
    return notice_to(role.user, number, **values)


def test_each_step_of_a_rule_is_a_sending_of_its_own(client, scene):
    rule = DeadlineRule.objects.get(pulje=scene.pulje, key="referat")
    steps = [("remind-4", "leder", 0), ("remind-4", "arbeidsgruppe", 0), ("to-eier+7", "eier", 0)]
    steps += [("remind-4", "leder", 1)]
    for number, (step, kind, day) in enumerate(steps):
        went_out(rule, step, number, kind=kind, day=day)
    went_out(rule, "remind+0", 8, status="failed")
    sign_in(client, scene.udir)

    rows = client.get("/varsler/").context["sendings"]

    assert [(row["title"], row["about"], row["arrived"]) for row in rows] == [
        (f"{rule.title}, {when}", f"I {day} kl. 10.00 · til {to} · regel i pulje 9", arrived)
        for when, day, to, arrived in (
            ("på fristen", "dag", "styrere og rektorer", "0 av 1 kom fram"),
            ("4 dager igjen", "dag", "arbeidsgrupper og styrere og rektorer", "2 av 2 kom fram"),
            ("7 dager over fristen", "dag", "eiere", "1 av 1 kom fram"),
            ("4 dager igjen", "går", "styrere og rektorer", "1 av 1 kom fram"),
        )
    ]


def test_a_reminder_tells_the_step_that_wrote_it(client, scene):
    rule = DeadlineRule.objects.get(pulje=scene.pulje, key="referat")
    notice = went_out(rule, "to-eier+7", 1, kind="eier")

    text = page(client, scene.udir, f"/varsler/person/{notice.recipient_id}/")

    start = text.index("Regel: ")
    assert (
        text[start : text.index("<", start)]
        == "Regel: referat fra veiledningen, 7 dager over fristen"
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Grunnlag 1", "Grunnlag 2"]),
        ("person=aase", ["Grunnlag 1"]),
        ("sted=Granli", ["Grunnlag 2"]),
        ("status=cancelled", ["Grunnlag 2"]),
        ("fra=19.11.2026&til=19.11.2026", ["Grunnlag 2"]),
        ("person=ingen", []),
    ],
)
def test_search_finds_what_was_sent(client, scene, query, found):
    notice_to(UserFactory(email="aase@lmp.example"), 1, status="sent")
    yesterday = NOW - timedelta(days=1)
    notice_to(UserFactory(), 2, place="Granli skole", status="cancelled", created_at=yesterday)

    text = page(client, scene.udir, f"/varsler/sendt/?{query}")

    assert [title for title in ("Grunnlag 1", "Grunnlag 2") if title in text] == found


def test_a_search_with_days_in_the_wrong_order_says_so_and_keeps_what_was_typed(client, scene):
    notice_to(UserFactory())

    text = page(client, scene.udir, "/varsler/sendt/?fra=20.11.2026&til=1.11.2026")

    assert "Grunnlag 1" not in text
    assert ("Til-datoen kan ikke være før" in text, 'value="20.11.2026"' in text) == (True, True)


def test_the_history_of_a_person_has_every_outcome(client, scene):
    person = UserFactory(email_bounced_at=NOW)
    notice_to(person, 1, status="cancelled", outcome="Gjort 19. november")
    notice_to(person, 2, status="missed", outcome="For gammelt etter en stans")
    notice_to(UserFactory(), 3)

    text = page(client, scene.udir, f"/varsler/person/{person.pk}/")

    words = ("Gjort 19. november", "For gammelt etter en stans", "E-posten kommer ikke fram")
    assert [word for word in words if word not in text] == []
    assert "Grunnlag 3" not in text


def test_the_history_of_a_thing_tells_who_was_told(client, scene):
    unit = scene.skole.unit
    meeting = make_meeting(scene, "veiledning_2")
    notice_to(UserFactory(), 1, unit=unit)
    notice_to(UserFactory(), 2, owner=scene.deltakelse.owner)
    notice_to(UserFactory(), 3, subject=f"meeting:{meeting.pk}")
    paths = {
        f"om/unit/{unit.pk}/": ["Grunnlag 1"],
        f"om/eier/{scene.deltakelse.owner_id}/": ["Grunnlag 1", "Grunnlag 2"],
        f"om/moete/{meeting.pk}/": ["Grunnlag 3"],
    }
    titles = [f"Grunnlag {number}" for number in (1, 2, 3)]

    texts = {path: page(client, scene.udir, f"/varsler/{path}") for path in paths}

    assert {path: [t for t in titles if t in text] for path, text in texts.items()} == paths


def test_long_lists_are_paged(client, scene, monkeypatch):
    monkeypatch.setattr("meetings.views.control.PEOPLE_PER_PAGE", 1)
    monkeypatch.setattr("meetings.views.control.PER_PAGE", 1)
    for days in (14, 21):
        make_meeting(scene, "veiledning_2", day=TODAY + timedelta(days=days))
    sync_semester_obligations(semester=semester_of(scene.pulje, THIRD), now=NOW)
    fill([1, 2], DeadlineRule.objects.filter(pulje=scene.pulje).first())
    day = forecast_day(client, scene)

    pages = {
        path: [page(client, scene.udir, f"{path}&side={number}") for number in (1, 2)]
        for path in (f"/varsler/mottakere/?dag={day}&regel=", "/varsler/?alle=1")
    }

    for path, (first, second) in pages.items():
        query = path.partition("?")[2].replace("&", "&amp;")
        assert ("Side 1 av" in first, "Side 2 av" in second) == (True, True)
        assert f'href="?{query}&amp;side=2"' in first


def forecast_day(client, scene):
    """The first day in the forecast on which more than one person is told something."""
    sign_in(client, scene.udir)
    groups = client.get("/varsler/?dager=30").context["groups"].paginator.object_list
    counts = {}
    for group in groups:
        counts[group.day] = counts.get(group.day, 0) + group.count
    return next(day for day, count in sorted(counts.items()) if count > 1).isoformat()
