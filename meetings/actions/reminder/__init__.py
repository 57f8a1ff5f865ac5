"""Reminders: written by a scan, asked about again before they are sent, and forecast."""

from meetings.actions.reminder.coming import Coming
from meetings.actions.reminder.forecast import due_now, forecast
from meetings.actions.reminder.scan import cancel_reminders_of, cancel_settled_reminders, scan

__all__ = [
    "Coming",
    "cancel_reminders_of",
    "cancel_settled_reminders",
    "due_now",
    "forecast",
    "scan",
]
