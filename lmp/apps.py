"""The app of the project itself: pages and commands that belong to no single noun."""

from django.apps import AppConfig


class LmpConfig(AppConfig):
    name = "lmp"
    verbose_name = "Læringsmiljøprosjektet"
