"""What is owed: computed from rules, stored with its due day, marked when it is done."""

from meetings.actions.obligation.owed import Demands, review_due_day
from meetings.actions.obligation.recruitment import sync_recruitment_obligations
from meetings.actions.obligation.seats import sync_empty_seats
from meetings.actions.obligation.successors import extend_for_successors
from meetings.actions.obligation.sync import (
    sync_all_obligations,
    sync_evaluation_obligations,
    sync_meeting_obligations,
    sync_referat_obligations,
    sync_semester_obligations,
)

__all__ = [
    "Demands",
    "extend_for_successors",
    "review_due_day",
    "sync_all_obligations",
    "sync_empty_seats",
    "sync_evaluation_obligations",
    "sync_meeting_obligations",
    "sync_recruitment_obligations",
    "sync_referat_obligations",
    "sync_semester_obligations",
]
