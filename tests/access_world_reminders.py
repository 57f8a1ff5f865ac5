"""The sending of one owner for the access matrix: a mail that did not arrive, a pause, a rule, an
evaluation that is closed."""

from datetime import timedelta

from actors.actions.pause import start_pause
from actors.models import Notice, Pause, PauseScope
from actors.rules.links import task_link, unsubscribe_link
from cohorts.actions.rule_edition import take_into_use
from cohorts.models import RuleEdition
from cohorts.rules.rule_edition import content_of
from meetings.actions.evaluation import close_evaluation
from meetings.models import Meeting
from tests.factories.mail import MailFactory
from tests.factories.meetings import NOW, TODAY, Scene


def make_sending(scene: Scene, meeting: Meeting) -> dict[str, tuple]:
    """The arguments of every address about varsler, from rows that are made here."""
    leder = scene.leder.user
    notice = _notice(scene, meeting)
    edition = _edition(scene)
    links = task_link(notice, TODAY), unsubscribe_link(leder.pk, ["reminder"])
    number = scene.pulje.number
    last = scene.pulje.semesters.get(number=2)
    close_evaluation(semester=last, by=scene.by("udir"), now=NOW)
    task, stop = (link.strip("/").split("/")[-1] for link in links)
    return {
        "person": (leder.pk,),
        "about": ("moete", meeting.pk),
        "mail": (notice.mail_id,),
        "pause": (_pause(scene).pk,),
        "number+semester": (number, 3),
        "number+closed": (number, last.number),
        "rule": (edition.rule_id,),
        "rule+version": (edition.rule_id, 1),
        "task_token": (task,),
        "stop_token": (stop,),
    }


def _notice(scene: Scene, meeting: Meeting) -> Notice:
    """A reminder to the leder in a mail that did not arrive."""
    leder = scene.leder.user
    return Notice.objects.create(
        recipient=leder,
        role=scene.leder,
        category="reminder",
        kind="veiledningsgrunnlag",
        subject=f"meeting:{meeting.pk}",
        occasion="remind",
        title="Veiledningsgrunnlag",
        url=f"{meeting.get_absolute_url()}veiledningsgrunnlag/?enhet={scene.skole.pk}",
        due=TODAY + timedelta(days=5),
        unit=scene.skole.unit,
        not_before=NOW,
        created_at=NOW,
        status="failed",
        mail=MailFactory(recipient=leder, to=leder.email, status="failed"),
    )


def _edition(scene: Scene) -> RuleEdition:
    rule = scene.pulje.deadline_rules.get(key="referat")
    content = content_of(rule)
    steps = ({"offset": -1, "to": "", "urgent": False},)
    return take_into_use(
        rule=rule,
        content=type(content)(**(content.__dict__ | {"steps": steps})),
        from_day=TODAY + timedelta(days=3),
        by=scene.by("udir"),
        now=NOW,
    )


def _pause(scene: Scene) -> Pause:
    return start_pause(
        scope=PauseScope.PLACE,
        unit=scene.skole.unit,
        reason="Feil dato i møtene.",
        until=None,
        by=scene.by("udir"),
        now=NOW,
    )
