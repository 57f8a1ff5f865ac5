"""What a reminder says, in both languages: for somebody else than the one it was written to."""

from collections.abc import Iterable

from actors.actions.messages import NoticeText
from actors.models import Notice, NoticeCategory
from cohorts.models import DeadlineRule
from meetings.actions.obligation.words import notice_text, rule_text
from meetings.actions.reminder.duties import Duties
from meetings.actions.reminder.gatherings import Gatherings, meeting_values
from meetings.actions.reminder.recheck import subject_pk


def words_of(notices: Iterable[Notice]) -> dict[int, NoticeText]:
    """The words of reminders about what is owed and about meetings, by primary key.

    Other notices say what had happened, and are left out; so are things that are gone. A few
    queries, whatever their number.
    """
    reminders = [each for each in notices if each.category == NoticeCategory.REMINDER]
    return _about_duties(_about("obligation", reminders)) | _about_meetings(
        _about("meeting", reminders)
    )


def _about(what: str, notices: list[Notice]) -> list[Notice]:
    return [each for each in notices if each.subject.partition(":")[0] == what]


def _about_duties(notices: list[Notice]) -> dict[int, NoticeText]:
    duties = Duties().load({subject_pk(each) for each in notices})
    return {
        each.pk: notice_text(duty, owes=False)
        for each in notices
        if (duty := duties.get(subject_pk(each))) is not None and duty.rule is not None
    }


def _about_meetings(notices: list[Notice]) -> dict[int, NoticeText]:
    meetings = Gatherings().load({subject_pk(each) for each in notices})
    rules = DeadlineRule.objects.in_bulk({each.rule for each in notices} - {None})
    words = {}
    for each in notices:
        meeting, rule = meetings.get(subject_pk(each)), rules.get(each.rule or 0)
        if meeting is not None and rule is not None:
            values = meeting_values(meeting, "nb"), meeting_values(meeting, "nn")
            words[each.pk] = rule_text(rule, *values)
    return words
