"""Addresses of the app."""

from django.urls import URLPattern, path

from meetings.views import (
    addendum,
    arbeidsark,
    attendance,
    bundle,
    control,
    control_jobs,
    control_mail,
    control_pause,
    control_sent,
    evaluation,
    follow_up,
    grunnlag,
    grunnlag_act,
    grunnlag_attachment,
    grunnlag_conflict,
    grunnlag_edit,
    grunnlag_save,
    involvement,
    kartlegging,
    kartlegging_edit,
    meeting,
    meeting_create,
    meeting_list,
    mellomarbeid,
    merknad,
    pdf,
    plan,
    plan_comment,
    plan_maal,
    plan_other_work,
    plan_review,
    plan_tiltak,
    plan_versions,
    privacy,
    privacy_clean,
    record,
    redacted,
    referat,
    referat_edit,
    referat_preview,
    referat_versions,
    register,
    rule,
    rule_edit,
    saksliste,
)

app_name = "meetings"

GRUNNLAG = "moeter/<int:meeting_id>/veiledningsgrunnlag/"
REFERAT = "moeter/<int:meeting_id>/referat/"
EVALUATION = "puljer/<int:number>/semestre/<int:semester>/evaluering/"

papers: list[URLPattern] = [
    path(GRUNNLAG, grunnlag.grunnlag_detail, name="grunnlag_detail"),
    path(f"{GRUNNLAG}skriv/", grunnlag_edit.grunnlag_edit, name="grunnlag_edit"),
    path(f"{GRUNNLAG}lagre/", grunnlag_save.grunnlag_autosave, name="grunnlag_autosave"),
    path(f"{GRUNNLAG}to-tekster/", grunnlag_conflict.grunnlag_conflict, name="grunnlag_conflict"),
    path(f"{GRUNNLAG}trekk/", grunnlag_act.grunnlag_withdraw, name="grunnlag_withdraw"),
    path(f"{GRUNNLAG}hent-forrige/", grunnlag_act.grunnlag_copy, name="grunnlag_copy"),
    path(f"{GRUNNLAG}kommentar/", grunnlag_act.grunnlag_comment, name="grunnlag_comment"),
    path(
        f"{GRUNNLAG}vedlegg/",
        grunnlag_attachment.grunnlag_attachment_add,
        name="grunnlag_attachment_add",
    ),
    path(
        f"{GRUNNLAG}vedlegg/<int:pk>/",
        grunnlag_attachment.grunnlag_attachment,
        name="grunnlag_attachment",
    ),
    path(
        f"{GRUNNLAG}vedlegg/<int:pk>/fjern/",
        grunnlag_attachment.grunnlag_attachment_remove,
        name="grunnlag_attachment_remove",
    ),
    path(
        f"{GRUNNLAG}kvittering/<str:receipt>/",
        grunnlag.grunnlag_receipt,
        name="grunnlag_receipt",
    ),
    path(f"{GRUNNLAG}pdf/<int:version_id>/", pdf.grunnlag_pdf, name="grunnlag_pdf"),
    path(f"{GRUNNLAG}utskrift/<int:version_id>/", pdf.grunnlag_print, name="grunnlag_print"),
    path(REFERAT, referat.referat_detail, name="referat_detail"),
    path(f"{REFERAT}skriv/", referat_edit.referat_edit, name="referat_edit"),
    path(f"{REFERAT}lagre/", referat_edit.referat_autosave, name="referat_autosave"),
    path(f"{REFERAT}forhaandsvis/", referat_preview.referat_preview, name="referat_preview"),
    path(f"{REFERAT}punkt/<int:pk>/gjort/", follow_up.follow_up_close, name="follow_up_close"),
    path(
        f"{REFERAT}punkt/<int:pk>/mellomarbeid/",
        follow_up.follow_up_to_mellomarbeid,
        name="follow_up_to_mellomarbeid",
    ),
    path(f"{REFERAT}godkjenn/", referat.referat_approve, name="referat_approve"),
    path(f"{REFERAT}versjoner/", referat_versions.referat_versions, name="referat_versions"),
    path(f"{REFERAT}tillegg/", addendum.addendum_create, name="addendum_create"),
    path(f"{REFERAT}merknad/", merknad.merknad_create, name="merknad_create"),
    path(f"{REFERAT}merknad/<int:merknad_id>/", merknad.merknad_answer, name="merknad_answer"),
    path(f"{REFERAT}kvittering/<str:receipt>/", referat.referat_receipt, name="referat_receipt"),
    path(f"{REFERAT}pdf/<int:version_id>/", pdf.referat_pdf, name="referat_pdf"),
    path(f"{REFERAT}utskrift/<int:version_id>/", pdf.referat_print, name="referat_print"),
]

own_work: list[URLPattern] = [
    path("mellomarbeid/<int:unit_id>/", mellomarbeid.mellomarbeid_list, name="mellomarbeid_list"),
    path(
        "mellomarbeid/<int:unit_id>/ny/",
        mellomarbeid.mellomarbeid_create,
        name="mellomarbeid_create",
    ),
    path(
        "mellomarbeid/<int:unit_id>/<int:pk>/",
        mellomarbeid.mellomarbeid_edit,
        name="mellomarbeid_edit",
    ),
    path(
        "mellomarbeid/<int:unit_id>/<int:pk>/status/",
        mellomarbeid.mellomarbeid_status,
        name="mellomarbeid_status",
    ),
    path("kartlegging/<int:unit_id>/", kartlegging.kartlegging_detail, name="kartlegging_detail"),
    path(
        "kartlegging/<int:unit_id>/ny/",
        kartlegging_edit.kartlegging_create,
        name="kartlegging_create",
    ),
    path(
        "kartlegging/<int:unit_id>/<int:pk>/",
        kartlegging_edit.kartlegging_edit,
        name="kartlegging_edit",
    ),
    path(
        "kartlegging/<int:unit_id>/<int:pk>/aapne/",
        kartlegging_edit.kartlegging_reopen,
        name="kartlegging_reopen",
    ),
    path("kartlegging/<int:unit_id>/omraader/", arbeidsark.omraade_add, name="omraade_add"),
    path(
        "kartlegging/<int:unit_id>/omraader/<int:pk>/",
        arbeidsark.omraade_edit,
        name="omraade_edit",
    ),
    path(
        "kartlegging/<int:unit_id>/omraader/<int:pk>/fjern/",
        arbeidsark.omraade_remove,
        name="omraade_remove",
    ),
    path(
        "kartlegging/<int:unit_id>/arbeidsark/",
        arbeidsark.arbeidsark_line_add,
        name="arbeidsark_line_add",
    ),
    path(
        "kartlegging/<int:unit_id>/arbeidsark/<int:pk>/",
        arbeidsark.arbeidsark_line_edit,
        name="arbeidsark_line_edit",
    ),
    path(
        "kartlegging/<int:unit_id>/arbeidsark/<int:pk>/fjern/",
        arbeidsark.arbeidsark_line_remove,
        name="arbeidsark_line_remove",
    ),
    path("medvirkning/<int:unit_id>/", involvement.involvement_list, name="involvement_list"),
    path(
        "medvirkning/<int:unit_id>/ny/",
        involvement.involvement_create,
        name="involvement_create",
    ),
    path(
        "medvirkning/<int:unit_id>/<int:pk>/angre/",
        involvement.involvement_undo,
        name="involvement_undo",
    ),
]

privacy_pages: list[URLPattern] = [
    path("meld/<str:kind>/<int:version_id>/", privacy.privacy_report, name="privacy_report"),
    path("meldinger/", privacy.privacy_list, name="privacy_list"),
    path("meldinger/<int:pk>/", privacy.privacy_detail, name="privacy_detail"),
    path(
        "meldinger/<int:pk>/tilgang.csv",
        privacy.privacy_access_report,
        name="privacy_access_report",
    ),
    path("meldinger/<int:pk>/avslutt/", privacy.privacy_close, name="privacy_close"),
    path("meldinger/<int:pk>/rens/", privacy_clean.privacy_clean, name="privacy_clean"),
]

PLAN = "planer/<int:unit_id>/"

plans: list[URLPattern] = [
    path(PLAN, plan.plan_detail, name="plan_detail"),
    path(f"{PLAN}rediger/", plan.plan_edit, name="plan_edit"),
    path(f"{PLAN}hent-forrige/", plan.plan_copy, name="plan_copy"),
    path(f"{PLAN}maal/nytt/", plan_maal.maal_create, name="maal_create"),
    path(f"{PLAN}maal/<int:pk>/", plan_maal.maal_edit, name="maal_edit"),
    path(f"{PLAN}maal/<int:pk>/flytt/", plan_maal.maal_move, name="maal_move"),
    path(f"{PLAN}maal/<int:pk>/avslutt/", plan_maal.maal_end, name="maal_end"),
    path(f"{PLAN}maal/<int:pk>/tiltak/nytt/", plan_tiltak.tiltak_create, name="tiltak_create"),
    path(f"{PLAN}tiltak/<int:pk>/", plan_tiltak.tiltak_edit, name="tiltak_edit"),
    path(f"{PLAN}tiltak/<int:pk>/status/", plan_tiltak.tiltak_status, name="tiltak_status"),
    path(f"{PLAN}tiltak/<int:pk>/flytt/", plan_tiltak.tiltak_move, name="tiltak_move"),
    path(f"{PLAN}tiltak/<int:pk>/sjekkliste/", plan_tiltak.tiltak_check, name="tiltak_check"),
    path(f"{PLAN}gjennomgang/", plan_review.plan_review, name="plan_review"),
    path(
        f"{PLAN}gjennomgang/lagre/", plan_review.plan_review_autosave, name="plan_review_autosave"
    ),
    path(f"{PLAN}versjoner/", plan_versions.plan_versions, name="plan_versions"),
    path(f"{PLAN}versjon/<int:number>/", plan_versions.plan_version, name="plan_version"),
    path(f"{PLAN}versjon/<int:number>/pdf/", plan_versions.plan_pdf, name="plan_pdf"),
    path(f"{PLAN}versjon/<int:number>/utskrift/", plan_versions.plan_print, name="plan_print"),
    path(f"{PLAN}kommentar/", plan_comment.plan_comment, name="plan_comment"),
    path(
        f"{PLAN}kommentar/<int:pk>/svar/",
        plan_comment.plan_comment_answer,
        name="plan_comment_answer",
    ),
    path(f"{PLAN}annet/nytt/", plan_other_work.other_work_create, name="other_work_create"),
    path(f"{PLAN}annet/<int:pk>/", plan_other_work.other_work_edit, name="other_work_edit"),
    path(f"{PLAN}annet/<int:pk>/avslutt/", plan_other_work.other_work_end, name="other_work_end"),
]

REGISTER = "journal/<str:kind>/<int:version_id>/"

register_pages: list[URLPattern] = [
    path("moeter/<int:meeting_id>/mappe/pdf/", bundle.bundle_pdf, name="bundle_pdf"),
    path("moeter/<int:meeting_id>/mappe/utskrift/", bundle.bundle_print, name="bundle_print"),
    path(REGISTER, register.paper_register, name="paper_register"),
    path(f"{REGISTER}sladd/", redacted.redacted_create, name="redacted_create"),
    path("sladdet/<int:pk>/pdf/", redacted.redacted_pdf, name="redacted_pdf"),
    path("sladdet/<int:pk>/utskrift/", redacted.redacted_print, name="redacted_print"),
]

CONTROL = "varsler/"

control_pages: list[URLPattern] = [
    path(CONTROL, control.control_room, name="control_room"),
    path(f"{CONTROL}mottakere/", control.control_recipients, name="control_recipients"),
    path(f"{CONTROL}proev/", control.control_dry_run, name="control_dry_run"),
    path(f"{CONTROL}jobber/", control_jobs.control_jobs, name="control_jobs"),
    path(f"{CONTROL}pause/", control_pause.control_pause, name="control_pause"),
    path(f"{CONTROL}pause/<int:pk>/", control_pause.control_paused, name="control_paused"),
    path(
        f"{CONTROL}pause/<int:pk>/start/",
        control_pause.control_pause_lift,
        name="control_pause_lift",
    ),
    path(f"{CONTROL}sendt/", control_sent.control_sent, name="control_sent"),
    path(f"{CONTROL}person/<int:pk>/", control_sent.control_person, name="control_person"),
    path(f"{CONTROL}om/<str:kind>/<int:pk>/", control_sent.control_about, name="control_about"),
    path(f"{CONTROL}epost/<int:pk>/", control_mail.control_mail, name="control_mail"),
    path(f"{CONTROL}epost/<int:pk>/send/", control_mail.control_resend, name="control_resend"),
    path(f"{CONTROL}epost/<int:pk>/stopp/", control_mail.control_drop, name="control_drop"),
    path(
        f"{CONTROL}epost/<int:pk>/til-eier/",
        control_mail.control_to_owner,
        name="control_to_owner",
    ),
]

REGLER = "varsler/regler/"

rules: list[URLPattern] = [
    path(REGLER, rule.rule_list, name="rule_list"),
    path(f"{REGLER}<int:rule_id>/", rule_edit.rule_edit, name="rule_edit"),
    path(f"{REGLER}<int:rule_id>/versjon/<int:number>/", rule.rule_restore, name="rule_restore"),
]

urlpatterns: list[URLPattern] = [
    path("moeter/", meeting_list.meeting_list, name="meeting_list"),
    path("moeter/ny/", meeting_create.meeting_create, name="meeting_create"),
    path("moeter/<int:meeting_id>/", meeting.meeting_detail, name="meeting_detail"),
    path("moeter/<int:meeting_id>/endre/", meeting.meeting_edit, name="meeting_edit"),
    path("moeter/<int:meeting_id>/avlys/", meeting.meeting_cancel, name="meeting_cancel"),
    path("moeter/<int:meeting_id>/svar/", attendance.meeting_respond, name="meeting_respond"),
    path("moeter/<int:meeting_id>/oppmoete/", attendance.attendance_edit, name="attendance_edit"),
    path("moeter/<int:meeting_id>/saksliste/", saksliste.saksliste_edit, name="saksliste_edit"),
    path("moeter/<int:meeting_id>/saksliste/ny/", saksliste.sak_create, name="sak_create"),
    path(
        "moeter/<int:meeting_id>/saksliste/send/", saksliste.saksliste_send, name="saksliste_send"
    ),
    *papers,
    *register_pages,
    *plans,
    *privacy_pages,
    *own_work,
    *control_pages,
    *rules,
    path(f"{EVALUATION}lukk/", evaluation.evaluation_close, name="evaluation_close"),
    path(f"{EVALUATION}aapne/", evaluation.evaluation_reopen, name="evaluation_reopen"),
    path("registrer/<int:activity_pk>/", record.record_create, name="record_create"),
    path("registreringer/<int:pk>/angre/", record.record_undo, name="record_undo"),
]
