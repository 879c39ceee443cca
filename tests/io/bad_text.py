"""Bad text files: encodings, characters, heads, sidecars."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

from tests.io.bad_inputs import PROSE, Bad, prose

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\10\6\0\0\0" * 9
ALIASES = "\n".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 20))


def head(lines: str, word: str) -> bytes:
    return f"---\n{lines}\n---\n".encode() + prose(word)


def beside(raw: bytes, sidecar: bytes) -> object:
    def put(path: Path) -> None:
        path.write_bytes(raw)
        path.with_suffix(".json").write_bytes(sidecar)

    return put


def sidecar(name: str, what: str, expected: str, values: bytes) -> Bad:
    return Bad(name, what, (expected,), put=beside(prose(name), values))  # type: ignore[arg-type]


ENCODINGS = (
    Bad("utf16-le.txt", "UTF-16 with its mark", ("document",), codecs.BOM_UTF16_LE + PROSE.encode("utf-16-le")),
    Bad("utf16-be.txt", "the other UTF-16", ("document",),
        codecs.BOM_UTF16_BE + prose("b").decode().encode("utf-16-be")),
    Bad("utf32.txt", "UTF-32 with its mark", ("document",), prose("utf32").decode().encode("utf-32")),
    Bad("utf16-bare.txt", "UTF-16 without a mark", ("binary",), PROSE.encode("utf-16-le")),
    Bad("utf32-bare.txt", "UTF-32 without a mark", ("binary",), PROSE.encode("utf-32-be")),
    Bad("utf16-odd.txt", "UTF-16 with half a character at its end", ("encoding",), PROSE.encode("utf-16") + b"x"),
    Bad("utf16-half.txt", "UTF-16 with half a surrogate pair", ("encoding",), b"\xff\xfea\0\0\xd8b\0"),
    Bad("utf32-beyond.txt", "UTF-32 beyond the last character", ("encoding",), b"\xff\xfe\0\0a\0\0\0\xff\xff\xff\xff"),
    Bad("utf8-cut.txt", "UTF-8 cut inside a character", ("encoding",), "Élysée, où".encode()[:-1]),
    Bad("utf8-mixed.txt", "UTF-8 with a byte of Windows-1252", ("encoding",), "Rəfiyev, Élan".encode() + b" caf\xe9"),
    Bad("utf8-surrogates.txt", "surrogates as UTF-8 (CESU-8)", ("document",),
        prose("faces") + b"\xed\xa0\xbd\xed\xb8\x80"),
    Bad("utf8-overlong.txt", "overlong UTF-8", ("document",), prose("slash") + b" \xc0\xaf"),
    Bad("utf8-marks.txt", "byte order marks between words", ("document",), codecs.BOM_UTF8.join([prose("bom")] * 2)),
    Bad("cp1252.txt", "Windows-1252", ("document",), prose("caf\xe9s").decode().encode("cp1252")),
    Bad("cp1251.txt", "Windows-1251: other letters, but letters", ("language",),
        ("Встреча министров. " * 9).encode("cp1251")),
    Bad("cp1252-hole.txt", "a byte that Windows-1252 has not", ("encoding",), prose("hole") + b" \x81\x8d"),
    Bad("shift-jis.txt", "Shift JIS", ("encoding",), ("外務大臣は大使と会談した。" * 9).encode("shift-jis")),
    Bad("ebcdic.txt", "EBCDIC", ("encoding",), PROSE.encode("cp037")),
    Bad("mojibake.txt", "UTF-8 taken for Windows-1252, twice", ("document",),
        prose("Élan’s café").decode().encode().decode("cp1252").encode().decode("latin-1").encode()),
    Bad("picture.txt", "a picture", ("binary",), PNG),
    Bad("zeros.txt", "nothing but null characters", ("binary",), bytes(100_000)),
    Bad("zero.txt", "a null character in good text", ("document",), prose("zero").replace(b"They", b"\0They")),
    Bad("controls.txt", "control characters in good text", ("document",), prose("bell") + b"\x07\x1b[31m\x7f\x08"),
    Bad("control.txt", "nothing but control characters", ("binary",), bytes(range(1, 9)) * 99),
    Bad("returns.txt", "lines that end in carriage returns alone", ("document",),
        prose("returns").replace(b". ", b".\r\r")),
)  # fmt: skip

CHARACTERS = (
    Bad("nothing.txt", "no byte", ("empty",)),
    Bad("mark.txt", "a byte order mark and nothing else", ("empty",), codecs.BOM_UTF8),
    Bad("blank.txt", "blanks", ("empty",), b" \r\n\t\f\v \xc2\xa0\xe2\x80\xa8" * 99),
    Bad("invisible.txt", "characters of no width", ("empty",), "\u200b\u200d\u2060\ufeff\u00ad".encode() * 99),
    Bad("points.txt", "punctuation", ("empty",), b"... --- *** ###\n\n" * 50),
    Bad("emoji.txt", "emoji", ("empty",),
        "👩\u200d👩\u200d👧\u200d👦🏴\U000e0067\U000e0062\U000e007f 🇰🇪".encode() * 50),
    Bad("emojis.txt", "emoji between words", ("document",), prose("🇰🇪👩🏽\u200d🚀").replace(b" ", " 🤝 ".encode())),
    Bad("backwards.txt", "text turned round by marks", ("document",),
        "\u202e\u2066".encode() + prose("\u202ebackwards\u202c")),
    Bad("marks.txt", "letters under a hundred marks each", ("document",),
        prose("".join(c + "\u0301\u0327\u0308\u0323" * 25 for c in "peace"))),
    Bad("pile.txt", "a letter under 100,000 marks", ("document",), prose("p" + "\u0301\u0327" * 50_000)),
    Bad("pile-only.txt", "99,000 marks on no letter", ("empty",), "\u0f72\u0f71\u0f74".encode() * 33_000),
    Bad("word.txt", "a word of a million letters", ("too_long",), b"x" * 1_000_000),
    Bad("long-word.txt", "a word of 50,000 letters", ("document",), prose("x" * 50_000)),
    Bad("long.txt", "more than is read of any article", ("too_long",), b"word " * 400_000),
    Bad("entities.txt", "entities in entities", ("document",),
        prose("peace &amp;amp;amp;amp;amp; trade &#0; &#x110000; &;")),
    Bad("entities-deep.txt", "entities in entities, 40,000 deep", ("unsettled",), prose("&" + "amp;" * 40_000)),
    Bad("french.txt", "another language", ("language",),
        "Le ministre des Affaires étrangères a reçu son homologue kenyan à Paris pour des entretiens.".encode()),
    Bad("page.txt", "a web page under the name of a text", ("document",),
        b"<html><p>" + prose("tags") + b"</p></html>"),
)  # fmt: skip

HEADS = (
    Bad("head-open.txt", "a head that does not end: text", ("document",), b"---\ntitle: X\n" + prose("open")),
    Bad("head-broken.txt", "a head that is no YAML", ("bad_head",), head("title: [", "broken")),
    Bad("head-list.txt", "a head that is a list", ("bad_head",),
        head("- title: X\n- outlet", "list").replace(b"- t", b"t")),
    Bad("head-int.txt", "a number without digits", ("bad_head",), head('id: !!int ""', "int")),
    Bad("head-bool.txt", "a truth value that is none", ("bad_head",), head("id: !!bool x", "bool")),
    Bad("head-day.txt", "a time that is none", ("bad_head",), head("published: !!timestamp x", "day")),
    Bad("head-object.txt", "an object that YAML would make", ("bad_head",),
        head("id: !!python/object:os.system x", "object")),
    Bad("head-zone.txt", "a zone beyond the day", ("bad_head",), head("published: 2025-06-03T10:00:00+99:00", "zone")),
    Bad("head-aliases.txt", "a list of lists of lists: 10**19 entries", ("bad_published",),
        head(f"a0: &a0 x\n{ALIASES}\npublished: *a19", "aliases")),
    Bad("head-self.txt", "a list that is in itself", ("bad_published",), head("published: &a [*a]", "self")),
    Bad("head-number.txt", "an id of 20,000 digits", ("bad_value",), head("id: 0x" + "F" * 20_000, "number")),
    Bad("head-deep.txt", "a head 30,000 deep", ("bad_head",), head("title: " + "[" * 30_000, "deep")),
    Bad("head-dashes.txt", "a head of dashes, 30,000 deep", ("bad_head",), head("title:\n " + "- " * 30_000, "dashes")),
    Bad("head-month.txt", "a day that may be two", ("bad_published",), head("published: 03/05/2025", "month")),
    Bad("head-title.txt", "a title of 20,000 marks", ("bad_value",),
        head("title: a" + "\u0301\u0327" * 10_000, "title")),
    sidecar("beside-broken.txt", "a sidecar that is no JSON", "bad_sidecar", b"{"),
    sidecar("beside-list.txt", "a sidecar that is a list", "bad_sidecar", b"[]"),
    sidecar("beside-deep.txt", "a sidecar 30,000 deep", "bad_sidecar", b"[" * 30_000),
    sidecar("beside-long.txt", "a sidecar longer than one is read", "bad_sidecar",
        json.dumps({"title": "x" * 99_999}).encode()),
    sidecar("beside-bytes.txt", "a sidecar that is no text", "bad_sidecar", b"\xff\xfe\xfd"),
    sidecar("beside-half.txt", "half a surrogate pair in a sidecar", "surrogate", b'{"title": "\\ud800"}'),
)  # fmt: skip

TEXT = (*ENCODINGS, *CHARACTERS, *HEADS)
