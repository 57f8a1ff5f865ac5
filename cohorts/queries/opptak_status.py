"""What Udir waits for in an opptak."""

from dataclasses import dataclass

from cohorts.models import Decision, EmbeteOpptak, Opptak, Soeknad
from cohorts.queries.reserve import reserve_rows


@dataclass(frozen=True)
class OpptakStatus:
    """Which embeter have sent their list, and how many things wait. A share of 0 is not counted.

    `free` are the places that were given back and that somebody on a reserve list may get.
    """

    sent: tuple[EmbeteOpptak, ...]
    not_sent: tuple[EmbeteOpptak, ...]
    undecided: int
    held: int
    unanswered: int
    free: int

    @property
    def total(self) -> int:
        """How many embeter take part."""
        return len(self.sent) + len(self.not_sent)


def opptak_status(opptak: Opptak) -> OpptakStatus:
    """How the opptak stands for Udir. Five queries, however many embeter there are."""
    embeter = opptak.embeter.select_related("statsforvalter", "priority_list").exclude(quota=0)
    sent: list[EmbeteOpptak] = []
    not_sent: list[EmbeteOpptak] = []
    for embete in embeter:
        listed = getattr(embete, "priority_list", None)
        (sent if listed and listed.sent_at else not_sent).append(embete)
    soeknader = Soeknad.objects.in_opptak(opptak).sent().filter(forwarded_at__isnull=False)
    decisions = Decision.objects.filter(soeknad__candidate__embete__opptak=opptak)
    waiting = decisions.held() | decisions.offers_waiting()
    released = list(waiting.values_list("released_at", flat=True))
    held = released.count(None)
    return OpptakStatus(
        sent=tuple(sent),
        not_sent=tuple(not_sent),
        undecided=soeknader.filter(decisions__isnull=True).count(),
        held=held,
        unanswered=len(released) - held,
        free=sum(row.free for row in reserve_rows(opptak) if row.choices),
    )
