"""The pages of a meeting: what each role sees and may do there. The day is 20 November 2026."""

from datetime import date

import pytest
from django.urls import reverse

from cohorts.actions.pulje import close_pulje
from meetings.actions.attendance import Entry, record_attendance
from meetings.actions.meeting import cancel_meeting, change_meeting
from meetings.actions.saksliste import add_sak
from meetings.models import Attendance, Meeting, Sak
from meetings.rules.saksliste import SakInput
from meetings.views.meeting_people import answers_of
from tests.factories.cohorts import activity_of, make_pulje
from tests.factories.meetings import NOW, make_meeting, make_scene, oslo
from tests.factories.people import make_role, sign_in
from tests.markup import squeeze

pytestmark = pytest.mark.django_db

HELD = date(2026, 11, 10)
SECRET = SakInput("Sak som bare noen leser", "droefting", "leder", 30)


@pytest.fixture
def scene():
    return make_scene()


def url(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk])


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def open_page(client, role, address: str) -> str:
    sign_in(client, role)
    response = client.get(address)
    assert response.status_code == 200
    return text_of(response)


@pytest.mark.parametrize(
    ("responses", "words"),
    [
        (["yes", "yes", "no", "none"], "2 ja · 1 nei · 1 har ikke svart"),
        (["yes", "none"], "1 ja · 1 har ikke svart"),
        (["yes"], "1 ja"),
        ([], ""),
    ],
)
def test_what_nobody_has_answered_is_left_out(responses, words):
    assert answers_of([Attendance(user_id=1, response=each) for each in responses]) == words


def test_meeting_page_tells_when_where_and_how_long_until(client, scene):
    make_meeting(scene, "veiledning_1", day=date(2026, 10, 8))
    meeting = make_meeting(scene, "veiledning_2", place="Personalrommet")

    page = open_page(client, scene.leder, url("meeting_detail", meeting))

    assert "Torsdag 3. desember 2026 kl. 09.00–11.30 · Personalrommet" in page
    assert "om 13 dager · 8 uker etter veiledning ved fagsamlingen" in page
    assert "Planlagt" in page


def test_meeting_page_has_a_chain_of_the_papers_the_programme_asks_for(client, scene):
    def steps(key):
        sign_in(client, scene.eier)
        response = client.get(url("meeting_detail", make_meeting(scene, key)))
        return [str(step["label"]) for step in response.context["chain"]]

    assert steps("veiledning_2") == ["Grunnlag", "Saksliste", "Møte", "Referat", "Oppfølging"]
    assert steps("styringsgruppemoete_fysisk") == ["Saksliste", "Møte", "Referat", "Oppfølging"]
    assert steps("arbeidsgruppemoete") == ["Møte"]


def test_meeting_page_marks_the_first_step_that_is_not_done(client, scene):
    sign_in(client, scene.leder)

    def states(day):
        response = client.get(url("meeting_detail", make_meeting(scene, day=day)))
        return [step["state"] for step in response.context["chain"]]

    assert states(date(2026, 12, 3)) == ["now", "", "", "", ""]
    assert states(HELD) == ["now", "", "done", "", ""]


def test_meeting_page_shows_each_sak_with_its_time_and_who(client, scene):
    meeting = make_meeting(scene)
    add_sak(meeting=meeting, item=SECRET, by=scene.by("veileder"), now=NOW)

    page = open_page(client, scene.leder, url("meeting_detail", meeting))

    assert "Sak som bare noen leser" in page
    assert "Drøfting · Rektor" in page
    assert page.index("09.00</span>") < page.index("09.10</span>") < page.index("09.40</span>")


@pytest.mark.parametrize(
    ("office", "reads"),
    [
        ("leder", True),
        ("arbeidsgruppe", True),
        ("ppt", True),
        ("eier", True),
        ("veileder", True),
        ("koordinator", True),
        ("udir", False),
        ("statsforvalter", False),
    ],
)
def test_meeting_page_shows_status_not_content(client, scene, office, reads):
    meeting = make_meeting(scene)
    add_sak(meeting=meeting, item=SECRET, by=scene.by("veileder"), now=NOW)

    page = open_page(client, getattr(scene, office), url("meeting_detail", meeting))

    assert (SECRET.title in page) is reads
    assert (scene.ppt.user.name in page) is reads
    assert ("Sakslista har 3 saker" in page) is not reads


def test_meeting_page_of_a_joint_meeting_shows_each_leader_the_own_saker(client, scene):
    meeting = make_meeting(scene, units=[scene.skole, scene.barnehage])
    for unit, title in ((scene.skole, "Skolegården"), (scene.barnehage, "Garderoben")):
        item = SakInput(title, "droefting")
        add_sak(meeting=meeting, item=item, unit=unit, by=scene.by("leder"), now=NOW)

    page = open_page(client, scene.leder, url("meeting_detail", meeting))

    assert ("Skolegården" in page, "Garderoben" in page) == (True, False)


def test_meeting_page_of_a_foreign_unit_is_not_found(client, scene):
    meeting = make_meeting(scene)
    stranger = make_scene(make_pulje(10))
    sign_in(client, stranger.leder)

    names = ["meeting_detail", "meeting_edit", "meeting_cancel", "saksliste_edit"]
    codes = {name: client.get(url(name, meeting)).status_code for name in names}

    assert set(codes.values()) == {404}
    assert client.post(url("meeting_respond", meeting), {"svar": "ja"}).status_code == 404


def test_meeting_page_needs_a_person(client, scene):
    response = client.get(url("meeting_detail", make_meeting(scene)))

    assert (response.status_code, response.url.split("?")[0]) == (302, "/konto/login/")


def test_meeting_page_afterwards_says_who_was_there(client, scene):
    meeting = make_meeting(scene, day=HELD)
    rows = {row.user_id: row for row in meeting.attendances.all()}
    record_attendance(
        meeting=meeting,
        entries=[
            Entry(rows[scene.leder.user_id], "present", "physical"),
            Entry(rows[scene.ppt.user_id], "present", "digital"),
            Entry(rows[scene.eier.user_id], "excused"),
        ],
        by=scene.by("leder"),
        now=NOW,
    )

    page = squeeze(open_page(client, scene.leder, url("meeting_detail", meeting)))

    assert "Gjennomført" in page
    assert "2 av 6 møtte" in page
    present = f"{scene.leder.user.name} (Rektor), {scene.ppt.user.name}"
    assert f"<dt>Til stede</dt><dd>{present}" in page
    assert f"<dt>Meldt forfall</dt><dd>{scene.eier.user.name}" in page


def test_meeting_page_of_a_moved_meeting_says_from_when(client, scene):
    meeting = make_meeting(scene, day=date(2026, 12, 2))
    change_meeting(
        meeting=meeting,
        edit_version=1,
        start=oslo(date(2026, 12, 3), "09.00"),
        end=oslo(date(2026, 12, 3), "11.30"),
        by=scene.by("veileder"),
        now=NOW,
    )

    page = open_page(client, scene.leder, url("meeting_detail", meeting))

    assert "Det skulle være onsdag 2. desember kl. 09.00." in page
    mover = scene.veileder.user.name
    assert f"{mover} flyttet møtet fra 2. desember til 3. desember" in page


def test_meeting_page_of_a_cancelled_meeting_says_why(client, scene):
    meeting = make_meeting(scene)
    cancel_meeting(meeting=meeting, reason="Snøstorm i fjellet", by=scene.by("veileder"), now=NOW)

    page = open_page(client, scene.veileder, url("meeting_detail", meeting))

    assert "Snøstorm i fjellet" in page
    assert ("Kommer du?" in page, "Avlys møtet" in page) == (False, False)


def test_meeting_page_in_a_closed_pulje_offers_no_button(client, scene):
    meeting = make_meeting(scene)
    close_pulje(pulje=scene.pulje, by=scene.by("udir"), now=NOW)

    page = open_page(client, scene.veileder, url("meeting_detail", meeting))

    assert "Pulja er avsluttet" in page
    assert ("Endre tid" in page, "Kommer du?" in page, "Legg til en sak" in page) == (False,) * 3


def test_meeting_page_in_nynorsk(client, scene):
    meeting = make_meeting(scene, day=date(2026, 12, 1))
    scene.leder.user.language = "nn"
    scene.leder.user.save()
    sign_in(client, scene.leder)

    page = text_of(client.get(url("meeting_detail", meeting)))

    assert "Tysdag 1. desember 2026" in page


def count_queries(client, address, django_assert_num_queries) -> int:
    with django_assert_num_queries(0, exact=False) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_meeting_page_takes_as_many_queries_with_many_people_and_saker(
    client, scene, django_assert_max_num_queries
):
    meeting = make_meeting(scene)
    sign_in(client, scene.leder)
    with django_assert_max_num_queries(15) as few:
        client.get(url("meeting_detail", meeting))
    for number in range(12):
        make_role("arbeidsgruppe", scene.skole.unit)
        item = SakInput(f"Sak {number}", "droefting")
        add_sak(meeting=meeting, item=item, by=scene.by("veileder"), now=NOW)
    larger = make_meeting(scene)
    Sak.objects.filter(meeting=meeting, standing="").update(meeting=larger)

    with django_assert_max_num_queries(15) as many:
        client.get(url("meeting_detail", larger))

    assert len(many) == len(few)


def test_answer_an_invitation_on_the_page(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.leder)

    response = client.post(url("meeting_respond", meeting), {"svar": "ja"}, follow=True)

    assert "Du har svart ja." in text_of(response)
    assert meeting.attendances.get(user=scene.leder.user).response == "yes"


def test_answer_without_being_invited_is_refused_with_a_reason(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.udir)

    response = client.post(url("meeting_respond", meeting), {"svar": "ja"})

    assert (response.status_code, "Du er ikke invitert" in text_of(response)) == (403, True)


@pytest.mark.parametrize("name", ["meeting_edit", "meeting_cancel"])
def test_change_by_somebody_else_is_refused_with_a_reason(client, scene, name):
    meeting = make_meeting(scene)
    sign_in(client, scene.leder)

    response = client.get(url(name, meeting))

    assert (response.status_code, "Bare den som kaller inn" in text_of(response)) == (403, True)


EDIT = {
    "date": "04.12.2026",
    "begins": "10.00",
    "ends": "12.30",
    "form": "physical",
    "place": "Biblioteket",
    "title": "Veiledning",
    "edit_version": "1",
}


def test_edit_moves_the_meeting(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.veileder)

    response = client.post(url("meeting_edit", meeting), EDIT)

    assert response.url == url("meeting_detail", meeting)
    meeting.refresh_from_db()
    assert (meeting.start, meeting.place) == (oslo(date(2026, 12, 4), "10.00"), "Biblioteket")
    assert meeting.status == "moved"


def test_edit_warns_of_a_sunday_and_saves_it_when_asked_again(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.veileder)
    sunday = EDIT | {"date": "06.12.2026"}

    warned = client.post(url("meeting_edit", meeting), sunday)

    assert "Søndag 6. desember er ikke en arbeidsdag." in text_of(warned)
    meeting.refresh_from_db()
    assert meeting.status == "planned"

    client.post(url("meeting_edit", meeting), sunday | {"seen": warned.context["seen"]})

    meeting.refresh_from_db()
    assert meeting.day == date(2026, 12, 6)


def test_edit_warns_again_when_the_day_is_another_one(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.veileder)
    warned = client.post(url("meeting_edit", meeting), EDIT | {"date": "06.12.2026"})

    saturday = EDIT | {"date": "05.12.2026", "seen": warned.context["seen"]}
    response = client.post(url("meeting_edit", meeting), saturday)

    assert "Lørdag 5. desember er ikke en arbeidsdag." in text_of(response)


def test_edit_that_somebody_has_overtaken_shows_both_texts(client, scene):
    meeting = make_meeting(scene, place="Personalrommet")
    change_meeting(
        meeting=meeting, edit_version=1, place="Kantina", by=scene.by("koordinator"), now=NOW
    )
    sign_in(client, scene.veileder)
    mine = EDIT | {"date": "03.12.2026", "begins": "09.00", "ends": "11.30", "title": meeting.title}

    response = client.post(url("meeting_edit", meeting), mine)

    page = text_of(response)
    assert "Noen har endret møtet mens du skrev" in page
    rows = response.context["conflict"]
    assert [(row["left"]["text"], row["right"]["text"]) for row in rows] == [
        ("Biblioteket", "Kantina")
    ]
    assert 'value="Biblioteket"' in page

    client.post(url("meeting_edit", meeting), mine | {"edit_version": "2"})

    meeting.refresh_from_db()
    assert (meeting.place, meeting.edit_version) == ("Biblioteket", 3)


def test_edit_with_mistakes_keeps_what_was_typed(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.veileder)

    response = client.post(
        url("meeting_edit", meeting),
        EDIT | {"date": "3. juleaften", "ends": "09.00", "place": "", "begins": "10.00"},
    )

    page = text_of(response)
    assert 'value="3. juleaften"' in page
    assert 'href="#id_date">Skriv datoen slik: 26.11.2026.</a>' in page
    assert 'href="#id_place">Skriv hvor dere møtes.</a>' in page


def test_edit_to_an_end_before_the_start(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.veileder)

    response = client.post(url("meeting_edit", meeting), EDIT | {"ends": "10.00"})

    assert 'href="#id_ends">Skriv en tid som er etter at møtet begynner.</a>' in text_of(response)


def test_cancel_asks_for_a_reason(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.veileder)

    response = client.post(url("meeting_cancel", meeting), {"reason": ""})

    assert 'href="#id_reason">Skriv hvorfor møtet er avlyst.</a>' in text_of(response)

    client.post(url("meeting_cancel", meeting), {"reason": "Snøstorm"})

    meeting.refresh_from_db()
    assert (meeting.status, meeting.status_reason) == ("cancelled", "Snøstorm")


def test_attendance_is_filled_in_from_the_answers(client, scene):
    meeting = make_meeting(scene, day=HELD)
    meeting.attendances.filter(user=scene.leder.user).update(response="yes")
    meeting.attendances.filter(user=scene.eier.user).update(response="no")
    sign_in(client, scene.leder)

    form = client.get(url("attendance_edit", meeting)).context["attendance"]

    first = {row.attendance.user_id: row.initial["presence"] for row in form.people}
    assert first[scene.leder.user_id] == "present"
    assert first[scene.eier.user_id] == "excused"
    assert first[scene.ppt.user_id] == "unknown"


def test_attendance_is_saved_with_guests(client, scene):
    meeting = make_meeting(scene, day=HELD)
    sign_in(client, scene.leder)
    rows = {f"person-{row.pk}-presence": "present" for row in meeting.attendances.all()}

    response = client.post(url("attendance_edit", meeting), rows | {"guests": "Anne Gjest"})

    assert response.url == url("meeting_detail", meeting)
    assert meeting.attendances.filter(presence="present").count() == 7


def test_attendance_refuses_a_national_id_and_does_not_repeat_it_in_the_summary(client, scene):
    meeting = make_meeting(scene, day=HELD)
    sign_in(client, scene.leder)
    rows = {f"person-{row.pk}-presence": "unknown" for row in meeting.attendances.all()}

    response = client.post(url("attendance_edit", meeting), rows | {"guests": "Per 13097248022"})

    assert "Fjern fødselsnummeret fra «Andre som var der»." in text_of(response)
    assert meeting.attendances.count() == 6


def test_attendance_before_the_meeting_is_refused_with_a_reason(client, scene):
    sign_in(client, scene.leder)

    response = client.get(url("attendance_edit", make_meeting(scene)))

    assert (response.status_code, "ikke begynt" in text_of(response)) == (403, True)


def saksliste_post(client, meeting) -> dict[str, str]:
    """What the browser sends when the page is saved untouched."""
    response = client.get(url("saksliste_edit", meeting))
    data = {"seen": response.context["seen"]}
    for row in response.context["saksliste"].rows:
        for field in row:
            data[field.html_name] = "" if field.value() is None else str(field.value())
    return data


def saker(meeting) -> list[str]:
    return list(meeting.saker.order_by("position").values_list("title", flat=True))


def test_saksliste_gets_a_new_sak_before_the_last(client, scene):
    meeting = make_meeting(scene, "styringsgruppemoete_fysisk")
    sign_in(client, scene.eier)
    had = saker(meeting)
    data = saksliste_post(client, meeting)

    client.post(url("saksliste_edit", meeting), data | {"sak-ny-title": "Økonomi"})

    assert saker(meeting) == [*had[:-1], "Økonomi", had[-1]]


def test_saksliste_is_reordered_with_a_button_and_with_a_number(client, scene):
    meeting = make_meeting(scene, "styringsgruppemoete_fysisk")
    sign_in(client, scene.eier)
    first, second, third, *rest = saker(meeting)
    pk = meeting.saker.get(title=second).pk

    client.post(
        url("saksliste_edit", meeting), saksliste_post(client, meeting) | {"knapp": f"ned-{pk}"}
    )
    assert saker(meeting) == [first, third, second, *rest]

    client.post(
        url("saksliste_edit", meeting), saksliste_post(client, meeting) | {f"sak-{pk}-order": "9"}
    )
    assert saker(meeting) == [first, third, *rest[:-1], second, rest[-1]]


def test_saksliste_loses_a_sak_with_a_button_but_not_a_standing_one(client, scene):
    meeting = make_meeting(scene, "styringsgruppemoete_fysisk")
    had = saker(meeting)
    added = add_sak(meeting=meeting, item=SECRET, by=scene.by("eier"), now=NOW)
    sign_in(client, scene.eier)

    for pk in (added.pk, meeting.saker.get(title=had[1]).pk):
        client.post(
            url("saksliste_edit", meeting),
            saksliste_post(client, meeting) | {"knapp": f"fjern-{pk}"},
        )

    assert sorted(saker(meeting)) == sorted(had)


def test_saksliste_that_somebody_has_changed_shows_both(client, scene):
    meeting = make_meeting(scene, "styringsgruppemoete_fysisk")
    sign_in(client, scene.eier)
    data = saksliste_post(client, meeting)
    add_sak(meeting=meeting, item=SECRET, by=scene.by("koordinator"), now=NOW)

    mine = data | {"sak-ny-title": "Økonomi"}
    response = client.post(url("saksliste_edit", meeting), mine)

    page = text_of(response)
    assert (SECRET.title in page, 'value="Økonomi"' in page) == (True, True)
    assert "Økonomi" not in saker(meeting)

    client.post(url("saksliste_edit", meeting), mine | {"seen": response.context["seen"]})

    assert saker(meeting)[-3:-1] == [SECRET.title, "Økonomi"]


def test_veileder_adds_a_sak_beside_the_grunnlag(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.veileder)

    response = client.post(
        url("sak_create", meeting), {"title": "Ledelse", "type": "refleksjon", "minutes": "20"}
    )

    assert response.url == url("meeting_detail", meeting)
    added = Sak.objects.get(meeting=meeting, title="Ledelse")
    assert (added.type, added.minutes, added.responsible) == ("refleksjon", 20, "veileder")


def test_saksliste_after_the_meeting_is_refused_with_a_reason(client, scene):
    meeting = make_meeting(scene, "styringsgruppemoete_fysisk", day=HELD)
    sign_in(client, scene.eier)

    response = client.get(url("saksliste_edit", meeting))

    assert (response.status_code, "Møtet er over" in text_of(response)) == (403, True)


def test_send_the_saksliste(client, scene):
    meeting = make_meeting(scene, "styringsgruppemoete_fysisk")
    sign_in(client, scene.eier)

    client.post(url("saksliste_send", meeting))

    meeting.refresh_from_db()
    assert meeting.agenda_sent_at is not None
    page = text_of(client.get(url("meeting_detail", meeting)))
    assert "Send sakslista på nytt" in page


def test_list_link_to_call_a_meeting_is_for_those_who_call(client, scene):
    link = reverse("meetings:meeting_create")

    assert link in open_page(client, scene.leder, reverse("meetings:meeting_list"))
    assert link not in open_page(client, scene.ppt, reverse("meetings:meeting_list"))


def test_create_by_somebody_who_calls_nothing_is_refused_with_a_reason(client, scene):
    sign_in(client, scene.ppt)

    response = client.get(reverse("meetings:meeting_create"))

    assert (response.status_code, "kaller ikke inn" in text_of(response)) == (403, True)


NEW = {
    "date": "03.12.2026",
    "begins": "9:00",
    "ends": "11.30",
    "form": "physical",
    "place": "Personalrommet",
}


def create_url(scene, key, **choice) -> str:
    activity = activity_of(scene.pulje, key, 3)
    query = "&".join(f"{name}={value}" for name, value in choice.items())
    return f"{reverse('meetings:meeting_create')}?aktivitet={activity.pk}&{query}"


def test_create_a_joint_meeting(client, scene):
    sign_in(client, scene.veileder)
    both = {"units": [scene.skole.pk, scene.barnehage.pk]}

    client.post(create_url(scene, "veiledning_2", deltakelse=scene.deltakelse.pk), NEW | both)

    meeting = Meeting.objects.get()
    assert (meeting.day, meeting.units.count()) == (date(2026, 12, 3), 2)
    assert meeting.created_by == scene.veileder.user


def test_create_with_a_unit_in_the_address_ticks_it(client, scene):
    sign_in(client, scene.veileder)

    response = client.get(create_url(scene, "veiledning_2", enhet=scene.skole.pk))

    assert response.context["form"].initial["units"] == [scene.skole]


def test_create_without_a_unit_says_what_is_missing(client, scene):
    sign_in(client, scene.veileder)

    response = client.post(create_url(scene, "veiledning_2"), NEW)

    assert "Velg minst én enhet." in text_of(response)
    assert Meeting.objects.count() == 0


def test_create_for_an_owner_that_is_not_the_own_is_not_found(client, scene):
    stranger = make_scene(make_pulje(10))
    sign_in(client, scene.veileder)

    foreign = client.get(create_url(scene, "veiledning_2", deltakelse=stranger.deltakelse.pk))
    other = client.get(create_url(stranger, "veiledning_2"))

    assert (foreign.status_code, other.status_code) == (404, 404)


def test_create_of_what_another_office_calls_is_refused(client, scene):
    sign_in(client, scene.leder)

    response = client.get(create_url(scene, "styringsgruppemoete_fysisk"))

    assert response.status_code == 403


def test_create_for_a_unit_of_another_leader_is_refused(client, scene):
    sign_in(client, scene.leder)
    wrong = {"units": [scene.barnehage.pk]}

    response = client.post(create_url(scene, "arbeidsgruppemoete"), NEW | wrong)

    assert response.status_code == 200
    assert Meeting.objects.count() == 0


def test_create_in_a_closed_pulje_says_so(client, scene):
    close_pulje(pulje=scene.pulje, by=scene.by("udir"), now=NOW)
    sign_in(client, scene.veileder)
    unit = {"units": [scene.skole.pk]}

    response = client.post(create_url(scene, "veiledning_2"), NEW | unit)

    assert "Pulja er avsluttet." in text_of(response)
    assert Meeting.objects.count() == 0


def test_choose_offers_the_owner_only_when_there_are_several(client, scene):
    sign_in(client, scene.veileder)
    assert list(client.get(reverse("meetings:meeting_create")).context["form"].fields) == [
        "aktivitet"
    ]

    sign_in(client, scene.koordinator)
    make_scene(make_pulje(10))
    assert list(client.get(reverse("meetings:meeting_create")).context["form"].fields) == [
        "aktivitet",
        "deltakelse",
    ]
