#!/usr/bin/python3
"""Goal: tidy sees every offence it exists for, and nothing in a tree without one.
Method: a small clean tree in a temporary folder; plant one offence, look for its line; plant the
near miss that is allowed, look for silence."""
import pathlib
import sys
import tempfile
import types
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests" / "support")]

import summary  # noqa: E402
import tidy  # noqa: E402
import tidy_rules  # noqa: E402

RULES = types.SimpleNamespace(**vars(tidy_rules))
RULES.HEAP_FILES = {"ledger/base/buf.c": "owns"}
RULES.TESTED_BY = {"ledger/base/table.c": "tests/unit/test_chain.c"}
RULES.LONG_FILES = {"tests/unit/test_chain.c": "long"}
RULES.IMPURE = {"ledger/store/store_rocksdb.c": "disk"}

HEADER = """/* A manual. */
#ifndef {guard}
#define {guard}
{body}
#endif
"""
SOURCE = """#include "ledger/log/chain.h"

#include <stdint.h>

/* Calls nothing: time() and malloc() stand in a comment, strcpy() in a string. */
int chain_length(const char *text)
{{
	text = "strcpy(a, b)";
	{body}
	return 0;
}}
"""


def header(path, body=""):
    return HEADER.format(guard=path.replace("/", "_").replace(".", "_").upper(), body=body)


def clean_tree():
    files = {
        "ledger/log/chain.h": header("ledger/log/chain.h"),
        "ledger/log/chain.c": SOURCE.format(body=""),
        "ledger/base/buf.c": "",
        "ledger/base/table.c": "",
        "ledger/store/store_rocksdb.c": "#include <rocksdb/c.h>\n#include <unistd.h>\n",
        "node/node.h": header("node/node.h", '#include "ledger/log/chain.h"'),
        "node/config.c": "#include <ini.h>\n#include <time.h>\n",
        "proto/civil/v1/event.proto": 'syntax = "proto3";\n',
    }
    for name in ("chain", "buf", "store_rocksdb", "config"):
        files[f"tests/unit/test_{name}.c"] = '#include "node/node.h"\n'
    folders = {str(parent) for path in files for parent in pathlib.Path(path).parents}
    for folder in folders - {"proto/civil", "proto/civil/v1"}:
        files[str(pathlib.Path(folder, "README.md"))] = "what it is\n"
    return files


class Tidy(unittest.TestCase):
    def offences(self, changes, rules=RULES):
        """What tidy says of the clean tree with these files changed; None removes a file."""
        with tempfile.TemporaryDirectory() as root:
            for path, text in (clean_tree() | changes).items():
                if text is not None:
                    file = pathlib.Path(root, path)
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_text(text, encoding="utf-8")
            return [f"{found.path}:{found.line}: {found.text}"
                    for found in tidy.offences_of(root, rules=rules)]

    def assert_found(self, expected, changes):
        """Exactly one offence, and it says this."""
        found = self.offences(changes)
        self.assertEqual(len(found), 1, found)
        self.assertIn(expected, found[0])

    def assert_clean(self, changes):
        self.assertEqual(self.offences(changes), [])

    def in_chain(self, body):
        return {"ledger/log/chain.c": SOURCE.format(body=body)}

    def test_a_clean_tree_has_no_offence(self):
        self.assert_clean({})

    def test_an_include_to_the_right_is_found(self):
        self.assert_found("chain.c:1: ledger must not include node/node.h",
                          {"ledger/log/chain.c": '#include "node/node.h"\n'})

    def test_an_include_of_tests_is_found(self):
        tests = "tests/support/folder.h"
        self.assert_found("node must not include tests/support/folder.h", {
            tests: header(tests), "tests/support/README.md": "",
            "node/config.c": f'#include "{tests}"\n'})

    def test_an_include_not_from_the_root_is_found(self):
        self.assert_found('"chain.h" is no file, seen from the root',
                          {"ledger/log/chain.c": '#include "chain.h"\n'})

    def test_a_generated_header_needs_its_proto(self):
        self.assert_clean({"ledger/log/chain.c": '#include "civil/v1/event.pb-c.h"\n'})
        self.assert_found("is no file",
                          {"ledger/log/chain.c": '#include "civil/v1/absent.pb-c.h"\n'})

    def test_each_library_has_its_door(self):
        for name in ("sodium.h", "rocksdb/c.h", "utf8proc.h", "grpc/grpc.h", "jansson.h",
                     "microhttpd.h"):
            with self.subTest(name):
                self.assert_found(f"{name} is for", {"node/config.c": f"#include <{name}>\n"})

    def test_the_ledger_includes_no_clock_thread_or_network(self):
        for name in ("time.h", "pthread.h", "sys/socket.h", "ctype.h", "locale.h", "math.h"):
            with self.subTest(name):
                self.assert_found(f"ledger is pure: no {name}",
                                  {"ledger/log/chain.c": f"#include <{name}>\n"})

    def test_a_cycle_of_headers_is_found_in_each_of_them(self):
        found = self.offences({
            "node/a.h": header("node/a.h", '#include "node/b.h"'),
            "node/b.h": header("node/b.h", '#include "node/a.h"')})
        self.assertEqual([line.split(":")[0] for line in found], ["node/a.h", "node/b.h"])

    def test_a_function_of_71_lines_is_found_and_one_of_70_is_not(self):
        frame = SOURCE.format(body="@").split("\n")
        own_lines = len(frame) - 1 - frame.index("int chain_length(const char *text)") - 1
        self.assert_clean(self.in_chain("\n".join(["text++;"] * (70 - own_lines))))
        self.assert_found("chain_length has 71 lines",
                          self.in_chain("\n".join(["text++;"] * (71 - own_lines))))

    def test_a_long_python_function_is_found(self):
        body = "".join(f"    a = {i}\n" for i in range(70))
        self.assert_found("f has 71 lines", {"tests/unit/x.py": "def f():\n" + body})

    def test_a_file_of_401_lines_is_found_and_one_of_400_is_not(self):
        self.assert_clean({"node/config.c": "int a;\n" * 400})
        self.assert_found("401 lines", {"node/config.c": "int a;\n" * 401})
        self.assert_clean({"tests/unit/test_chain.c": "int a;\n" * 401})

    def test_a_line_of_101_columns_is_found_and_tabs_count_eight(self):
        self.assert_clean({"node/config.c": "\t" + "a" * 92 + "\n"})
        self.assert_found("101 columns", {"node/config.c": "\t" + "a" * 93 + "\n"})

    def test_each_banned_call_is_found(self):
        for name in tidy_rules.BANNED:
            with self.subTest(name):
                self.assert_found(f"chain.c:9: {name} is banned", self.in_chain(f"{name} (0);"))

    def test_a_member_or_a_longer_name_is_no_banned_call(self):
        self.assert_clean(self.in_chain("a->rand(); b.system(); my_strcpy(); rand = 1;"))

    def test_each_impure_call_is_found_in_the_ledger_only(self):
        for name in tidy_rules.BANNED_IN_LEDGER:
            with self.subTest(name):
                self.assert_found(f"no {name}()", self.in_chain(f"{name}();"))
                self.assert_clean({"node/config.c": f"int f(void)\n{{\n\t{name}();\n}}\n"})

    def test_floating_point_is_found_in_the_ledger(self):
        self.assert_found("no double", self.in_chain("double ratio;"))

    def test_heap_memory_belongs_to_pairs_and_listed_files(self):
        self.assert_found("malloc outside", self.in_chain("malloc(1);"))
        self.assert_found("free outside", self.in_chain("free(0);"))
        paired = "struct a *chain_new(int a,\n                    int b)\n{\n\tmalloc(1);\n}\n"
        self.assert_clean({"ledger/log/chain.c": paired, "ledger/base/buf.c": "x = malloc(1);\n"})

    def test_markers_are_found_in_any_file(self):
        for marker in ("TODO", "FIXME", "XXX", "HACK", "#if 0", ">>>>>>> theirs"):
            with self.subTest(marker):
                self.assert_found("leftover marker", {"node/README.md": f"{marker}\n"})
        self.assert_clean({"node/README.md": "folder.XXXXXX, a todo\n"})

    def test_paths_of_one_machine_are_found(self):
        for path in ("/home/somebody/x", "/root/x", "see /work/main"):
            with self.subTest(path):
                self.assert_found("path of one machine", {"node/README.md": f"{path}\n"})
        self.assert_clean({"node/README.md": "/usr/bin, /var/lib, a/work/b, ProtectHome\n"})

    def test_a_folder_without_readme_is_found(self):
        self.assert_found("node:1: no README.md", {"node/README.md": None})

    def test_a_header_needs_its_manual_and_its_guard(self):
        text = header("ledger/log/chain.h")
        self.assert_found("no comment at the top",
                          {"ledger/log/chain.h": text.replace("/* A manual. */\n", "")})
        self.assert_found("no include guard LEDGER_LOG_CHAIN_H",
                          {"ledger/log/chain.h": text.replace("CHAIN_H", "CHAINS_H")})

    def test_a_source_without_a_test_is_found(self):
        self.assert_found("not tested: there is no tests/unit/test_config.c",
                          {"tests/unit/test_config.c": None})

    def test_a_row_about_no_file_is_found(self):
        self.assert_found("HEAP_FILES: no file is ledger/base/buf.c",
                          {"ledger/base/buf.c": None})

    def test_copies_of_others_are_left_alone(self):
        self.assert_clean({"proto/google/any.proto": "TODO\n"})


if __name__ == "__main__":
    summary.main("tidy")
