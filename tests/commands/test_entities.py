"""The commands `dragoman entities …`, as people call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli_entities import entities
from pipeline.link.registry import open_registry
from pipeline.link.sighting import ImportedEntity, Office, Sighting
from tests.link.matching import WordMatcher, article, person

SAMPLES = Path(__file__).parents[1] / "io" / "office_holders"


def run(*arguments: object, code: int = 0, env: dict[str, str] | None = None) -> Result:
    result = CliRunner(env={"DRAGOMAN_REGISTRY": "", **(env or {})}).invoke(
        entities, [str(a) for a in arguments], catch_exceptions=False
    )
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(autouse=True)
def matcher(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.match.build_matcher", lambda settings=None: WordMatcher())


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A registry of four entities: Ola Berg and Berg in two articles, two others, and one of a list."""
    path = tmp_path / "registry.sqlite"
    offices = Office("Foreign Minister", "NOR"), Office("ambassador of Norway", "NOR"), Office("Chair", "Hall Club")
    with open_registry(path, matcher=WordMatcher()) as registry:
        registry.link(
            [
                article("first", person("Ola Berg", "Berg", "Berg", country="NOR", positions=offices)),
                article("second", person("Ola Berg", country="NOR"), person("Jane Mwangi", country="KEN")),
                article("third", Sighting("country", (("Kenya", 3),), "KEN")),
            ]
        )
        registry.add_imported([ImportedEntity("person", ("Ola Dahl", "[b]Ола\x1b Даль"), "SWE", wikidata="Q900000031")])
    return path


def ids(place: Path) -> dict[str, str]:
    return {line["name"]: line["id"] for line in listed(place)}


def listed(place: Path, *options: object) -> list[dict[str, object]]:
    lines = run("list", "-r", place, "--json", *options).stdout.splitlines()
    return [json.loads(line) for line in lines]


def test_list(place: Path) -> None:
    text = run("list", "--registry", place).stdout
    assert [name for name in ("Ola Berg", "Jane Mwangi", "Kenya", "Ola Dahl") if name not in text] == []
    assert "1–4 of 4" in text
    assert "Q900000031" in text
    text = run("list", "--registry", place, "--limit", 1).stdout
    assert "Ola Berg" in text
    assert "1–1 of 4; go on with --offset 1" in text
    assert "none of 4" in run("list", "--registry", place, "--offset", 9).stdout


def test_list_as_json_lines_and_what_is_wanted_of_it(place: Path) -> None:
    first, *rest = listed(place)
    assert len(rest) == 3
    assert first == {
        "id": first["id"], "kind": "person", "name": "Ola Berg", "country": "NOR", "wikidata": None,
        "first_seen": "2025-06-02", "last_seen": "2025-06-02", "documents": 2,
    }  # fmt: skip
    assert {line["name"] for line in listed(place, "--country", "ke")} == {"Jane Mwangi", "Kenya"}
    assert {line["name"] for line in listed(place, "--country", "KEN", "--kind", "person")} == {"Jane Mwangi"}
    assert {line["name"] for line in listed(place, "--text", "OLA")} == {"Ola Berg", "Ola Dahl"}
    assert [line["name"] for line in listed(place, "--limit", 1, "--offset", 1)] == [rest[0]["name"]]
    assert listed(place, "--text", "nobody") == []


def test_the_environment_names_the_registry_too(place: Path) -> None:
    assert "Ola Berg" in run("list", env={"DRAGOMAN_REGISTRY": str(place)}).stdout
    assert "DRAGOMAN_REGISTRY" in run("list", code=2).stderr
    assert "no registry there" in run("list", "-r", place.with_name("none"), code=3).stderr
    assert not place.with_name("none").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--kind", "people"), "person, organization"),
        (("--country", "Norway"), "ISO 3166"),
        (("--limit", "0"), "limit"),
    ],
)
def test_wrong_options(place: Path, options: tuple[str, str], said: str) -> None:
    assert said in run("list", "-r", place, *options, code=2).stderr


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me:se@cret@nowhere.invalid/names",
        "postgresql://me:se/cret@nowhere.invalid/names",
        "postgresql+psycopg://me:secret@nowhere.invalid/names",
        "PostgreSQL://me:secret@nowhere.invalid/names",
        "host=nowhere.invalid dbname=names password=secret",
        "mysql://me:secret@nowhere.invalid/names",
    ],
)
def test_no_password_is_ever_said(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (("list",), ("import", SAMPLES / "people.ftm.json", "--format", "ftm")):
        result = run(*command, "--registry", address, code=2)
        assert "address" in result.stderr
        assert "cret" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_no_password_is_said_when_there_is_no_server(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    address = f"postgresql://me:secret@/names?host={tmp_path}"
    result = run("list", env={"DRAGOMAN_REGISTRY": address}, code=3)
    assert str(tmp_path) in result.stderr
    assert "secret" not in result.output


def test_show_by_id(place: Path) -> None:
    text = run("show", ids(place)["Ola Berg"], "-r", place).stdout
    for part in ("NOR (2 articles)", "2025-06-02", "Foreign Minister", "first", "second"):
        assert part in text
    forms = [line.split() for line in text.splitlines() if "Berg" in line and "│" in line]
    assert any(row[1:2] + row[-4:-3] == ["Berg", "2"] for row in forms), text


def test_show_by_name_one_or_several(place: Path) -> None:
    assert "wikidata" in run("show", "dahl", "-r", place, "--country", "SWE").stdout
    rows = [line for line in run("show", "Ola Berg", "-r", place).stdout.splitlines() if "ent_" in line]
    assert [("1.00" in row, "0.33" in row, "Ola Dahl" in row) for row in rows] == [
        (True, False, False),
        (False, True, True),
    ]
    assert run("show", "o", "-r", place).stdout.count("begins") == 2
    assert "Jane Mwangi" in run("show", "wang", "-r", place).stdout
    rows = [line for line in run("show", "a", "-r", place, "--kind", "person").stdout.splitlines() if "ent_" in line]
    assert len(rows) == 3
    for wanted in ("nobody", "ent_0000000000000000"):
        assert wanted in run("show", wanted, "-r", place, code=2).stderr


def test_articles_cannot_steer_the_terminal(place: Path) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        registry.link([article("fourth\x1b[31m", person("Ola Dahl", country="SWE"))])
    text = run("show", ids(place)["Ola Dahl"], "-r", place).stdout
    assert "\x1b" not in text
    assert "[b]Ола" in text
    assert "fourth␛[31m" in text


def test_merge_show_undo(place: Path) -> None:
    ola, jane = ids(place)["Ola Berg"], ids(place)["Jane Mwangi"]
    said = run("merge", jane, ola, "-r", place, "--note", "a test").stdout
    assert said == f"one entity now: {ola} Ola Berg (3 forms, 2 articles)\n"
    assert len(listed(place)) == 3
    shown = run("show", jane, "-r", place).stdout
    for part in ("Jane Mwangi", "formerly", "merge of", "a test"):
        assert part in shown
    assert "one entity already" in run("merge", jane, ola, "-r", place, code=3).stderr
    assert "no such entity" in run("merge", jane, "ent_0", "-r", place, code=2).stderr

    assert f"merge of {jane} and {ola}" in run("undo", "-r", place).stdout
    assert len(listed(place)) == 4
    assert "(undone)" in run("show", jane, "-r", place).stdout
    assert "no decision" in run("undo", "-r", place, code=3).stderr


def test_split_and_rebuild(place: Path) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        registry.link([article("fourth", person("Ola Berg", "Ola Moe", country="NOR"))])
    ola = ids(place)["Ola Berg"]
    said = run("split", ola, "--form", "Ola Moe", "-r", place, "--note", "two people").stdout
    assert "split off: ent_" in said
    assert f"left: {ola} Ola Berg" in said
    off = ids(place)["Ola Moe"]
    for id in (ola, off):
        assert "two people" in run("show", id, "-r", place).stdout
    text = run("rebuild", "-r", place).stdout
    assert text.splitlines()[0].removeprefix("before") == text.splitlines()[1].removeprefix("now")
    assert ids(place)["Ola Moe"] == off
    assert "has no form" in run("split", ola, "--form", "Nobody", "-r", place, code=3).stderr
    assert "country code" in run("split", ola, "--form", "Berg", "--country", "x", "-r", place, code=2).stderr


def test_a_split_of_the_form_that_founded_the_entity_says_who_keeps_the_id(place: Path) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        registry.link([article("fourth", person("Ola Berg", "Ola Moe", country="NOR"))])
    ola = ids(place)["Ola Berg"]
    said = run("split", ola, "--form", "Ola Berg", "-r", place).stdout
    assert said.startswith("split off, with the id")
    assert f"{ola} Ola Berg" in said


def test_export_in_the_contracts_form(place: Path, tmp_path: Path) -> None:
    run("merge", ids(place)["Ola Berg"], jane := ids(place)["Jane Mwangi"], "-r", place)
    out = tmp_path / "entities.jsonl"
    run("export", "-r", place, "--out", out)
    ola, kenya, dahl = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert run("export", "-r", place).stdout == out.read_text(encoding="utf-8")
    assert ola["names"] == {"Berg": 2, "Ola Berg": 2, "Jane Mwangi": 1}
    assert ola["aliases"] == [jane]
    assert [held["title"] for held in ola["positions"]] == ["Chair", "Foreign Minister", "ambassador of Norway"]
    assert ola["positions"][1] == {
        "title": "Foreign Minister", "of": "NOR", "first_seen": "2025-06-02", "last_seen": "2025-06-02",
    }  # fmt: skip
    assert (ola["first_seen"], ola["documents"], ola["schema_version"]) == ("2025-06-02", 2, 1)
    assert (kenya["kind"], kenya["names"]) == ("country", {"Kenya": 3})
    assert (dahl["documents"], dahl["wikidata"], dahl["first_seen"]) == (0, "Q900000031", None)
    assert [p.name for p in tmp_path.glob(".*")] == []


def test_export_as_follow_the_money(place: Path, tmp_path: Path) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        registry.link([article("fifth", Sighting("facility", (("Oslo City Hall", 1),), "NOR"))])
    result = run("export", "-r", place, "--format", "ftm")
    assert "1 left out" in result.stderr
    ola, *_, dahl = (json.loads(line) for line in result.stdout.splitlines())
    assert ola["schema"] == "Person"
    assert ola["properties"] == {
        "name": ["Ola Berg"],
        "alias": ["Berg"],
        "country": ["no"],
        "position": ["Chair of Hall Club", "Foreign Minister of Norway", "ambassador of Norway"],
    }
    assert dahl["properties"]["wikidataId"] == ["Q900000031"]
    assert len(run("export", "-r", place, "--format", "ftm", "-k", "country").stdout.splitlines()) == 1
    assert "schema" in run("export", "-r", place, "--format", "ftm", "-k", "facility", code=2).stderr
    assert "no format" in run("export", "-r", place, "--format", "xml", code=2).stderr
    assert "cannot be written" in run("export", "-r", place, "-o", tmp_path / "no" / "file", code=3).stderr


def test_import_of_wikidata(tmp_path: Path) -> None:
    place = tmp_path / "new" / "registry.sqlite"
    arguments = ("import", SAMPLES / "wikidata.json", "--format", "wikidata", "-r", place)
    result = run(*arguments, code=1)
    assert f"{SAMPLES / 'wikidata.json'}:5: " in result.stderr
    assert len(result.stderr.splitlines()) == 3
    assert "3 of 3 people taken, 3 entities" in result.stdout
    assert "3 lines rejected" in result.stdout
    assert "1 offices left out" in result.stdout
    exported = run("export", "-r", place).stdout
    assert run(*arguments, code=1).stdout == result.stdout
    assert run("export", "-r", place).stdout == exported
    minister = next(e for e in map(json.loads, exported.splitlines()) if e["wikidata"] == "Q900000011")
    assert (minister["country"], minister["documents"]) == ("AZE", 0)
    assert {"title": "Minister of Tides", "of": "AZE", "first_seen": None, "last_seen": None} in minister["positions"]
    assert "Orxan Səlcuqov" in minister["names"]


def test_an_article_is_linked_to_who_was_imported(tmp_path: Path) -> None:
    place = tmp_path / "registry.sqlite"
    run("import", SAMPLES / "people.ftm.json", "--format", "ftm", "-r", place, code=1)
    with open_registry(place, matcher=WordMatcher()) as registry:
        ((id,),) = registry.link([article("a", person("Serik Altaybekov", country="KAZ"))])
    shown = run("show", id, "-r", place).stdout
    for part in ("Q900000021", "Minister of Steppes", "Серік Алтайбеков", "1 article"):
        assert part in shown


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (("--country", "KAZ", "--country", "no"), {"Serik Altaibekov", "Erik Skog-Vinter"}),
        (("--since", "2001-02-01"), {"Serik Altaibekov", "Ann Orrell-Tay"}),
        (("--since", "2001-01-31"), {"Serik Altaibekov", "Ann Orrell-Tay", "Erik Skog-Vinter"}),
    ],
)
def test_import_of_some(tmp_path: Path, options: tuple[str, ...], names: set[str]) -> None:
    place = tmp_path / "registry.sqlite"
    result = run("import", SAMPLES / "people.ftm.json", "--format", "ftm", "-r", place, *options, code=1)
    assert {line["name"] for line in listed(place)} == names
    assert f"{len(names)} of 4 people taken" in result.stdout
    assert "left out by" in result.stdout


def test_weak_aliases_only_when_wanted(tmp_path: Path) -> None:
    arguments = ("import", SAMPLES / "people.ftm.json", "--format", "ftm", "-r", tmp_path / "r", "--country", "KAZ")
    run(*arguments, code=1)
    assert "Serik Aga" not in run("export", "-r", tmp_path / "r").stdout
    run(*arguments, "--weak-aliases", code=1)
    assert "Serik Aga" in run("export", "-r", tmp_path / "r").stdout


def test_import_of_what_is_no_dump(tmp_path: Path) -> None:
    place = tmp_path / "registry.sqlite"
    assert "no such file" in run("import", tmp_path / "x", "--format", "ftm", "-r", place, code=2).stderr
    assert "no format" in run("import", SAMPLES / "wikidata.json", "--format", "xml", "-r", place, code=2).stderr
    assert not place.exists()
    (tmp_path / "other.json").write_text('{"id": "Q1"}\n', encoding="utf-8")
    said = run("import", tmp_path / "other.json", "--format", "wikidata", "-r", place, code=2).stderr
    assert "no office-holder" in said


def test_a_name_that_the_matcher_finds_nothing_in_costs_that_name_alone(tmp_path: Path) -> None:
    lines = [
        {"id": "a", "schema": "Person", "properties": {"name": ["Dr.", "!?", "Ann Lee-Foss"], "topics": ["role.pep"]}},
        {"id": "b", "schema": "Person", "properties": {"name": ["Dr."], "topics": ["role.pep"]}},
    ]
    dump, place = tmp_path / "dump.json", tmp_path / "registry.sqlite"
    dump.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    result = run("import", dump, "--format", "ftm", "-r", place, code=1)
    assert "dump.json:2: no name" in result.stderr
    assert "1 of 2 people taken" in result.stdout
    assert [line["name"] for line in listed(place)] == ["Ann Lee-Foss"]
