"""Filling, ordering, sending and reopening an embete's list."""

from datetime import timedelta

import pytest

from actors.models import Event, Notice
from cohorts.actions.priority import data_of, ensure_list, reopen_list, save_list
from cohorts.actions.priority_send import submit_list
from cohorts.models import PriorityEntry, PriorityListVersion, Stage
from cohorts.queries.priority_rows import load_list
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady, StaleEdit
from cohorts.rules.priority_diff import diff_versions
from lmp.lib.hashing import content_hash
from tests.factories.people import acting_as, make_role
from tests.factories.recruitment import (
    NOW,
    add_soeknad_unit,
    assess,
    decide,
    make_candidate,
    make_embete,
    make_private_school,
    make_soeknad,
)
from tests.factories.register import KommuneFactory, OwnerFactory, SkoleFactory

pytestmark = pytest.mark.django_db
NATIONAL_ID = "01010750160"
AFTER_DEADLINE = NOW + timedelta(days=14)


@pytest.fixture
def embete():
    return make_embete()


@pytest.fixture
def by(embete):
    return acting_as(make_role("statsforvalter", embete.statsforvalter))


def assessed(embete, name="", **values):
    """A sent and assessed søknad, of a kommune with the given name."""
    owner = OwnerFactory(kommune=KommuneFactory(name=name)) if name else None
    soeknad = make_soeknad(make_candidate(embete, owner), sent=True, **values)
    assess(soeknad)
    return soeknad


def ranks(listed):
    return list(listed.entries.order_by("rank").values_list("rank", "soeknad"))


def save(listed, by, **data):
    return save_list(
        priority_list=listed,
        edit_version=data.pop("edit_version", listed.edit_version),
        data=data,
        by=by,
        now=NOW,
    )


def submit(listed, by, now=NOW, late_reason=""):
    listed.refresh_from_db()
    return submit_list(
        priority_list=listed,
        edit_version=listed.edit_version,
        late_reason=late_reason,
        by=by,
        now=now,
    )


def test_the_list_fills_with_assessed_soeknader_and_their_reason(embete):
    first, second = assessed(embete), assessed(embete)
    make_soeknad(make_candidate(embete), sent=True)  # not assessed
    make_soeknad(make_candidate(embete))  # a draft

    listed = ensure_list(embete=embete, now=NOW)
    again = ensure_list(embete=embete, now=NOW)

    assert ranks(again) == [(1, first.pk), (2, second.pk)]
    assert {each.reason for each in listed.entries.all()} == {"Arbeidet er godt forankret."}
    assert Event.objects.filter(verb="fill_list").count() == 1


def test_new_ones_come_last_and_withdrawn_ones_fall_out(embete, by):
    first, second, third = (assessed(embete) for _each in range(3))
    listed = ensure_list(embete=embete, now=NOW)
    save(listed, by, order=list(reversed(data_of(listed)["order"])))
    second.status = "withdrawn"
    second.save()
    new = assessed(embete)

    ensure_list(embete=embete, now=NOW)

    assert ranks(listed) == [(1, third.pk), (2, first.pk), (3, new.pk)]


def test_a_reason_somebody_wrote_is_not_filled_again(embete, by):
    soeknad = assessed(embete)
    listed = ensure_list(embete=embete, now=NOW)
    entry = listed.entries.get(soeknad=soeknad)
    save(listed, by, **{f"reason-{entry.pk}": ""})

    assert data_of(ensure_list(embete=embete, now=NOW))[f"reason-{entry.pk}"] == ""


def test_a_choice_between_assessors_is_forgotten_when_they_agree(embete, by):
    soeknad = assessed(embete)
    other = assess(soeknad, recommendation="reserve")
    listed = ensure_list(embete=embete, now=NOW)
    (row,) = load_list(listed).rows
    assert (row.is_split, row.recommendation) == (True, "")
    save(listed, by, **{f"recommendation-{row.entry.pk}": "reserve"})
    assert load_list(listed).rows[0].recommendation == "reserve"

    other.recommendation = "tilraas"
    other.save()
    ensure_list(embete=embete, now=NOW)

    (row,) = load_list(listed).rows
    assert (row.entry.recommendation, row.recommendation) == ("", "tilraas")


def test_an_order_is_saved_whole_with_the_texts(embete, by):
    first, second = assessed(embete), assessed(embete)
    listed = ensure_list(embete=embete, now=NOW)
    one, two = data_of(listed)["order"]

    saved = save(listed, by, order=[two, one], note="Samme team.", wanted=2)

    assert ranks(listed) == [(1, second.pk), (2, first.pk)]
    assert (saved.note, saved.wanted, saved.edit_version) == ("Samme team.", 2, 2)
    assert Event.objects.get(verb="save_list").data["fields"] == ["order", "note", "wanted"]


def test_two_advisers_never_overwrite_each_other(embete, by):
    assessed(embete), assessed(embete)
    listed = ensure_list(embete=embete, now=NOW)
    one, two = data_of(listed)["order"]
    save(listed, by, order=[two, one])

    with pytest.raises(StaleEdit):
        save(listed, by, edit_version=1, note="Min merknad.")

    assert data_of(listed)["note"] == ""
    same = save(listed, by, edit_version=1, order=[two, one])
    assert same.edit_version == 2


def test_a_national_id_is_refused(embete, by):
    assessed(embete)
    listed = ensure_list(embete=embete, now=NOW)

    with pytest.raises(NationalIdFound) as refused:
        save(listed, by, note=f"Gjelder {NATIONAL_ID}")

    assert refused.value.fields == ["note"]


def test_the_database_holds_a_rank_once(embete):
    assessed(embete), assessed(embete)
    listed = ensure_list(embete=embete, now=NOW)
    entry = listed.entries.last()
    entry.rank = 1

    with pytest.raises(Exception, match=r"priorityentry_rank_once|UNIQUE"):
        entry.save()


def test_a_joint_soeknad_counts_its_kommuner(embete):
    partner = OwnerFactory(kommune=KommuneFactory(name="Storholmen"))
    soeknad = assessed(embete, "Elveskar", partners=[partner, OwnerFactory()])
    soeknad.partners.exclude(owner=partner).update(status="withdrawn")

    (row,) = load_list(ensure_list(embete=embete, now=NOW)).rows

    assert (row.kommuner, row.partners) == (2, ("Storholmen kommune",))
    assert row.facts == (
        "1 skole og 1 barnehage · søker sammen med Storholmen kommune · tar 2 plasser"
    )


def test_the_facts_say_when_both_levels_take_part(embete):
    soeknad = assessed(embete, units=0)
    for grades in ((1, 7), (8, 10)):
        owner = soeknad.candidate.owner
        unit = SkoleFactory(owner=owner, grade_from=grades[0], grade_to=grades[1])
        add_soeknad_unit(soeknad, unit)

    (row,) = load_list(ensure_list(embete=embete, now=NOW)).rows

    assert row.facts == "2 skoler · begge skoleslag"


def test_two_private_schools_in_one_fylke_are_told(embete):
    fylke = KommuneFactory().fylke
    for _each in range(2):
        candidate = make_private_school(embete)
        school = SkoleFactory(
            owner=candidate.owner, kommune=KommuneFactory(fylke=fylke), ownership="privat"
        )
        soeknad = make_soeknad(candidate, sent=True, units=0)
        add_soeknad_unit(soeknad, school)
        assess(soeknad)
    listed = ensure_list(embete=embete, now=NOW)
    assert load_list(listed).crowded == {}

    embete.opptak.private_per_fylke = 1
    embete.opptak.save()

    assert load_list(ensure_list(embete=embete, now=NOW)).crowded == {str(fylke): 2}


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
