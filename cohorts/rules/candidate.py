"""How far a candidate has come, from what has happened to it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StageFacts:
    """What the stage follows from. `accepted` and `declined` are the answers to an offer."""

    dismissed: bool = False
    contacted: bool = False
    invited: bool = False
    started: bool = False
    sent: bool = False
    withdrawn: bool = False
    assessed: bool = False
    listed: bool = False
    decided: bool = False
    accepted: bool = False
    declined: bool = False


# The furthest first: the first fact that holds gives the stage.
_ORDER = (
    ("withdrawn", "trukket"),
    ("accepted", "ja"),
    ("declined", "nei"),
    ("decided", "avgjort"),
    ("listed", "prioritert"),
    ("assessed", "vurdert"),
    ("sent", "soekt"),
    ("started", "paabegynt"),
    ("dismissed", "uaktuell"),
    ("invited", "invitert"),
    ("contacted", "kontaktet"),
)


def compute_stage(facts: StageFacts) -> str:
    """The stage (a value of `Stage`) that the facts give. An application outweighs a dismissal."""
    for fact, stage in _ORDER:
        if getattr(facts, fact):
            return stage
    return "aktuell"
