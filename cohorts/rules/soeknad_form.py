"""The form of a søknad as data: its parts, and the questions in them (domain 3.1 and 3.3).

A question has a `key` that never changes, because answers are stored under it. What its answer
looks like as JSON follows from `kind`:

text, long   "…"
choice       one id of `choices`
many         [ids of `choices`]
tick         true or false
anchored     {"yes": true, "date": "2026-10-21"}; the date may be "" and may lie in the future
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
KOMMUNE, SKOLE = "kommune", "frittstaaende_skole"
EVERYBODY = ("kommune", "fylkeskommune", SKOLE)
PUBLIC = ("kommune", "fylkeskommune")


@dataclass(frozen=True)
class Question:
    """One question. `asked` are the kinds of applicants it is for; `most` counts characters.

    `heading` stands over it on its page and over those that follow, until the next heading.
    With `when` (the key of a `many` or a `choice` and one of its ids) a required question may be
    left open unless that id is chosen there.
    """

    key: str
    kind: str
    label: Text
    help: Text = ""
    required: bool = True
    asked: tuple[str, ...] = EVERYBODY
    choices: tuple[tuple[str, Text], ...] = ()
    most: int = 4000
    heading: Text = ""
    when: tuple[str, str] | None = None


@dataclass(frozen=True)
class Part:
    """One page of the form. A part with `page` has no questions of its own but a page of its own
    («sammen», «enheter», «deler», «vedlegg», «bekreft»). Of an `optional` part nothing is needed,
    and it is not counted. `short` is its name in the map of the form."""

    slug: str
    title: Text
    group: Text
    questions: tuple[Question, ...] = ()
    asked: tuple[str, ...] = EVERYBODY
    page: bool = False
    short: Text = ""
    optional: bool = False

    @property
    def label(self) -> Text:
        """The name in the map of the form."""
        return self.short or self.title


WHO, UNITS, HOW, SEND = (
    _("Hvem som søker"),
    _("Barnehagene og skolene"),
    _("Slik vil dere gjøre det"),
    _("Send"),
)
ROLES = (
    ("skoleeier", _("Skoleeier")),
    ("barnehageeier", _("Barnehageeier")),
    ("barnehagemyndighet", _("Barnehagemyndighet")),
)
SOURCES = (
    ("elevundersoekelsen", _("Elevundersøkelsen")),
    ("foreldreundersoekelsen", _("Foreldreundersøkelsen")),
    ("samtaler", _("Barnesamtaler og trivselsundersøkelser")),
    ("tilsyn", _("Tilsyn")),
    ("klagesaker", _("Klagesaker")),
    ("annet", _("Annet")),
)
MAALFORM = (("nb", _("Bokmål")), ("nn", _("Nynorsk")))
# The answer to «ppt» is a row of the register, or that it is not there.
PPT_UNLISTED = "unlisted"
PPT_KINDS = (("kommunal", _("Kommunal")), ("interkommunal", _("Interkommunal")))

PARTS: tuple[Part, ...] = (
    Part(
        "kontakt",
        _("Kontakt og roller"),
        WHO,
        (
            Question("contact_name", "text", _("Kontaktperson hos eieren"), most=150),
            Question("contact_role", "text", _("Stilling"), most=150),
            Question("contact_email", "text", _("E-postadresse"), most=254),
            Question("contact_phone", "text", _("Telefon"), required=False, most=20),
            Question(
                "roles", "many", _("Hvilke roller søker dere i?"), choices=ROLES, asked=PUBLIC
            ),
            Question(
                "maalform",
                "choice",
                _("Hvilken målform vil dere ha brev på?"),
                choices=MAALFORM,
            ),
            Question(
                "samisk",
                "tick",
                _("Vi har enheter som arbeider på samisk"),
                required=False,
            ),
        ),
    ),
    Part(
        "sammen",
        _("Kommuner som søker sammen"),
        WHO,
        asked=("kommune",),
        page=True,
        short=_("Søker sammen med"),
    ),
    Part("enheter", _("Velg enhetene"), UNITS, page=True),
    Part("deler", _("Enhetenes egne deler"), UNITS, page=True),
    Part(
        "behov",
        _("Behov og forankring"),
        HOW,
        (
            Question(
                "challenges",
                "long",
                _("Hva er utfordringene?"),
                _("Beskriv det dere ser over tid, ikke enkelthendelser."),
                heading=_("Behov"),
            ),
            Question("sources", "many", _("Hvordan vet dere det?"), choices=SOURCES),
            Question(
                "sources_other",
                "text",
                _("Andre kilder"),
                _("Skriv hvilke, hvis dere krysset av for «Annet»."),
                required=False,
                most=300,
            ),
            Question(
                "organisation",
                "long",
                _("Hvordan vil dere organisere arbeidet?"),
                _("Hvem leder, hvem er med, og hvor ofte møtes dere?"),
                heading=_("Forankring"),
            ),
            Question(
                "anchored_owner",
                "anchored",
                _("Eier"),
                _("Kommunedirektøren eller politisk utvalg"),
                asked=PUBLIC,
            ),
            Question(
                "anchored_board",
                "anchored",
                _("Styret"),
                _("Når styret vedtok å søke"),
                asked=(SKOLE,),
            ),
            Question(
                "anchored_authority",
                "anchored",
                _("Barnehagemyndighet"),
                asked=("kommune",),
                when=("roles", "barnehagemyndighet"),
            ),
            Question("anchored_leaders", "anchored", _("Leder i hver enhet")),
            Question(
                "anchored_staff",
                "anchored",
                _("Personalet"),
                _("Personalmøte eller klubbmøte i hver enhet"),
            ),
            Question("anchored_ppt", "anchored", _("PPT"), required=False),
            Question("anchored_unions", "anchored", _("Tillitsvalgte"), required=False),
        ),
    ),
    Part(
        "barn",
        _("Barn, elever og foreldre"),
        HOW,
        (
            Question(
                "children_plan",
                "long",
                _("Hvordan vil dere involvere barna og elevene?"),
            ),
            Question("parents_plan", "long", _("Hvordan vil dere involvere foreldrene?")),
        ),
    ),
    Part(
        "ppt",
        _("PPT og andre som skal med"),
        HOW,
        (
            Question(
                "ppt",
                "choice",
                _("Hvilken PPT samarbeider dere med?"),
                choices=((PPT_UNLISTED, _("PPT står ikke på lista")),),
            ),
            Question(
                "ppt_name",
                "text",
                _("Navnet på PPT"),
                _("Skriv navnet hvis PPT ikke står på lista."),
                most=150,
                when=("ppt", PPT_UNLISTED),
            ),
            Question(
                "ppt_kind",
                "choice",
                _("Er PPT kommunal eller interkommunal?"),
                choices=PPT_KINDS,
            ),
            Question(
                "ppt_contact",
                "text",
                _("Kontaktperson i PPT"),
                _("Navn og gjerne stilling."),
                most=150,
            ),
            Question("ppt_plan", "long", _("Hvordan vil dere involvere PPT og andre?")),
            Question(
                "host_kommune",
                "long",
                _("Hvordan samarbeider dere med vertskommunen?"),
                asked=(SKOLE,),
            ),
            Question(
                "shared_resource",
                "long",
                _("Deler dere noe med andre skoler i arbeidet?"),
                required=False,
                asked=(SKOLE,),
            ),
        ),
        short=_("PPT og andre"),
    ),
    Part(
        "tid",
        _("Tid, gjennomføring og penger"),
        HOW,
        (
            Question(
                "time_plan",
                "long",
                _("Hvordan setter dere av tid i hele perioden?"),
            ),
            Question(
                "funding",
                "long",
                _("Hvordan finansierer dere vikarer til møtene?"),
            ),
        ),
        short=_("Tid og penger"),
    ),
    Part(
        "spredning",
        _("Slik kommer det alle til gode"),
        HOW,
        (
            Question(
                "spread",
                "long",
                _("Hvordan skal erfaringene komme alle barnehagene og skolene til gode?"),
                asked=PUBLIC,
            ),
            Question(
                "spread_school",
                "long",
                _("Hvordan skal erfaringene komme hele skolen til gode?"),
                asked=(SKOLE,),
            ),
        ),
        short=_("Alle til gode"),
    ),
    Part(
        "annet",
        _("Annet utviklingsarbeid"),
        HOW,
        (
            Question(
                "other_work",
                "long",
                _("Hvordan henger dette sammen med annet dere driver med?"),
                _("For eksempel tilskuddsordningen, Kompetanseløftet eller kommunens egen plan."),
            ),
        ),
        short=_("Annet arbeid"),
    ),
    Part("vedlegg", _("Vedlegg"), HOW, page=True, optional=True),
    Part("bekreft", _("Bekreftelser"), SEND, page=True),
)

# Stored among the answers, but asked on pages of their own.
CONFIRMATIONS = "confirmations"  # ids of the programme's confirmations
STYRINGSGRUPPE = "styringsgruppe"  # of a joint søknad: "felles" or "egne"
LATE_REASON = "late_reason"  # why it is late, while it is not sent
EXTRA_KEYS = (CONFIRMATIONS, STYRINGSGRUPPE, LATE_REASON)


def parts_for(applicant: str) -> tuple[Part, ...]:
    """The parts a kind of applicant fills, in order."""
    return tuple(part for part in PARTS if applicant in part.asked)


def questions_for(applicant: str, part: Part) -> tuple[Question, ...]:
    """The questions of a part that a kind of applicant is asked."""
    return tuple(each for each in part.questions if applicant in each.asked)


def all_questions(applicant: str) -> dict[str, Question]:
    """Every question a kind of applicant is asked, by key, in the order of the form."""
    return {
        question.key: question
        for part in parts_for(applicant)
        for question in questions_for(applicant, part)
    }
