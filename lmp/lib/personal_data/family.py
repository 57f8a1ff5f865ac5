"""Family words that point at one person: «mor til N.N.», «faren ringte», «mora hans Ali»."""

import re
from collections.abc import Iterator

from lmp.lib.personal_data.hint import Hint, Kind, fitted
from lmp.lib.personal_data.replacements import PARENT, SIBLING, SOMEBODY
from lmp.lib.personal_data.words import ACTS, CAPITALISED

_S = "[ \u00a0]"
_STEP = "(?:foster|ste|adoptiv)?"
PARENT_BARE = rf"{_STEP}(?:mor|far|mamma|pappa)"
PARENT_THE = (
    rf"(?:{_STEP}(?:moren|mora|moras|morens|faren|farens)|mammaen|pappaen"
    r"|foster(?:foreldrene|foreldra|hjemmet|heimen))"
)
PARENTS = r"(?:foreldrene|foreldra|foreldre|de foresatte|foresatte|dei føresette|føresette)"
SIBLING_BARE = (
    r"(?:(?:store|lille|litle|vesle|tvilling|halv|ste|foster)?(?:bror|søster|syster)"
    r"|tvilling|trilling|søsken|sysken)"
)
SIBLING_THE = (
    r"(?:(?:store|lille|litle|vesle|tvilling|halv|ste|foster)?"
    r"(?:broren|brorens|søstera|søsteren|søsterens|systera)|tvillingen|tvillingane|tvillingene"
    r"|(?:søsken|sysken|tvilling)paret)"
)
OTHER_BARE = r"(?:beste(?:mor|far)|mor(?:mor|far)|far(?:mor|far)|tante|onkel|fetter|kusine)"
OTHER_THE = (
    r"(?:beste(?:mora|moren|faren|foreldrene|foreldra)|besta|bestas|bestefaren"
    r"|(?:mor|far)(?:mora|moren|faren)|tanta|tanten|onkelen|fetteren|kusina|kusinen)"
)
BARE = rf"(?:{PARENT_BARE}|{SIBLING_BARE}|{OTHER_BARE})"
THE = rf"(?:{PARENT_THE}|{SIBLING_THE}|{OTHER_THE})"
ANY = rf"(?:{THE}|{BARE})"
EVERY = rf"(?:{PARENTS}|{ANY})"

INITIALS = r"(?:[A-ZÆØÅ]\.[ ]?[A-ZÆØÅ]?\.?|NN|[XY])"
CHILD_THE = r"(?:eleven|barnet|gutten|guten|jenta|jenten|ungen|ungdommen|ungdomen)"
ONE_CHILD = rf"(?:(?:en|ein|ei|et|eit|den|det){_S}(?:\w+{_S})?(?:elev|barn|gutt|gut|jente|unge))"
GIVEN = rf"(?-i:{CAPITALISED}(?:{_S}{CAPITALISED})?)"
PERSON = rf"(?:(?-i:{INITIALS})|{GIVEN}|{CHILD_THE}(?:{_S}(?:{GIVEN}|(?-i:{INITIALS})))?)"

TO = re.compile(
    rf"(?<![\w-]){EVERY}{_S}(?:til|åt){_S}(?:{PERSON}|{ONE_CHILD})(?!\w)", re.IGNORECASE
)
OF = re.compile(
    rf"(?<![\w-]){ANY}{_S}(?:hans|hennes|hennar|til{_S}(?:han|henne|ho|ham)|deres|deira|min|mi)"
    rf"(?:{_S}{GIVEN})?(?!\w)",
    re.IGNORECASE,
)
PARENTS_OF = re.compile(
    rf"(?<![\w-]){PARENTS}{_S}(?:hans|hennes|hennar|til{_S}(?:han|henne|ho|ham))(?:{_S}{GIVEN})?"
    rf"(?!\w)",
    re.IGNORECASE,
)
OWNER = re.compile(
    rf"(?<!\w)(?:(?-i:{CAPITALISED})s?|{CHILD_THE}s|(?-i:{INITIALS})s?)(?:['’]s?)?"
    rf"{_S}(?:(?:sin|si|sine|sitt){_S})?(?:eldre{_S}|yngre{_S}|eldste{_S})?"
    rf"(?:{ANY}|foreldre|foresatte|føresette)(?!\w)",
    re.IGNORECASE,
)
ALONE = re.compile(
    rf"(?<![\w-]){THE}(?!\w|[ \u00a0](?:for|ved|av|er{_S}(?:at|for|stor)|med{_S}at|over))",
    re.IGNORECASE,
)
DOES = re.compile(
    rf"(?<![\w-])(?<!hver )(?<!kvar ){BARE}(?:{_S}(?:hans|hennes|hennar))?(?={_S}{ACTS}(?!\w))",
    re.IGNORECASE,
)
SINGLE = re.compile(
    rf"(?<!\w)(?:alene|aleine|enslig|einsleg|ufør|syk|sjuk|innsatt){_S}(?:mor|far)(?!\w)",
    re.IGNORECASE,
)

RELATIVE = re.compile(rf"(?:{OTHER_THE}|{OTHER_BARE})(?!\w)", re.IGNORECASE)
BROTHERS = re.compile(rf"(?<!\w)(?:{SIBLING_THE}|{SIBLING_BARE})(?!\w)", re.IGNORECASE)
WITH_PERSON = (TO, OF, PARENTS_OF, OWNER)


def family_hints(text: str) -> Iterator[Hint]:
    """Each family word that stands with a person, or that is one person by itself."""
    for pattern in (*WITH_PERSON, ALONE, DOES, SINGLE):
        for match in pattern.finditer(text):
            yield _hint(text, match, with_person=pattern in WITH_PERSON)


def _hint(text: str, match: re.Match[str], *, with_person: bool) -> Hint:
    advice, words = ("family_person" if with_person else "family"), str(PARENT)
    if RELATIVE.search(match[0]):
        advice, words = "relative", str(SOMEBODY)
    elif BROTHERS.search(match[0]):
        advice, words = "relative", str(SIBLING)
    return Hint(match.start(), match.end(), Kind.FAMILY, advice, fitted(text, match.start(), words))
