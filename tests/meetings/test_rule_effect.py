"""What a changed rule does, in numbers: only what differs counts, and a mail counts once a day."""

from datetime import date

from meetings.rules.rule_effect import Sending, Week, bars_of, effect_of

RULE, OTHER = 1, 2
MON, TUE, NEXT = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 30)


def sending(day, person, rule=RULE, step="-5", about="obligation:1"):
    return Sending(day, person, rule, about, step)


def test_nothing_changes_without_a_change():
    same = [sending(MON, 10), sending(MON, 11, OTHER)]

    found = effect_of(RULE, same, same)

    assert (found.before, found.after, found.more, found.gained, found.joined) == (1, 1, 0, 0, 0)
    assert found.people == {}


def test_one_that_goes_in_a_mail_that_is_sent_anyway_is_counted_as_joined():
    before = [sending(MON, 10), sending(TUE, 11, OTHER)]
    new = [sending(TUE, 10, step="-4"), sending(TUE, 11, step="-4"), sending(TUE, 11, step="-3")]

    found = effect_of(RULE, before, [*before, *new])

    assert (found.more, found.gained, found.joined) == (3, 3, 2)
    assert found.people == {10: 1, 11: 2}


def test_a_day_that_moves_is_no_more_than_before():
    found = effect_of(RULE, [sending(MON, 10)], [sending(NEXT, 10, step="0")])

    assert (found.more, found.gained, found.lost, found.people, found.fewer) == (0, 1, 1, {}, 0)
    assert found.weeks == (Week(48, 1, 0), Week(49, 0, 1))


def test_one_who_gets_fewer_is_counted():
    found = effect_of(RULE, [sending(MON, 10), sending(TUE, 10, step="-4")], [sending(MON, 10)])

    assert (found.more, found.fewer) == (-1, 1)


def test_weeks_over_new_year_stand_in_the_order_of_the_days():
    days = [date(2026, 12, 30), date(2027, 1, 5)]
    found = effect_of(RULE, [], [sending(day, 10) for day in days])

    assert [week.number for week in found.weeks] == [53, 1]


def test_the_bars_reach_the_top_and_stand_beside_each_other():
    bars = bars_of([Week(48, 41, 50), Week(49, 52, 61), Week(50, 0, 0), Week(51, 42, 46)])

    assert [each.after.height for each in bars] == [100, 122, 0, 92]
    assert [(each.before.x, each.after.x, each.middle) for each in bars[:2]] == [
        (7, 68, 64),
        (182, 243, 239),
    ]
    assert all(each.after.x + each.after.width <= 700 for each in bars)
    assert bars_of([]) == []
