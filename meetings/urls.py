"""Addresses of the app."""

from django.urls import URLPattern, path

from meetings.views import attendance, meeting, meeting_create, meeting_list, saksliste

app_name = "meetings"

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
]
