"""What became of a notice, in the words of its reader."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from actors.rules.outcomes import ACCOUNT_CLOSED, in_words, reason, sentence, what_became
from tests.factories.meetings import NOW


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"status": "sent", "sent_at": NOW}, ("Sendt", "i dag kl. 10.00")),
        (
            {"status": "sent", "sent_at": NOW - timedelta(days=3)},
            ("Sendt", "tirsdag 17. november kl. 10.00"),
        ),
        ({"status": "queued", "waits_until": NOW}, ("Venter", "Sendes straks.")),
        (
            {"status": "queued", "waits_until": NOW + timedelta(days=1)},
            ("Venter", "Sendes i morgen kl. 10.00."),
        ),
        ({"status": "queued"}, ("Bare i portalen", "Du har valgt det bort på e-post.")),
        ({"status": "withheld"}, ("Bare i portalen", "Du har valgt det bort på e-post.")),
        ({"status": "cancelled", "outcome": "gjort i går"}, ("Stoppet", "Gjort i går.")),
        ({"status": "missed"}, ("Ikke sendt", "Det ville kommet for sent.")),
        ({"status": "failed"}, ("Kom ikke fram", "Vi prøvde flere ganger.")),
        ({"status": "bounced"}, ("Kom ikke fram", "E-postadressen virker ikke.")),
    ],
)
def test_what_became_of_a_notice_in_words(values, words):
    became = what_became(**values, now=NOW)

    assert (became.word, became.why) == words


@pytest.mark.parametrize(
    ("kept", "nb", "nn"),
    [
        ("", "", ""),
        (ACCOUNT_CLOSED, "Kontoen er stengt", "Kontoen er stengd"),
        (
            reason("Gjort %(day)s", date(2026, 11, 19)),
            "Gjort torsdag 19. november",
            "Gjort torsdag 19. november",
        ),
        (
            reason("Fristen er flyttet til %(day)s", date(2026, 11, 28)),
            "Fristen er flyttet til lørdag 28. november",
            "Fristen er flytta til laurdag 28. november",
        ),
        ("100 % ferdig", "100 % ferdig", "100 % ferdig"),  # words that were kept as they were said
    ],
)
def test_a_reason_is_said_in_the_language_of_the_reader(kept, nb, nn):
    for language, said in (("nb", nb), ("nn", nn)):
        with translation.override(language):
            assert in_words(kept) == said


def test_a_reason_is_kept_alike_whoever_was_the_cause():
    with translation.override("nn"):
        assert reason(ACCOUNT_CLOSED) == "Kontoen er stengt"


@pytest.mark.parametrize(("words", "said"), [("gjort i dag.", "Gjort i dag."), ("", "")])
def test_a_sentence(words, said):
    assert sentence(words) == said
