"""What applications are assessed on in one opptak, and the words of its letters."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.actions.opptak_settings import refuse_ended, refuse_national_ids
from cohorts.models import Criterion, LetterTemplate, Opptak
from cohorts.models.opptak import LETTER_TEXTS
from cohorts.rules.deadlines import text_problem
from cohorts.rules.errors import NotPossible
from cohorts.rules.letter_defaults import PLACEHOLDERS
from cohorts.rules.opptak_opening import OPTIONAL_TEXTS

TEXTS = ("short_bm", "short_nn", "text_bm", "text_nn")


@transaction.atomic
def add_criterion(
    *, opptak: Opptak, applies_to: str, by: User, now: datetime, **texts: str
) -> Criterion:
    """Add a criterion for one kind of applicant, last of all; `texts` are the columns `TEXTS`.

    Raises ValidationError at `applies_to` when such applicants cannot apply.
    """
    refuse_ended(opptak)
    opptak = Opptak.objects.select_for_update(of=("self",)).get(pk=opptak.pk)
    refuse_national_ids(texts)
    if applies_to not in opptak.applicants:
        raise ValidationError({"applies_to": _("De kan ikke søke i dette opptaket.")})
    last = opptak.criteria.aggregate(last=Max("position"))["last"] or 0
    criterion = Criterion.objects.create(
        opptak=opptak,
        key=_free_key(opptak, texts["short_bm"]),
        applies_to=applies_to,
        position=last + 1,
        **texts,
    )
    _record("add-criterion", criterion, by, now)
    return criterion


@transaction.atomic
def change_criterion(*, criterion: Criterion, by: User, now: datetime, **texts: str) -> Criterion:
    """Change the words of a criterion; the same words again record nothing."""
    refuse_ended(criterion.opptak)
    refuse_national_ids(texts)
    changed = {name: text for name, text in texts.items() if getattr(criterion, name) != text}
    if not changed:
        return criterion
    for name, text in changed.items():
        setattr(criterion, name, text)
    criterion.save(update_fields=list(changed))
    _record("change-criterion", criterion, by, now, changed=sorted(changed))
    return criterion


@transaction.atomic
def remove_criterion(*, criterion: Criterion, by: User, now: datetime) -> None:
    """Take a criterion away. Raises NotPossible when somebody has given points on it."""
    refuse_ended(criterion.opptak)
    if criterion.scores.exists():
        text = _("Noen har vurdert søknader etter «%(criterion)s». Det kan ikke fjernes.")
        raise NotPossible(text % {"criterion": criterion}, "criterion_used")
    _record("remove-criterion", criterion, by, now)
    criterion.delete()


@transaction.atomic
def change_letter_template(
    *, template: LetterTemplate, by: User, now: datetime, **texts: str
) -> LetterTemplate:
    """Change the words of a letter; `texts` are columns in `LETTER_TEXTS`.

    The same words again record nothing. Raises ValidationError by column for an unknown
    placeholder or a text that is missing.
    """
    refuse_ended(template.opptak)
    refuse_national_ids(texts)
    problems = {name: problem for name in LETTER_TEXTS if (problem := _problem(name, texts))}
    if problems:
        raise ValidationError(problems)
    changed = {name: text for name, text in texts.items() if getattr(template, name) != text}
    if not changed:
        return template
    for name, text in changed.items():
        setattr(template, name, text)
    template.save(update_fields=list(changed))
    record_event(
        by=by,
        verb="change-letter-template",
        subject=f"opptak:{template.opptak_id}",
        now=now,
        outcome=template.outcome,
        changed=sorted(changed),
    )
    return template


def _problem(name: str, texts: dict[str, str]) -> str:
    if name not in texts:
        return ""
    if not texts[name].strip() and name not in OPTIONAL_TEXTS:
        return _("Skriv teksten.")
    return text_problem(texts[name], PLACEHOLDERS)


def _free_key(opptak: Opptak, name: str) -> str:
    """A key made of the name that no criterion of the opptak has."""
    taken = set(opptak.criteria.values_list("key", flat=True))
    base = slugify(name).replace("-", "_")[:50] or "kriterium"
    keys = [base, *(f"{base}_{number}" for number in range(2, len(taken) + 3))]
    return next(key for key in keys if key not in taken)


def _record(verb: str, criterion: Criterion, by: User, now: datetime, **data) -> None:
    subject = f"opptak:{criterion.opptak_id}"
    record_event(by=by, verb=verb, subject=subject, now=now, criterion=criterion.key, **data)
