"""Every mistake in a file of a programme, one edit to a right file, is refused with its path."""

import pytest

from cohorts.programme.definition import check_file
from tests.factories.programme_files import edited

MISTAKES = [
    ("schema = 1", "schema = 2", "schema", "must be 1, not 2"),
    ('version = "test-1"\n', "", "programme → version", "is missing"),
    ('version = "test-1"', "version = 1", "programme → version", "must be text, not 1"),
    ('version = "test-1"', 'version = " "', "programme → version", "must not be empty"),
    (
        "semesters = 5",
        'semesters = "5"',
        "programme → semesters",
        'must be a whole number, not "5"',
    ),
    (
        "joint_application = true",
        "joint_application = 1",
        "recruitment → joint_application",
        "must be true or false, not 1",
    ),
    (
        'id = "samlingsbasert"',
        'id = "Samlings basert"',
        "programme → id",
        'must be small letters a-z, digits and underscores, not "Samlings basert"',
    ),
    ('bm = "Samlingsbasert tilbud"', 'bm = ""', "programme → name → bm", "must not be empty"),
    ('name.nn = "Samlingsbasert tilbod"\n', "", "programme → name → nn", "is missing"),
    ('nn = "Forpliktande plan"\n', "", 'semester 2 → product "plan" → nn', "is missing"),
    (
        'scope = "pulje"',
        'scope = "puljen"',
        'activity "landssamling" → scope',
        'must be one of pulje, deltakelse, unit; not "puljen"; did you mean "pulje"?',
    ),
    (
        'cadence = "per_semester"',
        'cadence = "weekly"',
        'activity "landssamling" → cadence',
        'must be one of per_semester, per_month, per_meeting, once; not "weekly"',
    ),
    (
        'unit = "workdays"',
        'unit = "weeks"',
        'deadline "nettverksnotat" → unit',
        'must be one of days, workdays; not "weeks"',
    ),
    (
        'shift = "next"',
        "shift = true",
        'deadline "nettverksnotat" → shift',
        "must be one of previous, next, none; not True",
    ),
    (
        "min = 1\nmax = 1",
        "min = -1\nmax = 1",
        'activity "landssamling" → min',
        "must be at least 0, not -1",
    ),
    (
        "min = 1\nmax = 1",
        "min = 2\nmax = 1",
        'activity "landssamling" → max',
        "must not be smaller than min (2)",
    ),
    (
        "semesters = [0, 1, 2, 3, 4, 5]",
        "semesters = []",
        'activity "landssamling" → semesters',
        "must name at least one semester",
    ),
    (
        "semesters = [0, 1, 2, 3, 4, 5]",
        "semesters = [0, 6]",
        'activity "landssamling" → semesters 2',
        "must be at most 5 (programme.semesters), not 6",
    ),
    (
        "semesters = [0, 1, 2, 3, 4, 5]",
        "semesters = [0, 1, 1]",
        'activity "landssamling" → semesters 3',
        "1 is in the list already",
    ),
    (
        "semesters = [0, 1, 2, 3, 4, 5]",
        "semesters = 1",
        'activity "landssamling" → semesters',
        "must be a list",
    ),
    ("number = 5", "number = 4", "semester 4 → number", "4 is in the list already"),
    (
        "semesters = 5",
        "semesters = 6",
        "programme → semesters",
        "is 6, but the [[semester]] tables are [1, 2, 3, 4, 5]",
    ),
    (
        'id = "utnevne_ressursperson"\nkind',
        'id = "landssamling"\nkind',
        'activity "landssamling" → id',
        '"landssamling" is in the list already',
    ),
    (
        'form = "physical"\n',
        "",
        'activity "landssamling" → form',
        "goes with a kind whose record is meeting, and only with it",
    ),
    (
        'for_activities = ["nettverksmoete"]\n',
        "",
        'activity "nettverksnotat" → for_activities',
        "goes with the cadence per_meeting, and only with it",
    ),
    (
        'for_activities = ["nettverksmoete"]',
        'for_activities = ["rapport_midler"]',
        'activity "nettverksnotat" → for_activities',
        '"rapport_midler" is not a meeting',
    ),
    (
        'group = "ressurspersoner"',
        'linked_to = "landssamling"',
        'activity "utnevne_ressursperson" → link_offset_workdays',
        "goes with linked_to, and only with it",
    ),
    (
        'group = "ressurspersoner"',
        'linked_to = "landssamling"\nlink_offset_workdays = [1, -1]',
        'activity "utnevne_ressursperson" → link_offset_workdays',
        "must hold the smaller number first",
    ),
    (
        'group = "ressurspersoner"',
        'linked_to = "landssamling"\nlink_offset_workdays = [1]',
        'activity "utnevne_ressursperson" → link_offset_workdays',
        "must have 2 values",
    ),
    (
        'group = "ressurspersoner"',
        'linked_to = "rapport_midler"\nlink_offset_workdays = [1, 1]',
        'activity "utnevne_ressursperson" → linked_to',
        '"rapport_midler" is not a meeting',
    ),
    (
        "target_weeks = 4",
        "target_weeks = 9",
        'activity "nettverksmoete" → spacing → target_weeks',
        "must lie between warn_below_weeks and warn_above_weeks",
    ),
    (
        "workdays = [1, 2, 3, 4, 5]",
        "workdays = [1, 8]",
        "calendar_rules → workdays",
        "must be ISO weekdays from 1 (Monday) to 7",
    ),
    (
        'public_holidays = "NO"',
        'public_holidays = "XX"',
        "calendar_rules → public_holidays",
        'no public holidays are known for "XX"',
    ),
    (
        'timezone = "Europe/Oslo"',
        'timezone = "Europe/Bergen"',
        "calendar_rules → timezone",
        '"Europe/Bergen" is not a known time zone',
    ),
    (
        "workdays = [1, 2",
        'pauses = [{ from = "06-31", to = "07-31" }]\nworkdays = [1, 2',
        "calendar_rules → pauses 1 → from",
        '"06-31" is not a day of the year',
    ),
    (
        "workdays = [1, 2",
        'pauses = [{ from = "1 July", to = "07-31" }]\nworkdays = [1, 2',
        "calendar_rules → pauses 1 → from",
        'must be a day of the year as MM-DD, not "1 July"',
    ),
    (
        "remind = [-3, 0]",
        "remind = [0, -3]",
        'deadline "nettverksnotat" → remind',
        "must go from the earliest to the latest day",
    ),
    (
        "remind = [-3, 0]",
        "remind = [-3, 0]\nopens = 1",
        'deadline "nettverksnotat" → opens',
        "must not come after the due day (0)",
    ),
    (
        "remind = [-3, 0]",
        "remind = [-3, 0]\nsemester = 6",
        'deadline "nettverksnotat" → semester',
        "must be at most 5 (programme.semesters), not 6",
    ),
    (
        "remind = [-3, 0]",
        "remind = [-3, 0]\nsuccessor = -1",
        'deadline "nettverksnotat" → successor',
        "is a number of working days, for papers after a meeting",
    ),
    (
        'anchor = "meeting_end"',
        'anchor = "pulje_date"',
        'deadline "nettverksnotat" → pulje_date',
        "goes with the anchor pulje_date, and only with it",
    ),
    (
        'anchor = "meeting_end"',
        'anchor = "seat_empty"',
        'deadline "nettverksnotat" → met_by',
        "must be one of seat, veileder with seat_empty, and only then",
    ),
    (
        'activities = ["nettverksnotat"]',
        'activities = ["rapport_midler"]',
        'deadline "nettverksnotat" → anchor',
        '"rapport_midler" is no meeting and follows none',
    ),
    (
        'owed_by = "ressursperson"',
        'owed_by = "asked"',
        'deadline "nettverksnotat" → owed_by',
        '"nettverksnotat" has no list asked',
    ),
    (
        'nn = "Notat frå {moetedato}"',
        'nn = "Notat"',
        'deadline "nettverksnotat" → subject → nn',
        "must use the same placeholders as bm",
    ),
    (
        'scope = "deltakelse"\nsource = "S4"\ntitle',
        'scope = "unit"\nsource = "S4"\ntitle',
        'report "rapport_midler" → scope',
        "is deltakelse in the activity",
    ),
    ('by = "eier"', 'by = "udir"', 'report "rapport_midler" → by', "is eier in the activity"),
    (
        'access_role = "eier"\n',
        "",
        'actor "ressursperson" → access_role',
        "is missing: a portal user needs one when its id is not a role",
    ),
    (
        'access_role = "eier"',
        'access_role = "king"',
        'actor "ressursperson" → access_role',
        "must be one of udir, koordinator, veileder, statsforvalter, eier, barnehagemyndighet, "
        'leder, arbeidsgruppe, ppt; not "king"',
    ),
    (
        "portal_user = false",
        'portal_user = false\naccess_role = "ppt"',
        'actor "ppt" → access_role',
        "must not be given when portal_user is false",
    ),
    (
        'responsible = "udir"',
        'responsibel = "udir"\nresponsible = "udir"',
        'activity "landssamling" → responsibel',
        'is not a known key; did you mean "responsible"?',
    ),
    (
        "[funding]",
        "[fundings]\n[funding]",
        "fundings",
        'is not a known key; did you mean "funding"?',
    ),
    (
        '{ value = 2, bm = "Enig"',
        '{ value = 1, bm = "Enig"',
        "evaluation → scale 2 → value",
        "1 is in the list already",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "path", "message"), MISTAKES, ids=[case[2] for case in MISTAKES]
)
def test_mistake_is_refused_with_its_path(tmp_path, old, new, path, message):
    problems = check_file(edited(tmp_path, (old, new)))

    assert [(problem.path, problem.message) for problem in problems] == [(path, message)]
