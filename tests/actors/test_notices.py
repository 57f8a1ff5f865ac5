"""Notices: written once, stopped when they are not needed, and put together in one mail a day."""

from datetime import date, timedelta

import pytest

from actors.actions.messages import (
    NoticeText,
    bundle_notices,
    cancel_notices,
    notify,
    notify_roles,
    send_mails,
)
from actors.models import Mail, Notice
from actors.rules.bundles import reason_line, subject_line, task_line
from tests.factories.people import NOW, UserFactory, make_role
from tests.factories.register import SkoleFactory

pytestmark = pytest.mark.django_db

YESTERDAY, THURSDAY, LATER = date(2026, 11, 19), date(2026, 11, 26), date(2027, 1, 8)
LONG_AGO = date(2026, 11, 2)
TEXT = NoticeText(
    title_bm="Veiledningsgrunnlag til 3. desember",
    title_nn="Rettleiingsgrunnlag til 3. desember",
    body_bm="Veilederne venter på det.",
    body_nn="Rettleiarane ventar på det.",
    action_bm="Skriv grunnlaget",
    action_nn="Skriv grunnlaget",
)


def tell(*people, **values):
    defaults = {
        "kind": "grunnlag",
        "subject": "grunnlag:1",
        "occasion": "due-5",
        "text": TEXT,
        "url": "/moeter/1/",
        "now": NOW,
    }
    return notify(recipients=people, **{**defaults, **values})


def test_notify_twice_is_one_notice(rektor):
    assert [tell(rektor), tell(rektor)] == [1, 0]
    assert Notice.objects.count() == 1


def test_notify_the_same_person_twice_in_one_call_is_one_notice(rektor):
    assert tell(rektor, rektor) == 1


def test_notify_on_the_next_occasion_is_a_new_notice(rektor):
    assert [tell(rektor), tell(rektor, occasion="due-2")] == [1, 1]


def test_notify_only_those_who_have_not_got_it(rektor):
    tell(rektor)

    assert tell(rektor, UserFactory()) == 1


def test_notify_writes_in_the_language_of_each(rektor):
    tell(rektor, UserFactory(language="nn"))

    titles = Notice.objects.order_by("recipient").values_list("title", flat=True)
    assert list(titles) == [TEXT.title_bm, TEXT.title_nn]


def test_words_that_are_too_long_are_cut(rektor):
    """PostgreSQL refuses them, and then the meeting could not be moved."""
    long = "x" * 700
    tell(rektor, text=NoticeText(long, long, long, long, long, long), place=long)

    notice = Notice.objects.get()
    notice.full_clean()
    assert [len(each) for each in (notice.title, notice.body, notice.action_label)] == [
        200,
        600,
        80,
    ]


def test_notify_nobody_with_a_closed_account():
    assert tell(UserFactory(is_active=False)) == 0


@pytest.mark.parametrize(("path", "joined"), [("/moeter/1/", "?"), ("/moeter/1/?enhet=2", "&")])
def test_notify_roles_opens_in_the_first_office_of_each_but_who_did_it(rektor, path, joined):
    first, by = rektor.roles.get(), UserFactory()
    roles = [first, make_role("arbeidsgruppe", first.unit, user=rektor), make_role("udir", user=by)]

    told = notify_roles(
        roles=roles,
        kind="grunnlag_sent",
        subject="grunnlag:1",
        occasion="version-1",
        text=TEXT,
        url=path,
        by=by,
        now=NOW,
    )

    assert told == 1
    assert Notice.objects.get().url == f"{path}{joined}rolle={first.pk}"


def test_cancel_stops_what_has_not_become_a_mail(rektor):
    tell(rektor)
    tell(rektor, subject="grunnlag:2")

    assert cancel_notices(subject="grunnlag:1", reason="Levert 20. november", now=NOW) == 1
    assert cancel_notices(subject="grunnlag:1", reason="Levert igjen", now=NOW) == 0

    bundle_notices(now=NOW)
    states = Notice.objects.order_by("subject").values_list("status", "outcome")
    assert list(states) == [("cancelled", "Levert 20. november"), ("bundled", "")]


def test_one_mail_holds_the_days_notices_with_the_most_urgent_first(rektor):
    tell(rektor, due=THURSDAY)
    late = NoticeText("Referat fra 12. november", "", "", "", "Fortsett på referatet", "")
    tell(rektor, subject="grunnlag:2", text=late, due=YESTERDAY)

    assert bundle_notices(now=NOW) == 1

    mail = Mail.objects.get()
    assert mail.subject == "[Handling kreves] To frister denne uka – Granli skole"
    assert mail.message_id == f"<dag-{rektor.pk}-2026-11-20@portal.lmp.example>"
    assert mail.text.index("Referat fra 12.") < mail.text.index("Veiledningsgrunnlag til")
    assert "Fristen gikk ut i går, torsdag 19. november" in mail.text
    assert "Fortsett på referatet: https://portal.lmp.example/moeter/1/" in mail.text
    assert "Du får dette fordi du er rektor ved Granli skole." in mail.text


def test_html_has_its_styles_in_the_elements_and_no_script(rektor):
    tell(rektor, due=YESTERDAY)
    bundle_notices(now=NOW)

    html = Mail.objects.get().html
    assert '<html lang="nb">' in html
    assert 'class="btn" href="https://portal.lmp.example/moeter/1/" style="display' in html
    assert ("<style" in html, "<script" in html, "<link" in html) == (False, False, False)


def test_html_escapes_names(rektor):
    rektor.name = "<b>Marit</b> Aasland"
    rektor.save()
    tell(rektor)
    bundle_notices(now=NOW)

    mail = Mail.objects.get()
    assert "Hei, &lt;b&gt;Marit&lt;/b&gt;" in mail.html
    assert "Hei, <b>Marit</b>" in mail.text


def test_bundle_twice_is_one_mail(rektor):
    tell(rektor)

    assert [bundle_notices(now=NOW), bundle_notices(now=NOW)] == [1, 0]


def test_later_notices_wait_until_tomorrow(rektor):
    tell(rektor)
    bundle_notices(now=NOW)
    send_mails(now=NOW)
    tell(rektor, subject="grunnlag:2")
    tell(rektor, subject="grunnlag:3")

    assert bundle_notices(now=NOW + timedelta(hours=6)) == 0
    assert bundle_notices(now=NOW + timedelta(days=3)) == 1


def test_urgent_notices_go_alone_at_once(rektor):
    tell(rektor)
    bundle_notices(now=NOW)
    tell(rektor, subject="meeting:1", urgent=True)
    tell(rektor, subject="meeting:2", urgent=True)

    assert bundle_notices(now=NOW) == 2
    subjects = Mail.objects.order_by("pk").values_list("subject", flat=True)
    assert list(subjects)[1:] == [f"{TEXT.title_bm} – Granli skole"] * 2


def test_notices_wait_for_their_time(rektor):
    tell(rektor, not_before=NOW + timedelta(hours=1))

    assert bundle_notices(now=NOW) == 0
    assert bundle_notices(now=NOW + timedelta(hours=1)) == 1


def test_each_person_gets_only_the_own_notices(rektor):
    other = make_role("leder", SkoleFactory(name="Annen skole")).user
    tell(rektor)
    tell(other, subject="grunnlag:2", place="Annen skole")

    assert bundle_notices(now=NOW) == 2
    mail = Mail.objects.get(recipient=rektor)
    assert (mail.to, "Annen skole" in mail.text) == (rektor.email, False)


def test_closed_account_gets_no_mail(rektor):
    tell(rektor)
    rektor.is_active = False
    rektor.save()

    assert bundle_notices(now=NOW) == 0
    assert Notice.objects.get().status == "cancelled"


def test_several_roles_name_the_place_of_the_notice():
    first = make_role("leder", SkoleFactory(name="Granli skole"))
    make_role("eier", user=first.user)
    tell(first.user, due=THURSDAY, place="Granli skole")
    tell(first.user, subject="grunnlag:2", due=THURSDAY, place="Fjordvik kommune")
    bundle_notices(now=NOW)

    mail = Mail.objects.get()
    assert mail.subject == "[Handling kreves] To frister denne uka"
    assert "Du får dette fordi du har en rolle i Læringsmiljøprosjektet." in mail.text


@pytest.mark.parametrize(
    ("dues", "subject"),
    [
        ([THURSDAY], "[Handling kreves] Én frist denne uka – Granli skole"),
        ([YESTERDAY, THURSDAY], "[Handling kreves] To frister denne uka – Granli skole"),
        ([LATER], "[Handling kreves] Én frist, 8. januar – Granli skole"),
        (
            [LATER, THURSDAY],
            "[Handling kreves] To frister, den første 26. november – Granli skole",
        ),
        ([LONG_AGO], "[Handling kreves] Én frist som gikk ut 2. november – Granli skole"),
        (
            [THURSDAY, LONG_AGO],
            "[Handling kreves] To frister, den første gikk ut 2. november – Granli skole",
        ),
        ([THURSDAY, None], "[Handling kreves] To varsler, frist 26. november – Granli skole"),
        ([None], "Ett varsel – Granli skole"),
        ([THURSDAY] * 13, "[Handling kreves] 13 frister denne uka – Granli skole"),
    ],
)
def test_subject_line_counts_and_says_when(dues, subject):
    notices = [Notice(due=due) for due in dues]

    assert subject_line(notices, "Granli skole", date(2026, 11, 20), "nb") == subject


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Referat fra møtet", "[Handling kreves] Referat fra møtet, frist 26. november"),
        ("Svar innen 26. november", "[Handling kreves] Svar innen 26. november"),
    ],
)
def test_subject_line_of_what_is_urgent_says_what_and_when(title, subject):
    notice = Notice(title=title, due=THURSDAY, urgent=True)

    assert subject_line([notice], "", date(2026, 11, 20), "nb") == subject


def test_subject_line_says_the_place_once():
    notice = Notice(title="Møtet er avlyst: Digital veiledning, Granli skole", urgent=True)

    assert subject_line([notice], "Granli skole", date(2026, 11, 20), "nb") == notice.title


def test_first_line_and_reason():
    due = Notice(due=THURSDAY)

    assert task_line([due, due], "Granli skole") == "Du har to ting å gjøre for Granli skole."
    assert task_line([due], "") == "Du har én ting å gjøre."
    assert task_line([Notice()], "Granli skole") == "Du har ett varsel."
    assert reason_line("udir", "Utdanningsdirektoratet", "") == (
        "Du får dette fordi du har rollen Utdanningsdirektoratet."
    )
    assert reason_line("statsforvalter", "Statsforvalter", "Vestland") == (
        "Du får dette fordi du har rollen Statsforvalter, Vestland."
    )
    assert reason_line("leder", "Rektor", "Granli skole", 9) == (
        "Du får dette fordi du er rektor ved Granli skole i pulje 9."
    )
    assert reason_line("udir", "Utdanningsdirektoratet", "", 9) == (
        "Du får dette fordi du har rollen Utdanningsdirektoratet."
    )
