"""Runs the unittest cases of a script and says what happened in the line tests/run counts.

    import summary
    if __name__ == "__main__":
        summary.main("tidy")
"""
import sys
import unittest


def main(name):
    program = unittest.main(module="__main__", exit=False, verbosity=2)
    result = program.result
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    skipped = len(result.skipped)
    passed = max(0, result.testsRun - failed - skipped)  # each failing subtest is one failure
    sys.stderr.flush()
    print(f"{name}: {passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    sys.exit(1 if failed else 0)
