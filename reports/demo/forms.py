"""The edition of the grunnlag's form that the koordinator made for the third semester."""

from datetime import timedelta

from cohorts.actions.template import save_template
from cohorts.models import PaperKind, PaperTemplate, Pulje
from reports.demo.world import World, oslo

SEMESTER = 3
REASON = "Spørsmål til temaet organisasjon og ledelse"
HELP = {
    "tried": {
        "bm": "Nevn gjerne ett tiltak fra planen, og hva dere så da dere prøvde det.",
        "nn": "Nemn gjerne eitt tiltak frå planen, og kva de såg då de prøvde det.",
    }
}
QUESTIONS = (
    {
        "bm": "Hva har dere sluttet med for å få tid til dette?",
        "nn": "Kva har de slutta med for å få tid til dette?",
        "help_bm": "Én setning er nok.",
        "help_nn": "Éi setning er nok.",
    },
    {
        "bm": "Hvem har ansvaret for årshjulet hos dere?",
        "nn": "Kven har ansvaret for årshjulet hos dykk?",
        "focus": "aarshjul",
    },
)


def make_form(world: World, pulje: Pulje) -> PaperTemplate | None:
    """The edition, made two weeks before the semester begins; None before that day."""
    semester = pulje.semesters.select_related("tema").get(number=SEMESTER)
    at = oslo(semester.start - timedelta(days=14), 10)
    if at >= world.now:
        return None
    return save_template(
        pulje=pulje,
        kind=PaperKind.GRUNNLAG,
        semester=semester,
        content={"help": HELP, "questions": list(QUESTIONS)},
        reason=REASON,
        seen=0,
        by=world.koordinator,
        now=at,
    )
