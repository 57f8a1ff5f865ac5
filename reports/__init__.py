"""HOW IT GOES: status, dashboards and everything that adds up."""
