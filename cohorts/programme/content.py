"""What a programme says: texts, laws, goals, the semesters with their themes, checklists."""

from dataclasses import dataclass
from typing import Annotated

from cohorts.programme.marks import Inline, Key
from cohorts.programme.vocabulary import ActorId, Id, LawId, Positive, Term, UnitKind, Use


@dataclass(frozen=True)
class Text:
    """A text in both written languages; neither may be missing."""

    bm: str
    nn: str

    def in_language(self, language: str) -> str:
        """Return the nynorsk text for ``nn``, the bokmål text for every other language code."""
        return self.nn if language == "nn" else self.bm


InlineText = Annotated[Text, Inline()]


@dataclass(frozen=True)
class Statement:
    """A text with its source: the main goal."""

    source: str
    text: InlineText


@dataclass(frozen=True)
class Head:
    """The ``[programme]`` table. ``semesters`` is how many there are, the start-up not counted."""

    id: Id
    version: str
    semesters: Positive
    unit_kinds: tuple[UnitKind, ...]
    source: str
    name: Text
    summary: Text
    hovedmaal: Statement


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a law with our short label, which is not the heading of the statute."""

    number: str
    label: InlineText


@dataclass(frozen=True)
class Law:
    """A law that semesters refer to."""

    id: Id
    name: Text
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True)
class Delmaal:
    """One of the goals under the main goal; ``short`` is for labels."""

    id: Id
    source: str
    short: Text
    text: InlineText


@dataclass(frozen=True)
class Suksesskriterium:
    """Something that must be in place for the work to succeed."""

    id: Id
    source: str
    title: Text
    description: Text


@dataclass(frozen=True)
class GjennomgaaendeTema:
    """A theme that runs through all semesters."""

    id: Id
    source: str
    text: InlineText


@dataclass(frozen=True)
class Startup:
    """What comes before the first semester: "semester 0"."""

    source: str
    title: Text
    description: Text


@dataclass(frozen=True)
class LawRef:
    """A law reference of a semester; without ``law`` it is plain text.

    ``printed`` is what the source document prints where we read it otherwise; ``doubtful`` marks
    a reading that the customer must confirm before it is quoted.
    """

    source: str
    text: InlineText
    law: LawId | None = None
    chapter: str | None = None
    paragraphs: tuple[str, ...] = ()
    printed: str | None = None
    doubtful: bool = False


@dataclass(frozen=True)
class Focus:
    """A focus point of a semester."""

    id: Id
    source: str
    text: InlineText


@dataclass(frozen=True)
class Product:
    """Something that the units have made when the semester ends."""

    id: Id
    source: str
    responsible: ActorId
    text: InlineText


@dataclass(frozen=True)
class Question:
    """A question that a group may take up in a semester."""

    id: Id
    text: InlineText


@dataclass(frozen=True)
class ChecklistItem:
    """One point of a checklist, with a line of help when there is one."""

    id: Id
    text: InlineText
    help: Text | None = None


@dataclass(frozen=True)
class ChecklistTopic:
    """A topic that a worksheet can be filled in for."""

    id: Id
    text: InlineText


@dataclass(frozen=True)
class Checklist:
    """A worksheet, self-check, text to read or list of tips."""

    id: Id
    use: Use
    source: str
    title: Text
    intro: Text
    items: Annotated[tuple[ChecklistItem, ...], Key("item")]
    topics: tuple[ChecklistTopic, ...] = ()


@dataclass(frozen=True)
class SemesterDef:
    """A semester with its theme: title, law references, focus points, products and questions."""

    number: Positive
    term: Term
    source: str
    title: Text
    short: Text
    description: Text
    laws: Annotated[tuple[LawRef, ...], Key("law")] = ()
    focus: tuple[Focus, ...] = ()
    products: Annotated[tuple[Product, ...], Key("product")] = ()
    questions: Annotated[tuple[Question, ...], Key("question")] = ()
