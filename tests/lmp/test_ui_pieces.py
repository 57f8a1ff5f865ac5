"""The shared pieces of templates/_ui/ through their tags."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.template import Context, Template

from tests.markup import squeeze

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Europe/Oslo"))


def render(source: str, **context) -> str:
    return Template("{% load ui i18n %}" + source).render(Context(context)).strip()


def test_icon_is_silent_unless_it_has_a_label():
    assert render('{% icon "late" %}') == (
        '<svg class="ico" aria-hidden="true"><use href="/static/img/icons.svg#late"/></svg>'
    )
    assert 'role="img" aria-label="Neste uke"' in render('{% icon "right" "Neste uke" %}')


def test_status_tag_has_shape_word_and_colour():
    html = render('{% status_tag "missing" %}')

    assert 'data-color="danger" data-open' in html
    assert "icons.svg#missing" in html
    assert html.endswith("Mangler</span>")


def test_status_tag_takes_another_word():
    assert render('{% status_tag "fulfilled" "Levert" %}').endswith("Levert</span>")


def test_leaf_is_decoration():
    html = squeeze(render('{% leaf day "late" %}', day=date(2026, 11, 19)))

    assert html == (
        '<div class="leaf" data-state="late" aria-hidden="true">'
        "<span>tor</span><strong>19</strong><span>nov</span></div>"
    )


def test_leaf_has_no_state_for_soon_and_ok():
    assert "data-state" not in render('{% leaf day "soon" %}', day=TODAY)


def test_deadline():
    html = render("{% frist due today %}", due=date(2026, 11, 24), today=TODAY)

    assert 'class="frist" data-state="soon"' in html
    assert "icons.svg#soon" in html
    assert html.endswith("2 arbeidsdager igjen, til tirsdag 24. november</span>")


def test_dots_stand_beside_their_number():
    html = render("{% dots 1 1 3 %}")

    assert html.count('data-s="done"') == 1
    assert html.count('data-s="planned"') == 1
    assert html.count('data-s="none"') == 1
    assert squeeze(html).endswith(" 1 av 3</span>")


def test_dots_never_show_more_than_the_total():
    assert render("{% dots 2 3 2 %}").count('class="dot"') == 2


def test_ring_says_which_semester():
    html = render("{% ring 3 4 %}")

    assert 'role="img" aria-label="Semester 3 av 4"' in html
    assert html.count('class="ring__done"') == 2


def test_breadcrumbs_end_with_the_page_and_have_one_step_back():
    html = render('{% breadcrumbs "Min side" "/min-side/" "Møter" "/moeter/" "Referat" %}')

    assert '<a class="ds-link" href="/moeter/">Møter</a><ol>' in squeeze(html)
    assert html.count("<li>") == 3
    assert '<a class="ds-link" aria-current="page">Referat</a>' in html


def test_chain_marks_the_step_that_waits():
    steps = [
        {"label": "Grunnlag", "state": "done", "url": "/g/"},
        {"label": "Referat", "state": "now", "note": "Utkast"},
        {"label": "Oppfølging"},
    ]
    html = render('{% include "_ui/chain.html" %}', steps=steps)

    assert html.count('aria-current="step"') == 1
    assert '<a href="/g/">Grunnlag</a>' in html
    assert '<span class="chain__i">3</span>' in html


def test_heat_cell_says_its_status_to_a_screen_reader():
    html = squeeze(render('{% heat_cell "overdue" "4 mangler" "/u/" %}'))

    assert html.startswith('<td data-s="late"><a href="/u/">')
    assert '4 mangler<span class="ds-sr-only"> over fristen</span>' in html


def test_heat_cell_without_a_link():
    assert "<a" not in render('{% heat_cell "not_applicable" %}')


def test_legend_has_six_shapes():
    assert render("{% heat_legend %}").count("<li>") == 6


def test_empty_seat_that_the_programme_demands_is_marked():
    rows = [{"seat": "PPT", "empty": "must", "reason": "Ingen er pekt ut.", "people": []}]
    html = render('{% include "_ui/seats.html" %}', rows=rows)

    assert '<li data-empty="must">' in html
    assert "Mangler" in html


def test_receipt():
    html = render(
        '{% include "_ui/receipt.html" with title="Sendt" number="2026-0417-1" sent_at=now %}',
        now=NOW,
    )

    assert "Kvittering 2026-0417-1, fredag 20. november kl. 12.00." in html


def test_autosave_says_when():
    assert "Lagret kl. 12.00" in render(
        '{% include "_ui/autosave.html" with saved_at=now %}', now=NOW
    )
    assert "Ikke lagret ennå" in render('{% include "_ui/autosave.html" %}')


def test_words_in_templates():
    source = (
        '{{ day|dato }} / {{ day|kortdato }} / {{ n|tallord }} / {{ n|tallord:"n" }} / {{ who|og }}'
    )

    assert render(source, day=TODAY, n=1, who=["Marit", "Siri"]) == (
        "fredag 20. november / 20.11.2026 / én / ett / Marit og Siri"
    )
    assert render("{% tidspunkt now now %}", now=NOW) == "I dag kl. 12.00"
    assert render("{{ nothing|dato }}", nothing=None) == ""


def test_an_empty_place_takes_the_level_of_its_heading():
    source = '{% include "_ui/empty.html" with title="Ingen treff" level=level only %}'

    assert squeeze(render(source)) == (
        '<div class="empty"><h3 class="ds-heading" data-size="xs">Ingen treff</h3></div>'
    )
    assert "<h2 class" in render(source, level=2)
