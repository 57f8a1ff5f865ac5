"""Judging a søknad: habilitet, places, saving, finishing, and what closes it."""

from datetime import timedelta

import pytest

from actors.models import Event, Notice
from cohorts.actions.assessment import (
    answer_habilitet,
    complete_assessment,
    criteria_of,
    data_of,
    reopen_assessment,
    save_assessment,
)
from cohorts.models import Assessment, Stage
from cohorts.queries.assessment_habilitet import roles_in_applicant
from cohorts.rules.assessment import missing_in, reason_field, score_field
from cohorts.rules.errors import (
    NationalIdFound,
    NotPossible,
    NotReady,
    PuljeClosed,
    StaleEdit,
)
from tests.factories.people import PPTFactory, PPTKommuneFactory, acting_as, make_role
from tests.factories.recruitment import (
    NOW,
    assess,
    make_candidate,
    make_list,
    make_private_school,
    make_soeknad,
)
from tests.factories.register import OwnerFactory, SkoleFactory, StatsforvalterFactory

pytestmark = pytest.mark.django_db
NATIONAL_ID = "01010750160"


def adviser(soeknad, name="Eirik Moen"):
    """An adviser of the embete the søknad came to, acting."""
    role = make_role("statsforvalter", soeknad.candidate.embete.statsforvalter)
    role.user.name = name
    role.user.save()
    return acting_as(role)


def whole(soeknad, **values):
    """Everything that must be there before an assessment of the søknad is finished."""
    data = {"recommendation": "tilraas", "applicant_reason": "Godt forankret."}
    for criterion in criteria_of(soeknad):
        data |= {score_field(criterion.pk): 3, reason_field(criterion.pk): "Tydelig."}
    return data | values


def begin(soeknad, by):
    return answer_habilitet(soeknad=soeknad, habilitet="habil", by=by, now=NOW)


def finish(assessment, by, **values):
    data = whole(assessment.soeknad, **values)
    version = Assessment.objects.get(pk=assessment.pk).edit_version
    return complete_assessment(
        assessment=assessment, edit_version=version, data=data, by=by, now=NOW
    )


def test_the_scores_and_the_conclusion_must_be_there_and_the_rest_may_be():
    data = {"score_1": 3, "reason_1": " ", "score_2": None, "reason_2": "God.", "motivation": ""}
    assert missing_in(data, [1, 2]) == [
        "reason_1",
        "score_2",
        "recommendation",
        "applicant_reason",
    ]


def test_a_finished_assessment_is_stored_and_moves_the_candidate():
    soeknad = make_soeknad(sent=True)
    eirik = adviser(soeknad)

    finish(begin(soeknad, eirik), eirik, motivation="Svært motiverte.")

    mine = Assessment.objects.get()
    assert (mine.assessor, mine.habilitet, mine.completed_at) == (eirik, "habil", NOW)
    assert data_of(mine) == whole(soeknad, motivation="Svært motiverte.") | {
        "data_basis": "",
        "geography": "",
    }
    soeknad.candidate.refresh_from_db()
    assert soeknad.candidate.stage == Stage.VURDERT
    assert [event.verb for event in Event.objects.filter(by=eirik).order_by("pk")] == [
        "answer-habilitet",
        "save-assessment",
        "complete-assessment",
    ]


def test_the_events_hold_no_text_of_the_assessment():
    soeknad = make_soeknad(sent=True)
    eirik = adviser(soeknad)
    finish(begin(soeknad, eirik), eirik, data_basis="Krevende over tid.")
    assert "Krevende" not in str([event.data for event in Event.objects.all()])


@pytest.mark.parametrize("answer", ["tvil", "inhabil"])
def test_nothing_is_judged_without_habilitet(answer):
    soeknad = make_soeknad(sent=True)
    eirik = adviser(soeknad)
    mine = answer_habilitet(soeknad=soeknad, habilitet=answer, by=eirik, now=NOW)
    with pytest.raises(NotPossible, match="Svar på om du er habil"):
        save_assessment(
            assessment=mine, edit_version=1, data={"motivation": "God."}, by=eirik, now=NOW
        )


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        ("inhabil", "En søknad trenger en ny til å vurdere den"),
        ("tvil", "En kollega er i tvil om habiliteten sin"),
    ],
)
def test_the_others_in_the_embete_are_told_who_cannot_judge(answer, title):
    soeknad = make_soeknad(sent=True)
    eirik, liv = adviser(soeknad), adviser(soeknad, "Liv Aase")
    embete = soeknad.candidate.embete.statsforvalter
    make_role("statsforvalter", embete, valid_to=NOW.date() - timedelta(days=1))
    make_role("statsforvalter", StatsforvalterFactory(code="annet"))
    make_role("udir")

    answer_habilitet(soeknad=soeknad, habilitet=answer, by=eirik, now=NOW)
    answer_habilitet(soeknad=soeknad, habilitet=answer, by=eirik, now=NOW)

    notice = Notice.objects.get()
    assert (notice.recipient, notice.title) == (liv, title)
    assert notice.owner == soeknad.candidate.owner
    assert notice.url == f"/soeknader/{soeknad.pk}/vurdering/?rolle={liv.role.pk}"


def test_who_is_inhabil_gives_the_place_to_another_and_a_third_is_refused():
    soeknad = make_soeknad(sent=True)
    eirik, liv, ola = (adviser(soeknad, name) for name in ("Eirik", "Liv", "Ola"))
    begin(soeknad, eirik)
    begin(soeknad, liv)
    with pytest.raises(NotPossible, match="Eirik og Liv vurderer søknaden"):
        begin(soeknad, ola)

    answer_habilitet(soeknad=soeknad, habilitet="inhabil", by=eirik, now=NOW)
    begin(soeknad, ola)
    with pytest.raises(NotPossible, match="Liv og Ola vurderer søknaden"):
        begin(soeknad, eirik)


def test_inhabil_takes_back_a_finished_assessment():
    soeknad = make_soeknad(sent=True)
    eirik = adviser(soeknad)
    finish(begin(soeknad, eirik), eirik)
    answer_habilitet(soeknad=soeknad, habilitet="inhabil", by=eirik, now=NOW)
    soeknad.candidate.refresh_from_db()
    assert Assessment.objects.get().completed_at is None
    assert soeknad.candidate.stage == Stage.SOEKT


def test_a_draft_may_be_half_written_and_what_is_not_sent_along_stands():
    soeknad = make_soeknad(sent=True)
    eirik = adviser(soeknad)
    mine = begin(soeknad, eirik)
    first = criteria_of(soeknad)[0]
    save_assessment(
        assessment=mine, edit_version=1, data={score_field(first.pk): 2}, by=eirik, now=NOW
    )
    save_assessment(assessment=mine, edit_version=2, data={"motivation": "God."}, by=eirik, now=NOW)
    mine.refresh_from_db()
    assert (data_of(mine)[score_field(first.pk)], mine.motivation) == (2, "God.")
    with pytest.raises(NotReady) as stopped:
        complete_assessment(assessment=mine, edit_version=3, data={}, by=eirik, now=NOW)
    assert stopped.value.fields[0] == reason_field(first.pk)


def test_a_national_id_is_never_stored_and_stops_the_finishing():
    soeknad = make_soeknad(sent=True)
    eirik = adviser(soeknad)
    mine = begin(soeknad, eirik)
    data = {"data_basis": f"Saken om {NATIONAL_ID}.", "motivation": "God."}
    refused = save_assessment(assessment=mine, edit_version=1, data=data, by=eirik, now=NOW)
    mine.refresh_from_db()
    assert (refused, mine.data_basis, mine.motivation) == (["data_basis"], "", "God.")
    with pytest.raises(NationalIdFound):
        finish(mine, eirik, data_basis=NATIONAL_ID)


def test_a_second_tab_with_another_text_overwrites_nothing():
    soeknad = make_soeknad(sent=True)
    eirik = adviser(soeknad)
    mine = begin(soeknad, eirik)
    write = {"assessment": mine, "edit_version": 1, "by": eirik, "now": NOW}
    save_assessment(**write, data={"motivation": "Først."})
    save_assessment(**write, data={"motivation": "Først."})  # the same again: nothing to lose
    with pytest.raises(StaleEdit) as stale:
        save_assessment(**write, data={"motivation": "Etterpå."})
    assert stale.value.current.motivation == "Først."


def test_it_is_opened_again_until_the_list_is_sent():
    soeknad = make_soeknad(sent=True)
    eirik = adviser(soeknad)
    mine = finish(begin(soeknad, eirik), eirik)
    with pytest.raises(NotPossible, match="ferdig"):
        save_assessment(assessment=mine, edit_version=2, data={}, by=eirik, now=NOW)
    reopen_assessment(assessment=mine, by=eirik, now=NOW)
    finish(mine, eirik)

    listed = make_list([soeknad], sent=True)
    with pytest.raises(NotPossible, match="Lista er sendt"):
        reopen_assessment(assessment=mine, by=eirik, now=NOW)
    with pytest.raises(NotPossible, match="Lista er sendt"):
        answer_habilitet(soeknad=soeknad, habilitet="tvil", by=eirik, now=NOW)

    listed.reopened_at = NOW
    listed.save()
    assert reopen_assessment(assessment=mine, by=eirik, now=NOW).completed_at is None


def test_nothing_is_judged_in_a_withdrawn_søknad_or_a_closed_pulje():
    soeknad = make_soeknad(sent=True)
    eirik = adviser(soeknad)
    soeknad.status = "withdrawn"
    soeknad.save()
    with pytest.raises(NotPossible, match="trukket"):
        begin(soeknad, eirik)
    pulje = soeknad.candidate.embete.opptak.pulje
    pulje.status, pulje.closed_at = "closed", NOW
    pulje.save()
    with pytest.raises(PuljeClosed):
        begin(soeknad, eirik)


def test_a_private_school_is_judged_on_its_own_four_criteria():
    soeknad = make_soeknad(make_private_school(), sent=True)
    eirik = adviser(soeknad)
    finish(begin(soeknad, eirik), eirik)
    assert Assessment.objects.get().scores.count() == 4


def test_every_role_in_what_applies_is_found_also_ended_ones():
    partner = OwnerFactory()
    soeknad = make_soeknad(sent=True, partners=[partner])
    kommune = soeknad.candidate.owner.kommune
    ppt = PPTKommuneFactory(kommune=kommune).ppt
    eirik = adviser(soeknad)
    rows = [
        make_role("eier", soeknad.candidate.owner, user=eirik, valid_to=NOW.date()),
        make_role("eier", partner, user=eirik),
        make_role("leder", soeknad.units.first().unit, user=eirik),
        make_role("leder", SkoleFactory(kommune=kommune), user=eirik),
        make_role("barnehagemyndighet", kommune, user=eirik),
        make_role("ppt", ppt, user=eirik),
    ]
    make_role("leder", SkoleFactory(), user=eirik)
    make_role("ppt", PPTFactory(), user=eirik)
    make_role("leder", soeknad.units.first().unit)
    assert set(roles_in_applicant(eirik, soeknad)) == set(rows)


def test_a_partner_that_has_not_confirmed_raises_no_warning():
    asked = OwnerFactory()
    soeknad = make_soeknad(sent=True, partners=[asked])
    soeknad.partners.update(status="asked")
    eirik = adviser(soeknad)
    make_role("eier", asked, user=eirik)
    assert list(roles_in_applicant(eirik, soeknad)) == []


def test_the_summary_of_assess_and_the_action_are_of_the_same_shape():
    soeknad = make_soeknad(make_candidate(), sent=True)
    row = assess(soeknad)
    assert missing_in(data_of(row), [each.pk for each in criteria_of(soeknad)]) == []
