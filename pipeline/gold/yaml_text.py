"""YAML as the formats with a YAML part read and write it: values are text, and no key stands twice."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Hashable
from typing import Any, ClassVar

import yaml

DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})([Tt ].*)?")
LINE_BREAK = re.compile("[\n\r\x85\u2028\u2029]")
YEAR = re.compile(r"[1-9]\d{3}")
ONE_LINE = 1 << 30

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """Reads scalars as text, except null, true and false: no day becomes a date, no "no" becomes false."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key must be a word", problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value!r} stands twice", problem_mark=key.start_mark)
            seen.add(key.value)
        found: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return found


_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


class _Dumper(yaml.SafeDumper):
    """Keeps text with line breaks on one line."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if LINE_BREAK.search(text) else None)


_Dumper.add_representer(str, _text)


class BadYaml(ValueError):
    """What stands there is no YAML mapping; `line` is the 1-based line of it where that shows, if known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def load(text: str) -> dict[str, Any]:
    """The mapping that a YAML text is; raises `BadYaml`."""
    try:
        found = yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise BadYaml(f"is no YAML: {error.problem}", line) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadYaml(f"is no YAML: {error}") from error
    if not isinstance(found, dict):
        raise BadYaml("is no YAML mapping")
    return found


def flow(value: Any) -> str:
    """A value on one line, with quotes only where YAML needs them."""
    dumped = yaml.dump(
        value, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, sort_keys=False, width=ONE_LINE
    )
    return dumped.removesuffix("\n").removesuffix("\n...")


def day(value: Any) -> Any:
    """A day as ISO 8601 has it, when it has a time too or lacks a nought; any other value as it is."""
    if isinstance(value, str) and (found := DAY.fullmatch(value)):
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    return value


def iso_day(value: Any) -> dt.date | None:
    """A day or nothing; raises `ValueError` for anything else."""
    found = day(value)
    if found is None:
        return None
    try:
        return dt.date.fromisoformat(found)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{value!r} is no day such as 2025-06-03") from error


def bare(value: str | dt.date | None) -> dt.date | int | str | None:
    """A calendar value such that `flow` writes it without quotes."""
    if isinstance(value, str):
        if YEAR.fullmatch(value):
            return int(value)
        try:
            return dt.date.fromisoformat(value) if DAY.fullmatch(value) else value
        except ValueError:
            return value
    return value
