"""Sending and reopening an embete's list."""

from datetime import timedelta

import pytest

from actors.models import Notice
from cohorts.actions.priority import data_of, ensure_list, reopen_list
from cohorts.actions.priority_send import submit_list
from cohorts.models import PriorityEntry, PriorityListVersion, Stage
from cohorts.rules.errors import NotPossible, NotReady
from cohorts.rules.priority_diff import diff_versions
from lmp.lib.hashing import content_hash
from tests.factories.people import make_role
from tests.factories.priority import assessed, save
from tests.factories.recruitment import NOW, decide, make_candidate, make_soeknad

pytestmark = pytest.mark.django_db
AFTER_DEADLINE = NOW + timedelta(days=14)


def submit(listed, by, now=NOW, late_reason=""):
    listed.refresh_from_db()
    return submit_list(
        priority_list=listed,
        edit_version=listed.edit_version,
        late_reason=late_reason,
        by=by,
        now=now,
    )


def test_sending_makes_a_version_locks_the_list_and_tells_udir(embete, by):
    soeknad = assessed(embete, "Elveskar")
    udir = make_role("udir")
    listed = ensure_list(embete=embete, now=NOW)

    version = submit(listed, by)

    assert version.receipt == f"P10-2026-{listed.pk:04}-1"
    assert version.sha256 == content_hash(version.content)
    assert version.sent_as == f"Statsforvalter, {embete.statsforvalter}"
    assert (version.late, version.late_reason) == (False, "")
    assert version.content["entries"] == [
        {
            "rank": 1,
            "soeknad": soeknad.pk,
            "soeknad_version": 1,
            "name": "Elveskar kommune",
            "partners": [],
            "kommuner": 1,
            "facts": "1 skole og 1 barnehage",
            "recommendation": "tilraas",
            "reason": "Arbeidet er godt forankret.",
            "rank_reason": "",
        }
    ]
    listed.refresh_from_db()
    soeknad.refresh_from_db()
    soeknad.candidate.refresh_from_db()
    assert (listed.is_locked, soeknad.forwarded_at) == (True, NOW)
    assert soeknad.candidate.stage == Stage.PRIORITERT
    notice = Notice.objects.get(kind="priority_sent")
    assert (notice.recipient, notice.url) == (udir.user, f"/lister/{listed.pk}/?rolle={udir.pk}")


def test_a_double_click_makes_one_version(embete, by):
    assessed(embete)
    listed = ensure_list(embete=embete, now=NOW)
    values = {"priority_list": listed, "edit_version": 1, "late_reason": "", "by": by, "now": NOW}

    assert submit_list(**values) == submit_list(**values)
    assert PriorityListVersion.objects.count() == 1


def test_a_list_that_is_not_ready_is_not_sent(embete, by):
    assessed(embete)
    waiting = make_soeknad(make_candidate(embete), sent=True)
    listed = ensure_list(embete=embete, now=NOW)
    entry = listed.entries.get()
    save(listed, by, **{f"reason-{entry.pk}": " "})

    with pytest.raises(NotReady) as refused:
        submit(listed, by)

    assert refused.value.fields == [f"reason-{entry.pk}", f"soeknad-{waiting.pk}"]
    assert PriorityListVersion.objects.count() == 0


def test_a_doubt_about_habilitet_stops_the_list(embete, by):
    soeknad = assessed(embete)
    soeknad.assessments.update(habilitet="tvil")
    listed = ensure_list(embete=embete, now=NOW)

    with pytest.raises(NotReady) as refused:
        submit(listed, by)

    assert refused.value.fields == [f"habilitet-{listed.entries.get().pk}"]


def test_what_came_or_went_after_the_page_was_opened_is_not_sent_unseen(embete, by):
    gone = assessed(embete)
    listed = ensure_list(embete=embete, now=NOW)
    gone.status = "withdrawn"
    gone.save()
    new = assessed(embete)

    with pytest.raises(NotReady) as refused:
        submit(listed, by)

    assert refused.value.fields == [f"unlisted-{new.pk}", f"unlisted-{gone.pk}"]


def test_a_late_list_needs_a_reason_and_is_marked(embete, by):
    assessed(embete)
    listed = ensure_list(embete=embete, now=NOW)

    with pytest.raises(NotReady) as refused:
        submit(listed, by, AFTER_DEADLINE)
    version = submit(listed, by, AFTER_DEADLINE, "Sykdom i embetet.")

    assert refused.value.fields == ["late_reason"]
    assert (version.late, version.late_reason) == (True, "Sykdom i embetet.")


def reopened(embete, by):
    """A list of three that is sent and open again, with its søknader."""
    three = [assessed(embete, name) for name in ("Elveskar", "Storholmen", "Sundmark")]
    listed = ensure_list(embete=embete, now=NOW)
    submit(listed, by)
    listed.refresh_from_db()
    return reopen_list(priority_list=listed, reason="Nye opplysninger.", by=by, now=NOW), three


def test_a_reopened_list_becomes_version_two_with_its_difference(embete, by):
    listed, _soeknader = reopened(embete, by)
    one, two, three = data_of(listed)["order"]
    save(listed, by, order=[two, one, three])

    with pytest.raises(NotReady) as refused:
        submit(listed, by)
    assert refused.value.fields == [f"rank_reason-{two}", f"rank_reason-{one}"]

    why = {f"rank_reason-{two}": "Vedtak i kommunestyret.", f"rank_reason-{one}": "Byttet plass."}
    listed.refresh_from_db()
    save(listed, by, **why)
    version = submit(listed, by)

    assert (version.number, version.reason) == (2, "Nye opplysninger.")
    assert version.receipt == f"P10-2026-{listed.pk:04}-2"
    old = listed.versions.get(number=1)
    assert [
        (each.kind, each.name, each.before, each.after, each.why)
        for each in diff_versions(old.content, version.content).entries
    ] == [
        ("up", "Storholmen kommune", 2, 1, "Vedtak i kommunestyret."),
        ("down", "Elveskar kommune", 1, 2, "Byttet plass."),
    ]


def test_closing_up_after_a_withdrawal_needs_no_reason(embete, by):
    listed, (first, _second, _third) = reopened(embete, by)
    first.status = "withdrawn"
    first.save()
    ensure_list(embete=embete, now=NOW)

    version = submit(listed, by)

    assert [row["rank"] for row in version.content["entries"]] == [1, 2]


def test_a_list_is_not_reopened_after_a_letter(embete, by):
    soeknad = assessed(embete)
    listed = ensure_list(embete=embete, now=NOW)
    submit(listed, by)
    decide(soeknad, "avslag", released=True)

    with pytest.raises(NotPossible, match="Udir har sendt svar"):
        reopen_list(priority_list=listed, reason="Feil.", by=by, now=NOW)


def test_a_draft_is_not_reopened_and_a_sent_list_not_saved(embete, by):
    assessed(embete)
    listed = ensure_list(embete=embete, now=NOW)
    with pytest.raises(NotPossible, match="ikke sendt ennå"):
        reopen_list(priority_list=listed, reason="Feil.", by=by, now=NOW)

    submit(listed, by)

    with pytest.raises(NotPossible, match="sendt og låst"):
        save(listed, by, note="For sent.")
    assessed(embete)
    ensure_list(embete=embete, now=NOW)
    assert PriorityEntry.objects.count() == 1


def test_an_opptak_that_is_over_is_read_only(embete, by):
    assessed(embete)
    listed = ensure_list(embete=embete, now=NOW)
    embete.opptak.closed_at = NOW
    embete.opptak.save()

    with pytest.raises(NotPossible, match="Opptaket er ikke åpent"):
        save(listed, by, note="For sent.")
