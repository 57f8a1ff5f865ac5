"""The three queues, and which task goes to which: so that no kind of work waits for another.

`scan` looks for what is due and does the rest of the schedule, `mail` sends, `pdf` makes files. A
worker that is not told which takes all three.
"""

from typing import Any

from kombu import Exchange, Queue

SCAN, MAIL, PDF = NAMES = ("scan", "mail", "pdf")

ROUTES = {
    "actors.tasks.deliver_*": MAIL,
    "cohorts.tasks.*pdf*": PDF,
    "lmp.tasks.heartbeat_mail": MAIL,
    "lmp.tasks.heartbeat_pdf": PDF,
}
"""Task names, `*` for any part; every other task goes to `scan`."""


def queue_settings(prefix: str = "") -> dict[str, Any]:
    """Celery's settings of the queues; `prefix` keeps the queues of test processes apart."""
    return {
        "CELERY_TASK_DEFAULT_QUEUE": prefix + SCAN,
        "CELERY_TASK_QUEUES": [
            Queue(prefix + name, Exchange(prefix + name), routing_key=prefix + name)
            for name in NAMES
        ],
        "CELERY_TASK_ROUTES": {task: {"queue": prefix + name} for task, name in ROUTES.items()},
    }
