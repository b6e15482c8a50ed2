"""The source tree as its checkers see it: files, C without comments and strings, functions."""
import fnmatch
import functools
import os
import pathlib
import re

NOT_CODE = re.compile(
    r"""/\*.*?\*/ | //[^\n]* | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'""", re.S | re.X)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
FUNCTION = re.compile(r"^\{\n(.*?)^\}", re.M | re.S)
SKIPPED_FOLDERS = ("build", ".git", "__pycache__")


def matches(path, patterns):
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)


def blank(match):
    """Spaces of the same shape, so that line numbers stay."""
    return re.sub(r"[^\n]", " ", match.group())


class File:
    """One file; what is asked of it is computed once."""

    def __init__(self, root, path):
        self.path = path
        self.layer = path.split("/")[0]
        self.text = (root / path).read_text(encoding="utf-8", errors="replace")

    @functools.cached_property
    def lines(self):
        return self.text.splitlines()

    @functools.cached_property
    def code(self):
        return NOT_CODE.sub(blank, self.text)

    def line_of(self, position):
        return self.text.count("\n", 0, position) + 1

    @functools.cached_property
    def includes(self):
        """(line, the bracket or quote, name) of each #include."""
        return [(self.line_of(match.start()), match.group(1), match.group(2))
                for match in INCLUDE.finditer(self.text)]

    @functools.cached_property
    def functions(self):
        """(name, first line, last line) of each function: a brace in the first column opens it."""
        found = []
        for match in FUNCTION.finditer(self.code):
            start = self.declaration_start(match.start())
            name = re.search(r"(\w+)\s*\(", self.code[start:match.start()])
            if name:
                first = self.line_of(start)
                found.append((name.group(1), first, self.line_of(match.end())))
        return found

    def declaration_start(self, brace):
        """Goes up from the brace to where the declaration begins: an unindented line."""
        start = brace
        while start > 0:
            start = self.code.rfind("\n", 0, start - 1) + 1
            if not self.code[start].isspace():
                break
        return start

    def function_at(self, line):
        for name, first, last in self.functions:
            if first <= line <= last:
                return name
        return ""

    def calls(self, names):
        """(line, name) of each call of a function of these names, members excluded."""
        pattern = re.compile(r"(?<![\w.>])(" + "|".join(map(re.escape, names)) + r")\s*\(")
        for match in pattern.finditer(self.code):
            yield self.line_of(match.start()), match.group(1)


class Tree:
    """All files under root, by path."""

    def __init__(self, root, third_party=()):
        self.root = pathlib.Path(root)
        self.files = {}
        for folder, folders, names in os.walk(self.root):
            folders[:] = sorted(set(folders) - set(SKIPPED_FOLDERS))
            for name in sorted(names):
                path = str(pathlib.Path(folder, name).relative_to(self.root))
                if not matches(path, third_party):
                    self.files[path] = File(self.root, path)

    def select(self, folders, endings):
        return [file for file in self.files.values()
                if file.layer in folders and file.path.endswith(endings)]

    def includes_of(self, path, seen=None):
        """The path and every own header it reaches."""
        seen = set() if seen is None else seen
        if path in self.files and path not in seen:
            seen.add(path)
            for _, _, name in self.files[path].includes:
                self.includes_of(name, seen)
        return seen
