"""A pause in words: who waits, and what cannot be counted yet."""

from types import SimpleNamespace

import pytest

from actors.models import Pause
from meetings.views.pause_words import effect_lines, offices_of
from tests.factories.meetings import NOW


def to(*kinds):
    return [SimpleNamespace(role=SimpleNamespace(kind=kind) if kind else None) for kind in kinds]


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (("leder", "veileder", "leder"), "Styrere og rektorer og veiledere"),
        (("eier", "udir"), "Eiere og Utdanningsdirektoratet"),
        (("", ""), "Enkeltpersoner"),
        (("", "eier"), "Eiere og enkeltpersoner"),
    ],
)
def test_offices_have_a_small_letter_in_the_middle_of_a_sentence(kinds, words):
    assert offices_of(to(*kinds)) == words


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ("rule", "Velg regelen, og regn ut på nytt"),
        ("place", "Velg kommunen eller enheten, og regn ut på nytt"),
    ],
)
def test_before_anything_is_chosen_nothing_is_claimed(scope, words):
    assert effect_lines(Pause(scope=scope), NOW) == [words]
