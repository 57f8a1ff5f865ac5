"""Pure helpers that import no app: functions of values, no database and no clock."""
