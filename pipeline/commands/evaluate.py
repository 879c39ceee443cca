"""`dragoman evaluate`: predictions against gold, figures and reports."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from pipeline.commands.evaluation_summary import floors_table, summary
from pipeline.commands.exits import Exit
from pipeline.commands.terminal import output
from pipeline.config import load_settings
from pipeline.document import Article
from pipeline.errors import InputError, OutputError
from pipeline.evaluate import compare
from pipeline.evaluate.article import score_article
from pipeline.evaluate.build_report import digest, report_of
from pipeline.evaluate.floors import Given, breaches, read_floors, updated
from pipeline.evaluate.intervals import ROUNDS
from pipeline.evaluate.model import Prediction
from pipeline.evaluate.predictions import read_predictions
from pipeline.evaluate.report import GoldFile, Report
from pipeline.gold.model import GoldArticle
from pipeline.gold.problems import Problem
from pipeline.gold.read import read_gold
from pipeline.record import RunRecord
from pipeline.stage import Rejection

if TYPE_CHECKING:
    from pipeline.build import Extractor

SHOWN_PROBLEMS = 5
REPORT, PAGE = "report.json", "report.html"


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Gold articles and the files they come from."""

    articles: tuple[GoldArticle, ...]
    files: tuple[GoldFile, ...]


def evaluate(
    gold: Sequence[Path],
    *,
    format: str | None = None,
    texts: Path | None = None,
    predictions: Path | None = None,
    run: bool = False,
    config: Path | None = None,
    give: Sequence[Given] = (),
    against: Path | None = None,
    floors: Path | None = None,
    update: bool = False,
    allow_regression: bool = False,
    out: Path | None = None,
    rounds: int = ROUNDS,
    seed: int = 0,
) -> Exit:
    """Score predictions against gold, print the figures, and write report.json and report.html to `out`.

    The predictions are those of an output folder, or what the line finds when it is `run` with the settings of
    `config`, told what `give` says beside the text. `format` and `texts` are as in `read_gold`. `against` is an older
    report to compare with. With `floors`, the line is run over every set of the floors file, each with a folder of its
    own in `out`, and the code is 1 when a floor does not hold; `update` raises the floors before, or sets them with
    `allow_regression`. Raises `InputError` for options that do not go together and for gold that has problems.
    """
    _check(gold, predictions, run, against, floors, update, allow_regression, give)
    if floors is not None:
        return _evaluate_floors(
            floors, config, update=update, allow_regression=allow_regression, out=out, rounds=rounds, seed=seed
        )
    labelled = load_gold(gold, format=format, texts=texts)
    older = read_report(against) if against else None
    if predictions is not None:
        found, extractor = read_predictions(predictions), _extractor_of(predictions)
    else:
        line = _load(config)
        found, extractor = predict(line, labelled.articles, give=give), _described(line, give)
    report = evaluated(labelled, found, folder=predictions, extractor=extractor, rounds=rounds, seed=seed)
    if older is not None:
        report = report.model_copy(update={"against": compare.compare(older, report, seed=seed)})
    output().print(summary(report))
    if out is not None:
        write_reports(out, report, labelled.articles, found)
    return Exit.DONE


def load_gold(paths: Sequence[Path], *, format: str | None = None, texts: Path | None = None) -> GoldSet:
    """The gold articles of files and folders.

    Raises `InputError` when there are none, when one cannot be read, since figures on half of the gold would mislead,
    and when two have one id.
    """
    articles: list[GoldArticle] = []
    files = []
    for path in paths:
        items = list(read_gold(path, format=format, texts=texts))
        if bad := [item for item in items if isinstance(item, Problem) and not item.warning]:
            said = "".join(f"\n  {problem}" for problem in bad[:SHOWN_PROBLEMS])
            more = f"\n  and {len(bad) - SHOWN_PROBLEMS} more" if len(bad) > SHOWN_PROBLEMS else ""
            raise InputError(f"{path}: the gold has problems; dragoman gold validate shows all:{said}{more}")
        read = [item for item in items if isinstance(item, GoldArticle)]
        articles += read
        files.append(GoldFile(path=str(path), sha256=digest(read), articles=len(read)))
    if twice := [name for name, times in Counter(article.id for article in articles).items() if times > 1]:
        raise InputError(f"more than one gold article has the id {', '.join(twice)}")
    if not articles:
        raise InputError("the gold has no articles")
    return GoldSet(tuple(articles), tuple(files))


def predict(extractor: Extractor, gold: Iterable[GoldArticle], *, give: Sequence[Given]) -> dict[str, Prediction]:
    """What the line finds in the gold articles' texts, told of them what `give` names, by article id."""
    articles = [Article(article.id, article.text, **{key: getattr(article, key) for key in give}) for article in gold]
    found = {}
    for article, result in zip(articles, extractor.run(articles), strict=True):
        if isinstance(result, Rejection):
            found[article.doc_id] = Prediction(article.doc_id, None, rejected=f"{result.stage}: {result.message}")
        else:
            found[article.doc_id] = Prediction(article.doc_id, result.record, result.events)
    return found


def evaluated(
    gold: GoldSet,
    predictions: Mapping[str, Prediction],
    *,
    folder: Path | None = None,
    extractor: Mapping[str, Any],
    rounds: int = ROUNDS,
    seed: int = 0,
) -> Report:
    """The report on predictions by article id; see `pipeline.evaluate.build_report.report_of`."""
    scores = [
        score_article(article, predictions.get(article.id) or Prediction(article.id, None)) for article in gold.articles
    ]
    return report_of(
        scores,
        gold.articles,
        predictions,
        files=gold.files,
        folder=folder,
        extractor=extractor,
        rounds=rounds,
        seed=seed,
    )


def read_report(path: Path) -> Report:
    """An earlier report, from report.json or its folder. Raises `InputError`."""
    file = path / REPORT if path.is_dir() else path
    try:
        return Report.model_validate_json(file.read_bytes())
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "file"
        raise InputError(f"{file}: no report of dragoman evaluate: {where}: {first['msg']}") from error


def write_reports(
    out: Path, report: Report, gold: Sequence[GoldArticle], predictions: Mapping[str, Prediction]
) -> None:
    """Write report.json and report.html, each whole or not at all. Raises `OutputError`."""
    from pipeline.evaluate.html import page_of

    page = page_of(report, gold, predictions)
    try:
        out.mkdir(parents=True, exist_ok=True)
        _replace(out / REPORT, report.model_dump_json(indent=1) + "\n")
        _replace(out / PAGE, page)
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror or error}") from error


def _evaluate_floors(
    path: Path,
    config: Path | None,
    *,
    update: bool,
    allow_regression: bool,
    out: Path | None,
    rounds: int,
    seed: int,
) -> Exit:
    floors = read_floors(path)
    sets = {name: load_set(path, floor.gold, floor.texts) for name, floor in floors.items()}
    lines: dict[str | None, Extractor] = {}
    reports = {}
    for name, gold in sets.items():
        give, model = floors[name].give, floors[name].model
        if model not in lines:
            lines[model] = _load(config, model)
        line = lines[model]
        found = predict(line, gold.articles, give=give)
        reports[name] = evaluated(gold, found, extractor=_described(line, give), rounds=rounds, seed=seed)
        output().print(name, summary(reports[name]))
        if out is not None:
            write_reports(out / name, reports[name], gold.articles, found)
    if update:
        try:
            text = updated(path.read_text(encoding="utf-8"), floors, reports, allow_regression=allow_regression)
            _replace(path, text)
        except OSError as error:
            raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from error
        floors = read_floors(path)
    broken = breaches(floors, reports)
    output().print(floors_table(floors, reports, broken))
    return Exit.PROBLEMS if broken else Exit.DONE


def load_set(floors: Path, gold: str, texts: str | None) -> GoldSet:
    """The gold of a set of a floors file, whose paths are relative to the file."""
    beside = floors.parent
    return load_gold([_plain(beside / gold)], texts=_plain(beside / texts) if texts else None)


def _plain(path: Path) -> Path:
    """The path without `folder/..`."""
    return Path(os.path.normpath(path))


def _check(
    gold: Sequence[Path],
    predictions: Path | None,
    run: bool,
    against: Path | None,
    floors: Path | None,
    update: bool,
    allow_regression: bool,
    give: Sequence[Given],
) -> None:
    if floors is not None:
        if gold or predictions or against or give:
            raise InputError("--floors names gold of its own and runs the line: no --gold, --pred, --against, --give")
        if allow_regression and not update:
            raise InputError("--allow-regression says how to --update")
        return
    if update or allow_regression:
        raise InputError("--update and --allow-regression need --floors")
    if not gold:
        raise InputError("no gold: give --gold or --floors")
    if (predictions is not None) == run:
        raise InputError("predictions come from --pred or from --run: give one of them")
    if give and not run:
        raise InputError("--give says what the line is told on --run")


def _load(config: Path | None, model: str | None = None) -> Extractor:
    """The line of some settings, with another model where one is named."""
    from pipeline import load

    settings = load_settings(config)
    if model is not None:
        settings = settings.model_copy(update={"model": settings.model.model_copy(update={"name": model})})
    return load(settings)


def _described(extractor: Extractor, give: Sequence[Given]) -> dict[str, Any]:
    return {
        "dragoman": version("dragoman"),
        "models": extractor.models,
        "settings": extractor.settings.model_dump(mode="json"),
        "given": ["text", *give],
    }


def _extractor_of(folder: Path) -> dict[str, Any]:
    """What the run.json of an output folder says of what made it; nothing where there is none."""
    path = folder / "run.json"
    if not path.exists():
        return {}
    try:
        record = RunRecord.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise InputError(f"{path}: cannot be read as the run.json of a run") from error
    return record.model_dump(mode="json", include={"dragoman", "models", "settings", "finished"})


def _replace(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8", newline="")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
