"""What the overview of a søknad says of itself, in words."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.rules.soeknad_form import Question
from cohorts.rules.soeknad_progress import (
    ASKED,
    BEGUN,
    CONFIRMED,
    DONE,
    NOT_BEGUN,
    WAITING,
    Contents,
    PartProgress,
    counted,
    in_state,
    taking_part,
)
from lmp.lib.wording import join_words, kortdato, tallord


def heading(parts: list[PartProgress]) -> str:
    """«Seks av elleve deler er ferdige»."""
    parts = counted(parts)
    done, total = in_state(parts, DONE), len(parts)
    if done == total:
        return _("Alle delene er ferdige")
    text = ngettext(
        "%(done)s av %(total)s deler er ferdig", "%(done)s av %(total)s deler er ferdige", done
    )
    return _capitalised(text % {"done": tallord(done) if done else _("ingen"), "total": _n(total)})


def lead(parts: list[PartProgress]) -> str:
    """«Tre deler gjenstår hos dere, og to venter på andre.»"""
    ours, theirs = in_state(parts, BEGUN) + in_state(parts, NOT_BEGUN), in_state(parts, WAITING)
    if not ours and not theirs:
        return _("Se over søknaden og send den.")
    if not theirs:
        text = ngettext("%(n)s del gjenstår.", "%(n)s deler gjenstår.", ours)
    elif not ours:
        text = ngettext("%(m)s del venter på andre.", "%(m)s deler venter på andre.", theirs)
    else:
        text = ngettext(
            "%(n)s del gjenstår hos dere, og %(m)s venter på andre.",
            "%(n)s deler gjenstår hos dere, og %(m)s venter på andre.",
            ours,
        )
    return _capitalised(text % {"n": _n(ours), "m": _n(theirs)})


def bar_label(parts: list[PartProgress]) -> str:
    """The bar over the parts, for a screen reader."""
    parts = counted(parts)
    values = {
        "done": in_state(parts, DONE),
        "total": len(parts),
        "begun": in_state(parts, BEGUN) + in_state(parts, WAITING),
    }
    return _("%(done)s av %(total)s deler er ferdige, %(begun)s er påbegynt") % values


def note(each: PartProgress, contents: Contents) -> str:
    """The line under the name of a part; empty when its status says it all."""
    words = {
        "sammen": _together,
        "enheter": _units,
        "deler": _own_parts,
        "vedlegg": _attached,
        "bekreft": _confirmations,
    }
    if each.part.slug in words:
        return words[each.part.slug](each, contents)
    return missing_words(each) if each.state == BEGUN else ""


def missing_words(each: PartProgress) -> str:
    """«To datoer mangler.», «Tre svar mangler.»; empty when nothing does."""
    if not each.missing:
        return ""
    count = len(each.missing)
    if all(question.kind == "anchored" for question in each.missing):
        text = ngettext("%(n)s dato mangler.", "%(n)s datoer mangler.", count)
        return _capitalised(text % {"n": tallord(count)})
    return _capitalised(
        ngettext("%(n)s svar mangler.", "%(n)s svar mangler.", count) % {"n": tallord(count, "n")}
    )


def answer_in_words(question: Question, value: Any, names: dict[str, str]) -> str:
    """An answer as it is read; `names` are the choices that are not data of the form (PPT)."""
    if question.kind == "tick":
        return _("Ja") if value else _("Nei")
    if question.kind == "anchored":
        if not value or not value.get("yes"):
            return ""
        day = value.get("date")
        return _("Ja, %(date)s") % {"date": kortdato(date.fromisoformat(day))} if day else _("Ja")
    named = {key: str(text) for key, text in question.choices} | names
    if question.kind == "many":
        return join_words([named.get(each, each) for each in value or ()])
    if question.kind == "choice":
        return named.get(value or "", "")
    return str(value or "")


def _together(each: PartProgress, contents: Contents) -> str:
    asked = [partner.name for partner in contents.partners if partner.status == ASKED]
    if asked:
        return _("%(who)s må bekrefte før dere kan sende.") % {"who": join_words(asked)}
    confirmed = [partner.name for partner in contents.partners if partner.status == CONFIRMED]
    if not confirmed:
        return _("Dere søker alene. Vil dere søke sammen med noen, spør dere dem her.")
    if each.state == BEGUN:
        return _("Velg om dere vil ha felles styringsgruppe.")
    return _("%(who)s har bekreftet.") % {"who": join_words(confirmed)}


def _units(each: PartProgress, contents: Contents) -> str:
    """«Tre barnehager og to skoler, 612 barn og elever»."""
    units = taking_part(contents.units)
    if not units:
        return ""
    barnehager = sum(unit.kind == "barnehage" for unit in units)
    skoler = len(units) - barnehager
    kinds = []
    if barnehager:
        kinds.append(
            ngettext("%(n)s barnehage", "%(n)s barnehager", barnehager) % {"n": _n(barnehager)}
        )
    if skoler:
        kinds.append(ngettext("%(n)s skole", "%(n)s skoler", skoler) % {"n": _n(skoler)})
    words = _capitalised(join_words(kinds))
    children = sum(unit.children or 0 for unit in units)
    if not children:
        return words
    return _("%(units)s, %(children)s barn og elever") % {"units": words, "children": children}


def _own_parts(each: PartProgress, contents: Contents) -> str:
    if not each.total:
        return _("Velg enhetene først.")
    return _("Hver leder svarer gjennom sin egen lenke. Dere kan lese, ikke endre.")


def _attached(each: PartProgress, contents: Contents) -> str:
    if not each.total:
        return ""
    text = ngettext("%(n)s fil er lagt ved.", "%(n)s filer er lagt ved.", each.total)
    return _capitalised(text % {"n": _n(each.total)})


def _confirmations(each: PartProgress, contents: Contents) -> str:
    text = ngettext(
        "%(n)s ting dere forplikter dere til", "%(n)s ting dere forplikter dere til", each.total
    )
    return _capitalised(text % {"n": _n(each.total)})


def _n(count: int) -> str:
    return tallord(count)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
