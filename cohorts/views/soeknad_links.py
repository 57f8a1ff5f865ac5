"""Where each part of a søknad is: a page of questions, or a page of its own."""

from django.urls import reverse

from cohorts.models import Soeknad
from cohorts.rules.soeknad_form import parts_for

OWN_PAGES = {
    "sammen": "soeknad_partners",
    "enheter": "soeknad_units",
    "deler": "soeknad_unit_part_list",
    "vedlegg": "soeknad_attachments",
    "bekreft": "soeknad_review",
}


def part_path(soeknad: Soeknad, slug: str) -> str:
    """The address of the part `slug` of the form."""
    if slug in OWN_PAGES:
        path = reverse(f"cohorts:{OWN_PAGES[slug]}", args=[soeknad.pk])
        return f"{path}#bekreft" if slug == "bekreft" else path
    return reverse("cohorts:soeknad_part", args=[soeknad.pk, slug])


def part_place(soeknad: Soeknad, slug: str) -> dict:
    """Where the part stands among the others: number, total, the one before and the one after."""
    parts = [each for each in parts_for(soeknad.applicant) if each.slug != "bekreft"]
    at = next(index for index, each in enumerate(parts) if each.slug == slug)
    before = parts[at - 1] if at else None
    after = parts[at + 1] if at + 1 < len(parts) else None
    return {
        "number": at + 1,
        "total": sum(not each.optional for each in parts) + 1,
        "before": before,
        "before_url": part_path(soeknad, before.slug) if before else "",
        "after": after,
        "after_url": part_path(soeknad, after.slug if after else "bekreft"),
    }
