"""Approving and locking a referat, and merknader to it."""

from datetime import date, timedelta

import pytest

from actors.models import Notice
from cohorts.rules.errors import NationalIdFound, NotPossible
from meetings.actions.merknad import add_merknad, answer_merknad
from meetings.actions.referat_lock import approve_referat, lock_expired_referater
from meetings.models import Merknad, PaperStatus, Referat
from tests.factories.meetings import NOW
from tests.factories.papers import NATIONAL_ID, sent_referat, write_referat

pytestmark = pytest.mark.django_db
MERKNAD_DUE = date(2026, 11, 27)


def test_an_approved_referat_is_read_only(scene):
    referat = sent_referat(scene)

    approve_referat(referat=referat, by=scene.by("veileder"), now=NOW)

    referat.refresh_from_db()
    assert (referat.status, referat.approved_by) == (PaperStatus.APPROVED, scene.veileder.user)
    with pytest.raises(NotPossible):
        write_referat(scene, referat, referat.edit_version, mellomarbeid="Endret")


def test_silence_locks_after_the_last_day(scene):
    referat = sent_referat(scene)

    on_the_day = lock_expired_referater(today=MERKNAD_DUE, now=NOW)
    after = lock_expired_referater(today=MERKNAD_DUE + timedelta(days=1), now=NOW)
    again = lock_expired_referater(today=MERKNAD_DUE + timedelta(days=1), now=NOW)

    referat.refresh_from_db()
    assert (on_the_day, after, again) == (0, 1, 0)
    assert (referat.status, referat.locked_at, referat.approved_by) == ("locked", NOW, None)


def test_a_merknad_waits_for_an_answer(scene):
    referat = sent_referat(scene)

    merknad = add_merknad(referat=referat, text="Vi sa mer", by=scene.by("veileder"), now=NOW)

    referat.refresh_from_db()
    assert referat.status == PaperStatus.MERKNAD
    assert (merknad.version.number, merknad.written_as) == (1, "Veileder")
    assert Notice.objects.get(kind="merknad_written").recipient == scene.leder.user
    with pytest.raises(NotPossible, match="venter på svar"):
        approve_referat(referat=referat, by=scene.by("veileder"), now=NOW)


def test_a_late_merknad_gives_the_author_time_to_answer(scene):
    referat = sent_referat(scene)
    last_day = NOW + timedelta(days=7)

    add_merknad(referat=referat, text="Vi sa mer", by=scene.by("veileder"), now=last_day)

    referat.refresh_from_db()
    assert referat.merknad_due == date(2026, 12, 4)


def test_a_merknad_after_the_last_day_is_refused(scene):
    referat = sent_referat(scene)

    with pytest.raises(NotPossible):
        add_merknad(
            referat=referat,
            text="For sent",
            by=scene.by("veileder"),
            now=NOW + timedelta(days=8),
        )


@pytest.mark.parametrize(("taken_in", "status"), [(True, "taken_in"), (False, "both_stand")])
def test_the_author_answers_a_merknad(scene, taken_in, status):
    referat = sent_referat(scene)
    merknad = add_merknad(referat=referat, text="Vi sa mer", by=scene.by("ppt"), now=NOW)

    answered = answer_merknad(
        merknad=merknad, taken_in=taken_in, answer="Takk", by=scene.by("leder"), now=NOW
    )

    referat.refresh_from_db()
    assert (answered.status, answered.answer) == (status, "Takk")
    assert referat.status == PaperStatus.SENT
    assert Notice.objects.get(kind="merknad_answered").recipient == scene.ppt.user


def test_a_merknad_nobody_answers_stands_beside_the_text(scene):
    referat = sent_referat(scene)
    merknad = add_merknad(referat=referat, text="Vi sa mer", by=scene.by("ppt"), now=NOW)

    locked = lock_expired_referater(today=MERKNAD_DUE + timedelta(days=1), now=NOW)

    merknad.refresh_from_db()
    assert locked == 1
    assert merknad.status == Merknad.Status.BOTH_STAND
    assert Referat.objects.get().status == PaperStatus.LOCKED


def test_a_national_id_number_in_a_merknad_is_refused(scene):
    referat = sent_referat(scene)

    with pytest.raises(NationalIdFound) as refusal:
        add_merknad(referat=referat, text=NATIONAL_ID, by=scene.by("ppt"), now=NOW)

    assert NATIONAL_ID not in str(refusal.value)
    assert Merknad.objects.count() == 0
