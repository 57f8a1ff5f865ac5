"""Words for counts, shares, medians and bars, and the filters of an address."""

from reports.forms.filters import Filters, week_in
from reports.rules.counts import Bar, bars_of, breakable, cell_words, middle, share
from reports.rules.status import NOT_APPLICABLE, Cell, counted_cell


def test_cells_in_words():
    assert cell_words(NOT_APPLICABLE) == "–"
    assert cell_words(Cell("fulfilled", done=2, target=2)) == "2 av 2"
    assert cell_words(Cell("fulfilled", done=3)) == "3"
    assert cell_words(Cell("missing", done=1, target=5, late=4)) == "4 uten dato"
    assert cell_words(Cell("missing", done=1, target=5, late=4), over=True) == "4 ikke holdt"
    assert cell_words(Cell("overdue", done=3, target=4, late=1)) == "1 mangler"


def test_no_percentage_of_fewer_than_five():
    assert [share(0, 0), share(3, 4), share(10, 11)] == ["–", "3 av 4", "91 %"]


def test_the_middle_value():
    assert [middle([]), middle([5]), middle([1, 5, 9, 30])] == [None, 5, 7]


def test_bars_stand_on_both_sides_of_the_goal():
    assert bars_of([0, 3, 4, 7, 8, 14, 15, 90], 7) == [
        Bar(0, 3, 2, is_late=False),
        Bar(4, 7, 2, is_late=False),
        Bar(8, 14, 2, is_late=True),
        Bar(15, None, 2, is_late=True),
    ]
    assert [bar.label for bar in bars_of([], 7)][2:] == ["8–14 dager", "15 dager eller mer"]


def test_meetings_that_are_only_counted_are_never_late():
    def cell(done, over=False):
        return counted_cell(done=done, planned=0, target=8, over=over).status

    assert [cell(0), cell(8), cell(3, over=True), cell(0, over=True)] == [
        "planned",
        "fulfilled",
        "fulfilled",
        "not_applicable",
    ]


def test_long_headings_may_be_divided():
    assert breakable("Veiledningsgrunnlag") == "Veilednings\u00adgrunnlag"
    assert breakable("Semesterevaluering") == "Semester\u00adevaluering"
    assert breakable("Indre Langfjordbotn") == "Indre Langfjordbotn"


def test_filters_keep_what_makes_sense():
    query = {"semester": "3", "embete": "x", "type": "skole", "bare": "etter", "vis": "annet"}

    filters = Filters.read(query)

    assert filters == Filters(semester=3, kind="skole", only="etter")
    assert filters.address(view="enheter", kind="") == "?semester=3&bare=etter&vis=enheter"


def test_the_week_of_an_address():
    assert str(week_in({"uke": "2026-W48"})) == "2026-11-23"
    assert [week_in({"uke": bad}) for bad in ("2026-W60", "48", "")] == [None] * 3
