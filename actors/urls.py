"""Addresses of the app."""

from django.urls import path

from actors.views import (
    correct_address,
    demo,
    invitations,
    mail_settings,
    mailbox,
    notices,
    people,
    profile,
    roles,
    task_link,
)

app_name = "actors"

urlpatterns = [
    path("invitasjon/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
    path("rolle/", roles.role_switch, name="role_switch"),
    path("profil/", profile.profile, name="profile"),
    path("varsler/mine/", notices.notice_list, name="notice_list"),
    path("varsler/innstillinger/", mail_settings.mail_settings, name="mail_settings"),
    path("oppgave/<str:token>/", task_link.task_link, name="task_link"),
    path("avmeld/<str:token>/", mail_settings.unsubscribe, name="unsubscribe"),
    path("folk/", people.people_list, name="people_list"),
    path("folk/inviter/", people.invitation_create, name="invitation_create"),
    path("folk/invitasjoner/<int:pk>/send/", people.invitation_resend, name="invitation_resend"),
    path(
        "folk/invitasjoner/<int:pk>/trekk/",
        people.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("folk/roller/<int:pk>/avslutt/", people.role_end, name="role_end"),
    path("folk/adresse/<int:pk>/", correct_address.person_address, name="person_address"),
    path("demo/", demo.demo_sign_in, name="demo_sign_in"),
    path("demo/logg-inn/", demo.demo_log_in, name="demo_log_in"),
    path("postkasse/", mailbox.mailbox, name="mailbox"),
    path("postkasse/<int:pk>/", mailbox.mailbox_message, name="mailbox_message"),
    path("postkasse/<int:pk>/html/", mailbox.mailbox_html, name="mailbox_html"),
]
