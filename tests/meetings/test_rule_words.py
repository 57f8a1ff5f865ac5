"""The reminders of a rule in words, a line a receiver."""

from django.utils.translation import override

from meetings.rules.rule_words import receivers_in_words

NAMES = {"": "Styrer eller rektor", "eier": "Barnehage- og skoleeier"}


def step(offset, to="", urgent=False):
    return {"offset": offset, "to": to, "urgent": urgent}


def test_each_receiver_is_named_once():
    steps = [step(-4), step(0), step(3, "eier"), step(7), step(7, "eier", urgent=True)]

    assert receivers_in_words(steps, "days", NAMES) == [
        "Styrer eller rektor: 4 dager før fristen, på fristdagen og 7 dager etter fristen",
        "Barnehage- og skoleeier: 3 dager etter fristen og 7 dager etter fristen (haster)",
    ]


def test_in_nynorsk():
    with override("nn"):
        assert receivers_in_words([step(-1, urgent=True)], "workdays", NAMES) == [
            "Styrer eller rektor: 1 arbeidsdag før fristen (hastar)"
        ]


def test_a_rule_without_reminders_has_no_words():
    assert receivers_in_words([], "days", NAMES) == []
