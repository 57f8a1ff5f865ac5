"""Workers at the same moment: each notice in one mail, each mail sent once, no guess too many."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from actors.actions.bundles import bundle_notices
from actors.actions.one_time_code import Answer, check_code, new_code
from actors.actions.outbox import send_mails
from actors.models import Mail, Notice
from tests.factories.notices import make_notice
from tests.factories.people import NOW, UserFactory


def together(work: Callable[[], object], workers: int = 3) -> list[Exception]:
    """Do the same in so many threads at once; what went wrong."""
    begin, wrong = Barrier(workers), []

    def run() -> None:
        begin.wait()
        try:
            work()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets in one writer at a time")
def test_three_workers_make_one_mail_of_a_persons_day_and_send_it_once(mailoutbox):
    people = UserFactory.create_batch(8)
    for person in people:
        make_notice(recipient=person)
        make_notice(recipient=person)
        make_notice(recipient=person, urgent=True)

    wrong = together(lambda: bundle_notices(now=NOW))
    made = sorted(Mail.objects.values_list("recipient", flat=True))
    wrong += together(lambda: send_mails(now=NOW))

    assert wrong == []
    assert made == sorted([person.pk for person in people] * 2)
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted([p.email for p in people] * 2)
    assert set(Notice.objects.values_list("status", flat=True)) == {"sent"}


def test_guesses_at_the_same_moment_are_counted():
    key, code = new_code(person_id=1, purpose="task:1", now=NOW)
    wrong_code, answers = f"{(int(code) + 1) % 10**6:06d}", []

    def guess() -> None:
        known = {"key": key, "person_id": 1, "purpose": "task:1", "now": NOW}
        answers.append(check_code(typed=wrong_code, **known))

    assert together(guess, workers=12) == []

    assert answers.count(Answer.WRONG) <= 5
    last = check_code(key=key, person_id=1, purpose="task:1", typed=code, now=NOW)
    assert last == Answer.GONE
