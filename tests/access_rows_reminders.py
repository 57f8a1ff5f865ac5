"""Which object each address of the reminders names in the access matrix."""

REMINDERS = {
    "actors:person_address": "person",
    "actors:task_link": "task_token",
    "actors:unsubscribe": "stop_token",
    "meetings:control_person": "person",
    "meetings:control_about": "about",
    "meetings:control_mail": "mail",
    "meetings:control_resend": "mail",
    "meetings:control_drop": "mail",
    "meetings:control_to_owner": "mail",
    "meetings:control_paused": "pause",
    "meetings:control_pause_lift": "pause",
    "meetings:evaluation_close": "number+semester",
    "meetings:evaluation_reopen": "number+closed",
    "meetings:rule_edit": "rule",
    "meetings:rule_restore": "rule+version",
}
