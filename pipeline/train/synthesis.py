"""Original articles from plans: sentences with slots for people, offices, countries, places and days.

Write some: `python -m pipeline.train.synthesis --plans models/corpus/plans --count 100 --seed 1 --out articles.jsonl`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.gold.marked_head import ANNOTATES
from pipeline.gold.model import GoldArticle, GoldEntity, GoldMention, GoldRelation
from pipeline.gold.write import write_gold
from pipeline.train.augment_names import load_cultures
from pipeline.train.synthesis_cast import Cast, Organisation, Person, World, country_of, fill_name, make_world
from pipeline.train.synthesis_days import calendar
from pipeline.train.synthesis_mentions import Namer
from pipeline.train.synthesis_plans import PlanBook, Scene, read_plans
from pipeline.train.synthesis_story import Story
from pipeline.train.synthesis_style import draw_style
from pipeline.train.synthesis_syntax import Plan, parse_roles
from pipeline.train.synthesis_teller import Teller
from pipeline.train.synthesis_text import Marked, capitals, mark, neat, quoted, unmarked, visible

FIRST_DAY, DAYS = dt.date(2019, 1, 1), 2700
QUIET = parse_roles("a = top; b = like a; o = international")
NO_EVENTS = 0.06
HEADLINES = 0.6
UNDATED = 0.1
JOINED = 0.4
"""How often a sentence goes on with the paragraph before it."""


SOCIABLE = frozenset({"CONSULT", "SUPPORT", "AGREE", "COOPERATE"})
"""Types of main events at which people meet."""


@dataclass(frozen=True, slots=True)
class Plans:
    """Plans and the world that their slots are filled from."""

    book: PlanBook
    world: World


def load_plans(folder: Path) -> Plans:
    """The plans of a folder, with the names of people in `names.toml` beside it.

    Raises `InputError` that names the file and the plan for a malformed plan, or the file of names.
    """
    book = read_plans(folder)
    names = folder.parent / "names.toml"
    try:
        cultures = load_cultures(names)
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{names}: names of people cannot be read: {error}") from error
    return Plans(book, make_world(book.vocabulary, cultures))


def synthesise(plans: Plans, rng: random.Random, *, id: str) -> GoldArticle:
    """An article of one main event, further ones beside it and sentences without events; or of none at all.

    The same state of `rng` gives the same article.
    """
    book = plans.book
    cast = Cast(plans.world, rng)
    today = FIRST_DAY + dt.timedelta(rng.randrange(DAYS))
    published = None if rng.random() < UNDATED else today
    scene = None if rng.random() < NO_EVENTS else rng.choices(book.scenes, [s.weight for s in book.scenes])[0]
    roles = cast.fill(scene.roles, {}) if scene else cast.fill(QUIET, {})
    codes = sorted({code for code in roles.values() if isinstance(code, str)})
    home = rng.choice(codes) if rng.random() < 0.85 else rng.choices(cast.world.codes, cast.world.weights)[0]
    style = draw_style(home, rng)
    namer = Namer(cast.world.vocabulary, style, rng)
    story = Story(rng, cast, namer, Teller(rng, namer, published, today), roles)
    story.begin(scene.events if scene else ())
    outlet = fill_name(rng.choice(cast.world.vocabulary["outlets"]["names"]), home, cast.world.vocabulary)
    lead = rng.choice(scene.leads) if scene else None
    headline = _headline(scene, lead, book, story, rng)
    body = "\n\n".join(_paragraphs(scene, lead, book, story, rng))
    parts = [*_above(headline, story, rng), _dateline(story, rng) + body, *_below(story, rng)]
    whole = quoted("\n\n".join(filter(None, parts)) + "\n", curly=style.curly)
    text, marks = unmarked(whole)
    return _article(
        story, text, marks, id=id, outlet=outlet, title=visible(quoted(headline, curly=style.curly)) or None
    )


def _headline(scene: Scene | None, lead: Plan | None, book: PlanBook, story: Story, rng: random.Random) -> str:
    if rng.random() > HEADLINES:
        return ""
    if scene and lead:
        fitting = [plan for plan in scene.headlines if plan.tells <= lead.tells]
    else:
        fitting = [plan for plan in book.titles if story.fits(plan)]
    if not fitting:
        return ""
    words = story.render(rng.choice(fitting), headline=True)
    return capitals(words) if story.namer.style.title_case else words


def _paragraphs(scene: Scene | None, lead: Plan | None, book: PlanBook, story: Story, rng: random.Random) -> list[str]:
    """The body, its sentences in an order that can be read."""
    pool = (*book.fillers, *book.talks) if scene is None or scene.events[0].type in SOCIABLE else book.fillers
    fillers = [plan for plan in pool if story.fits(plan)]
    quiet = rng.sample(fillers, min(len(fillers), rng.choice([0, 1, 2, 3, 4, 6]) if scene else rng.randint(5, 11)))
    if scene is None or lead is None:
        sentences = quiet
    else:
        fitting = [plan for plan in scene.follows if plan.tells <= lead.tells]
        follows = _compatible(rng.sample(fitting, min(len(fitting), rng.choice([0, 1, 2, 3, 4, 5]))))
        fitting = [plan for plan in book.sides if story.fits(plan)]
        sides = rng.sample(fitting, min(len(fitting), rng.choice([0, 1, 2, 3, 4, 5])))
        sentences = [lead, *_mixed(follows, [*sides, *quiet], rng)]
    found: list[str] = []
    for sentence in sentences:
        words = story.render(sentence, along=scene is not None and sentence in scene.follows)
        if sentence is lead:
            story.after(sentence)
        if len(found) > 1 and rng.random() < JOINED:
            found[-1] += " " + words
        else:
            found.append(words)
    return found


def _compatible(plans: Sequence[Plan]) -> list[Plan]:
    """The plans without the second and further of those that contradict each other."""
    single = next((plan for plan in plans if plan.once), None)
    return [plan for plan in plans if not plan.once or plan is single]


def _mixed(first: Sequence[Plan], second: Sequence[Plan], rng: random.Random) -> list[Plan]:
    """Sentences about the main event early, the others in any order between and after them."""
    rest = list(second)
    rng.shuffle(rest)
    placed = [*first]
    for plan in rest:
        placed.insert(rng.randint((len(first) + 1) // 2, len(placed)), plan)
    return placed


def _above(headline: str, story: Story, rng: random.Random) -> Iterator[str]:
    """Furniture, the headline, and who wrote it when."""
    furniture = story.namer.vocabulary["furniture"]["before"]
    if rng.random() < 0.12:
        yield rng.choice(furniture)
    if headline:
        yield headline
    if story.teller.published is None:
        return
    shown = mark(
        calendar(story.teller.published, story.namer.style.dates, rng, year=True),
        "DATE",
        story.teller.published.isoformat(),
    )
    choice = rng.random()
    if choice < 0.3:
        yield rng.choice(
            [
                f" date {story.teller.published} + ↺ − 16 px",
                f" date {story.teller.published} {rng.randint(7, 22)}:{rng.randint(10, 59)}",
            ]
        )
    elif choice < 0.4:
        writer = mark((who := story.cast.bystander(story.namer.style.home)).full, "PER", who.key)
        yield rng.choice([f"By {writer}\n{shown}", f"{writer} | {shown}", f"By {writer}, {shown}"])
    elif choice < 0.5:
        yield shown


def _dateline(story: Story, rng: random.Random) -> str:
    """ "NAIROBI, June 3 (Kenya Press) — " or nothing."""
    if story.teller.published is None or rng.random() < 0.45:
        return ""
    seat = str(country_of(story.namer.style.home).capital)
    city = mark(seat.upper() if rng.random() < 0.4 else seat, "GPE", f"{story.namer.style.home}:{seat}")
    day = mark(
        calendar(story.teller.published, story.namer.style.dates, rng), "DATE", story.teller.published.isoformat()
    )
    agency = ""
    if rng.random() < 0.4:
        office = story.cast.national("agency", story.namer.style.home)
        agency = f" ({mark(office.name, 'ORG', office.key)})"
    told = rng.choice(
        [f"{city}, {day}{agency} –", f"{city}, {day}{agency} —", f"{city}{agency} -", f"{city}, {day}{agency}."]
    )
    return neat(told) + " "


def _below(story: Story, rng: random.Random) -> Iterator[str]:
    if rng.random() < 0.15:
        yield rng.choice(story.namer.vocabulary["furniture"]["after"])


def _article(
    story: Story, text: str, marks: Sequence[Marked], *, id: str, outlet: str, title: str | None
) -> GoldArticle:
    named = {key for m in marks if m.label in ("PER", "ORG") for key in m.ref.split("+")}
    entities = [_entity(who) for key, who in story.cast.everybody.items() if key in named]
    return GoldArticle(
        id=id,
        outlet=outlet,
        published=story.teller.published,
        title=title,
        annotates=ANNOTATES,
        cited=list(dict.fromkeys(story.cited)),
        text=text,
        entities=sorted(entities, key=lambda entity: entity.kind != "person"),
        mentions=[_mention(m) for m in marks if m.label != "EV"],
        relations=[
            GoldRelation(type="holds_position", subject=key, object=of, title=title)
            for (key, _), (title, of) in story.namer.positions.items()
            if key in named
        ],
        events=story.gold_events(marks),
    )


def _entity(who: Person | Organisation) -> GoldEntity:
    if isinstance(who, Person):
        return GoldEntity(key=who.key, kind="person", name=who.full)
    return GoldEntity(key=who.key, kind="organization", name=who.name, country=who.country)


def _mention(m: Marked) -> GoldMention:
    fields = {} if m.ref == "-" else {"value": m.ref} if m.label == "DATE" else {"entities": m.ref.split("+")}
    return GoldMention.model_validate(
        {"start": m.start, "end": m.start + len(m.surface), "text": m.surface, "label": m.label, **fields}
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """The command; raises `InputError` for plans that cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=Path, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    plans = load_plans(options.plans)
    rng = random.Random(options.seed)
    articles = (synthesise(plans, rng, id=f"synthetic-{options.seed}-{number:05}") for number in range(options.count))
    write_gold(articles, options.out, format="gold")


if __name__ == "__main__":
    main()
