"""Why a mail did not arrive, and the attempts as rows. Pure."""

from datetime import datetime

import pytest

from actors.rules.dead_letter import Attempt, Why, cause_of, tries_in_rows

AT = datetime(2026, 11, 20, 7, 0)


@pytest.mark.parametrize(
    ("code", "answer", "why"),
    [
        (550, "5.1.1 mailbox unavailable", Why.ADDRESS),
        (550, "no such user", Why.ADDRESS),
        (553, "mailbox name not allowed", Why.ADDRESS),
        (552, "mailbox full", Why.FULL),
        (550, "5.2.2 over quota", Why.FULL),
        (452, "4.2.2 over quota", Why.FULL),
        (550, "5.7.1 blocked", Why.REFUSED),
        (554, "rejected", Why.REFUSED),
        (451, "try again later", Why.BUSY),
        (None, "timed out", Why.SILENT),
    ],
)
def test_the_answer_tells_why(code, answer, why):
    assert cause_of(code, answer).why == why


def test_an_address_that_bounced_is_dead_whatever_was_answered():
    assert cause_of(None, "", bounced=True).is_address is True


def row(tries):
    return tries.numbers, tries.last.answer, tries.same


def test_the_last_attempt_stands_alone_and_the_others_together():
    busy, gone = "451 try again later", "550 5.1.1 mailbox unavailable"
    answers = [busy, busy, busy, gone, gone]
    attempts = [Attempt(number, AT, answer) for number, answer in enumerate(answers, start=1)]

    rows = [row(each) for each in tries_in_rows(attempts)]

    assert rows == [("5", gone, False), ("4", gone, True), ("1–3", busy, False)]


def test_no_attempts_make_no_rows():
    assert tries_in_rows([]) == []
