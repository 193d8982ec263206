# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tools/count-tests says at the end of tools/test."""

import json
import os
import subprocess
import tempfile
import unittest

COUNT = os.path.join(os.path.dirname(__file__), "..", "..", "tools", "count-tests")

# The logs of one build folder, in the order they are counted; None is a log that was not written.
CASES = {
    "all passed": ([{"a": "OK", "b": "EXPECTEDFAIL"}], 0, ["2 passed, 0 failed"], []),
    "one failed": ([{"a": "OK", "b": "FAIL"}], 1, ["1 passed, 1 failed"],
                   ["build-test: suite / b: FAIL"]),
    "a skipped one": ([{"a": "OK", "b": "SKIP"}], 1, ["1 passed, 1 failed"],
                      ["build-test: suite / b: SKIP"]),
    "passed alone": ([{"a": "OK", "b": "TIMEOUT"}, {"b": "OK"}], 0,
                     ["1 passed only when run alone: build-test: suite / b (first TIMEOUT)",
                      "2 passed, 0 failed"], []),
    "failed alone, too": ([{"a": "OK", "b": "TIMEOUT"}, {"b": "FAIL"}], 1, ["1 passed, 1 failed"],
                          ["build-test: suite / b: FAIL"]),
    "two of three alone": ([{"a": "FAIL", "b": "FAIL", "c": "ERROR"},
                            {"a": "OK", "b": "FAIL", "c": "OK"}], 1,
                           ["2 passed only when run alone: build-test: suite / a (first FAIL), "
                            "build-test: suite / c (first ERROR)", "2 passed, 1 failed"],
                           ["build-test: suite / b: FAIL"]),
    "no log": ([None], 1, ["0 passed, 1 failed"], ["build-test: meson test: NO LOG"]),
    "nothing ran": ([{}], 1, ["0 passed, 0 failed"], []),
}


class Counting(unittest.TestCase):
    def write(self, folder, logs):
        os.makedirs(os.path.join(folder, "build-test", "meson-logs"))
        for number, log in enumerate(logs):
            path = os.path.join(folder, "build-test", "meson-logs", f"{number}.json")
            if log is not None:
                with open(path, "w", encoding="utf-8") as file:
                    for name, result in log.items():
                        file.write(json.dumps({"name": f"suite / {name}", "result": result}) + "\n")
            yield path

    def count(self, *arguments):
        return subprocess.run([COUNT, *arguments], capture_output=True, text=True, timeout=60,
                              check=False)

    def test_cases(self):
        for name, (logs, status, out, err) in CASES.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                done = self.count(*self.write(folder, logs))
                self.assertEqual((done.returncode, done.stdout.splitlines(),
                                  done.stderr.splitlines()), (status, out, err))

    def test_names_of_failed(self):
        with tempfile.TemporaryDirectory() as folder:
            done = self.count("--failed", *self.write(folder, [{"a": "OK", "b": "FAIL",
                                                               "c": "TIMEOUT"}]))
            self.assertEqual((done.returncode, done.stdout), (0, "b\nc\n"))


if __name__ == "__main__":
    unittest.main()
