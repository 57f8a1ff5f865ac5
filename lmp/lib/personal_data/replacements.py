"""What may stand instead of a spot, in the language of the reader."""

from django.utils.translation import gettext_lazy as _

PARENT = _("en forelder")
SIBLING = _("et søsken")
SOMEBODY = _("noen i familien")
PUPIL = _("en elev")
CHILD = _("et barn")
NEWCOMER = _("ny på skolen")
