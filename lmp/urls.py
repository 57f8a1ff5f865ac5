"""One include per app; sign-in, admin, language, health and the pages for everyone."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from actors.views.roles import set_language
from lmp import views

# The admin's own form would let a password in past the second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", views.front_page, name="front_page"),
    path("hjelp/", views.help_page, name="help"),
    path("personvern/", views.privacy, name="privacy"),
    path("tilgjengelighet/", views.accessibility, name="accessibility"),
    path("", include("reports.urls")),
    path("", include("meetings.urls")),
    path("", include("cohorts.urls")),
    path("", include("actors.urls")),
    path("konto/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("spraak/", set_language, name="set_language"),
    path("helse/lever", views.alive, name="health_alive"),
    path("helse/klar", views.ready, name="health_ready"),
]
