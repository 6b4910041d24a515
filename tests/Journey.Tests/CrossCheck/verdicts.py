#!/usr/bin/env python3
"""Verdicts on replayed traces, computed apart from the platform, with the standard library only.

usage: verdicts.py TRACES QUESTION < nothing > answer.json

TRACES is a folder of files with one line per five minutes of a day: "cpu memory disk" in percent, "-" for a value that
was not measured, an empty line for no sample; a server replays its file day after day. QUESTION is a JSON file:
  {"days": 28, "levels": {"quiet": 10, "busy": 80},
   "size": {"vcpus": 4, "memoryGiB": 8}, "sizes": [{"vcpus": 1, "memoryGiB": 1, "yuan": "30.00"}, ...],
   "policies": [{"name": "...", "numbers": {...}}, ...]}
The answer has one member for each file: the numbers of each metric, and for each policy the verdict of each rule and the
cheapest size under the target. Too large is a server for which a smaller size serves.
"""
import json
import math
import pathlib
import struct
import sys
from decimal import Decimal
from fractions import Fraction

SLOTS = 288
METRICS = ("cpu", "memory", "disk")


def single(text):
    """The number as a sample holds it: the nearest float of 32 bits, in its shortest form."""
    number = struct.unpack("f", struct.pack("f", float(text)))[0]
    for digits in range(1, 10):
        short = f"{number:.{digits}g}"
        if struct.unpack("f", struct.pack("f", float(short)))[0] == number:
            return Decimal(short)
    raise ValueError(text)


def mean(values):
    """The mean of what the samples hold, in millionths: a float of 32 bits knows no more."""
    held = (struct.unpack("f", struct.pack("f", float(value)))[0] for value in values)
    return Fraction(sum(math.floor(number * 1e6 + 0.5) for number in held), 1_000_000 * len(values))


def read(path):
    day = {metric: [None] * SLOTS for metric in METRICS}
    lines = path.read_text(encoding="utf-8").splitlines()
    if len(lines) != SLOTS:
        raise ValueError(f"{path.name}: {len(lines)} lines, expected {SLOTS}")
    for slot, line in enumerate(lines):
        for metric, text in zip(METRICS, line.split()):
            if text != "-":
                day[metric][slot] = single(text)
    return day


def rank(values, percent):
    """The nearest rank: the ceil(percent/100 * n)-th smallest."""
    return sorted(values)[(percent * len(values) + 99) // 100 - 1]


def summary(day, days, levels):
    measured = [value for value in day if value is not None]
    if not measured:
        return {"measured": 0, "coverage": 0.0, "mean": None, "p95": None, "p99": None, "max": None,
                "below": 0, "above": 0, "peak": None}
    hours = [[v for v in day[h * 12:h * 12 + 12] if v is not None] for h in range(24)]
    return {
        "measured": len(measured) * days,
        "coverage": float(Fraction(len(measured), SLOTS)),
        "mean": mean(measured),
        "p95": rank(measured * days, 95),
        "p99": rank(measured * days, 99),
        "max": max(measured),
        "below": sum(v < levels["quiet"] for v in measured) * days,
        "above": sum(v > levels["busy"] for v in measured) * days,
        "peak": max(mean(hour) for hour in hours if hour),
    }


def verdict(numbers, used, held):
    """Three values: a rule is not decided by metrics that were measured too seldom."""
    if any(use["coverage"] < numbers["leastCoverage"] for use in used):
        return "insufficientData"
    return "held" if held() else "notHeld"


def judge(question, numbers, use, network):
    cpu, memory = use["cpu"], use["memory"]
    best = right_size(question, numbers, use)
    low, large, small, zombie = (numbers[rule] for rule in ("lowUse", "tooLarge", "tooSmall", "zombie"))
    return {
        "lowUse": verdict(numbers, (cpu, memory), lambda: (
            cpu["mean"] < low["cpuMean"] and cpu["p95"] < low["cpuP95"]
            and memory["mean"] < low["memoryMean"] and memory["p95"] < low["memoryP95"])),
        "tooLarge": verdict(numbers, (cpu, memory), lambda: (
            cpu["p95"] < large["cpuP95"] and memory["p95"] < large["memoryP95"]
            and best is not None and best != question["size"])),
        "tooSmall": verdict(numbers, (cpu, memory), lambda: (
            cpu["p95"] > small["cpuP95"] or memory["p95"] > small["memoryP95"])),
        "zombie": verdict(numbers, (cpu, network), lambda: (
            cpu["mean"] < zombie["cpuMean"] and cpu["p95"] < zombie["cpuP95"])),
    }


def right_size(question, numbers, use):
    """The cheapest size whose p95 and busiest hour of the week stay under the target; null if there is none."""
    need = {}
    for metric, unit in (("cpu", "vcpus"), ("memory", "memoryGiB")):
        if use[metric]["coverage"] < numbers["leastCoverage"]:
            return None
        percent = max(Fraction(use[metric]["p95"]), use[metric]["peak"])
        need[unit] = percent * question["size"][unit]
    target = Fraction(str(numbers["targetPercent"]))
    fitting = [size for size in question["sizes"]
               if all(need[unit] < size[unit] * target for unit in ("vcpus", "memoryGiB"))]
    best = min(fitting, key=lambda s: (Decimal(s["yuan"]), s["vcpus"], s["memoryGiB"]), default=None)
    return best and {"vcpus": best["vcpus"], "memoryGiB": best["memoryGiB"]}


def plain(value):
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    return float(value) if isinstance(value, (Decimal, Fraction)) else value


def main(folder, question_file):
    question = json.loads(pathlib.Path(question_file).read_text(encoding="utf-8"), parse_float=Decimal)
    answer = {}
    for path in sorted(pathlib.Path(folder).glob("*.txt")):
        day = read(path)
        use = {metric: summary(day[metric], question["days"], question["levels"]) for metric in METRICS}
        answer[path.name] = {
            "use": plain(use),
            "policies": {
                policy["name"]: {
                    "verdicts": judge(question, policy["numbers"], use, {"coverage": 0}),
                    "size": right_size(question, policy["numbers"], use),
                }
                for policy in question["policies"]
            },
        }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
