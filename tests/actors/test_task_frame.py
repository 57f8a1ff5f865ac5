"""What is taken out of a page of somebody who is signed in for one task."""

import pytest

from actors.rules.task_frame import without_dead_ends


def opens(path):
    return path.startswith("/moeter/1/")


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ('<p><a class="ds-link" href="/moeter/1/referat/?enhet=2">Les</a></p>', None),
        ('<p><a href="#innhold">Hopp</a> <a href="https://nav.example/x">Ut</a></p>', None),
        ('<p><a href="mailto:post@lmp.example">Skriv til oss</a></p>', None),
        ('<ul><li><a href="/moeter/">Møter</a></li><li>her</li></ul>', "<ul><li>her</li></ul>"),
        ('<p>a</p><p class="row">\n <a href="/moeter/2/">Les</a>\n</p>', "<p>a</p>"),
        ('<p>a</p><p><svg a="b"><use/></svg><a href="/meld/1/">Meld</a></p>', "<p>a</p>"),
        ('<p>Se <a href="/moeter/2/">møtet</a> først.</p>', "<p>Se møtet først.</p>"),
        ('<p>Levert. <a href="/planer/1/">Se planen</a></p>', "<p>Levert. </p>"),
        ('<td><a href="/enheter/1/">Granli <b>skole</b></a></td>', "<td>Granli <b>skole</b></td>"),
        ('<p>Da <a class="ds-button" href="/moeter/2/">Endre</a> du</p>', "<p>Da  du</p>"),
        ('<p>a</p><form method="post" action="/rolle/"><button>b</button></form>', "<p>a</p>"),
        ('<form method="post"><a href="/x/&amp;">Avbryt</a></form>', '<form method="post"></form>'),
        ('<form action="/moeter/1/svar/"><button>Ja</button></form>', None),
    ],
)
def test_what_would_be_refused_is_not_shown(page, left):
    assert without_dead_ends(page, opens) == (page if left is None else left)
