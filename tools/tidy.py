#!/usr/bin/python3
"""Checks what no compiler checks. The tables are in tidy_rules.py.

    tools/tidy.py [--root FOLDER] [CHECK...]

Prints one line per offence, `path:line: what is wrong`, and ends with 1 when there is one.
"""
import argparse
import ast
import collections
import os
import re
import sys
import unicodedata

import tidy_rules
from source import Tree, matches

Offence = collections.namedtuple("Offence", "path line text")

C_FILES = (".c", ".h")
SOURCE_FILES = (".c", ".h", ".py", ".sh", "/run", "/setup", "/demo", "/lint", "/cover")


def check_layers(tree, rules):
    """Includes are written from the root and go to the left."""
    for file in tree.select(rules.SOURCE_FOLDERS, C_FILES):
        for line, quote, name in file.includes:
            if quote == "<":
                continue
            proto = "proto/" + name.replace(".pb-c.h", ".proto")
            if name.endswith(".pb-c.h") and (tree.root / proto).exists():
                continue
            if name not in tree.files:
                yield Offence(file.path, line, f'"{name}" is no file, seen from the root')
            elif not may_include(rules, file.layer, name.split("/")[0]):
                yield Offence(file.path, line, f"{file.layer} must not include {name}")


def may_include(rules, layer, included):
    if included == layer or layer == "tests":
        return True
    if layer not in rules.LAYERS or included not in rules.LAYERS:
        return False
    return rules.LAYERS.index(included) < rules.LAYERS.index(layer)


def check_doors(tree, rules):
    """Each library is known to few files, and the ledger to no clock, thread or network."""
    for file in tree.select(rules.LAYERS, C_FILES):
        is_pure = file.layer == "ledger" and not matches(file.path, rules.IMPURE)
        for line, quote, name in file.includes:
            door = next((row for row in rules.DOORS if matches(name, [row])), None)
            if quote == '"' and name.endswith(".pb-c.h"):
                continue  # generated from our protos, whatever library the package is named after
            if door:
                if not matches(file.path, rules.DOORS[door]):
                    doors = ", ".join(rules.DOORS[door])
                    yield Offence(file.path, line, f"{name} is for {doors} only")
            elif quote == "<" and is_pure and name not in rules.PURE_HEADERS:
                yield Offence(file.path, line, f"ledger is pure: no {name}")


def check_cycles(tree, rules):
    """No header reaches itself."""
    for file in tree.select(rules.SOURCE_FOLDERS, (".h",)):
        for line, _, name in file.includes:
            if file.path in tree.includes_of(name):
                yield Offence(file.path, line, f"cycle: {name} includes this header again")


def columns_of(line):
    """Width on a screen: signs above and below a letter, as in Khmer, take none."""
    return sum(unicodedata.category(c) not in ("Mn", "Me", "Cf") for c in line)


def check_sizes(tree, rules):
    """Functions, files and lines fit on a screen."""
    for file in tree.select(rules.SOURCE_FOLDERS, SOURCE_FILES):
        if len(file.lines) > rules.FILE_LINES_MAX and not matches(file.path, rules.LONG_FILES):
            text = f"{len(file.lines)} lines, at most {rules.FILE_LINES_MAX}"
            yield Offence(file.path, rules.FILE_LINES_MAX + 1, text)
        for number, line in enumerate(file.lines, 1):
            columns = columns_of(line.expandtabs(rules.TAB_COLUMNS))
            if columns > rules.LINE_COLUMNS_MAX:
                text = f"{columns} columns, at most {rules.LINE_COLUMNS_MAX}"
                yield Offence(file.path, number, text)
        for name, first, last in functions_of(file):
            if last - first + 1 > rules.FUNCTION_LINES_MAX:
                text = f"{name} has {last - first + 1} lines, at most {rules.FUNCTION_LINES_MAX}"
                yield Offence(file.path, first, text)


def functions_of(file):
    if file.path.endswith(C_FILES):
        return file.functions
    if file.path.endswith(".py") or file.text.startswith("#!/usr/bin/python3"):
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        return [(node.name, node.lineno, node.end_lineno)
                for node in ast.walk(ast.parse(file.text)) if isinstance(node, kinds)]
    return []


def check_calls(tree, rules):
    """Calls that overflow, that depend on the day, or that take memory anywhere."""
    for file in tree.select(rules.SOURCE_FOLDERS, C_FILES):
        for line, name in file.calls(rules.BANNED):
            yield Offence(file.path, line, f"{name} is banned: use {rules.BANNED[name]}")
        if file.layer == "ledger":
            yield from impure_calls(file, rules)
            yield from heap_calls(file, rules)


def impure_calls(file, rules):
    if matches(file.path, rules.IMPURE):
        return
    for line, name in file.calls(rules.BANNED_IN_LEDGER):
        yield Offence(file.path, line, f"ledger is pure: no {name}()")
    words = re.compile(r"\b(" + "|".join(rules.BANNED_WORDS_IN_LEDGER) + r")\b")
    for match in words.finditer(file.code):
        line = file.line_of(match.start())
        yield Offence(file.path, line, f"ledger is pure: no {match.group()}")


def heap_calls(file, rules):
    if file.path in rules.HEAP_FILES:
        return
    for line, name in file.calls(rules.HEAP_CALLS):
        if not file.function_at(line).endswith(rules.HEAP_FUNCTIONS):
            endings = ", ".join(rules.HEAP_FUNCTIONS)
            yield Offence(file.path, line, f"{name} outside a function named {endings}")


def check_markers(tree, rules):
    """Nothing unfinished, and no path of one machine."""
    named = [(pattern, "leftover marker") for pattern in rules.MARKERS]
    named += [(pattern, "path of one machine") for pattern in rules.MACHINE_PATHS]
    combined = [(re.compile(pattern), what) for pattern, what in named]
    for file in tree.files.values():
        if matches(file.path, rules.NO_MARKERS):
            continue
        for number, line in enumerate(file.lines, 1):
            for pattern, what in combined:
                if pattern.search(line):
                    yield Offence(file.path, number, what)


def check_readmes(tree, rules):
    """A newcomer finds a README.md in each folder."""
    folders = {os.path.dirname(path) for path in tree.files}
    for folder in sorted(folders):
        if folder.startswith(".") or matches(folder, rules.NO_README):
            continue
        if os.path.join(folder, "README.md") not in tree.files:
            yield Offence(folder or ".", 1, "no README.md")


def check_headers(tree, rules):
    """A header opens with its manual and is guarded by its own name."""
    for file in tree.select(rules.SOURCE_FOLDERS, (".h",)):
        guard = re.sub(r"\W", "_", file.path).upper()
        if not file.text.startswith("/*"):
            yield Offence(file.path, 1, "no comment at the top")
        if f"#ifndef {guard}\n#define {guard}\n" not in file.text:
            yield Offence(file.path, 1, f"no include guard {guard}")


def check_tests(tree, rules):
    """Each source has its unit test, or a row that says where it is tested."""
    for file in tree.select(("ledger", "node", "api"), (".c",)):
        stem = os.path.basename(file.path)[:-len(".c")]
        own = f"tests/unit/test_{stem}.c"
        listed = [test for row, test in rules.TESTED_BY.items() if matches(file.path, [row])]
        if not any(test in tree.files for test in [own, *listed]):
            yield Offence(file.path, 1, f"not tested: there is no {' or '.join([own, *listed])}")


def check_rows(tree, rules):
    """A row about a file that is gone says nothing."""
    tables = ("HEAP_FILES", "LONG_FILES", "TESTED_BY", "IMPURE")
    for table in tables:
        for pattern in getattr(rules, table):
            if not any(matches(path, [pattern]) for path in tree.files):
                yield Offence("tools/tidy_rules.py", 1, f"{table}: no file is {pattern}")


CHECKS = {
    "layers": check_layers,
    "doors": check_doors,
    "cycles": check_cycles,
    "sizes": check_sizes,
    "calls": check_calls,
    "markers": check_markers,
    "readmes": check_readmes,
    "headers": check_headers,
    "tests": check_tests,
    "rows": check_rows,
}


def offences_of(root, checks=tuple(CHECKS), rules=tidy_rules):
    """Every offence under root against these checks."""
    tree = Tree(root, rules.THIRD_PARTY)
    return [offence for check in checks for offence in CHECKS[check](tree, rules)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", default=os.path.join(os.path.dirname(__file__), ".."))
    parser.add_argument("check", nargs="*", metavar="CHECK", help=", ".join(CHECKS))
    arguments = parser.parse_args()
    unknown = set(arguments.check) - set(CHECKS)
    if unknown:
        parser.error(f"no such check: {', '.join(sorted(unknown))}")
    found = offences_of(arguments.root, arguments.check or tuple(CHECKS))
    for offence in found:
        print(f"{offence.path}:{offence.line}: {offence.text}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
