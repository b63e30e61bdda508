"""Speed beside what a user would pick instead, in one run: interleaved, medians, CPU (user + system) and wall.

    python3 benches/peers.py [BINARY] [--dossiers N] [--rounds N] [--work FOLDER]

Needs python-docx, reportlab, openpyxl and kreuzberg (pip), pdftotext (poppler-utils), soffice (LibreOffice), and a Chinese TrueType font.
Three comparisons over the same seeded, invented dossiers of four files (申报书.docx, 申报书.pdf of 4 pages, 合作协议.docx, 活动清单.xlsx):

* screening: `prescreen run` with every report, against a script that takes the text out with kreuzberg and applies eight
  patterns and four checks: the peer does far less, and is what one would write;
* PDF: `prescreen read --text` against pdftotext, a process a file for both;
* .doc: `prescreen read --text`, a process a file, against one LibreOffice that converts them all.
"""
import argparse
import collections
import glob
import hashlib
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time

SENTENCES = (
    "学会组织专家深入企业开展技术诊断和咨询服务 项目围绕区域主导产业的共性技术需求展开 双方共同建立服务站并明确专人负责日常联络 "
    "全年举办学术交流活动和科普活动不少于十场 经费专款专用并按规定接受审计和检查 项目实施期内形成调研报告和决策咨询建议 "
    "服务对象对项目的满意度达到百分之九十以上 申报材料真实有效并愿意承担相应责任"
).split()
FIELDS = ["申报单位", "项目类别", "项目名称", "项目负责人", "联系电话", "申请经费（万元）"]


def prose(dice, sentences):
    return "。".join(dice.choice(SENTENCES) for _ in range(sentences)) + "。"


def make(folder, dossiers, font):
    import openpyxl
    from docx import Document
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(TTFont("F", font, subfontIndex=0))
    dice = random.Random(7)
    for n in range(dossiers):
        home = f"{folder}/D{n:05d}"
        os.makedirs(home)
        values = [f"徐州市第{n % 83}示例学会", "科技服务", prose(dice, 1)[:20], "张三", f"1381234{n:04d}", str(dice.randint(1, 20))]
        pairs = list(zip(FIELDS, values))
        text = [prose(dice, 12) for _ in range(20)]
        form = Document()
        form.add_heading("2022年度示例提升计划项目申报书", 0)
        table = form.add_table(rows=0, cols=2)
        for label, value in pairs:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = label, value
        for number, paragraph in enumerate(text):
            if number % 4 == 0:
                form.add_heading(f"{number // 4 + 1}、项目内容", 1)
            form.add_paragraph(paragraph)
        form.save(f"{home}/申报书.docx")
        page = canvas.Canvas(f"{home}/申报书.pdf", pagesize=A4)
        lines = ["2022年度示例提升计划项目申报书"] + [f"{label}：{value}" for label, value in pairs]
        lines += [paragraph[at : at + 45] for paragraph in text for at in range(0, len(paragraph), 45)]
        for at in range(0, len(lines), 49):
            page.setFont("F", 11)
            for row, line in enumerate(lines[at : at + 49]):
                page.drawString(40, 800 - 15 * row, line)
            page.showPage()
        page.save()
        agreement = Document()
        agreement.add_heading("合作协议", 0)
        agreement.add_paragraph(f"甲方：{values[0]}\n乙方：徐州示例制造有限公司")
        for number in range(8):
            agreement.add_paragraph(f"第{number + 1}条 " + prose(dice, 4))
        agreement.add_paragraph(f"签订日期：2022年{dice.randint(1, 12)}月{dice.randint(1, 28)}日")
        agreement.save(f"{home}/合作协议.docx")
        book = openpyxl.Workbook()
        book.active.append(["活动名称", "日期", "地点", "人数"])
        for _ in range(60):
            book.active.append([prose(dice, 1)[:20], f"2022-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}", "徐州", dice.randint(10, 500)])
        book.save(f"{home}/活动清单.xlsx")


def peer_screen(folder):
    """What one would write with an extractor: run in a process of its own, so that its start counts as ours does."""
    import kreuzberg

    config = kreuzberg.ExtractionConfig(use_cache=False)
    found = 0
    societies = collections.Counter()
    for home in sorted(glob.glob(f"{folder}/*")):
        texts = {}
        for path in sorted(glob.glob(f"{home}/*")):
            with open(path, "rb") as file:
                hashlib.sha256(file.read()).hexdigest()
            texts[os.path.basename(path)] = kreuzberg.extract_file_sync(path, config=config).content
        printed = texts["申报书.pdf"]
        fields = {label: re.search(re.escape(label) + r"[：|\s*]+([^\n|]+)", printed) for label in FIELDS}
        found += sum(match is not None for match in fields.values())
        agreed = all(word in texts["合作协议.docx"] for word in ("甲方", "签订日期"))
        events = len(re.findall(r"2022-\d\d-\d\d", texts["活动清单.xlsx"]))
        plain = [re.sub(r"[\s|\-*#]+", "", texts[name]) for name in ("申报书.docx", "申报书.pdf")]
        if agreed and events >= 3 and abs(len(plain[0]) - len(plain[1])) <= 200 and fields["申报单位"]:
            societies[fields["申报单位"].group(1)] += 1
    print(found, sum(number > 2 for number in societies.values()))


def measured(commands):
    """CPU and wall seconds of processes one after the other."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    for command in commands:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if done.returncode not in (0, 1):
            sys.exit(f"{command[0]} failed: {done.stderr.decode(errors='replace')[:400]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - started


def compare(title, unit, count, sides, rounds):
    """`sides`: name to what is run; printed with units a CPU-second and the ratio to the first."""
    seen = {name: [] for name in sides}
    for _ in range(rounds):
        for name, commands in sides.items():
            seen[name].append(measured(commands()))
    print(f"\n{title}: {count} {unit}, {rounds} rounds, medians")
    first = None
    for name, figures in seen.items():
        cpu, wall = (statistics.median(figure[n] for figure in figures) for n in (0, 1))
        first = first or cpu
        print(f"  {name:34} CPU {cpu:8.2f} s  wall {wall:8.2f} s  {count / cpu:8.1f} {unit}/CPU-s  CPU of prescreen = 1 : {cpu / first:5.2f}")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("binary", nargs="?", default="target/release/prescreen")
    options.add_argument("--dossiers", type=int, default=200)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--work", default="target/tmp/peers")
    options.add_argument("--font", default="/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
    chosen = options.parse_args()
    work, binary = os.path.abspath(chosen.work), os.path.abspath(chosen.binary)
    dossiers, out, docs = f"{work}/dossiers-{chosen.dossiers}", f"{work}/out", f"{work}/doc"
    if not os.path.isdir(dossiers):
        make(f"{dossiers}.part", chosen.dossiers, chosen.font)
        os.rename(f"{dossiers}.part", dossiers)
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{work}/office"]
    if not os.path.isdir(docs):
        forms = sorted(glob.glob(f"{dossiers}/*/申报书.docx"))[:40]
        os.makedirs(f"{work}/named", exist_ok=True)
        named = [shutil.copy(form, f"{work}/named/{n:03d}.docx") for n, form in enumerate(forms)]
        subprocess.run([*office, "--convert-to", "doc", "--outdir", docs, *named], stdout=subprocess.DEVNULL, check=True)
    run = [binary, "run", dossiers, "-o", out, "--as-of", "2022-11-15", "-q", "--no-progress", "--evidence"]
    screens = {f"prescreen run --evidence {kind}": lambda kind=kind: [[*run, kind]] for kind in ("off", "text", "pictures")}
    screens["kreuzberg and a script"] = lambda: [[sys.executable, __file__, "--peer", dossiers]]
    compare("Screening", "dossiers", chosen.dossiers, screens, chosen.rounds)
    pdfs = sorted(glob.glob(f"{dossiers}/*/申报书.pdf"))[:100]
    read = lambda paths: [[binary, "read", "--text", path] for path in paths]
    compare("PDF to text", "files", len(pdfs), {"prescreen read --text": lambda: read(pdfs), "pdftotext": lambda: [["pdftotext", path, "-"] for path in pdfs]}, chosen.rounds)
    old = sorted(glob.glob(f"{docs}/*.doc"))
    convert = [*office, "--convert-to", "txt:Text (encoded):UTF8", "--outdir", f"{work}/txt", *old]
    compare(".doc to text", "files", len(old), {"prescreen read --text": lambda: read(old), "LibreOffice, one process for all": lambda: [convert]}, chosen.rounds)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        peer_screen(sys.argv[2])
    else:
        main()
