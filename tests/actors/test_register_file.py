"""Reading a register file: everything wrong with it, with line and reason."""

from datetime import date

import pytest

from actors.rules.register_file import Row, read_table


def row(**values: str) -> Row:
    return Row("fil.csv", 7, values)


def reasons(table_or_row) -> list[str]:
    return [str(problem) for problem in table_or_row.problems]


def test_read_table_reads_names_intact_and_knows_the_lines():
    content = '\ufeffnr,navn\r\n1,"Gáivuotna -\nKaivuono"\n\n2,Yykeä\n'.encode()

    table = read_table("fil.csv", content, ["navn"])

    assert [(r.line, r.values) for r in table.rows] == [
        (2, {"nr": "1", "navn": "Gáivuotna -\nKaivuono"}),
        (5, {"nr": "2", "navn": "Yykeä"}),
    ]
    assert table.all_problems() == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "fil.csv, linje 1: kolonner mangler: navn"),
        (b"nr\n1\n", "fil.csv, linje 1: kolonner mangler: navn"),
        (b"navn\n", "fil.csv: filen har ingen rader"),
        ("navn\nA\nMøte\n".encode("latin-1"), "fil.csv, linje 3: filen er ikke UTF-8"),
        (b"navn\nA,B\n", "fil.csv, linje 2: raden har 2 felt, men overskriften har 1"),
        (
            b'navn\n"A" B\n',
            "fil.csv, linje 2: raden kan ikke leses som CSV: ',' expected after '\"'",
        ),
    ],
)
def test_read_table_says_what_is_wrong_with_the_file(content, problem):
    assert reasons(read_table("fil.csv", content, ["navn"])) == [problem]


def test_reject_repeated_names_the_first_line():
    table = read_table("fil.csv", b"nr\n1\n2\n1\n", ["nr"])

    table.reject_repeated("nr")

    assert [str(p) for p in table.all_problems()] == [
        "fil.csv, linje 4: «nr» 1 står også på linje 2"
    ]


def test_readers_return_the_values_of_a_good_row():
    good = row(t=" Å ", o="974760673", k="0301", n="12", tom="", g="59.9", v="ja", d="2024-01-01")

    assert good.text("t", 1, required=True) == "Å"
    assert good.orgnr("o") == "974760673"
    assert good.code("k", 4) == "0301"
    assert good.whole_number("n", 13) == 12
    assert good.whole_number("tom", 13) is None
    assert good.degrees("g", 90) == 59.9
    assert good.degrees("tom", 90) is None
    assert good.choice("v", {"ja": "yes"}) == "yes"
    assert good.day("d") == date(2024, 1, 1)
    assert good.problems == []


@pytest.mark.parametrize(
    ("read", "value", "reason"),
    [
        (lambda r: r.text("x", 9, required=True), " ", "«x» er tom"),
        (lambda r: r.text("x", 3), "lang", "«x» er lengre enn 3 tegn"),
        (lambda r: r.text("x", 9), "a\x00b", "«x» har et ugyldig tegn"),
        (
            lambda r: r.orgnr("x"),
            "974760674",
            "«974760674» er ikke et gyldig organisasjonsnummer (ni sifre, modulus 11)",
        ),
        (lambda r: r.code("x", 4), "301", "«x» skal ha 4 sifre, men er «301»"),
        (
            lambda r: r.whole_number("x", 13),
            "14",
            "«x» skal være et helt tall fra 0 til 13, men er «14»",
        ),
        (
            lambda r: r.whole_number("x", 13),
            "to",
            "«x» skal være et helt tall fra 0 til 13, men er «to»",
        ),
        (lambda r: r.degrees("x", 90), "nan", "«x» skal være desimalgrader, men er «nan»"),
        (lambda r: r.degrees("x", 90), "91", "«x» skal være desimalgrader, men er «91»"),
        (lambda r: r.degrees("x", 90), "59,9", "«x» skal være desimalgrader, men er «59,9»"),
        (
            lambda r: r.choice("x", {"ja": "1", "nei": ""}),
            "kanskje",
            "«x» er «kanskje», men skal være en av: ja, nei",
        ),
        (
            lambda r: r.day("x"),
            "01.01.2024",
            "«x» skal være en dato (åååå-mm-dd), men er «01.01.2024»",
        ),
    ],
)
def test_readers_say_what_is_wrong(read, value, reason):
    bad = row(x=value)

    read(bad)

    assert reasons(bad) == [f"fil.csv, linje 7: {reason}"]
