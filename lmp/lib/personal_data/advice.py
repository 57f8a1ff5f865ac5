"""What the portal says of each kind of spot: one thing to do, and no blame."""

from django.utils.translation import gettext_lazy as _

ADVICE = {
    "phone": _("Et telefonnummer peker på én person. Ta det bort."),
    "email": _("En e-postadresse peker på én person. Ta den bort."),
    "address": _("En adresse kan vise hvor noen bor. Ta den bort."),
    "staff": _("Kan peke på en ansatt. Trenger de som leser, å vite det?"),
    "family_person": _("Fornavn og familie sammen. Skriv for eksempel «en forelder»."),
    "family": _("Et familieord kan peke på én person. Skriv for eksempel «en forelder»."),
    "relative": _("Et familieord kan peke på én person. Skriv for eksempel «noen i familien»."),
    "name": _("Et navn. Skriv for eksempel «en elev», «et barn» eller rollen."),
    "name_group": _("Navn sammen med alder, trinn eller avdeling. Ta bort navnet."),
    "initials": _("Initialer kan peke på én person. Skriv for eksempel «en elev» eller «et barn»."),
    "birth": _("En fødselsdato peker på én person. Skriv heller omtrent hvor gammelt barnet er."),
    "only_one": _("Få passer med dette. Skriv for eksempel «en av dem»."),
    "newcomer": _("Få passer med dette. Skriv for eksempel «ny på skolen»."),
    "few": _("Dere er få, så få passer med dette. Ta bort trinnet, klassen eller avdelingen."),
}
"""Key → advice, translated where it is shown."""
