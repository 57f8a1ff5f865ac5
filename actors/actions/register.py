"""Loading the public registers: one file, one transaction, all of it or nothing.

Fictional rows are never touched and no row is ever deleted. Loading the same file twice changes
nothing the second time.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.actions.register_areas import (
    load_code_changes,
    load_fylker,
    load_kommuner,
    load_statsforvaltere,
)
from actors.actions.register_load import Load, Outcome, Progress, RegisterError
from actors.actions.register_units import load_barnehager, load_skoler
from actors.models import Event, User
from actors.rules.register_file import Problem, read_table
from actors.rules.register_rows import COLUMNS

# In the order they are loaded.
LOADERS: dict[str, Callable[[Load], None]] = {
    "statsforvaltere.csv": load_statsforvaltere,
    "fylker_2024.csv": load_fylker,
    "kommuner_2024.csv": load_kommuner,
    "kommune_kodeendringer.csv": load_code_changes,
    "skoler.csv": load_skoler,
    "barnehager.csv": load_barnehager,
}

# The file that must be in place before each.
DEPENDS_ON = {
    "fylker_2024.csv": "statsforvaltere.csv",
    "kommuner_2024.csv": "fylker_2024.csv",
    "kommune_kodeendringer.csv": "kommuner_2024.csv",
    "skoler.csv": "kommuner_2024.csv",
    "barnehager.csv": "kommuner_2024.csv",
}


def load_register_file(
    *,
    file: str,
    content: bytes,
    by: User | None,
    now: datetime,
    allow_closures: bool = False,
    progress: Progress = lambda done, total: None,
) -> Outcome:
    """Load one register file, named as in `LOADERS`, into the database.

    `by` is the person who asked for it or None. A file that would close an unlikely number of
    units is refused unless `allow_closures`. `progress(done, total)` is told about written rows.
    Raises RegisterError, and has then changed nothing, when anything in the file is wrong.
    """
    table = read_table(file, content, COLUMNS[file])
    if table.problems and not table.rows:
        raise RegisterError(table.problems)
    load = Load(table, Outcome(file), progress, allow_closures)
    try:
        with transaction.atomic():
            LOADERS[file](load)
            if load.outcome.is_change:
                record_load(load.outcome, by=by, now=now)
    except DatabaseError as error:
        reason = _("databasen avviste filen: %s") % error
        raise RegisterError([Problem(file, None, reason)]) from error
    return load.outcome


def record_load(outcome: Outcome, *, by: User | None, now: datetime) -> Event:
    """Record that a register file changed something, with the counts."""
    return record_event(
        by=by,
        verb="load-register",
        subject=f"register:{outcome.file}",
        now=now,
        created=outcome.created,
        changed=outcome.changed,
        closed=outcome.closed,
    )
