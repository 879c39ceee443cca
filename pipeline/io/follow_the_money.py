"""Office-holders of a dump of FollowTheMoney entities, such as OpenSanctions publishes (https://followthemoney.tech).

Schemata: Person, Position, Occupancy (who holds which position).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError

from pipeline.data import countries
from pipeline.io.articles import reject
from pipeline.io.dump_lines import Watch, bad_line, dump_lines
from pipeline.io.office import Days, HeldOffice, OfficeHolder, Post, country_of, days_of, held_office, parted
from pipeline.io.sources import printable
from pipeline.record import RejectRecord

TOPICS = ("role.pep", "role.pol", "role.judge", "role.civil", "role.diplo")
"""Topics that make a person an office-holder without a position: politically exposed, politician, judge …"""

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_QID = re.compile(r"Q\d+")

_Occupancy = tuple[str, Days | None, Days | None]
"""The id of a position, the beginning and the end."""


class _Entity(BaseModel):
    """An entity; properties hold strings, or whole entities in a nested dump."""

    id: str
    kind: str = Field(alias="schema")
    properties: dict[str, list[str | _Entity]] = {}

    def texts(self, *names: str) -> list[str]:
        """The strings of some properties, each once."""
        values = (value for name in names for value in self.properties.get(name, ()))
        return list(dict.fromkeys(v.strip() for v in values if isinstance(v, str) and v.strip()))

    def references(self, name: str) -> list[str]:
        """The ids of the entities that a property names."""
        return [v if isinstance(v, str) else v.id for v in self.properties.get(name, ())]

    def nested(self) -> Iterator[_Entity]:
        """The entity, and all that are nested in it."""
        yield self
        for values in self.properties.values():
            for value in values:
                if isinstance(value, _Entity):
                    yield from value.nested()


def read_follow_the_money(path: Path, watch: Watch, *, weak: bool) -> Iterator[OfficeHolder | RejectRecord]:
    """The people of a dump who hold or held a position, or are in politics by their topics; bad lines are rejects.

    `weak` takes weak aliases too. The dump is read twice, because positions may come after those who hold them;
    positions and who holds them are kept in memory.
    """
    posts, held = _offices(path, watch)
    for line in dump_lines(path, lambda done: watch((1 + done) / 2)):
        if isinstance(line, RejectRecord):
            yield line
            continue
        try:
            entity = _Entity.model_validate_json(line.text)
        except ValidationError as error:
            yield bad_line(path, line, error)
            continue
        if entity.kind != "Person":
            continue
        offices = (
            *(held_office(posts.get(post), start, end) for post, start, end in held.get(entity.id, ())),
            *(held_office(parted(text, None), None, None) for text in entity.texts("position")),
        )
        if not offices and not any(topic.startswith(TOPICS) for topic in entity.texts("topics")):
            continue
        names = entity.texts("name", "alias", "weakAlias") if weak else entity.texts("name", "alias")
        if names:
            yield _holder(printable(path), line.number, entity, tuple(names), offices)
        else:
            yield reject(printable(path), line.number, entity.id, "no_name", "a person without a name")


def _holder(
    input: str, line: int, entity: _Entity, names: tuple[str, ...], offices: tuple[HeldOffice, ...]
) -> OfficeHolder:
    states, citizenships = _codes(entity.texts("country")), _codes(entity.texts("nationality", "citizenship"))
    country = country_of(offices, states or citizenships) or country_of((), citizenships)
    items = [id for id in (*entity.texts("wikidataId"), entity.id) if _QID.fullmatch(id)]
    died = max((days[1] for text in entity.texts("deathDate") if (days := _days([text]))), default=None)
    return OfficeHolder(input, line, names, country, offices, items[0] if items else None, died)


def _offices(path: Path, watch: Watch) -> tuple[dict[str, Post], dict[str, list[_Occupancy]]]:
    """Title and state of each position, and who holds which; lines that cannot be read are passed over."""
    posts: dict[str, Post] = {}
    held: dict[str, list[_Occupancy]] = defaultdict(list)
    for line in dump_lines(path, lambda done: watch(done / 2)):
        if isinstance(line, RejectRecord) or not (b'"Position"' in line.text or b'"Occupancy"' in line.text):
            continue
        try:
            whole = _Entity.model_validate_json(line.text)
        except ValidationError:
            continue  # a reject when people are read
        for entity in whole.nested():
            if entity.kind == "Position":
                if names := entity.texts("name"):
                    states = _codes(entity.texts("country"))
                    posts[entity.id] = parted(names[0], states[0] if len(states) == 1 else None)
            elif entity.kind == "Occupancy":
                start, end = _days(entity.texts("startDate")), _days(entity.texts("endDate"))
                for holder in entity.references("holder"):
                    held[holder] += [(post, start, end) for post in entity.references("post")]
    return posts, held


def _codes(texts: Sequence[str]) -> list[str]:
    """ISO3 codes of countries; of areas of countries ("gb-sct") that of the country. Others are left out."""
    codes = (_iso3().get(text.partition("-")[0].upper()) for text in texts)
    return list(dict.fromkeys(code for code in codes if code))


@cache
def _iso3() -> dict[str, str]:
    return {country.iso2: country.code for country in countries().values()}


def _days(texts: Sequence[str]) -> Days | None:
    """The days that the first date stands for."""
    for text in texts:
        if found := _DATE.match(text):
            year, month, day = (int(part) if part else None for part in found.groups())
            return days_of(year or 0, month, day)
    return None
