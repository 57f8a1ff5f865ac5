"""The page where an owner answers: what is filled in, what is refused, and the receipt."""

import pytest

from cohorts.models import Answer, Deltakelse
from tests.factories.people import PPTKommuneFactory, make_role, sign_in
from tests.factories.recruitment import (
    NOW,
    add_soeknad_unit,
    decide,
    make_candidate,
    make_embete,
    make_private_school,
    make_soeknad,
)
from tests.factories.register import OwnerFactory, SkoleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


@pytest.fixture
def soeknad():
    return make_soeknad(make_candidate(make_embete()), sent=True)


@pytest.fixture
def offer(soeknad):
    return decide(soeknad, "tilbud", released=True)


def page(offer) -> str:
    return f"/brev/{offer.pk}/svar/"


def as_owner(client, offer):
    role = make_role("eier", offer.owner)
    sign_in(client, role)
    return role


def yes(offer, **values) -> dict:
    data = {
        "accepted": "ja",
        "leader_name": "Ragnhild Sæter",
        "leader_email": "ragnhild@lmp.example",
    }
    for row in offer.soeknad.units.all():
        data |= {
            f"unit-{row.pk}-takes_part": "on",
            f"unit-{row.pk}-leader_name": row.leader_name,
            f"unit-{row.pk}-leader_email": row.leader_email,
        }
    return data | values


def test_the_form_is_filled_in_from_the_soeknad(client, offer):
    role = as_owner(client, offer)
    PPTKommuneFactory(ppt__name="Fjordane PPT", kommune=offer.owner.kommune)

    text = client.get(page(offer)).content.decode()

    for known in ("Leder 1", "leder2@lmp.example", role.user.email, "Fjordane PPT"):
        assert known in text
    assert "Vil dere være med i pulje 10?" in text.replace("Pulje", "pulje")


def test_yes_gives_a_receipt_with_the_groups(client, offer):
    as_owner(client, offer)

    answered = client.post(page(offer), yes(offer), follow=True)

    assert answered.redirect_chain == [(page(offer), 302)]
    deltakelse = Deltakelse.objects.get()
    text = answered.content.decode()
    assert f"/grupper/{deltakelse.styringsgruppe_id}/" in text
    assert "Ingen fra PPT er med ennå." in text


def test_a_second_press_shows_the_same_receipt(client, offer):
    as_owner(client, offer)
    client.post(page(offer), yes(offer))

    again = client.post(page(offer), {"accepted": "nei"})

    assert again.status_code == 200
    assert [answer.accepted for answer in Answer.objects.all()] == [True]


def test_no_asks_for_nothing_more(client, offer):
    as_owner(client, offer)

    client.post(
        page(offer), {"accepted": "nei", "leader_email": "tull", "reason": "Vi har ikke tid."}
    )

    assert Answer.objects.get().reason == "Vi har ikke tid."


def test_errors_stand_at_the_fields_and_what_was_typed_stays(client, offer):
    as_owner(client, offer)
    first, second = offer.soeknad.units.order_by("pk")
    data = yes(offer, leader_email="", privacy_name="Siri Dal", ppt_name="Per Vik")
    data[f"unit-{first.pk}-leader_email"] = "ikke en adresse"
    data[f"unit-{second.pk}-leader_name"] = ""

    text = client.post(page(offer), data).content.decode()

    for said in (
        "Skriv e-postadressen til lederen av styringsgruppa.",
        "Skriv e-postadressen til personvernkontakten.",
        "Velg hvilken PPT kontakten hører til.",
        f"Skriv hvem som leder {second.name}.",
        'value="ikke en adresse"',
        'value="Siri Dal"',
        f'href="#id_unit-{first.pk}-leader_email"',
    ):
        assert said in text
    assert Answer.objects.count() == 0


def test_a_unit_without_a_tick_needs_nothing_and_is_left_out(client, offer):
    as_owner(client, offer)
    first, second = offer.soeknad.units.order_by("pk")
    data = yes(offer)
    del data[f"unit-{first.pk}-takes_part"]
    data[f"unit-{first.pk}-leader_name"] = ""

    client.post(page(offer), data)

    units = Deltakelse.objects.get().units.all()
    assert [each.unit for each in units] == [second.unit]


def test_no_unit_at_all_is_refused(client, offer):
    as_owner(client, offer)
    data = {key: value for key, value in yes(offer).items() if not key.endswith("takes_part")}

    text = client.post(page(offer), data).content.decode()

    assert "Kryss av for minst én barnehage eller skole." in text


def test_a_unit_typed_in_by_hand_is_found_in_the_register(client, soeknad, offer):
    as_owner(client, offer)
    school = SkoleFactory(owner=offer.owner, name="Havskåren skole")
    other = SkoleFactory(owner=OwnerFactory())
    row = add_soeknad_unit(soeknad, school, name="Havskåren", token="for-haand")
    row.unit = None
    row.save()
    key = f"unit-{row.pk}-match"

    missing = client.post(page(offer), yes(offer)).content.decode()
    foreign = client.post(page(offer), yes(offer, **{key: other.pk})).content.decode()
    client.post(page(offer), yes(offer, **{key: school.pk}))

    assert "Finn Havskåren i registeret, eller fjern krysset." in missing
    assert f'value="{other.pk}"' not in foreign
    assert Deltakelse.objects.get().units.filter(unit=school).exists()


def test_a_fodselsnummer_is_refused_and_not_repeated_in_the_message(client, offer):
    as_owner(client, offer)

    data = {"accepted": "nei", "reason": "Barnet 01010750160 flytter."}
    text = client.post(page(offer), data).content.decode()

    assert "Fjern fødselsnummeret fra «Hvorfor takker dere nei?»." in text
    assert Answer.objects.count() == 0


def test_a_private_school_chooses_whether_it_has_a_styringsgruppe(client):
    soeknad = make_soeknad(make_private_school(make_embete()), units=1, sent=True)
    offer = decide(soeknad, "tilbud", released=True)
    as_owner(client, offer)

    asked = client.post(page(offer), yes(offer)).content.decode()
    client.post(page(offer), yes(offer, styringsgruppe="ingen", leader_name="", leader_email=""))

    assert "Velg om dere har en styringsgruppe." in asked
    assert Deltakelse.objects.get().styringsgruppe is None


def test_too_late_says_whom_to_ask(client, soeknad):
    offer = decide(soeknad, "tilbud", released=True, lapsed_at=NOW)
    as_owner(client, offer)

    text = client.post(page(offer), {"accepted": "ja"}).content.decode()

    assert "Tilbudet kan ikke besvares lenger" in text
    assert "Spør Statsforvalteren i Fiktivt embete hvis dere fortsatt vil delta." in text


def test_who_may_open_it(client, offer, soeknad):
    held = decide(make_soeknad(make_candidate(make_embete(soeknad.candidate.embete.opptak))))
    embete = soeknad.candidate.embete.statsforvalter
    asked = {
        "another owner": (make_role("eier"), offer),
        "leder": (make_role("leder"), offer),
        "held": (make_role("eier", held.owner), held),
        "embete": (make_role("statsforvalter", embete), offer),
        "udir": (make_role("udir"), offer),
        "owner": (make_role("eier", offer.owner), offer),
    }
    codes = {}
    for who, (role, which) in asked.items():
        sign_in(client, role)
        codes[who] = client.get(page(which)).status_code

    assert codes == {
        "another owner": 404,
        "leder": 404,
        "held": 404,
        "embete": 403,
        "udir": 403,
        "owner": 200,
    }


def test_embetet_reads_the_receipt(client, offer, soeknad):
    as_owner(client, offer)
    client.post(page(offer), yes(offer))
    sign_in(client, make_role("statsforvalter", soeknad.candidate.embete.statsforvalter))

    text = client.get(page(offer)).content.decode()

    assert "er med i" in text
    assert "Se over gruppene" not in text


def test_nynorsk_readers_meet_nynorsk(client, offer):
    role = as_owner(client, offer)
    role.user.language = "nn"
    role.user.save()

    assert "Vil de vere med i" in client.get(page(offer)).content.decode()
