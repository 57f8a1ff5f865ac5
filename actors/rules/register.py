"""What makes a register row right: organisasjonsnummer, names, websites, owners."""

import re
import unicodedata
from urllib.parse import urlsplit

from stdnum.no import orgnr as stdnum_orgnr

NORWEGIAN_LAST = str.maketrans({"æ": "zza", "ä": "zza", "ø": "zzb", "ö": "zzb", "å": "zzc"})
WITHOUT_BASE_LETTER = str.maketrans({"đ": "d", "ŋ": "n", "ŧ": "t"})
HOST = re.compile(r"^[a-z0-9æøå]([a-z0-9æøå-]*\.)+[a-zæøå]{2,}$")
SVALBARD = "2100"


def is_orgnr(text: str) -> bool:
    """True for nine plain digits with the right modulus-11 check digit (Enhetsregisteret)."""
    return bool(re.fullmatch("[0-9]{9}", text)) and stdnum_orgnr.is_valid(text)


def fold(text: str) -> str:
    """The form in which names are compared: composed Unicode without case differences."""
    return unicodedata.normalize("NFC", text).casefold().strip()


def sort_key(name: str) -> str:
    """A plain ASCII key that puts names in Norwegian order (… z æ ø å) on every database.

    Other diacritics (á, đ, č) sort as their base letter, as in Norwegian lists.
    """
    text = fold(name).translate(NORWEGIAN_LAST).translate(WITHOUT_BASE_LETTER)
    return "".join(c for c in unicodedata.normalize("NFKD", text) if c.isascii())


def derive_names(name: str, *others: str) -> dict[str, str]:
    """The derived columns of a named row: `search_name` and `sort_name`.

    `others` are further names people may search for. Returns a dict to spread into the model.
    """
    parts = list(dict.fromkeys(fold(part) for part in (name, *others) if part.strip()))
    return {"search_name": " ".join(parts)[:400], "sort_name": sort_key(name)[:200]}


def clean_website(text: str) -> str:
    """A http(s) address from what the register holds, or "" when it is not one.

    The registers' field also holds e-mail addresses of persons and misspelt names; those are
    dropped, not guessed at.
    """
    text = text.strip()
    if not text or "@" in text or re.search(r"\s", text):
        return ""
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not HOST.match(host) or len(text) > 200:
        return ""
    return text


def maalform_of_office(official_name: str) -> str:
    """The maalform an embete signs in: "Statsforvaltaren …" is nynorsk, else bokmaal."""
    return "nynorsk" if official_name.startswith("Statsforvaltaren") else "bokmaal"


def public_owner_kind(kind: str, school_type: str) -> str:
    """Which level owns a public unit: the fylkeskommune where videregaaende is taught.

    The registers say only offentlig or privat; kommuner answer for barnehage and grunnskole and
    fylkeskommuner for videregaaende opplaering (opplaeringslova § 28-1). Exceptions (state
    schools) are corrected by hand, and `keeps_owner` lets the correction stand.
    """
    if kind == "skole" and school_type in ("videregaaende", "begge"):
        return "fylkeskommune"
    return "kommune"


def keeps_owner(owner_kind: str, ownership: str) -> bool:
    """True when an owner already on the unit still fits the register's offentlig or privat."""
    return (owner_kind == "privat") == (ownership == "privat")


def is_unlikely_closure(gone: int, active: int) -> bool:
    """True when a file closes so many units that it is more likely cut short.

    About thirty schools and a hundred barnehager close in a year (SSB), so more than a tenth of
    the register, and more than a hundred units, is a question for a human.
    """
    return gone > 100 and gone * 10 > active
