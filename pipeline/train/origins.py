"""Train where names are at home: `python -m pipeline.train.origins TABLE:NAME:COUNTRY… [--out FILE]`.

Each TABLE is a .csv or .tsv file with a header, gzipped or not; NAME and COUNTRY are its columns with people's names
and the English names of their states. Invented names of the cultures of models/corpus/names.toml are counted too.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from pipeline.data import country_names
from pipeline.errors import InputError
from pipeline.lookup.origins import BUCKETS, FILE, MODEL, Origins, sequences, write_origins
from pipeline.train.augment_names import GENDERS, load_cultures, new_name
from pipeline.weights import folder_of

CULTURES = Path("models/corpus/names.toml")
INVENTED = 100
"""Invented names of each state."""
UNSEEN = 0.01
"""What is added to each count."""
EVERY = 8
"""Of how many names one is set aside to measure with."""


def read_table(path: Path, name: str, country: str) -> Iterator[tuple[str, str]]:
    """Names with the ISO3 codes of their states; rows without name or with a state that no table knows are left out.

    Raises `InputError` for a table without these columns.
    """
    open_ = gzip.open if path.suffix == ".gz" else open
    delimiter = "\t" if ".tsv" in path.suffixes else ","
    with open_(path, "rt", encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter=delimiter)
        if not {name, country} <= set(rows.fieldnames or ()):
            raise InputError(f"{path}: no columns {name} and {country}")
        for row in rows:
            code = code_of(row[country])
            if row[name] and code is not None:
                yield row[name], code


def code_of(country: str) -> str | None:
    """The ISO3 code of a state by its English name, also with the article or adjective behind ("Korea, South")."""
    last, _, first = country.partition(", ")
    spoken = f"{first} {last}".strip().lower()
    return next((code for name in (spoken, spoken.removeprefix("the ")) if (code := country_names().get(name))), None)


def invented(cultures: Path, number: int) -> Iterator[tuple[str, str]]:
    """So many invented names for each state where a culture is at home."""
    rng = random.Random(1)
    known = load_cultures(cultures)
    for code in sorted({code for culture in known for code in culture.countries}):
        home = [culture for culture in known if code in culture.countries]
        for _ in range(number):
            yield new_name([rng.choice(home)], rng, gender=rng.choice(GENDERS), country=None).full, code


def count(people: Iterable[tuple[str, str]]) -> Origins:
    """The model of names with the codes of their states; each name weighs the same, however long it is."""
    totals: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for name, code in people:
        found = sequences(name)
        length = sum(number**2 for number in found.values()) ** 0.5
        for bucket, number in found.items():
            totals[code][bucket] += number / length
    codes = sorted(totals)
    base = [np.log(UNSEEN) - np.log(sum(totals[code].values()) + UNSEEN * BUCKETS) for code in codes]
    cells = sorted((bucket, n, number) for n, code in enumerate(codes) for bucket, number in totals[code].items())
    buckets, states, numbers = (np.array(column) for column in zip(*cells, strict=True))
    starts = np.concatenate([[0], np.cumsum(np.bincount(buckets, minlength=BUCKETS))])
    gains = np.log(numbers + UNSEEN) - np.log(UNSEEN)
    return Origins(tuple(codes), np.array(base, np.float32), starts, states, gains.astype(np.float32))


def right_of_four(real: Sequence[tuple[str, str]], others: Sequence[tuple[str, str]]) -> float:
    """How often a model of the other names puts the state of every eighth real name before three others, which are
    drawn from the states of such names."""
    model = count([*others, *(person for n, person in enumerate(real) if n % EVERY)])
    rng = random.Random(1)
    right = []
    for name, code in real[::EVERY]:
        rivals = [rival for _, rival in rng.sample(real, 3)]
        found = dict(zip(model.codes, model.typical(name).tolist(), strict=True))
        right.append(all(found.get(code, -np.inf) > found[rival] for rival in rivals if rival != code))
    return sum(right) / len(right)


def main(arguments: Sequence[str] | None = None) -> None:
    """Count and write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", nargs="+", metavar="TABLE:NAME:COUNTRY")
    parser.add_argument("--out", type=Path, default=folder_of(MODEL) / FILE)
    options = parser.parse_args(arguments)
    made = list(invented(CULTURES, INVENTED))
    real = [person for table in options.tables for person in read_table(*_parts(table))]
    found = count([*made, *real])
    write_origins(options.out, found)
    print(f"{len(real)} names and {len(made)} invented ones of {len(found.codes)} states, {len(found.gains)} counts")
    print(
        f"trained without every eighth of the names, right before three other states: {right_of_four(real, made):.3f}"
    )


def _parts(table: str) -> tuple[Path, str, str]:
    path, name, country = table.split(":")
    return Path(path), name, country


if __name__ == "__main__":
    main()
