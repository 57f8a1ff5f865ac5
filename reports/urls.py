"""Addresses of the app."""

from django.urls import path

from reports.views import my_page, owner, pulje, unit, week

app_name = "reports"

urlpatterns = [
    path("min-side/", my_page.my_page, name="my_page"),
    path("puljer/", pulje.pulje_list, name="pulje_list"),
    path("puljer/<int:number>/", pulje.pulje_detail, name="pulje_detail"),
    path("puljer/<int:number>/tall.csv", pulje.pulje_csv, name="pulje_csv"),
    path("puljer/<int:number>/<int:deltakelse>/<slug:kind>/", pulje.pulje_rows, name="pulje_rows"),
    path("eiere/<int:pk>/", owner.owner_detail, name="owner_detail"),
    path("enheter/<int:pk>/", unit.unit_detail, name="unit_detail"),
    path("veiledning/", week.veileder_week, name="veileder_week"),
]
