"""What the work is: puljer with their own copy of the programme, and who takes part."""

from cohorts.models.deltakelse import (
    ActivityRecord,
    Deltakelse,
    DeltakendeUnit,
    Participation,
    Veilederoppdrag,
)
from cohorts.models.event import PuljeEvent
from cohorts.models.pulje import (
    Activity,
    Cadence,
    DeadlineRule,
    Form,
    ProgrammeEdition,
    Pulje,
    PuljeDate,
    PuljeStatus,
    Record,
    Scope,
    Semester,
    Tema,
    Term,
)

__all__ = [
    "Activity",
    "ActivityRecord",
    "Cadence",
    "DeadlineRule",
    "Deltakelse",
    "DeltakendeUnit",
    "Form",
    "Participation",
    "ProgrammeEdition",
    "Pulje",
    "PuljeDate",
    "PuljeEvent",
    "PuljeStatus",
    "Record",
    "Scope",
    "Semester",
    "Tema",
    "Term",
    "Veilederoppdrag",
]
