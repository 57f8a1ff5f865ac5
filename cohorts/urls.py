"""Addresses of the app."""

from django.urls import path

from cohorts.views import (
    candidate_add,
    candidate_contact,
    candidate_detail,
    candidate_invite,
    candidate_list,
    deltakelse,
    demands,
    groups,
    participants,
    priority,
    priority_detail,
    pulje,
    soeknad,
    soeknad_conflict,
    soeknad_part,
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
]
