"""Every text has a nynorsk form, and finding the texts finds them all."""

import re

import polib
import pytest

from lmp.management.commands.nynorsk import catalogue_path, missing_messages, unused_entries
from lmp.msgids import Message, python_messages, template_messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# Not «levert», «sendt» or «begynner»: both languages have them.
BOKMAAL_ONLY = """
    jeg dere deres hva hvem hvor hvordan hvorfor hvilke hvilken hvilket hver hvert hvis ikke noe
    noen en et flere mye selv samme annen annet disse fra innen uten siden bare ennå allerede
    være vært ble gjøre gjør gjøres sier kommer fikk gikk finnes trenger trengs mangler
    velg velger følger hører gjelder leser skriver tar åpne åpner åpnet åpen legge spørre
    lagret lagrer endret flyttet skrevet trukket opprettet avsluttet invitasjoner
    uke uka uker navn sted steder tall måned kommuner barnehager skole skolen skoler ansatt ansatte
    enhet enheten enheter eier eieren eiere leder lederen deltakere medvirkning lenke lenka
    veileder veiledere veilederne veiledning veiledningen veiledningsgrunnlag saksliste sakslista
    statsforvalter statsforvalteren påminnelse påminnelser oppgave frister varsler tekster
    ansvarlig mulig tilgjengelig valgfritt vanskelig ønskelig offentlig
""".split()


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(catalogue_path()))


def test_every_text_has_a_nynorsk_form(catalogue):
    assert missing_messages(catalogue) == []


def test_the_catalogue_holds_nothing_that_is_not_used(catalogue):
    assert unused_entries(catalogue) == []


def test_placeholders_are_the_same_in_both_languages(catalogue):
    different = [
        entry.msgid
        for entry in catalogue
        for text in (entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
        if set(PLACEHOLDER.findall(text))
        - set(PLACEHOLDER.findall(entry.msgid))
        - set(PLACEHOLDER.findall(entry.msgid_plural))
    ]

    assert different == []


def test_nynorsk_is_not_bokmaal(catalogue):
    """A copy of the bokmål text would hold one of these words."""
    foreign = re.compile(rf"\b({'|'.join(BOKMAAL_ONLY)})\b", re.IGNORECASE)
    texts = [
        text
        for entry in catalogue
        for text in (entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
    ]

    assert [text for text in texts if foreign.search(text)] == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('_("Hei")', Message("Hei")),
        ('gettext_lazy("Hei")', Message("Hei")),
        ('ngettext("én", "flere", n)', Message("én", "flere")),
        ('pgettext("møte", "Sak")', Message("Sak", context="møte")),
    ],
)
def test_python_texts_are_found(source, expected):
    assert list(python_messages(source)) == [(expected, 1)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% translate "Hei" %}', Message("Hei")),
        ('{% icon "right" _("Neste") %}', Message("Neste")),
        ("{% blocktranslate %}Hei {{ name }}{% endblocktranslate %}", Message("Hei %(name)s")),
        (
            "{% blocktranslate count n=x %}én{% plural %}{{ n }} stk.{% endblocktranslate %}",
            Message("én", "%(n)s stk."),
        ),
        (
            "{% blocktranslate trimmed %}\n  Hei\n  du\n{% endblocktranslate %}",
            Message("Hei du"),
        ),
        ('{{ _("Hei") }}', Message("Hei")),
    ],
)
def test_template_texts_are_found(source, expected):
    assert list(template_messages(source)) == [(expected, 1)]
