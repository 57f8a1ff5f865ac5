"""What makes a register row right: organisasjonsnummer, names, websites, code changes."""

import unicodedata

from stdnum.no import orgnr as stdnum_orgnr

NORWEGIAN_LAST = str.maketrans({"æ": "zza", "ä": "zza", "ø": "zzb", "ö": "zzb", "å": "zzc"})


def is_orgnr(text):
    """True for nine plain digits with the right modulus-11 check digit (Enhetsregisteret)."""
    return len(text) == 9 and text.isascii() and text.isdigit() and stdnum_orgnr.is_valid(text)


def fold(text):
    """The form in which names are compared: composed Unicode without case differences."""
    return unicodedata.normalize("NFC", text).casefold().strip()


def sort_key(name):
    """A plain ASCII key that puts names in Norwegian order (… z æ ø å) on every database.

    Other diacritics (á, đ, č) sort as their base letter, as in Norwegian lists.
    """
    text = fold(name).translate(NORWEGIAN_LAST).replace("đ", "d").replace("ŋ", "n")
    text = text.replace("ŧ", "t")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if c.isascii())


def derive_names(name, *others):
    """The derived columns of a named row: `search_name` holds every name once, `sort_name` orders.

    Returns a dict to spread into the model; `others` are further names people may search for.
    """
    parts = list(dict.fromkeys(fold(part) for part in (name, *others) if part.strip()))
    return {"search_name": " ".join(parts)[:400], "sort_name": sort_key(name)[:200]}
