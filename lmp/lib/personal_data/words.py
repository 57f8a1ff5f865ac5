"""The words that the detectors share: given names, trinn and klasse, verbs of people."""

import re
from pathlib import Path

_LINES = (Path(__file__).parent / "given_names.txt").read_text(encoding="utf-8").splitlines()
_WORDS = [word for line in _LINES if not line.startswith("#") for word in line.split()]

GIVEN_NAMES = frozenset(word.rstrip("*") for word in _WORDS)
ALSO_WORDS = frozenset(word.rstrip("*") for word in _WORDS if word.endswith("*"))
"""Given names that are also ordinary words, as «Stein», «Per» and «Vår»."""

LOWER = "a-zæøåäöéèêôáđšžčŋń"
UPPER = "A-ZÆØÅÄÖÉÁĐŠŽČ"
CAPITALISED = rf"[{UPPER}][{LOWER}]+(?:-[{UPPER}][{LOWER}]+)*"

COUNT = (
    r"(?:\d{1,2}|ett|eitt|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|tretten"
    r"|fjorten|femten|seksten)"
)
AGE = (
    rf"(?:{COUNT}[ \u00a0]?(?:og[ \u00a0](?:et|eit)[ \u00a0]halvt?[ \u00a0])?år(?:ing(?:en)?)?"
    rf"(?:[ \u00a0]gam(?:mel|le|al))?)"
)
GROUP = (
    r"(?:(?:10|[1-9])\.?[ \u00a0]?(?:trinn|trinnet|steg|klasse|klassen|klassa|kl\.)"
    r"|(?:første|andre|tredje|fjerde|femte|sjette|sjuende|syvende|åttende|niende|tiende|"
    r"fyrste|sjuande|åttande|niande|tiande)"
    r"[ \u00a0](?:trinn|steg|klasse)|(?:10|[1-9])[ \u00a0]?[A-F](?![\wæøå])"
    rf"|avdeling(?:a|en)?[ \u00a0](?:[{UPPER}]\w+|«\w+»)"
    r"|(?:små|store)barnsavdeling(?:a|en)|(?:min|din)?(?:storbarns|småbarns)base[n]?)"
)

ACTS = (
    r"(?:er|var|har|hadde|vil|ville|kan|kunne|skal|skulle|må|måtte|bør|sa|sier|seier|slo|slår|gråt"
    r"|gråter|græt|kom|kjem|kommer|gikk|gjekk|går|ble|blei|vart|blir|får|fikk|fekk|løp|sprang|satt"
    r"|sat|står|stod|sto|ringte|ringer|skrev|skreiv|spurte|spør|fortalte|fortel|forteller|meiner"
    r"|mener|meinte|mente|ønsker|ønskjer|ønsket|synes|syns|synest|opplever|opplevde|vet|veit|visste"
    r"|hentet|henta|hentar|henter|møtte|møter|tok|tek|tar|ga|gav|gir|leker|leikar|lekte|leikte"
    r"|trenger|treng|trengte|trong|sitter|sit|forstår|reagerte|reagerer|nektet|nekta|nektar|nekter"
    r"|vegrer|vegrar|vegret|slutta|sluttet|begynte|byrja|starta|startet|klarer|klarte|klarar"
    r"|bet|beit|biter|skriker|skreik|skrek|flytta|flyttet|bor|bur|snakka|snakket|sov|spiser|spiste"
    r"|åt|gjorde|gjør|gjer|holdt|heldt|så|ser|tenker|tenkjer|trives|trivst|trivdes|mobber|mobba"
    r"|mobbet|dytta|dyttet|kasta|kastet|sparka|sparket|tegna|tegnet|teikna|svarte|svarer|svarar"
    r"|klaga|klaget|leste|las|jobber|jobbar|jobba|jobbet|heter|heiter|stakk|rømte|ropte|ropa)"
)
"""Verbs that people do, in the forms a story is told in."""

NO_NAMES = frozenset(
    (
        "Udir Utdanningsdirektoratet Statsforvalteren Statsforvaltaren Kommunen Skolen Skulen "
        "Barnehagen Rektor Styrer Styrar Lederen Leiaren Veileder Veilederen Rettleiar Spekter "
        "RefLex Reflex Ungdata Dembra Olweus Zippys Elevundersøkelsen Elevundersøkinga Fellesrom "
        "Klassetrivsel Trivselsleder Læringsmiljøprosjektet Læringsmiljøsenteret Statped Teams "
        "Visma Feide Google Word Trinn Klasse Avdeling Arbeidsgruppa Styringsgruppa "
        "Ressursteamet Ressursteam Stine-Sofies Oslo Bergen Trondheim Stavanger Norge "
        "Noreg Norsk Matte Engelsk Jul Påske Ramadan Eid Høsten Hausten Våren"
    ).split()
)
"""Capitalised words of the programme and of schools that are no names of people."""


def is_name(word: str) -> bool:
    """Whether `word` is a common given name; of «Anne-Marie», whether each half is one."""
    return all(part in GIVEN_NAMES for part in word.split("-")) or word in GIVEN_NAMES


def without_genitive(word: str) -> str:
    """«Alis» and «Ali’s» → «Ali»; «Jens» stays."""
    bare = re.sub(r"['’]s?$", "", word)
    if is_name(bare) or not bare.endswith("s"):
        return bare
    return bare[:-1]
