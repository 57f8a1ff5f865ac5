"""Addresses of the app."""

from django.urls import path

from cohorts.views import (
    answer,
    assessment,
    assessment_table,
    candidate_add,
    candidate_contact,
    candidate_detail,
    candidate_invite,
    candidate_list,
    decision,
    deltakelse,
    demands,
    funnel,
    groups,
    letter,
    letter_outbox,
    letter_sheet,
    opptak,
    opptak_next,
    opptak_settings,
    participants,
    priority,
    priority_detail,
    pulje,
    reserve,
    soeknad,
    soeknad_attachment,
    soeknad_conflict,
    soeknad_part,
    soeknad_partners,
    soeknad_receipt,
    soeknad_review,
    soeknad_status,
    soeknad_units,
    template,
    unit_part,
    unit_part_list,
)

app_name = "cohorts"

urlpatterns = [
    path("puljer/ny/", pulje.pulje_create, name="pulje_create"),
    path("puljer/<int:number>/oppsett/", demands.pulje_settings, name="pulje_settings"),
    path(
        "puljer/<int:number>/oppsett/frister/<slug:key>/",
        demands.deadline_edit,
        name="deadline_edit",
    ),
    path("puljer/<int:number>/maler/", template.template_list, name="template_list"),
    path(
        "puljer/<int:number>/maler/utgave/<int:pk>/",
        template.template_version,
        name="template_version",
    ),
    path("puljer/<int:number>/maler/<str:kind>/", template.template_edit, name="template_edit"),
    path("puljer/<int:number>/avslutt/", pulje.pulje_close, name="pulje_close"),
    path("puljer/<int:number>/gjenaapne/", pulje.pulje_reopen, name="pulje_reopen"),
    path("puljer/<int:number>/deltakere/", deltakelse.deltakelse_list, name="deltakelse_list"),
    path(
        "puljer/<int:number>/deltakere/ny/",
        deltakelse.deltakelse_create,
        name="deltakelse_create",
    ),
    path("deltakelser/<int:pk>/", deltakelse.deltakelse_edit, name="deltakelse_edit"),
    path("deltakelser/<int:pk>/enheter/", deltakelse.unit_add, name="deltakende_unit_add"),
    path(
        "deltakelser/<int:pk>/enheter/<int:unit_pk>/",
        participants.deltakende_unit_edit,
        name="deltakende_unit_edit",
    ),
    path("deltakelser/<int:pk>/veiledere/", participants.oppdrag_add, name="oppdrag_add"),
    path("veilederoppdrag/<int:pk>/avslutt/", participants.oppdrag_end, name="oppdrag_end"),
    path(
        "deltakelser/<int:pk>/styringsgruppe/",
        groups.styringsgruppe_establish,
        name="styringsgruppe_establish",
    ),
    path(
        "deltakende-enheter/<int:pk>/arbeidsgruppe/",
        groups.arbeidsgruppe_establish,
        name="arbeidsgruppe_establish",
    ),
    path("grupper/<int:pk>/", groups.group_detail, name="group_detail"),
    path(
        "grupper/<int:pk>/medlemmer/<int:member_pk>/avslutt/",
        groups.member_end,
        name="member_end",
    ),
    path("grupper/<int:pk>/plasser/<slug:seat>/grunn/", groups.seat_explain, name="seat_explain"),
    # candidate
    path("opptak/<int:number>/kandidater/", candidate_list.candidate_list, name="candidate_list"),
    path("opptak/<int:number>/kandidater/nye/", candidate_add.candidate_add, name="candidate_add"),
    path("opptak/<int:number>/logg/", candidate_contact.contact_list, name="contact_list"),
    path(
        "opptak/<int:number>/inviter/",
        candidate_invite.candidate_invite,
        name="candidate_invite",
    ),
    path("kandidater/<int:pk>/", candidate_detail.candidate_detail, name="candidate_detail"),
    path(
        "kandidater/<int:pk>/invitasjoner/<int:invited_pk>/",
        candidate_detail.invitation_sent,
        name="invitation_sent",
    ),
    # priority
    path("opptak/<int:number>/prioritering/", priority.priority_edit, name="priority_edit"),
    path(
        "opptak/<int:number>/prioritering/lagre/",
        priority.priority_autosave,
        name="priority_autosave",
    ),
    path("lister/<int:pk>/", priority_detail.priority_detail, name="priority_detail"),
    path("lister/<int:pk>/aapne/", priority_detail.priority_reopen, name="priority_reopen"),
    path(
        "lister/<int:pk>/versjon/<int:number>/",
        priority_detail.priority_version,
        name="priority_version",
    ),
    path(
        "lister/<int:pk>/versjon/<int:number>/pdf/",
        priority_detail.priority_pdf,
        name="priority_pdf",
    ),
    path(
        "lister/<int:pk>/versjon/<int:number>/utskrift/",
        priority_detail.priority_print,
        name="priority_print",
    ),
    # soeknad: the form
    path("opptak/<int:number>/soek/", soeknad.soeknad_create, name="soeknad_create"),
    path("soeknader/<int:pk>/", soeknad.soeknad_detail, name="soeknad_detail"),
    path("soeknader/<int:pk>/ny-versjon/", soeknad.soeknad_reopen, name="soeknad_reopen"),
    path("soeknader/<int:pk>/del/<slug:slug>/", soeknad_part.soeknad_part, name="soeknad_part"),
    path(
        "soeknader/<int:pk>/del/<slug:slug>/lagre/",
        soeknad_part.soeknad_autosave,
        name="soeknad_autosave",
    ),
    path(
        "soeknader/<int:pk>/to-tekster/<int:answer_pk>/",
        soeknad_conflict.soeknad_conflict,
        name="soeknad_conflict",
    ),
    path(
        "soeknader/<int:pk>/vedlegg/",
        soeknad_attachment.soeknad_attachments,
        name="soeknad_attachments",
    ),
    path(
        "soeknader/<int:pk>/vedlegg/<int:attachment_pk>/",
        soeknad_attachment.soeknad_attachment,
        name="soeknad_attachment",
    ),
    path(
        "soeknader/<int:pk>/vedlegg/<int:attachment_pk>/fjern/",
        soeknad_attachment.attachment_remove,
        name="attachment_remove",
    ),
    # assessment
    path("soeknader/<int:pk>/vurdering/", assessment.assessment_edit, name="assessment_edit"),
    path(
        "soeknader/<int:pk>/vurdering/lagre/",
        assessment.assessment_autosave,
        name="assessment_autosave",
    ),
    path(
        "soeknader/<int:pk>/vurdering/habilitet/",
        assessment.assessment_habilitet,
        name="assessment_habilitet",
    ),
    path(
        "soeknader/<int:pk>/vurdering/aapne/",
        assessment.assessment_reopen,
        name="assessment_reopen",
    ),
    path(
        "opptak/<int:number>/vurderinger/",
        assessment_table.assessment_table,
        name="assessment_table",
    ),
    path(
        "opptak/<int:number>/vurderinger.csv",
        assessment_table.assessment_table_csv,
        name="assessment_table_csv",
    ),
    # answer
    path("brev/<int:pk>/svar/", answer.answer_edit, name="answer_edit"),
    # reserve
    path("opptak/<int:number>/reserve/", reserve.reserve_next, name="reserve_next"),
    # opptak
    path("opptak/", opptak.opptak_list, name="opptak_list"),
    path("opptak/<int:number>/", opptak.opptak_detail, name="opptak_detail"),
    path("opptak/<int:number>/oppsett/", opptak_settings.opptak_settings, name="opptak_settings"),
    path("opptak/<int:number>/frist/", opptak_settings.opptak_deadline, name="opptak_deadline"),
    path("opptak/<int:number>/neste/", opptak_next.opptak_next, name="opptak_next"),
    path("opptak/<int:number>/trakt/", funnel.opptak_funnel, name="opptak_funnel"),
    path("opptak/<int:number>/trakt.csv", funnel.opptak_funnel_csv, name="opptak_funnel_csv"),
    path("opptak/<int:number>/trakt.xlsx", funnel.opptak_funnel_xlsx, name="opptak_funnel_xlsx"),
    # soeknad: units, partners, sending
    path("soeknader/<int:pk>/sammen/", soeknad_partners.soeknad_partners, name="soeknad_partners"),
    path(
        "soeknader/<int:pk>/sammen/styringsgruppe/",
        soeknad_partners.soeknad_styringsgruppe,
        name="soeknad_styringsgruppe",
    ),
    path(
        "soeknader/<int:pk>/sammen/<int:partner_pk>/ta-bort/",
        soeknad_partners.partner_take_back,
        name="partner_take_back",
    ),
    path("soeknader/<int:pk>/enheter/", soeknad_units.soeknad_units, name="soeknad_units"),
    path(
        "soeknader/<int:pk>/enheter/ny/",
        soeknad_units.soeknad_unit_manual,
        name="soeknad_unit_manual",
    ),
    path(
        "soeknader/<int:pk>/enheter/<int:unit_pk>/",
        soeknad_units.soeknad_unit_edit,
        name="soeknad_unit_edit",
    ),
    path(
        "soeknader/<int:pk>/enheter/<int:unit_pk>/lenke/",
        soeknad_units.unit_link_send,
        name="unit_link_send",
    ),
    path(
        "soeknader/<int:pk>/enheter/<int:unit_pk>/ta-bort/",
        soeknad_units.soeknad_unit_remove,
        name="soeknad_unit_remove",
    ),
    path(
        "soeknader/<int:pk>/deler/",
        unit_part_list.soeknad_unit_part_list,
        name="soeknad_unit_part_list",
    ),
    path(
        "soeknader/<int:pk>/deler/<int:unit_pk>/uten/",
        unit_part_list.soeknad_unit_leave_out,
        name="soeknad_unit_leave_out",
    ),
    path("soeknad-enheter/<int:pk>/", unit_part_list.soeknad_unit_read, name="soeknad_unit_read"),
    path("enhetens-del/<str:token>/", unit_part.unit_part, name="unit_part"),
    path(
        "enhetens-del/<str:token>/lagre/", unit_part.unit_part_autosave, name="unit_part_autosave"
    ),
    path("enhetens-del/<str:token>/nei/", unit_part.unit_part_decline, name="unit_part_decline"),
    path("soeknader/<int:pk>/se-over/", soeknad_review.soeknad_review, name="soeknad_review"),
    path(
        "soeknader/<int:pk>/kvittering/<int:version>/",
        soeknad_receipt.soeknad_receipt,
        name="soeknad_receipt",
    ),
    path(
        "soeknader/<int:pk>/versjon/<int:version>/",
        soeknad_receipt.soeknad_version,
        name="soeknad_version",
    ),
    path(
        "soeknader/<int:pk>/versjon/<int:version>/pdf/",
        soeknad_receipt.soeknad_pdf,
        name="soeknad_pdf",
    ),
    path(
        "soeknader/<int:pk>/versjon/<int:version>/utskrift/",
        soeknad_receipt.soeknad_print,
        name="soeknad_print",
    ),
    path("soeknader/<int:pk>/trekk/", soeknad_receipt.soeknad_withdraw, name="soeknad_withdraw"),
    path("soeknader/<int:pk>/status/", soeknad_status.soeknad_status, name="soeknad_status"),
    path("enheter/<int:pk>/hvorfor/", soeknad_status.unit_why, name="unit_why"),
    # decision and letter
    path("opptak/<int:number>/avgjoerelse/", decision.decision_board, name="decision_board"),
    path("opptak/<int:number>/utboks/", letter_outbox.letter_outbox, name="letter_outbox"),
    path(
        "opptak/<int:number>/utboks/slipp/<int:approved_by>/",
        letter_outbox.letter_release,
        name="letter_release",
    ),
    path("opptak/<int:number>/utboks/stans/", letter_outbox.letter_stop, name="letter_stop"),
    path("brev/<int:pk>/", letter.letter_detail, name="letter_detail"),
    path("brev/<int:pk>/lest/", letter.letter_read, name="letter_read"),
    path("brev/<int:pk>/pdf/", letter_sheet.letter_pdf, name="letter_pdf"),
    path("brev/<int:pk>/utskrift/", letter_sheet.letter_print, name="letter_print"),
]
