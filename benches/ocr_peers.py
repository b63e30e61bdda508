#!/usr/bin/env python3
"""Recognition beside two peers, page by page in turn: share of wrong characters and seconds a page.

Pages and truths are those that the tests keep (a fresh seed, four levels, kinds and faces in turn):

    mkdir pages
    PRESCREEN_OCR_KEEP=pages PRESCREEN_OCR_SEED=2026 PRESCREEN_OCR_PAGES=20 cargo test --test ocr -- scans photocopies
    pip install rapidocr==3.10.0 onnxruntime numpy && apt-get install tesseract-ocr-chi-sim
    python3 benches/ocr_peers.py pages target/release/prescreen

A line of the truth counts as the best stretch of what an engine read, whatever the order of lines; blanks are left
out, full-width forms folded (NFKC). Start-up is part of prescreen's and tesseract's seconds, not of RapidOCR's.
"""
import argparse, json, os, pathlib, re, resource, subprocess, sys, time, unicodedata
import numpy as np

ALIKE = str.maketrans({"“": '"', "”": '"', "×": "x", "○": "〇"})


def plain(text):
    return [c for c in unicodedata.normalize("NFKC", text).translate(ALIKE) if not c.isspace()]


def wrong(line, text):
    """Fewest changes that make a line of some stretch of the text, counted at each character of the line."""
    codes = np.array([ord(c) for c in text], dtype=np.int64)
    steps = np.arange(len(text) + 1)
    rows = [np.zeros(len(text) + 1, dtype=np.int64)]
    for n, c in enumerate(line, 1):
        row = np.empty(len(text) + 1, dtype=np.int64)
        row[0] = n
        row[1:] = np.minimum(rows[-1][:-1] + (codes != ord(c)), rows[-1][1:] + 1)
        rows.append(np.minimum.accumulate(row - steps) + steps)
    out, n, k = [0] * len(line), len(line), int(rows[-1].argmin())
    while n > 0:
        now = rows[n][k]
        if k > 0 and now == rows[n - 1][k - 1] + (line[n - 1] != text[k - 1]):
            out[n - 1] += int(line[n - 1] != text[k - 1])
            n, k = n - 1, k - 1
        elif now == rows[n - 1][k] + 1:
            out[n - 1] += 1
            n -= 1
        else:
            out[n - 1] += 1
            k -= 1
    return out, k


def prescreen(binary):
    def read(page):
        done = subprocess.run([binary, "read", "--json", page], capture_output=True, env={**os.environ, "PRESCREEN_CACHE": ""})
        return "\n".join(block["text"] for block in json.loads(done.stdout)["blocks"])
    return read


def rapidocr():
    from rapidocr import RapidOCR
    engine = RapidOCR()
    return lambda page: "\n".join(engine(page).txts or [])


def tesseract():
    def read(page):
        return subprocess.run(["tesseract", page, "-", "-l", "chi_sim", "--dpi", "200"], capture_output=True, text=True).stdout
    return read


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("binary")
    arguments.add_argument("--engines", default="prescreen,rapidocr,tesseract")
    arguments.add_argument("--level", default="", help="only pages whose name begins so")
    arguments.add_argument("--show", action="store_true", help="print each line that prescreen read wrong")
    options = arguments.parse_args()
    make = {"prescreen": lambda: prescreen(options.binary), "rapidocr": rapidocr, "tesseract": tesseract}
    engines = {name: make[name]() for name in options.engines.split(",")}
    counts, seconds = {}, {}
    for page in sorted(options.folder.glob("*.jpg")):
        if not page.name.startswith(options.level):
            continue
        truth = [json.loads(line) for line in page.with_suffix(".jsonl").read_text().splitlines()]
        level = page.name.split("-")[0]
        for name, read in engines.items():
            start = time.monotonic()
            text = plain(read(str(page)))
            seconds.setdefault((level, name), []).append(time.monotonic() - start)
            for phrase in truth:
                line = plain(phrase["text"])
                errors, begin = wrong(line, text)
                if options.show and name == "prescreen" and sum(errors):
                    print(page.stem, sum(errors), phrase["text"], "→", "".join(text[begin:begin + len(line) + 2]), flush=True)
                parts = [("all", 0, len(phrase["text"]))] + phrase["fields"]
                for kind, start_at, end in parts:
                    a, b = (len(plain(phrase["text"][:at])) for at in (start_at, end))
                    count = counts.setdefault((level, name, kind), [0, 0])
                    count[0] += sum(errors[a:b])
                    count[1] += b - a
    for level in sorted({level for level, _ in seconds}):
        for name in engines:
            kinds = [(kind, *counts[level, name, kind]) for kind in ("all", "amount", "date", "name") if (level, name, kind) in counts]
            rates = "  ".join(f"{kind} {bad}/{all} {100 * bad / max(all, 1):.2f} %" for kind, bad, all in kinds)
            spent = seconds[level, name]
            print(f"{level:7} {name:10} {len(spent)} pages {sum(spent) / len(spent):.2f} s a page (median {sorted(spent)[len(spent) // 2]:.2f})  {rates}")


if __name__ == "__main__":
    main()
