"""Every table says who sees its rows: by `visible_to(user)`, or by what it is reached through."""

from django.apps import apps

OURS = ("actors", "cohorts", "meetings")

# Tables without `visible_to`, and why nothing leaks: nobody lists them on their own.
REACHED_THROUGH = {
    "actors.Statsforvalter": "a public register",
    "actors.Fylke": "a public register",
    "actors.Kommune": "a public register",
    "actors.KommuneCode": "a public register",
    "actors.Owner": "a public register",
    "actors.Unit": "a public register; that it takes part is DeltakendeUnit's to tell",
    "actors.PPT": "a public body",
    "actors.PPTKommune": "a public body",
    "actors.User": "Role.objects.managed_by(user)",
    "actors.Role": "Role.objects.managed_by(user)",
    "actors.Group": "cohorts.queries.groups.groups_visible_to(user)",
    "actors.Styringsgruppe": "cohorts.queries.groups.groups_visible_to(user)",
    "actors.Arbeidsgruppe": "cohorts.queries.groups.groups_visible_to(user)",
    "actors.GroupMember": "a visible group",
    "actors.EmptySeatReason": "a visible group",
    "actors.Mail": "the workers alone",
    "actors.MailAttempt": "a mail, which Udir and the administrator look at",
    "actors.MailPreference": "the person's own",
    "actors.Pause": "those who steer the sending",
    "actors.Job": "those who steer the sending",
    "actors.MailboxMessage": "the demo alone",
    "actors.Event": "the subjects the person sees: Event.objects.about(…)",
    "actors.Opening": "a visible version; the list of names is the personvernkontakt's alone",
    "cohorts.PdfFile": "a visible version of a paper, or the workers alone",
    "cohorts.ProgrammeEdition": "a visible pulje",
    "cohorts.Semester": "a visible pulje",
    "cohorts.Tema": "a visible pulje",
    "cohorts.Activity": "a visible pulje",
    "cohorts.DeadlineRule": "a visible pulje",
    "cohorts.RuleEdition": "a visible pulje",
    "cohorts.PuljeDate": "a visible pulje",
    "cohorts.PuljeEvent": "a visible pulje",
    "cohorts.Veilederoppdrag": "a visible deltakelse",
    "cohorts.Criterion": "a visible opptak",
    "cohorts.LetterTemplate": "a visible opptak, and Udir alone opens the page",
    "cohorts.CandidateInvitation": "a readable candidate",
    "cohorts.SoeknadAnswer": "a visible soeknad",
    "cohorts.SoeknadAttachmentFile": "a visible attachment",
    "cohorts.AnswerConflict": "a soeknad the person writes in",
    "cohorts.SoeknadPresence": "a soeknad the person writes in",
    "cohorts.SoeknadPartner": "a visible soeknad",
    "cohorts.AssessmentScore": "a visible assessment",
    "cohorts.PriorityEntry": "a visible priority list",
    "cohorts.Letter": "a visible decision",
    "cohorts.Answer": "a visible decision",
    "cohorts.AnswerUnit": "a visible decision",
    "meetings.Attendance": "a visible meeting",
    "meetings.HiddenText": "nobody: it is put back or deleted",
    "meetings.GrunnlagAttachmentFile": "a visible grunnlag",
    "meetings.GrunnlagComment": "a visible version of a grunnlag",
    "meetings.GrunnlagConflict": "a grunnlag the person writes on",
    "meetings.Sak": "a visible meeting, the titles a readable paper",
    "meetings.ReferatSak": "a visible referat",
    "meetings.Merknad": "a visible referat",
}


def test_every_table_has_visible_to_or_a_reason():
    without = {
        model._meta.label
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model._default_manager.all(), "visible_to")
    }

    assert without == set(REACHED_THROUGH)
