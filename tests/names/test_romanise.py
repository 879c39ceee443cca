"""Romanise: names of all scripts in the letters a–z."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.data import table
from pipeline.names import letters
from pipeline.names.romanise import MOST, romanise, script_of

FIRST = {
    # Latin
    "O'Neill": "oneill",
    "R.J. Smith": "r j smith",
    "Jean-Yves": "jean-yves",
    "Rəfiyev": "rafiyev",
    "Ceyhun Əliyev": "jeyhun aliyev",
    "Xələf Quliyev": "khalaf guliyev",
    "Mevlüt Çavuşoğlu": "mevlut cavusoglu",
    "İLHAM": "ilham",
    "Toʻqayev": "tokayev",
    "Nyýazow": "niyazov",
    "Đỗ Mười": "do muoi",
    "Łukasz Wójcik": "lukasz wojcik",
    "Kŭk": "kuk",
    # Cyrillic
    "Мария Захарова": "maria zakharova",
    "Юрий Щербаков": "yury shcherbakov",
    "Евгений": "yevgeny",
    "Зеленський": "zelensky",
    "Єгор Гончаренко": "yehor honcharenko",
    "Димитър Стоянов Дъбов": "dimitar stoyanov dabov",
    "Вучић": "vucic",
    "Ђорђевић": "djordjevic",
    "Ѓорге Иванов": "gjorge ivanov",
    "Қасым Тоқаев": "kasym tokayev",
    "Жээнбеков Сооронбай Өмүрбек": "jeenbekov sooronbay omurbek",
    "Мирзиёев Ўктам": "mirziyoyev oktam",
    "Эмомалӣ Раҳмон": "emomali rahmon",
    "Халтмаагийн Баттулга": "khaltmaagiin battulga",
    "Ҹејһун Бајрамов": "jeyhun bayramov",
    "Васіль Быкаў": "vasil bykau",
    "Чжоу Эньлай": "zhou enlai",
    # Arabic script
    "محمد بن سلمان": "muhammad bin salman",
    "عبد الله": "abdullah",
    "عبدالله": "abdullah",
    "عبد الرحمن": "abdul-rahman",
    "الرشيد": "al-rashid",
    "صلاح الدين": "salahuddin",
    "مصطفى": "mustafa",
    "عباس عراقچی": "abbas araghchi",
    "محمدصادقی": "mohammadsadeghi",
    "شہباز شریف": "shahbaz sharif",
    "ﻣﺤﻤﺪ": "muhammad",
    "مـحـمّد": "muhammad",
    "یوسف": "yousef",
    # Hebrew
    "משה כהן": "moshe cohen",
    "ג׳ון": "john",
    'כ"ץ': "kats",
    "שרון": "sharon",
    # Greek
    "Κυριάκος Μητσοτάκης": "kyriakos mitsotakis",
    "Μπάμπης Παπανδρέου": "bampis papandreou",
    "Ευάγγελος": "evangelos",
    "Ντεμιρέλ": "demirel",
    # Georgian, Armenian
    "გიორგი მარგველაშვილი": "giorgi margvelashvili",
    "ალიევი": "aliyev",
    "Նիկոլ Փաշինյան": "nikol pashinyan",
    "Եղիշե": "yeghishe",
    # Korean, Chinese, Japanese
    "이명박": "lee myung-bak",
    "박 근혜": "park keun-hye",
    "라우프 오르바이": "raup orbai",
    "曾庆红": "zeng qinghong",
    "欧阳修": "ouyang xiu",
    "あべ しんぞう": "abe shinzo",
    "きょうと": "kyoto",
    "ハットリ": "hattori",
    # others
    "नरेन्द्र": "nrendr",
    "Иван Smith": "ivan smith",
}


@pytest.mark.parametrize(("text", "reading"), FIRST.items(), ids=list(FIRST))
def test_first_reading_is_the_spelling_of_the_press(text: str, reading: str) -> None:
    assert romanise(text)[0] == reading


FURTHER = {
    "Çavuşoğlu": "chavushoghlu",
    "Müller": "mueller",
    "Şimşek": "shimshek",
    "Džumblat": "jumblat",
    "Джейхун": "jeyhun",
    "Мирзоян": "mirzoian",
    "Жапаров": "japarov",
    "Андрій": "andrii",
    "Шевченко Ганна Ігорівна": "shevchenko ganna igorivna",
    "Вучић": "vuchich",
    "محسن": "mohsen",
    "قاسم": "ghasem",
    "شريف": "cherif",
    "Ντόναλντ": "donald",
    "Αμπντουλάχ": "abdulah",
    "ბლერი": "bler",
    "Պետրոսյան": "bedrosyan",
    "Հակոբյան": "hakobian",
    "리영길": "ri yong-gil",
    "이인제": "rhee in-che",
    "정동영": "chung dong-young",
    "蔡英文": "tsai ying-wen",
}


@pytest.mark.parametrize(("text", "reading"), FURTHER.items(), ids=list(FURTHER))
def test_further_readings(text: str, reading: str) -> None:
    assert reading in romanise(text)


@pytest.mark.parametrize("text", ["", "  ", "123", "—", "'", "،"])
def test_no_letters_no_reading(text: str) -> None:
    assert romanise(text) == ()


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Rəfiyev", "Latn"),
        ("Джон F.", "Cyrl"),
        ("محمد", "Arab"),
        ("משה", "Hebr"),
        ("Νίκος", "Grek"),
        ("გიორგი", "Geor"),
        ("Նիկոլ", "Armn"),
        ("윤석열", "Hang"),
        ("习近平", "Hani"),
        ("トランプ", "Kana"),
        ("あべ", "Kana"),
        ("नरेन्द्र", "Deva"),
        ("12", "Zyyy"),
        ("ᚠᚢ", "Zzzz"),
    ],
)
def test_script(text: str, script: str) -> None:
    assert script_of(text) == script


ALPHABETS = "".join(
    "".join(map(chr, range(first, last)))
    for first, last in [
        (0x20, 0x250),
        (0x370, 0x560),
        (0x561, 0x588),
        (0x5B0, 0x700),
        (0x10D0, 0x10FF),
        (0x3041, 0x30FF),
        (0x4E00, 0x4E80),
        (0xAC00, 0xAC80),
        (0x200B, 0x2020),
    ]
)


@given(st.text(st.sampled_from(ALPHABETS), max_size=24))
def test_readings_are_plain_words_in_step(text: str) -> None:
    readings = romanise(text)
    assert len(readings) <= MOST
    assert len(set(readings)) == len(readings)
    assert len({len(reading.split(" ")) for reading in readings}) <= 1
    for reading in readings:
        assert re.fullmatch(r"[a-z]+(?:[ -][a-z]+)*", reading)
        assert romanise(reading) == (reading,)


@given(st.text(st.sampled_from("абвгдежзийклмнопрстуфхцчшщъыьэюяєіїґ"), min_size=1, max_size=12))
def test_case_does_not_matter(word: str) -> None:
    assert romanise(word) == romanise(word.upper()) == romanise(word.title())


FILES = [*sorted(table("romanise/scripts")["files"].values()), "hangul", "han"]


@pytest.mark.parametrize("name", FILES)
def test_tables_are_whole(name: str) -> None:
    """Every file names its sources, every reading that a guess asks for exists, the last guess fits any text."""
    text = (files("pipeline.data") / "romanise" / f"{name}.toml").read_text(encoding="utf-8")
    assert "Source" in text.split("\n\n")[0]
    data = tomllib.loads(text)
    assert data["guess"][-1][0] == ""
    for _, ways in data["guess"]:
        for way in ways:
            assert letters.read(name, way, "a") == "a"
    for reading in data["readings"].values():
        assert reading.get("like", "") in ("", *data["readings"])
