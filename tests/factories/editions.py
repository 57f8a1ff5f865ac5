"""Editions of the forms of papers: `make_edition(scene, "referat")`."""

from cohorts.actions.template import save_template
from tests.factories.meetings import NOW

HELP = {"bm": "Hjelp fra utgaven.", "nn": "Hjelp frå utgåva."}
ASKED = {"bm": "Hva lærte dere?", "nn": "Kva lærte de?"}
ANSWER = "At vi må være i gangen."


def make_edition(scene, kind="grunnlag", number=1, semester=None, field="tried", **question):
    """An edition with help for one field and one question, each with its number."""
    words = {key: f"{text} {number}" for key, text in HELP.items()}
    asked = {key: f"{text} {number}" for key, text in ASKED.items()}
    return save_template(
        pulje=scene.pulje,
        kind=kind,
        semester=semester,
        content={"help": {field: words}, "questions": [{**asked, **question}]},
        reason="Ny",
        seen=number - 1,
        by=scene.by("udir"),
        now=NOW,
    )
