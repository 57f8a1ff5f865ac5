"""The national gatherings of a pulje: meetings made from the dates of its calendar."""

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from actors.models import User
from cohorts.models import Pulje
from cohorts.queries.programme import programme_of
from meetings.actions.meeting import create_meeting
from meetings.models import Meeting
from meetings.rules.meeting import national_times


@transaction.atomic
def create_national_meetings(*, pulje: Pulje, by: User, now: datetime) -> list[Meeting]:
    """Make a meeting of each event of the calendar that has none yet; return the new ones.

    The events of an activity and its meetings are matched by number: doing it again makes nothing
    twice, also after a meeting was moved, renamed or cancelled. The calendar has dates, not times:
    they are set to the working day and can be changed. Raises `PuljeClosed`.
    """
    zone = ZoneInfo(programme_of(pulje).calendar_rules.timezone)
    made = Counter(Meeting.objects.filter(pulje=pulje).values_list("activity", flat=True))
    meetings = []
    for event in pulje.events.select_related("semester__pulje"):
        activity = event.semester.activities.select_related("semester__pulje").get(
            key=event.activity_key
        )
        if made[activity.pk]:
            made[activity.pk] -= 1
            continue
        start, end = national_times(event.start, event.end, zone)
        meetings.append(
            create_meeting(
                activity=activity,
                deltakelse=None,
                units=[],
                title=event.title_bm,
                start=start,
                end=end,
                form=event.form,
                by=by,
                now=now,
            )
        )
    return meetings
