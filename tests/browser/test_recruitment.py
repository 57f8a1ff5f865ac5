"""The whole recruitment in real browsers: from an invitation to a kommune that has its groups.

It is Friday 20 November 2026. The kommune writes nynorsk, the statsforvalter and Udir bokmål.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from actors.models import GroupMember, Invitation, Role
from actors.tasks import deliver_notices
from cohorts.models import AnswerConflict, Deltakelse, PriorityListVersion, Soeknad, SoeknadVersion
from cohorts.rules.soeknad_form import CONFIRMATIONS
from tests.browser import recruitment_steps as steps
from tests.browser.recruitment_steps import COLLEAGUE, CONTACT, REKTOR, STYRER, Scene
from tests.browser.steps import fits, mail_to, nn, path_in, sign_in_by_code, write
from tests.factories.people import UserFactory, make_role
from tests.factories.recruitment import assess, decide, make_candidate, make_soeknad

MINE, THEIRS = "Uro i friminutta.", "Mange har det ikkje trygt."
PHONE = {"viewport": {"width": 360, "height": 740}}
PLAIN = {"java_script_enabled": False}
BROWSERS = pytest.mark.parametrize("values", [PHONE, PLAIN], ids=["phone", "no JavaScript"])

NewPage = Callable[..., Page]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene() -> Scene:
    return steps.make_recruitment()


def test_from_invitation_to_groups(scene: Scene, new_page: NewPage) -> None:
    adviser, owner = new_page(scene.statsforvalter), new_page()
    steps.invite(adviser, scene.owner)
    steps.accept(owner, CONTACT)
    steps.begin(owner)
    soeknad = Soeknad.objects.get(candidate__owner=scene.owner)

    write_together(owner, new_page(), soeknad)
    choose_units(owner, new_page, soeknad)
    send_when_complete(owner, soeknad)

    steps.assess_in_portal(adviser, scene.owner)
    rank_by_keyboard(adviser, scene)
    decide_with_two(new_page(scene.udir), new_page(scene.second), scene)
    answer_the_letter(new_page(), scene)


def write_together(owner: Page, other: Page, soeknad: Soeknad) -> None:
    """Two editors write in one field: both texts are kept, and joined into one."""
    steps.invite_colleague(owner)
    steps.accept(other, COLLEAGUE)
    part, label = f"{soeknad.get_absolute_url()}del/behov/", nn("Hva er utfordringene?")
    owner.goto(part)
    other.goto(part)
    write(owner, label, MINE)
    write(other, label, THEIRS)
    expect(owner.get_by_label(label)).to_have_value(MINE)
    assert AnswerConflict.objects.get().value == THEIRS

    steps.follow(other, nn("Se begge"))
    joined = other.get_by_label(nn("Eller skriv dem sammen"))
    expect(joined).to_have_value(f"{MINE}\n{THEIRS}")
    steps.press(other, nn("Bruk teksten over"))
    expect(other.get_by_label(label)).to_have_value(f"{MINE}\n{THEIRS}")


def choose_units(owner: Page, new_page: NewPage, soeknad: Soeknad) -> None:
    """Units of the register with their numbers; each leader writes through a link of its own."""
    owner.goto(f"{soeknad.get_absolute_url()}enheter/")
    steps.add_unit(owner, "Lyngvik skule", "Randi Rektor", REKTOR)
    steps.add_unit(owner, "Tussereiret barnehage", "Stig Styrar", STYRER)
    assert list(soeknad.units.values_list("children", flat=True)) == [140, 42]
    for email in (REKTOR, STYRER):
        steps.deliver_part(new_page(), email, f"Vi ønskjer det, seier {email.split('@')[0]}.")


def send_when_complete(owner: Page, soeknad: Soeknad) -> None:
    """The summary says what is missing; then it is sent, once, with a receipt."""
    owner.goto(f"{soeknad.get_absolute_url()}se-over/")
    missing = owner.get_by_role("region", name=nn("Dette mangler"))
    expect(missing.get_by_role("listitem").first).to_be_visible()
    steps.write_parts(owner, soeknad.get_absolute_url())
    owner.goto(f"{soeknad.get_absolute_url()}se-over/")
    steps.confirm_and_send(owner)

    version = SoeknadVersion.objects.get(soeknad=soeknad)
    for text in (version.receipt, "Fredag 20. november 2026 kl. 10.", version.sha256[:4]):
        expect(owner.get_by_role("definition").filter(has_text=text)).to_be_visible()
    assert f"{MINE}\n{THEIRS}" in str(version.content).replace("\\n", "\n")


def rank_by_keyboard(adviser: Page, scene: Scene) -> None:
    """The kommune is moved up from the keyboard, with a reason; the sent list is locked."""
    adviser.goto(steps.PULJE)
    steps.follow(adviser, "Prioritert liste")
    before = steps.ranked(adviser)
    assert before[-1] == str(scene.owner)
    up = adviser.get_by_role("button", name=f"Flytt {scene.owner} opp")
    up.focus()
    with adviser.expect_response("**/lagre/"):
        adviser.keyboard.press("Enter")
    expect(adviser.locator("[data-said-here]")).to_contain_text("plass 1 av 2")
    assert steps.ranked(adviser) == before[::-1]
    adviser.get_by_label(f"Begrunnelse for {scene.owner}").fill(steps.REASON)
    steps.send_list(adviser)

    version = PriorityListVersion.objects.get()
    assert [each["name"] for each in version.content["entries"]] == before[::-1]
    adviser.goto(f"{steps.PULJE}prioritering/")
    expect(adviser.get_by_role("button", name="Send lista til Udir")).to_have_count(0)


def decide_with_two(udir: Page, second: Page, scene: Scene) -> None:
    """Udir reads the list, offers a place, and lets go of the letter by two people."""
    udir.goto(f"{steps.PULJE}avgjoerelse/")
    steps.follow(udir, "Les lista og begrunnelsene")
    expect(udir.get_by_text(steps.REASON)).to_be_visible()
    steps.offer_place(udir, scene.owner)
    mail.outbox.clear()
    steps.read_and_approve(udir, scene.owner)
    deliver_notices.apply()
    assert [each for each in mail.outbox if each.to == [CONTACT]] == []
    steps.release(second)


def answer_the_letter(owner: Page, scene: Scene) -> None:
    """The contact signs in with a code, opens the letter in nynorsk and says yes."""
    letter = path_in(mail_to(CONTACT), "/brev/")
    sign_in_by_code(owner, CONTACT)
    owner.goto(letter)
    expect(owner.get_by_role("article", name=nn("Brevet"))).to_contain_text("Svar ja eller nei")
    steps.follow(owner, nn("Svar på tilbudet"))
    steps.say_yes(owner, scene.ppt)
    see_groups(owner, scene)


def see_groups(owner: Page, scene: Scene) -> None:
    """The deltakelse stands, with its groups, its leaders and their invitations."""
    deltakelse = Deltakelse.objects.get(owner=scene.owner)
    owner.goto(f"/grupper/{deltakelse.styringsgruppe_id}/")
    expect(owner.get_by_text("Lise Leiar").first).to_be_visible()
    leaders = GroupMember.objects.filter(seat__in=("eier", "leder"))
    assert set(leaders.values_list("name", "group__kind")) == {
        ("Lise Leiar", "styringsgruppe"),
        ("Randi Rektor", "arbeidsgruppe"),
        ("Stig Styrar", "arbeidsgruppe"),
    }
    invited = set(Invitation.objects.values_list("email", "kind"))
    assert invited == {
        (CONTACT, "eier"),
        (COLLEAGUE, "eier"),
        ("leiar@lmp.example", "eier"),
        (REKTOR, "leder"),
        (STYRER, "leder"),
        ("pia@lmp.example", "ppt"),
    }


@pytest.fixture
def contact(scene: Scene) -> Role:
    return make_role("eier", scene.owner, user=UserFactory(email=CONTACT, language="nn"))


@BROWSERS
def test_the_owner_and_a_rektor_write(
    values: dict[str, Any], scene: Scene, contact: Role, new_page: NewPage
) -> None:
    owner, rektor = new_page(contact, **values), new_page(**values)
    soeknad = make_soeknad(make_candidate(scene.embete, scene.owner), units=0)
    soeknad.answers.filter(key__in=["challenges", "anchored_owner", CONFIRMATIONS]).delete()
    home = soeknad.get_absolute_url()
    owner.goto(f"{home}enheter/")
    steps.add_unit(owner, "Lyngvik skule", "Randi Rektor", REKTOR)
    steps.deliver_part(rektor, REKTOR, "Vi ønskjer det.")
    steps.write_parts(owner, home, ("behov",))
    if values is PHONE:
        see_whole(
            owner,
            [home, *(f"{home}{each}/" for each in ("enheter", "deler", "del/behov", "se-over"))],
        )
        see_whole(rektor, [rektor.url])
    owner.goto(f"{home}se-over/")
    steps.confirm_and_send(owner)

    assert SoeknadVersion.objects.filter(soeknad=soeknad).count() == 1
    assert soeknad.units.get().why == "Vi ønskjer det."


def see_whole(page: Page, paths: list[str]) -> None:
    """No page needs scrolling sideways."""
    for path in paths:
        page.goto(path)
        assert fits(page), path


@BROWSERS
def test_the_owner_answers(
    values: dict[str, Any], scene: Scene, contact: Role, new_page: NewPage
) -> None:
    candidate = make_candidate(scene.embete, scene.owner)
    offer = decide(make_soeknad(candidate, sent=True), released=True)
    owner = new_page(contact, **values)
    owner.goto(f"{offer.get_absolute_url()}svar/")
    if values is PHONE:
        assert fits(owner)
    steps.press(owner, nn("Send svaret"))
    expect(owner.get_by_role("alert")).to_be_visible()
    steps.say_yes(owner, scene.ppt)
    if values is PHONE:
        assert fits(owner)

    deltakelse = Deltakelse.objects.get(owner=scene.owner)
    assert [unit.arbeidsgruppe.members.get().seat for unit in deltakelse.units.all()] == [
        "leder",
        "leder",
    ]


def test_ranking_with_numbers_without_javascript(scene: Scene, new_page: NewPage) -> None:
    assess(make_soeknad(make_candidate(scene.embete, scene.owner), sent=True))
    adviser = new_page(scene.statsforvalter, **PLAIN)
    adviser.goto(f"{steps.PULJE}prioritering/")
    before = steps.ranked(adviser)
    for field, number in zip(adviser.locator("input[name^=rank_]").all(), "21", strict=True):
        field.fill(number)
    adviser.get_by_role("button", name="Lagre lista").last.click()
    assert steps.ranked(adviser) == before[::-1]

    steps.press(adviser, f"Flytt {before[0]} opp")
    assert steps.ranked(adviser) == before
    steps.send_list(adviser)
    assert [each["name"] for each in PriorityListVersion.objects.get().content["entries"]] == before
