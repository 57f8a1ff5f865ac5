"""Who may do what, one module a noun; what is asked of puljer and deltakelser is named here."""

from cohorts.access.deltakelse import (
    can_assign_veileder,
    can_edit_deltakelse,
    can_edit_group,
    can_establish_group,
    can_pick_participants,
    can_see_group,
    can_see_members,
    is_open_to_change,
)

__all__ = [
    "can_assign_veileder",
    "can_edit_deltakelse",
    "can_edit_group",
    "can_establish_group",
    "can_pick_participants",
    "can_see_group",
    "can_see_members",
    "is_open_to_change",
]
