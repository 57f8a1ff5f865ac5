"""Candidates and the log as the board, the table and the page of one need them."""

from datetime import date

from django.db.models import (
    Case,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from actors.models import Invitation, Mail, Owner, Role, User
from actors.rules.roles import RoleKind
from cohorts.models import (
    Candidate,
    CandidateContact,
    CandidateInvitation,
    Decision,
    EmbeteOpptak,
    Stage,
)
from cohorts.queries.candidate_owners import together_with
from cohorts.rules.candidate_board import OVER


def with_card_facts(candidates: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Fetch with what a card says. Four queries whatever the number.

    Adds `last_on`, `last_how` (the latest contact), `invited_at` and `together_with` (the owner
    in whose søknad this one is asked, or applies too); on the søknad `judged` (its
    assessments) and `answered` (its released decisions).
    """
    contacts = CandidateContact.objects.filter(candidate=OuterRef("pk")).order_by("-on", "-pk")
    invited = CandidateInvitation.objects.filter(
        candidate=OuterRef("pk"), invitation__withdrawn_at=None
    ).order_by("-invitation__sent_at")
    released = Decision.objects.filter(is_current=True, released_at__isnull=False)
    return (
        candidates.select_related("owner__kommune", "responsible", "soeknad")
        .annotate(
            last_on=Subquery(contacts.values("on")[:1]),
            last_how=Subquery(contacts.values("how")[:1]),
            invited_at=Subquery(invited.values("invitation__sent_at")[:1]),
            together_with=together_with(owner=OuterRef("owner"), embete=OuterRef("embete")),
        )
        .prefetch_related(
            Prefetch("soeknad__assessments", to_attr="judged"),
            Prefetch("soeknad__decisions", released, to_attr="answered"),
        )
    )


def in_stage_order() -> Case:
    """An expression that sorts stages as they follow each other."""
    whens = [When(stage=stage, then=Value(at)) for at, stage in enumerate(Stage.values)]
    return Case(*whens, output_field=IntegerField())


SORTS = {
    "navn": ("owner__sort_name", "pk"),
    "steg": (in_stage_order(), "owner__sort_name", "pk"),
    "neste": (F("next_step_on").asc(nulls_last=True), "owner__sort_name", "pk"),
}


def filtered(
    candidates: QuerySet[Candidate],
    *,
    text: str = "",
    stage: str = "",
    responsible: User | None = None,
    overdue_on: date | None = None,
    embete: str = "",
) -> QuerySet[Candidate]:
    """Those that fit: name (in any language) or number, stage, responsible, overdue on a day."""
    if text:
        by_name = Q(owner__in=Owner.objects.search(text))
        candidates = candidates.filter(by_name | Q(owner__kommune__number=text.strip()))
    if stage:
        candidates = candidates.filter(stage=stage)
    if responsible is not None:
        candidates = candidates.filter(responsible=responsible)
    if overdue_on is not None:
        candidates = candidates.overdue(overdue_on).exclude(stage__in=OVER)
    if embete:
        candidates = candidates.filter(embete__statsforvalter__code=embete)
    return candidates


def newest_contacts(embete: EmbeteOpptak) -> QuerySet[CandidateContact]:
    """The log of an embete, newest first, with whom and by whom in the same query."""
    contacts = CandidateContact.objects.filter(candidate__embete=embete)
    return contacts.select_related("candidate__owner__kommune", "by").order_by("-on", "-pk")


def advisers(embete: EmbeteOpptak, on: date, also: int | None = None) -> QuerySet[User]:
    """Those who hold the role of statsforvalter in the embete on the local date `on`.

    `also` is the key of one more: somebody who is responsible and has left stays a choice.
    """
    holding = User.objects.holding("statsforvalter", embete.statsforvalter, on)
    return User.objects.filter(Q(pk__in=holding.values("pk")) | Q(pk=also)).order_by("name", "pk")


def letters_of(invitation: Invitation) -> QuerySet[Mail]:
    """The mails with which an invitation was sent, newest first."""
    return Mail.objects.filter(message_id__startswith=f"<invitasjon-{invitation.pk}-")


def known_contacts(candidates: list[Candidate], on: date) -> dict[int, tuple[str, str]]:
    """Name and e-mail of whom to invite, by the owner's key. Two queries.

    The one invited last, also to an earlier opptak; otherwise who has held the role of owner
    there longest on the local date `on`.
    """
    owners = [each.owner_id for each in candidates]
    roles = Role.objects.of_kind(RoleKind.EIER).active(on).filter(owner__in=owners)
    held = roles.select_related("user").order_by("-valid_from", "-pk")
    known = {role.owner_id: (role.user.name, role.user.email) for role in held}
    former = _former_contacts(candidates)
    return known | {owner: (each.name, each.email) for owner, each in former.items()}


def _former_contacts(candidates: list[Candidate]) -> dict[int, Invitation]:
    invited = CandidateInvitation.objects.filter(
        candidate__owner__in=[each.owner_id for each in candidates]
    )
    rows = invited.select_related("invitation", "candidate").order_by("invitation__sent_at", "pk")
    return {row.candidate.owner_id: row.invitation for row in rows}
