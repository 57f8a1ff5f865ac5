"""Sending a søknad: one immutable version, the deadline, the list, withdrawing."""

from datetime import date, timedelta

import pytest

from actors.models import PPT, Event, Notice
from cohorts.actions.soeknad import reopen_soeknad
from cohorts.actions.soeknad_sending import submit_soeknad, withdraw_soeknad
from cohorts.models import SoeknadUnit, Stage
from cohorts.queries.programme import programme_of
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady
from cohorts.rules.soeknad_form import CONFIRMATIONS
from lmp.lib.hashing import content_hash
from tests.factories.people import acting_as, make_role
from tests.factories.recruitment import (
    NOW,
    add_soeknad_unit,
    decide,
    make_candidate,
    make_embete,
    make_list,
    make_private_school,
    make_soeknad,
)
from tests.factories.register import OwnerFactory

pytestmark = pytest.mark.django_db
FNR = "15076500565"
AFTER = NOW + timedelta(days=6)  # the day after the deadline, 25 November


def eier_of(soeknad):
    return acting_as(make_role("eier", soeknad.candidate.owner))


def ids(soeknad):
    pulje = soeknad.candidate.embete.opptak.pulje
    return [each.id for each in programme_of(pulje).recruitment.confirmations]


def send(soeknad, **changes):
    do = {
        "soeknad": soeknad,
        "confirmed": ids(soeknad),
        "by": changes.pop("by", None) or eier_of(soeknad),
        "now": NOW,
    }
    return submit_soeknad(**do | changes)


# --- sending -----------------------------------------------------------------------------------


def test_a_sent_version_holds_the_whole_soeknad(soeknad):
    version = send(soeknad)
    soeknad.refresh_from_db()
    soeknad.candidate.refresh_from_db()
    content = version.content
    assert version.receipt == f"S10-2026-{soeknad.pk:04}-1"
    assert version.sha256 == content_hash(content)
    assert (version.language, version.late, version.sent_at) == ("nb", False, NOW)
    assert version.sent_as == f"Barnehage- og skoleeier, {soeknad.candidate.owner}"
    assert (soeknad.status, soeknad.sent_at) == ("sent", NOW)
    assert soeknad.candidate.stage == Stage.SOEKT
    rows = {row["key"]: row for part in content["parts"] for row in part["answers"]}
    assert rows["challenges"]["label"] == "Hva er utfordringene?"
    assert rows["challenges"]["text"] == "Svar på challenges."
    assert [each["name"] for each in content["units"]] == [u.name for u in soeknad.units.all()]
    assert content["units"][0]["part"]["why"] == soeknad.units.first().why
    assert len(content["confirmations"]) == len(ids(soeknad))
    assert "lmp.example" not in str(content["units"])


def test_a_double_click_makes_one_version_and_one_notice(soeknad):
    adviser = make_role("statsforvalter", soeknad.candidate.embete.statsforvalter)
    by = eier_of(soeknad)
    first = send(soeknad, by=by)
    assert send(soeknad, by=by, now=NOW + timedelta(seconds=1)) == first
    assert soeknad.versions.count() == 1
    assert Notice.objects.filter(recipient=adviser.user).count() == 1
    assert Event.objects.filter(verb="submit-soeknad").count() == 1


def test_the_responsible_adviser_alone_is_told(soeknad):
    embete = soeknad.candidate.embete.statsforvalter
    responsible, _other = (make_role("statsforvalter", embete) for _each in range(2))
    soeknad.candidate.responsible = responsible.user
    soeknad.candidate.save()
    send(soeknad)
    assert list(Notice.objects.values_list("recipient", flat=True)) == [responsible.user_id]
    assert Notice.objects.get().owner == soeknad.candidate.owner
    assert "Svar på" not in Notice.objects.get().body
    assert f"rolle={responsible.pk}" in Notice.objects.get().url


def test_the_letter_language_of_the_applicant_is_that_of_the_version(soeknad):
    soeknad.answers.filter(key="maalform").update(value="nn")
    version = send(soeknad)
    rows = {row["key"]: row for part in version.content["parts"] for row in part["answers"]}
    assert version.language == "nn"
    assert rows["challenges"]["label"] == "Kva er utfordringane?"


def test_the_ppt_is_named_in_the_version(soeknad):
    ppt = PPT.objects.create(name="PPT Fiktivdalen", is_fictional=True)
    soeknad.answers.filter(key="ppt").update(value=str(ppt.pk))
    rows = {r["key"]: r for part in send(soeknad).content["parts"] for r in part["answers"]}
    assert rows["ppt"]["text"] == "PPT Fiktivdalen"


def test_too_early_sends_nothing(soeknad):
    soeknad.answers.filter(key="funding").delete()
    with pytest.raises(NotReady) as refused:
        send(soeknad, confirmed=[])
    assert refused.value.fields == ["tid", "bekreft"]
    soeknad.refresh_from_db()
    assert (soeknad.status, soeknad.versions.count()) == ("draft", 0)


@pytest.mark.parametrize("where", ["answer", "unit", "reason"])
def test_a_national_id_anywhere_stops_it(soeknad, where):
    changes = {}
    if where == "answer":
        soeknad.answers.filter(key="challenges").update(value=f"Barnet {FNR}")
    elif where == "unit":
        SoeknadUnit.objects.filter(pk=soeknad.units.first().pk).update(needs=FNR)
    else:
        changes = {"late_reason": FNR, "now": AFTER}
    with pytest.raises(NationalIdFound):
        send(soeknad, **changes)
    assert soeknad.versions.count() == 0


def test_a_new_version_until_the_deadline_and_none_after(soeknad):
    by = eier_of(soeknad)
    send(soeknad, by=by)
    reopen_soeknad(soeknad=soeknad, by=by, now=NOW)
    soeknad.answers.filter(key="funding").update(value="Ny plan.")
    second = send(soeknad, by=by)
    assert (second.number, second.receipt[-2:]) == (2, "-2")
    soeknad.refresh_from_db()
    assert soeknad.reopened_at is None
    reopen_soeknad(soeknad=soeknad, by=by, now=NOW)
    soeknad.answers.filter(key="funding").update(value="For sent.")
    with pytest.raises(NotPossible, match="Fristen er ute"):
        send(soeknad, by=by, now=AFTER)
    assert soeknad.versions.count() == 2


def test_the_same_again_is_the_same_version(soeknad):
    by = eier_of(soeknad)
    first = send(soeknad, by=by)
    reopen_soeknad(soeknad=soeknad, by=by, now=NOW)
    assert send(soeknad, by=by, now=NOW + timedelta(hours=1)) == first
    soeknad.refresh_from_db()
    assert (soeknad.reopened_at, soeknad.sent_at) == (None, NOW)


def test_begun_before_and_sent_after_the_deadline_needs_a_reason_and_is_marked(soeknad):
    by = eier_of(soeknad)
    with pytest.raises(NotReady) as refused:
        send(soeknad, by=by, now=AFTER)
    assert refused.value.fields == ["late_reason"]
    version = send(soeknad, by=by, now=AFTER, late_reason="Kommunestyret møttes sent.")
    assert (version.late, version.late_reason) == (True, "Kommunestyret møttes sent.")


def test_the_last_day_lasts_to_midnight_and_the_embete_has_its_own(soeknad):
    last_minute = NOW.replace(day=25, hour=22, minute=59)
    assert send(soeknad, now=last_minute).late is False
    other = make_soeknad(make_candidate(make_embete(soeknad.candidate.embete.opptak)))
    embete = other.candidate.embete
    embete.internal_deadline = date(2026, 11, 19)
    embete.save()
    assert send(other, late_reason="Sykdom.").late is True


def test_nothing_is_sent_after_the_embete_has_sent_its_list(soeknad):
    listed = make_soeknad(make_candidate(soeknad.candidate.embete), sent=True)
    make_list([listed], sent=True)
    with pytest.raises(NotPossible, match="lista til Udir"):
        send(soeknad)


def test_nothing_is_sent_when_the_opptak_is_over(soeknad):
    opptak = soeknad.candidate.embete.opptak
    opptak.closed_at = NOW
    opptak.save()
    with pytest.raises(NotPossible):
        send(soeknad)


def test_a_private_school_alone(soeknad):
    candidate = make_private_school(soeknad.candidate.embete)
    alone = make_soeknad(candidate, units=1)
    version = send(alone)
    keys = {row["key"] for part in version.content["parts"] for row in part["answers"]}
    assert {"anchored_board", "spread_school"} <= keys
    assert "roles" not in keys
    assert len(version.content["units"]) == 1
    assert version.content["styringsgruppe"] is None


def test_ticks_are_stored_once(soeknad):
    before = soeknad.answers.get(key=CONFIRMATIONS).version
    send(soeknad)
    assert soeknad.answers.get(key=CONFIRMATIONS).version == before


# --- withdrawing -------------------------------------------------------------------------------


def test_a_withdrawn_soeknad_keeps_what_was_sent_and_tells_everybody(soeknad):
    partner = OwnerFactory()
    soeknad.partners.create(owner=partner, status="confirmed", asked_at=NOW)
    told = [
        make_role("statsforvalter", soeknad.candidate.embete.statsforvalter),
        make_role("eier", partner),
    ]
    soeknad.answers.create(
        key="styringsgruppe", value="felles", updated_at=NOW, updated_by=soeknad.created_by
    )
    by = eier_of(soeknad)
    send(soeknad, by=by)
    do = {"soeknad": soeknad, "by": by, "now": NOW}
    with pytest.raises(NotReady):
        withdraw_soeknad(**do, reason=" ")
    with pytest.raises(NationalIdFound):
        withdraw_soeknad(**do, reason=FNR)
    gone = withdraw_soeknad(**do, reason="Vi har ikke folk.")
    withdraw_soeknad(**do, reason="Igjen.")
    gone.candidate.refresh_from_db()
    assert (gone.status, gone.withdrawn_reason) == ("withdrawn", "Vi har ikke folk.")
    assert gone.candidate.stage == Stage.TRUKKET
    assert soeknad.versions.count() == 1
    notices = Notice.objects.filter(kind="soeknad_withdrawn")
    assert {each.recipient for each in notices} == {role.user for role in told}
    assert all("folk" not in each.body for each in notices)
    with pytest.raises(NotPossible):
        send(soeknad, by=by)


def test_a_draft_or_an_answered_soeknad_is_not_withdrawn(soeknad):
    do = {"reason": "Nei", "by": eier_of(soeknad), "now": NOW}
    with pytest.raises(NotPossible, match="ikke sendt"):
        withdraw_soeknad(soeknad=soeknad, **do)
    send(soeknad, by=do["by"])
    decide(soeknad, released=True)
    with pytest.raises(NotPossible, match="Udir har svart"):
        withdraw_soeknad(soeknad=soeknad, **do)


def test_a_unit_that_said_no_is_not_in_the_version(soeknad):
    add_soeknad_unit(soeknad, part="declined", declined_reason="Hemmelig grunn.")
    content = send(soeknad).content
    assert (len(content["units"]), "Hemmelig" in str(content)) == (2, False)
