from __future__ import annotations

from pathlib import Path

from pipeline.document import Article
from pipeline.run.chunks import Again, Repeat
from pipeline.run.judge import judging

TEXT = (
    "The Foreign Minister of Kenya met the Prime Minister of Norway in Oslo on 3 May and signed an agreement on "
    "fisheries, the ministry said. The two sides will meet again in Nairobi in June to talk about trade. "
)
URL = "https://a.example/talks"


def test_repeats_point_to_the_version_that_holds(tmp_path: Path) -> None:
    with judging(tmp_path.joinpath, mark=True) as judge:
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
    with judging(tmp_path.joinpath, mark=False) as judge:
        assert judge(Article("a", TEXT)) is None
        assert judge(Article("b", TEXT)) is None


def test_what_is_saved_is_known_again(tmp_path: Path) -> None:
    for expected in (None, True):
        with judging(tmp_path.joinpath, mark=True) as judge:
            article = Article("a", TEXT)
            assert judge(article) == (Again(article, same=True) if expected else None)
            judge.ledger.finish(article, "read")
            judge.save()
