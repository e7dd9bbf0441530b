"""What a bulletin costs among many of one form, the commonest thing in a bureau.

    python benchmarks/look_alikes.py [COUNT...]

Writes so many bulletins (200, 2,000 and 20,000 unless given) that fill in one form with other
figures, reads them with `batch` in one worker, and prints the seconds of CPU and the peak memory
of each run. CPU seconds, since a machine that is shared gives a process its time as it likes.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from measure import shuangjian, taken

PLACES = [a + b for a in "安平永兴长清宁和新德" for b in "远昌乐丰泰阳顺化江山"]
FORM = """湖南省{place}县双减工作情况通报
{date}
一、完善经费保障
全县投入课后服务经费{a}万元，比上年增长{b}%。经费由县级财政统筹，按学期拨付到校。各校建立专门台账，做到专款专用。审计部门全程参与，确保资金安全。
二、健全联动机制
县里成立由分管领导牵头的工作专班，教育、市场监管、公安等部门各司其职。每月召开一次联席会议，研究解决难点问题。全年排查校外培训机构{c}家，查处违规案件{d}起。社区干部走访入户，向家长讲清政策。
三、扩大优质资源
新建公办幼儿园{e}所，新增学位{f}个。培训教师{g}人次，交流轮岗教师{h}名。城乡学校结对帮扶，名师课堂走进乡村。图书馆和体育场馆向学生开放，节假日不休。
四、提升育人质量
义务教育学校课后服务覆盖率达到{i}%，参与学生{j}人。各校把作业总量控制放在心上，孩子们的笑容多了。课堂教学更加注重启发，实验和实践进入课表。家长满意度达到{k}%。
五、做优课后服务
学校开设社团{l}个，聘请校外辅导员{m}名。课程由学生自主选择，按兴趣走班。放学时间与家长下班时间衔接，接送更加从容。下一步，县里将继续完善制度，巩固已有成果。
"""


def bulletin(chance: random.Random) -> str:
    """The form, filled in."""
    shares = {name: chance.randint(800, 1000) / 10 for name in "ik"}
    few = {name: chance.randint(2, 60) for name in "cdel"}
    many = {name: chance.randint(100, 99_999) for name in "fghjm"}
    return FORM.format(
        place=chance.choice(PLACES),
        date=f"{chance.randint(2021, 2025)}-0{chance.randint(1, 9)}-15",
        a=chance.randint(100, 99_999) / 10,
        b=chance.randint(1, 400) / 10,
        **shares,
        **few,
        **many,
    )


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("counts", nargs="*", type=int, default=[200, 2_000, 20_000])
    print("| bulletins of one form | CPU s | ms a bulletin | peak memory, MB |")
    print("| ---: | ---: | ---: | ---: |")
    for count in parser.parse_args().counts:
        chance = random.Random(count)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "in"
            for number in range(count):
                path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(bulletin(chance), encoding="utf-8")
            store = Path(name) / "store.db"
            run = taken(shuangjian("batch", folder, "--into", store, "--jobs", 1))
        each = 1000 * run.cpu / count
        print(
            f"| {count:,} | {run.cpu:.1f} | {each:.2f} | {run.together / 1e6:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
