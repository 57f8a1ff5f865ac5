"""Addresses of the app."""

from django.urls import URLPattern, path

from meetings.views import grunnlag, meeting, meeting_list

app_name = "meetings"

GRUNNLAG = "moeter/<int:meeting_id>/veiledningsgrunnlag/"
REFERAT = "moeter/<int:meeting_id>/referat/"

papers: list[URLPattern] = [
    path(GRUNNLAG, grunnlag.grunnlag_detail, name="grunnlag_detail"),
    path(f"{GRUNNLAG}skriv/", grunnlag.grunnlag_edit, name="grunnlag_edit"),
    path(
        f"{GRUNNLAG}kvittering/<str:receipt>/",
        grunnlag.grunnlag_receipt,
        name="grunnlag_receipt",
    ),
]

urlpatterns: list[URLPattern] = [
    path("moeter/", meeting_list.meeting_list, name="meeting_list"),
    path("moeter/<int:meeting_id>/", meeting.meeting_detail, name="meeting_detail"),
    *papers,
]
