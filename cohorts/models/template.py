"""The form of a paper in a pulje: help texts and extra questions, in numbered editions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.models.pulje import Pulje, Semester
from cohorts.queries.template import PaperTemplateQuerySet


class PaperKind(models.TextChoices):
    GRUNNLAG = "grunnlag", _("Veiledningsgrunnlag")
    REFERAT = "referat", _("Referat")
    PLAN = "plan", _("Framdriftsplan")


class PaperTemplate(models.Model):
    """One edition of what a kind of paper asks for in a semester; editions are never changed.

    `content` is {"help": {field: {"bm", "nn"}}, "questions": [{"id", "bm", "nn", "help_bm",
    "help_nn", "focus"}]}. `focus` is the id of a focus point of the semester's tema, or empty: a
    question with one is asked when the paper is about that point. All questions are optional.
    Without `semester` the edition holds for all semesters that have none of their own.
    """

    pulje = models.ForeignKey(Pulje, models.CASCADE, related_name="paper_templates")
    semester = models.ForeignKey(
        Semester, models.CASCADE, null=True, blank=True, related_name="paper_templates"
    )
    kind = models.CharField(_("dokument"), max_length=10, choices=PaperKind.choices)
    number = models.PositiveSmallIntegerField(_("utgave"))
    content = models.JSONField(_("innhold"), default=dict)
    reason = models.CharField(_("hva er endret"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("laget"))
    created_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")

    objects = PaperTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mal")
        verbose_name_plural = _("maler")
        ordering = ["pulje_id", "kind", "semester_id", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["semester", "kind", "number"],
                condition=models.Q(semester__isnull=False),
                name="papertemplate_once_a_semester",
            ),
            models.UniqueConstraint(
                fields=["pulje", "kind", "number"],
                condition=models.Q(semester__isnull=True),
                name="papertemplate_once_a_pulje",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
