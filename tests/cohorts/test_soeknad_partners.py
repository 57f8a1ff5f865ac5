"""Applying together: three kommuner, of which one withdraws before and after sending."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from actors.models import Event, Mail, Notice, User
from cohorts.actions.soeknad_partners import (
    answer_partner,
    ask_partner,
    take_back_question,
    withdraw_partner,
)
from cohorts.actions.soeknad_sending import submit_soeknad
from cohorts.models import Soeknad
from cohorts.queries.applicants import applicants_of
from cohorts.queries.soeknad_missing import missing_before_sending
from cohorts.rules.errors import NationalIdFound, NotAllowedHere, NotPossible, NotReady
from cohorts.rules.soeknad_form import CONFIRMATIONS, STYRINGSGRUPPE
from tests.factories.people import acting_as, make_role, sign_in
from tests.factories.recruitment import (
    NOW,
    TODAY,
    add_soeknad_unit,
    decide,
    make_candidate,
    make_soeknad,
)
from tests.factories.register import (
    FylkeFactory,
    KommuneFactory,
    OwnerFactory,
    SkoleFactory,
    StatsforvalterFactory,
)

pytestmark = pytest.mark.django_db
FNR = "15076500565"
AGREED = "Vi søker i 2029."


@pytest.fixture
def lead():
    return OwnerFactory(name="Tranevik kommune")


@pytest.fixture
def other():
    return OwnerFactory(name="Langneset kommune")


@pytest.fixture
def soeknad(lead):
    return make_soeknad(make_candidate(owner=lead))


def office(owner):
    return acting_as(make_role("eier", owner))


def ask(soeknad, owner, **changes):
    values = {"contact_name": "", "contact_email": "", "by": office(soeknad.candidate.owner)}
    return ask_partner(soeknad=soeknad, owner=owner, **{**values, "now": NOW} | changes)


def answer(partner, confirmed, **changes):
    values = {"reason": "" if confirmed else AGREED, "by": office(partner.owner), "now": NOW}
    return answer_partner(partner=partner, confirmed=confirmed, **values | changes)


def choose_group(soeknad, value="felles"):
    soeknad.answers.create(
        key=STYRINGSGRUPPE, value=value, updated_at=NOW, updated_by=soeknad.created_by
    )


def send(soeknad):
    ticked = soeknad.answers.get(key=CONFIRMATIONS).value
    by = office(soeknad.candidate.owner)
    return submit_soeknad(soeknad=soeknad, confirmed=ticked, by=by, now=NOW)


def test_an_asked_owner_is_told_on_the_portal_and_its_contact_by_mail(soeknad, other):
    eier = make_role("eier", other)
    partner = ask(soeknad, other, contact_name="Kari Å", contact_email="Kari@lmp.example")
    assert partner.status == "asked"
    notice = Notice.objects.get(recipient=eier.user)
    assert notice.url == f"/soeknader/{soeknad.pk}/sammen/?rolle={eier.pk}"
    mail = Mail.objects.get()
    assert (mail.to, f"/soeknader/{soeknad.pk}/sammen/" in mail.text) == ("kari@lmp.example", True)
    assert "Svar på challenges" not in mail.text
    assert Event.objects.get(verb="ask-partner").data == {"owner": other.pk}


def test_the_same_owner_is_asked_again_after_an_hour_only(soeknad, other):
    ask(soeknad, other, contact_email="a@lmp.example")
    with pytest.raises(ValidationError, match="60 minutter"):
        ask(soeknad, other, now=NOW + timedelta(minutes=59))
    again = ask(soeknad, other, contact_email="a@lmp.example", now=NOW + timedelta(hours=1))
    assert (soeknad.partners.count(), again.asked_at, Mail.objects.count()) == (
        1,
        NOW + timedelta(hours=1),
        2,
    )


def test_only_kommuner_of_the_same_embete_are_asked(soeknad, lead):
    away = StatsforvalterFactory(code="annet", name="Annet embete")
    far = KommuneFactory(fylke=FylkeFactory(number="98", statsforvalter=away))
    for owner in (lead, OwnerFactory(kommune=far)):
        with pytest.raises(NotAllowedHere):
            ask(soeknad, owner)


def test_an_opptak_may_be_for_single_kommuner(soeknad, other):
    opptak = soeknad.candidate.embete.opptak
    opptak.joint_allowed = False
    opptak.save()
    with pytest.raises(NotAllowedHere):
        ask(soeknad, other)


def test_each_confirms_before_it_can_be_sent(soeknad, other):
    partner = ask(soeknad, other)
    assert [each.text for each in missing_before_sending(soeknad)] == [
        "Langneset kommune har ikke svart ennå"
    ]
    confirmed = answer(partner, True)
    assert answer(partner, True).answered_at == confirmed.answered_at
    (left,) = missing_before_sending(soeknad)
    assert left.key == STYRINGSGRUPPE
    choose_group(soeknad)
    content = send(soeknad).content
    assert [each["name"] for each in content["applicants"]] == [
        "Tranevik kommune",
        "Langneset kommune",
    ]
    assert content["styringsgruppe"]["text"] == "Felles styringsgruppe for kommunene"


def test_a_no_needs_a_reason_and_leaves_the_others(soeknad, other, lead):
    partner = ask(soeknad, other)
    with pytest.raises(NotReady):
        answer(partner, False, reason=" ")
    with pytest.raises(NationalIdFound):
        answer(partner, False, reason=FNR)
    assert answer(partner, False).reason == AGREED
    assert (applicants_of(soeknad), missing_before_sending(soeknad)) == ([lead], [])
    with pytest.raises(NotPossible):
        answer(partner, True)
    assert ask(soeknad, other, now=NOW + timedelta(days=1)).status == "asked"


def test_nobody_applies_twice(soeknad, other):
    partner = ask(soeknad, other)
    own = make_soeknad(make_candidate(soeknad.candidate.embete, other), sent=True)
    with pytest.raises(NotAllowedHere, match="en annen søknad"):
        answer(partner, True)
    Soeknad.objects.filter(pk=own.pk).update(status="withdrawn")
    answer(partner, True)
    Soeknad.objects.filter(pk=own.pk).update(status="draft", sent_at=None)
    with pytest.raises(NotPossible, match="en annen søknad"):
        send(own)


def test_the_question_is_taken_back_but_a_yes_is_not(soeknad, other):
    partner = ask(soeknad, other)
    answer(partner, True)
    do = {"by": office(soeknad.candidate.owner), "now": NOW}
    with pytest.raises(NotPossible):
        take_back_question(partner=partner, **do)
    third = ask(soeknad, OwnerFactory())
    take_back_question(partner=third, **do)
    assert list(soeknad.partners.all()) == [partner]


def test_three_of_which_one_withdraws_before_sending(lead):
    stays, leaves = OwnerFactory(name="Bervika kommune"), OwnerFactory(name="Anvika kommune")
    soeknad = make_soeknad(make_candidate(owner=lead), partners=[stays, leaves])
    choose_group(soeknad)
    gone = add_soeknad_unit(soeknad, SkoleFactory(owner=leaves))
    partner = soeknad.partners.get(owner=leaves)
    withdraw_partner(partner=partner, reason=AGREED, by=office(leaves), now=NOW)
    content = send(soeknad).content
    names = [each["name"] for each in content["applicants"]]
    assert names == ["Tranevik kommune", "Bervika kommune"]
    assert gone.pk not in [each["id"] for each in content["units"]]
    assert {each["name"]: each["status"] for each in content["partners"]} == {
        "Anvika kommune": "withdrawn",
        "Bervika kommune": "confirmed",
    }


def test_three_of_which_one_withdraws_after_sending(lead):
    stays, leaves = OwnerFactory(name="Bervika kommune"), OwnerFactory(name="Anvika kommune")
    soeknad = make_soeknad(make_candidate(owner=lead), partners=[stays, leaves])
    choose_group(soeknad)
    adviser = make_role("statsforvalter", soeknad.candidate.embete.statsforvalter)
    version = send(soeknad)
    before = version.content
    partner = soeknad.partners.get(owner=leaves)
    do = {"partner": partner, "by": office(leaves), "now": NOW}
    with pytest.raises(NotReady):
        withdraw_partner(**do, reason="")
    withdraw_partner(**do, reason=AGREED)
    withdraw_partner(**do, reason="Igjen.")
    soeknad.refresh_from_db()
    version.refresh_from_db()
    assert applicants_of(soeknad) == [lead, stays]
    assert (soeknad.status, version.content) == ("sent", before)
    left = Notice.objects.filter(kind="soeknad_partner_left")
    of_lead = User.objects.holding("eier", lead, TODAY)
    assert {each.recipient for each in left} == {adviser.user, *of_lead}
    assert all(AGREED not in each.body for each in left)
    assert Event.objects.filter(verb="withdraw-partner").count() == 1


def test_an_owner_that_has_its_answer_answers_that_instead(soeknad, other):
    soeknad.partners.create(owner=other, status="confirmed", asked_at=NOW)
    decide(soeknad, owner=other, released=True)
    with pytest.raises(NotPossible, match="svar fra Udir"):
        withdraw_partner(partner=soeknad.partners.get(), reason=AGREED, by=office(other), now=NOW)


# --- pages -------------------------------------------------------------------------------------


def page(soeknad):
    return reverse("cohorts:soeknad_partners", args=[soeknad.pk])


def test_the_lead_searches_and_asks(client, soeknad, other):
    sign_in(client, make_role("eier", soeknad.candidate.owner))
    html = client.get(page(soeknad), {"q": "langn"}).content.decode()
    assert "<mark>Langn</mark>eset kommune" in html
    assert f"?eier={other.pk}" in html
    form = client.get(page(soeknad), {"eier": other.pk}).content.decode()
    assert "Spør Langneset kommune" in form
    typed = {"owner": other.pk, "contact_name": "Kari", "contact_email": "kari"}
    bad = client.post(page(soeknad), typed).content.decode()
    assert ('value="Kari"' in bad, soeknad.partners.count()) == (True, 0)
    client.post(page(soeknad), typed | {"contact_email": "kari@lmp.example"})
    assert soeknad.partners.get().contact_name == "Kari"
    assert "Venter på svar" in client.get(page(soeknad)).content.decode()
    again = client.post(page(soeknad), {"owner": other.pk}, follow=True)
    assert "er nettopp spurt" in again.content.decode()
    assert soeknad.partners.get().contact_name == "Kari"


def test_the_asked_owner_answers_and_leaves_on_its_own_page(client, soeknad, other):
    ask(soeknad, other)
    sign_in(client, make_role("eier", other))
    assert (
        "Vil dere søke sammen med Tranevik kommune?" in client.get(page(soeknad)).content.decode()
    )
    assert "Skriv hvorfor" in client.post(page(soeknad), {"answer": "nei"}).content.decode()
    assert client.post(page(soeknad), {"answer": "ja"}).url == page(soeknad)
    assert "Dere søker sammen med" in client.get(page(soeknad)).content.decode()
    client.post(page(soeknad), {"reason": AGREED})
    assert soeknad.partners.get().status == "withdrawn"
    assert client.get(page(soeknad)).status_code == 404


def test_the_styringsgruppe_is_chosen_and_the_last_choice_holds(client, soeknad, other):
    soeknad.partners.create(owner=other, status="confirmed", asked_at=NOW)
    sign_in(client, make_role("eier", soeknad.candidate.owner))
    address = reverse("cohorts:soeknad_styringsgruppe", args=[soeknad.pk])
    for choice in ("felles", "egne", "tull"):
        client.post(address, {"styringsgruppe": choice})
    assert soeknad.answers.get(key=STYRINGSGRUPPE).value == "egne"
    assert 'value="egne" checked' in client.get(page(soeknad)).content.decode().replace(
        ' class="ds-input"', ""
    ).replace(' id="id_styringsgruppe_1"', "").replace(" required", "")


def test_who_may_open_the_page(client, soeknad, other):
    partner = ask(soeknad, other)
    Soeknad.objects.update(status="sent", sent_at=NOW)
    take_back = reverse("cohorts:partner_take_back", args=[soeknad.pk, partner.pk])
    embete = soeknad.candidate.embete.statsforvalter
    for role, opens, changes in (
        (make_role("eier"), 404, 404),
        (make_role("eier", other), 200, 403),
        (make_role("statsforvalter", embete), 403, 403),
        (make_role("udir"), 404, 404),
    ):
        sign_in(client, role)
        assert client.get(page(soeknad)).status_code == opens
        assert client.post(take_back).status_code == changes
    assert soeknad.partners.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_for_one_and_three(
    client, soeknad, count, django_assert_num_queries
):
    for _each in range(count):
        soeknad.partners.create(owner=OwnerFactory(), status="asked", asked_at=NOW)
    sign_in(client, make_role("eier", soeknad.candidate.owner))
    client.get(page(soeknad))
    with django_assert_num_queries(6):
        client.get(page(soeknad))
