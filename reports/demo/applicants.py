"""Whom the demo recruits to pulje 10: fictional kommuner and a private school, at every stage.

The embete of the demo's statsforvalter is in the middle of it; others have come further, so that
every stage, an offer, a yes, a no and a free place can be seen. The names follow our pictures.
"""

from dataclasses import dataclass

from reports.demo.plan import UnitPlan, barnehage, skole

# How far each has come. Everything before it has happened too.
AKTUELL, KONTAKTET, INVITERT = "aktuell", "kontaktet", "invitert"
SKRIVER, SOEKT, VURDERT, SENDT = "skriver", "soekt", "vurdert", "sendt"
HOLDT, TILBUD, JA, NEI, RESERVE, AVSLAG = "holdt", "tilbud", "ja", "nei", "reserve", "avslag"
TRUKKET, UAKTUELL = "trukket", "uaktuell"


@dataclass(frozen=True)
class ApplicantPlan:
    """One applicant: where it lies, how far it has come, and what is special about it.

    `score` is what the first adviser gives on every criterion, `other_score` the second (0: there
    is no second). `partners` are kommuner that apply with it. `private` names a private school's
    owner; then `name` is what the school is called.
    """

    name: str
    fylke: str
    reach: str
    units: tuple[UnitPlan, ...] = ()
    reason: str = ""
    maalform: str = "bokmaal"
    score: int = 3
    other_score: int = 0
    recommendation: str = "tilraas"
    partners: tuple[str, ...] = ()
    private: str = ""
    late: bool = False


MAIN = "50"
EMBETE_WITH_SENT_LIST, EMBETE_WITH_LETTERS = "34", "46"
EMBETE_WITH_A_NO, EMBETE_WITH_A_YES = "18", "42"
QUOTAS = {"50": 2, "34": 2, "46": 2, "18": 1, "42": 2, "15": 1}
DEFAULT_QUOTA = 1

APPLICANTS: tuple[ApplicantPlan, ...] = (
    ApplicantPlan("Sørtinden", MAIN, AKTUELL, reason="Lav trivsel over tid."),
    ApplicantPlan("Rypheim", MAIN, KONTAKTET, reason="Ny oppvekstsjef vil i gang."),
    ApplicantPlan("Sandøyra", MAIN, INVITERT, reason="Har spurt om veiledning før."),
    ApplicantPlan(
        "Tranevik",
        MAIN,
        SKRIVER,
        (
            skole("Skjærbrygga skole"),
            skole("Havskåren ungdomsskole"),
            barnehage("Måneskinnet barnehage"),
            barnehage("Fjærekroken barnehage"),
            barnehage("Snøkloa barnehage", private=True),
        ),
        reason="Begge skoleslag, og PPT er med.",
        partners=("Langneset",),
    ),
    ApplicantPlan(
        "Kverntjern",
        MAIN,
        SOEKT,
        (skole("Kverntjern skole"), skole("Litlkvern skole"), barnehage("Kvernhjulet barnehage")),
        reason="Søkte også til forrige pulje.",
    ),
    ApplicantPlan(
        "Elveskar",
        MAIN,
        VURDERT,
        (
            skole("Elveskar barneskole"),
            skole("Elveskar ungdomsskole"),
            barnehage("Trollskoen barnehage"),
        ),
        reason="God forankring i kommunestyret.",
        score=4,
        partners=("Storholmen",),
    ),
    ApplicantPlan(
        "Sundmark",
        MAIN,
        VURDERT,
        (skole("Sundmark skole"), skole("Øvre Sundmark skole")),
        reason="Tydelig behov i begge skolene.",
        score=3,
        other_score=2,
    ),
    ApplicantPlan(
        "Ulvmarka",
        MAIN,
        VURDERT,
        (skole("Ulvmarka oppvekstsenter, skole"),),
        reason="Liten kommune med ny rektor.",
        score=2,
        recommendation="reserve",
    ),
    ApplicantPlan(
        "Fredvik friskole",
        MAIN,
        VURDERT,
        (skole("Fredvik friskole"),),
        reason="Skolen tok kontakt selv.",
        private="Fredvik friskole SA",
    ),
    ApplicantPlan("Løvåsen", MAIN, UAKTUELL, reason="Avsluttet et annet program i år."),
    ApplicantPlan(
        "Rognmyra",
        EMBETE_WITH_SENT_LIST,
        SENDT,
        (skole("Rognmyra skole"), barnehage("Rognebæret barnehage")),
        score=4,
    ),
    ApplicantPlan("Skogtjern", EMBETE_WITH_SENT_LIST, SENDT, (skole("Skogtjern skole"),)),
    ApplicantPlan(
        "Fagerhei",
        EMBETE_WITH_SENT_LIST,
        SENDT,
        (barnehage("Fagerhei barnehage"),),
        score=2,
        recommendation="reserve",
        late=True,
    ),
    ApplicantPlan(
        "Tverrdalsø",
        EMBETE_WITH_LETTERS,
        HOLDT,
        (skole("Tverrdalsø skule"), barnehage("Holmen barnehage på Tverrdalsø")),
        maalform="nynorsk",
        score=4,
    ),
    ApplicantPlan(
        "Storskjær", EMBETE_WITH_LETTERS, HOLDT, (skole("Storskjær skule"),), maalform="nynorsk"
    ),
    ApplicantPlan(
        "Havlyset",
        EMBETE_WITH_LETTERS,
        HOLDT,
        (barnehage("Havlyset barnehage"),),
        maalform="nynorsk",
        score=2,
        recommendation="reserve",
    ),
    ApplicantPlan("Klokkerås", EMBETE_WITH_A_NO, NEI, (skole("Klokkerås skole"),), score=4),
    ApplicantPlan("Sandskar", EMBETE_WITH_A_NO, RESERVE, (skole("Sandskar skole"),)),
    ApplicantPlan(
        "Tjuvholtet",
        EMBETE_WITH_A_YES,
        JA,
        (skole("Tjuvholtet skole"), barnehage("Tyttebærtua barnehage")),
        score=4,
    ),
    ApplicantPlan("Bukkefjell", EMBETE_WITH_A_YES, TILBUD, (skole("Bukkefjell skole"),)),
    ApplicantPlan(
        "Nordskår",
        EMBETE_WITH_A_YES,
        AVSLAG,
        (barnehage("Nordskår barnehage"),),
        score=1,
        recommendation="tilraas_ikke",
    ),
    ApplicantPlan("Holmkjær", EMBETE_WITH_A_YES, TRUKKET, (skole("Holmkjær skole"),)),
)
PARTNERS = ("Langneset", "Storholmen")  # kommuner that only apply together with another
SAMI_NAMES = {"Storholmen": "Stuorrasuolu", "Sundmark": "Čoalbmeriidu"}
KVEN_NAMES = {"Sundmark": "Salmenrinta"}
