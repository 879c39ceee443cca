from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.document import Article
from pipeline.errors import InputError
from pipeline.run.chunks import Again, Repeat
from pipeline.run.judge import judging

TEXT = (
    "The Foreign Minister of Kenya met the Prime Minister of Norway in Oslo on 3 May and signed an agreement on "
    "fisheries, the ministry said. The two sides will meet again in Nairobi in June to talk about trade. "
)
URL = "https://a.example/talks"


def test_repeats_point_to_the_version_that_holds(tmp_path: Path) -> None:
    with judging(tmp_path / "known", mark=True) as judge:
        first = Article("a", TEXT, url=URL)
        assert judge(first) is None
        judge.ledger.finish(first, "read")
        newer = Article("b", TEXT + "A delegation from Iceland came too.", url=URL)
        assert judge(newer) is None
        reprint = Article("c", TEXT)
        assert judge(reprint) == Repeat(reprint, "b")
        assert judge(first) == Again(first, same=True)
        other = Article("a", "Something else.", url="https://a.example/else")
        assert judge(other) == Again(other, same=False)


def test_repeats_may_be_read(tmp_path: Path) -> None:
    with judging(tmp_path / "known", mark=False) as judge:
        assert judge(Article("a", TEXT)) is None
        assert judge(Article("b", TEXT)) is None


def test_what_is_saved_is_known_again(tmp_path: Path) -> None:
    for expected in (None, True):
        with judging(tmp_path / "known", mark=True) as judge:
            article = Article("a", TEXT)
            assert judge(article) == (Again(article, same=True) if expected else None)
            judge.ledger.finish(article, "read")
            judge.ledger.save()


def test_an_article_that_was_in_hand_gets_the_answer_it_had(tmp_path: Path) -> None:
    repeat, newer = Article("b", TEXT), Article("c", "Nothing of it was so.", url=URL)
    with judging(tmp_path / "known", mark=True) as judge:
        assert judge(Article("a", TEXT, url=URL)) is None
        assert judge(repeat) == Repeat(repeat, "a")
        assert judge(newer) is None  # "a" is forgotten
        judge.ledger.save()
    with judging(tmp_path / "known", mark=True) as judge:
        assert judge(Article("a", TEXT, url=URL)) is None
        assert judge(repeat) == Repeat(repeat, "a")
        assert judge(newer) is None


def test_a_file_that_is_something_else(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("no database, but long enough a text to be told from one" * 20)
    with pytest.raises(InputError, match="not a database"), judging(tmp_path / "x", mark=True):
        pass
    with pytest.raises(InputError, match="unable to open"), judging(tmp_path / "none" / "x", mark=True):
        pass
