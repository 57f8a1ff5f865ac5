"""What a sent version of a søknad holds: everything in words, in one language, never changed."""

from typing import Any

from django.utils.translation import gettext as _

from actors.models import PPT, Owner
from cohorts.models import Soeknad, SoeknadAttachment, SoeknadPartner, SoeknadUnit
from cohorts.queries.applicants import applicants_of
from cohorts.queries.programme import programme_of
from cohorts.queries.soeknad_units import standing_units
from cohorts.rules.paper import Data, fields_with_national_ids
from cohorts.rules.soeknad_form import (
    CONFIRMATIONS,
    STYRINGSGRUPPE,
    Part,
    parts_for,
    questions_for,
)
from cohorts.rules.soeknad_sending import words_of
from cohorts.rules.soeknad_units import ownership_in_words
from cohorts.rules.text import in_language


def soeknad_content(soeknad: Soeknad) -> Data:
    """The content as JSON, worded in the active language; the søknad with its place.

    Keys: pulje, embete, applicant, owner, applicants, partners, styringsgruppe, parts (each with
    answers: key, label, kind, value, text), units (each with its own part or the reason it is left
    out), attachments (with the checksum of each file), confirmations. A unit whose leader has said
    no is not among them.
    """
    embete = soeknad.candidate.embete
    answers = {row.key: row.value for row in soeknad.answers.all()}
    applicants = applicants_of(soeknad)
    return {
        "pulje": embete.opptak.pulje.number,
        "embete": str(embete),
        "applicant": soeknad.applicant,
        "owner": _owner(soeknad.candidate.owner),
        "applicants": [_owner(each) for each in applicants],
        "partners": [_partner(each) for each in soeknad.partners.select_related("owner__kommune")],
        "styringsgruppe": _styringsgruppe(answers) if len(applicants) > 1 else None,
        "parts": [
            _part(soeknad, part, answers) for part in parts_for(soeknad.applicant) if not part.page
        ],
        "units": [_unit(row) for row in standing_units(soeknad, applicants)],
        "attachments": [_attachment(row) for row in soeknad.attachments.kept()],
        "confirmations": _confirmations(soeknad, answers),
    }


def holding_national_ids(content: Data) -> list[str]:
    """Where in a content there is a national id number: keys of answers, «unit-12», …"""
    texts: Data = {
        answer["key"]: answer["value"] for part in content["parts"] for answer in part["answers"]
    }
    texts |= {f"unit-{unit['id']}": unit for unit in content["units"]}
    return fields_with_national_ids(texts)


def _owner(owner: Owner) -> Data:
    number = owner.kommune.number if owner.kommune else ""
    return {"id": owner.pk, "name": owner.name, "orgnr": owner.orgnr, "kommunenr": number}


def _partner(partner: SoeknadPartner) -> Data:
    return {
        **_owner(partner.owner),
        "status": partner.status,
        "answered_at": partner.answered_at.isoformat() if partner.answered_at else None,
    }


def _styringsgruppe(answers: Data) -> Data:
    value = answers.get(STYRINGSGRUPPE) or ""
    words = {
        "felles": _("Felles styringsgruppe for kommunene"),
        "egne": _("En styringsgruppe i hver kommune"),
    }
    return {"value": value, "text": words.get(value, "")}


def _part(soeknad: Soeknad, part: Part, answers: Data) -> Data:
    rows = []
    for question in questions_for(soeknad.applicant, part):
        value = answers.get(question.key)
        others = _ppt(value) if question.key == "ppt" else []
        text = words_of(question, value, others)
        rows.append(
            {
                "key": question.key,
                "label": str(question.label),
                "kind": question.kind,
                "value": value,
                "text": text,
            }
        )
    return {"slug": part.slug, "title": str(part.title), "answers": rows}


def _ppt(value: Any) -> list[tuple[str, str]]:
    if not str(value or "").isdecimal():
        return []
    return [(str(ppt.pk), ppt.name) for ppt in PPT.objects.filter(pk=int(value))]


def _unit(row: SoeknadUnit) -> Data:
    delivered = row.part == SoeknadUnit.Part.DELIVERED
    return {
        "id": row.pk,
        "unit": row.unit_id,
        "name": row.name,
        "orgnr": row.orgnr,
        "kind": row.kind,
        "ownership": row.ownership,
        "ownership_text": ownership_in_words(row.kind, row.ownership, row.owner.kind),
        "owner": row.owner.name,
        "kommune": row.unit.kommune_id if row.unit else None,
        "grades": row.grades,
        "children": row.children,
        "staff": row.staff,
        "sfo": row.sfo,
        "maalform": str(row.get_maalform_display()),
        "leader_name": row.leader_name,
        "part": _own_part(row) if delivered else None,
        "left_out_reason": "" if delivered else row.left_out_reason,
    }


def _own_part(row: SoeknadUnit) -> Data:
    day = row.staff_meeting_on
    return {
        "why": row.why,
        "needs": row.needs,
        "ongoing": row.ongoing,
        "staff_agreed": row.staff_agreed,
        "staff_agreed_text": str(row.get_staff_agreed_display()),
        "staff_meeting_on": day.isoformat() if day else None,
    }


def _attachment(row: SoeknadAttachment) -> Data:
    return {"id": row.pk, "name": row.name, "size": row.size, "sha256": row.sha256}


def _confirmations(soeknad: Soeknad, answers: Data) -> list[Data]:
    recruitment = programme_of(soeknad.candidate.embete.opptak.pulje).recruitment
    ticked = answers.get(CONFIRMATIONS) or []
    return [
        {"id": each.id, "text": in_language(each.text.bm, each.text.nn)}
        for each in recruitment.confirmations
        if each.id in ticked
    ]
