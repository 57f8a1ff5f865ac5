"""What changed between two versions of a plan."""

from cohorts.rules.plan_compare import changes_between
from lmp.lib.compare import ADDED, REMOVED, SAME, Mark


def tiltak(pk, title="Samme voksen", **values):
    return {"id": pk, "title": title, "what": "Følger inn", "status": "under_way", **values}


def maal(pk, title="Overganger", tiltak=(), **values):
    return {"id": pk, "title": title, "tiltak": list(tiltak), **values}


def plan(*goals, **texts):
    return {"maal": list(goals), "texts": texts}


def said(old, new):
    return [(each.kind, each.what, each.title) for each in changes_between(old, new)]


def test_nothing_changed():
    assert said(plan(maal(1, tiltak=[tiltak(2)])), plan(maal(1, tiltak=[tiltak(2)]))) == []


def test_goals_and_tiltak_are_added():
    new = plan(maal(1, tiltak=[tiltak(2), tiltak(3, "Årshjul")]), maal(4, "Likt"))

    assert said(plan(maal(1, tiltak=[tiltak(2)])), new) == [
        ("added", "tiltak", "Årshjul"),
        ("added", "maal", "Likt"),
    ]


def test_what_is_ended_says_why():
    old = plan(maal(1, tiltak=[tiltak(2)]), maal(3, "Borte"))
    ended = tiltak(2, status="ended", verdict_text="Det virket ikke.")
    new = plan(maal(1, tiltak=[ended]))

    found = changes_between(old, new)

    assert [(each.kind, each.title) for each in found] == [
        ("ended", "Samme voksen"),
        ("ended", "Borte"),
    ]
    assert found[0].reason == "Det virket ikke."
    assert said(new, plan(maal(1))) == []


def test_a_tiltak_that_is_gone_is_ended():
    assert said(plan(maal(1, tiltak=[tiltak(2)])), plan(maal(1))) == [
        ("ended", "tiltak", "Samme voksen")
    ]


def test_changed_words_are_marked():
    old = plan(maal(1, tiltak=[tiltak(2, what="Følger inn")]), parents="FAU i mai")
    new = plan(maal(1, tiltak=[tiltak(2, what="Følger ut")]), parents="FAU i juni")

    found = changes_between(old, new)

    assert [(each.what, each.parts[0].part) for each in found] == [
        ("plan", "parents"),
        ("tiltak", "what"),
    ]
    assert found[1].parts[0].marks == [
        Mark(SAME, "Følger "),
        Mark(REMOVED, "inn"),
        Mark(ADDED, "ut"),
    ]


def test_lists_are_compared_by_their_words():
    old = plan(maal(1, delmaal=[{"id": "ledelse", "text": "Ledelse"}]))
    new = plan(maal(1, delmaal=[]))

    assert changes_between(old, new)[0].parts[0].marks == [Mark(REMOVED, "Ledelse")]
