"""Public registers: fylker, embeter, kommuner, owners and units.

Rows come from `manage.py import_registers`; fictional rows (demo and tests) are marked with
`is_fictional` and are never touched by the import. A kommune keeps its primary key when its
number, name or fylke changes: former numbers live in `KommuneCode`. `valid_to` is the last day a
row holds (inclusive); an empty `valid_from` means "since before the registers we have".
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actors.queries.register import (
    FylkeQuerySet,
    KommuneCodeQuerySet,
    KommuneQuerySet,
    OwnerQuerySet,
    StatsforvalterQuerySet,
    UnitQuerySet,
)


class Maalform(models.TextChoices):
    """The written standard a public body has decided on (spraakvedtak)."""

    BOKMAAL = "bokmaal", _("bokmål")
    NYNORSK = "nynorsk", _("nynorsk")
    NOEYTRAL = "noeytral", _("nøytral")


class OwnerKind(models.TextChoices):
    """Who can own a unit."""

    KOMMUNE = "kommune", _("kommune")
    FYLKESKOMMUNE = "fylkeskommune", _("fylkeskommune")
    PRIVAT = "privat", _("privat eier")


class Register(models.TextChoices):
    """The register a unit comes from."""

    NSR = "NSR", _("Nasjonalt skoleregister")
    NBR = "NBR", _("Nasjonalt barnehageregister")


class UnitKind(models.TextChoices):
    """Which law the unit works under."""

    SKOLE = "skole", _("skole")
    BARNEHAGE = "barnehage", _("barnehage")


class SchoolType(models.TextChoices):
    """What a school teaches; empty for a barnehage."""

    GRUNNSKOLE = "grunnskole", _("grunnskole")
    VIDEREGAAENDE = "videregaaende", _("videregående skole")
    BEGGE = "begge", _("grunnskole og videregående skole")


class Ownership(models.TextChoices):
    """Public or private, as the register says it."""

    OFFENTLIG = "offentlig", _("offentlig")
    PRIVAT = "privat", _("privat")


def orgnr_check(name):
    """A check constraint: `orgnr` is nine digits (modulus 11 is checked by the actions)."""
    return models.CheckConstraint(condition=Q(orgnr__regex=r"^[0-9]{9}$"), name=name)


def period_check(name):
    """A check constraint: the last day is not before the first."""
    return models.CheckConstraint(
        condition=Q(valid_from__isnull=True)
        | Q(valid_to__isnull=True)
        | Q(valid_to__gte=F("valid_from")),
        name=name,
    )


class NamedRow(models.Model):
    """A name with the two derived forms that searching and sorting need on every database.

    The derived columns are filled by whoever writes the row, with `rules.register.derive_names`.
    """

    name = models.CharField(_("navn"), max_length=150)
    search_name = models.CharField(max_length=400, editable=False, default="")
    sort_name = models.CharField(max_length=200, editable=False, default="")

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class Statsforvalter(NamedRow):
    """One of the ten embeter; `code` is our own short key."""

    code = models.SlugField(_("kode"), max_length=40, unique=True)
    official_name = models.CharField(_("offisielt navn"), max_length=150)
    orgnr = models.CharField(_("organisasjonsnummer"), max_length=9, unique=True)
    maalform = models.CharField(_("målform"), max_length=10, choices=Maalform.choices)

    objects = StatsforvalterQuerySet.as_manager()

    class Meta:
        verbose_name = _("statsforvalter")
        verbose_name_plural = _("statsforvaltere")
        ordering = ["sort_name", "code"]
        constraints = [orgnr_check("statsforvalter_orgnr_nine_digits")]

    def __str__(self):
        return self.official_name


class Fylke(NamedRow):
    """A fylke with the organisasjonsnummer of its fylkeskommune (for Oslo: Oslo kommune)."""

    number = models.CharField(_("fylkesnummer"), max_length=2)
    official_name = models.CharField(_("offisielt navn"), max_length=150)
    orgnr = models.CharField(_("organisasjonsnummer"), max_length=9, unique=True)
    statsforvalter = models.ForeignKey(
        Statsforvalter, on_delete=models.PROTECT, related_name="fylker"
    )
    valid_from = models.DateField(_("gjelder fra"), null=True, blank=True)
    valid_to = models.DateField(_("gjelder til og med"), null=True, blank=True)

    objects = FylkeQuerySet.as_manager()

    class Meta:
        verbose_name = _("fylke")
        verbose_name_plural = _("fylker")
        ordering = ["number"]
        constraints = [
            orgnr_check("fylke_orgnr_nine_digits"),
            period_check("fylke_period_in_order"),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{2}$"), name="fylke_number_two_digits"
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=Q(valid_to__isnull=True),
                name="fylke_open_number_unique",
            ),
        ]


class Kommune(NamedRow):
    """A kommune as it is now; the primary key survives a new number, name or fylke."""

    number = models.CharField(_("kommunenummer"), max_length=4)
    official_name = models.CharField(_("offisielt navn"), max_length=150)
    name_nordsamisk = models.CharField(_("nordsamisk navn"), max_length=100, blank=True)
    name_lulesamisk = models.CharField(_("lulesamisk navn"), max_length=100, blank=True)
    name_sorsamisk = models.CharField(_("sørsamisk navn"), max_length=100, blank=True)
    name_kvensk = models.CharField(_("kvensk navn"), max_length=100, blank=True)
    fylke = models.ForeignKey(Fylke, on_delete=models.PROTECT, related_name="kommuner")
    orgnr = models.CharField(_("organisasjonsnummer"), max_length=9, unique=True)
    maalform = models.CharField(_("målform"), max_length=10, choices=Maalform.choices)
    sami_area = models.BooleanField(_("i forvaltningsområdet for samisk språk"), default=False)
    latitude = models.FloatField(_("breddegrad"), null=True, blank=True)
    longitude = models.FloatField(_("lengdegrad"), null=True, blank=True)
    population = models.PositiveIntegerField(_("folketall"), null=True, blank=True)
    website = models.URLField(_("nettsted"), blank=True)
    valid_from = models.DateField(_("nummeret gjelder fra"), null=True, blank=True)
    valid_to = models.DateField(_("nummeret gjelder til og med"), null=True, blank=True)
    is_fictional = models.BooleanField(_("fiktiv"), default=False)

    objects = KommuneQuerySet.as_manager()

    class Meta:
        verbose_name = _("kommune")
        verbose_name_plural = _("kommuner")
        ordering = ["sort_name", "number"]
        constraints = [
            orgnr_check("kommune_orgnr_nine_digits"),
            period_check("kommune_period_in_order"),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{4}$"), name="kommune_number_four_digits"
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=Q(valid_to__isnull=True),
                name="kommune_open_number_unique",
            ),
        ]


class KommuneCode(models.Model):
    """A former number of a kommune: its own, or that of a kommune that became a part of it."""

    kommune = models.ForeignKey(Kommune, on_delete=models.CASCADE, related_name="former_codes")
    number = models.CharField(_("kommunenummer"), max_length=4)
    name = models.CharField(_("navn"), max_length=150)
    valid_from = models.DateField(_("gjaldt fra"), null=True, blank=True)
    valid_to = models.DateField(_("gjaldt til og med"))

    objects = KommuneCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("tidligere kommunenummer")
        verbose_name_plural = _("tidligere kommunenumre")
        ordering = ["number", "valid_to"]
        constraints = [
            period_check("kommunecode_period_in_order"),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{4}$"), name="kommunecode_number_four_digits"
            ),
            models.UniqueConstraint(
                fields=["number", "valid_to"], name="kommunecode_number_and_end_unique"
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.name}"


class Owner(NamedRow):
    """A barnehage- og skoleeier.

    Oslo is one owner of kind kommune with both `kommune` and `fylke` set, because Oslo kommune is
    also the fylkeskommune. The registers do not name private owners, so those are added by people.
    """

    kind = models.CharField(_("type eier"), max_length=15, choices=OwnerKind.choices)
    orgnr = models.CharField(_("organisasjonsnummer"), max_length=9, unique=True)
    kommune = models.OneToOneField(
        Kommune, on_delete=models.PROTECT, null=True, blank=True, related_name="owner"
    )
    fylke = models.OneToOneField(
        Fylke, on_delete=models.PROTECT, null=True, blank=True, related_name="owner"
    )
    is_fictional = models.BooleanField(_("fiktiv"), default=False)

    objects = OwnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("barnehage- og skoleeier")
        verbose_name_plural = _("barnehage- og skoleeiere")
        ordering = ["sort_name", "orgnr"]
        constraints = [
            orgnr_check("owner_orgnr_nine_digits"),
            models.CheckConstraint(
                condition=Q(kind=OwnerKind.KOMMUNE, kommune__isnull=False)
                | Q(kind=OwnerKind.FYLKESKOMMUNE, kommune__isnull=True, fylke__isnull=False)
                | Q(kind=OwnerKind.PRIVAT, kommune__isnull=True, fylke__isnull=True),
                name="owner_kind_fits_scope",
            ),
        ]


class Unit(NamedRow):
    """One barnehage or skole, known by (register, organisasjonsnummer).

    One organisasjonsnummer can be in both registers, so it is unique only within its register.
    No kommune means Svalbard (2100), which has neither kommune nor statsforvalter. No owner means
    that no owner is known here: a private unit until someone names its owner, or Svalbard.
    A unit that leaves the register gets `active=False`; it is never deleted.
    """

    register = models.CharField(_("register"), max_length=3, choices=Register.choices)
    orgnr = models.CharField(_("organisasjonsnummer"), max_length=9)
    kind = models.CharField(_("type enhet"), max_length=10, choices=UnitKind.choices)
    school_type = models.CharField(
        _("skoletype"), max_length=15, choices=SchoolType.choices, blank=True
    )
    kommune = models.ForeignKey(
        Kommune, on_delete=models.PROTECT, null=True, blank=True, related_name="units"
    )
    owner = models.ForeignKey(
        Owner, on_delete=models.PROTECT, null=True, blank=True, related_name="units"
    )
    ownership = models.CharField(_("eierform"), max_length=10, choices=Ownership.choices)
    grade_from = models.PositiveSmallIntegerField(_("fra trinn"), null=True, blank=True)
    grade_to = models.PositiveSmallIntegerField(_("til trinn"), null=True, blank=True)
    children = models.PositiveIntegerField(_("barn eller elever"), null=True, blank=True)
    has_sfo = models.BooleanField(_("har SFO"), null=True, blank=True)
    address = models.CharField(_("adresse"), max_length=150, blank=True)
    place = models.CharField(_("poststed"), max_length=60, blank=True)
    latitude = models.FloatField(_("breddegrad"), null=True, blank=True)
    longitude = models.FloatField(_("lengdegrad"), null=True, blank=True)
    website = models.URLField(_("nettsted"), blank=True)
    active = models.BooleanField(_("i drift"), default=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    is_fictional = models.BooleanField(_("fiktiv"), default=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("enhet")
        verbose_name_plural = _("enheter")
        ordering = ["sort_name", "register", "orgnr"]
        indexes = [
            models.Index(fields=["kommune", "active"], name="unit_kommune_active"),
            models.Index(fields=["orgnr"], name="unit_orgnr"),
        ]
        constraints = [
            orgnr_check("unit_orgnr_nine_digits"),
            models.UniqueConstraint(
                fields=["register", "orgnr"], name="unit_register_orgnr_unique"
            ),
            models.CheckConstraint(
                condition=Q(register=Register.NSR, kind=UnitKind.SKOLE)
                | Q(register=Register.NBR, kind=UnitKind.BARNEHAGE, school_type=""),
                name="unit_kind_fits_register",
            ),
            models.CheckConstraint(
                condition=Q(grade_from__isnull=True)
                | Q(grade_to__isnull=True)
                | Q(grade_to__gte=F("grade_from")),
                name="unit_grades_in_order",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="unit_not_its_own_successor",
            ),
        ]
