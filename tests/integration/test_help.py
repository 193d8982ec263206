#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What shells complete."""

import os
import shlex
import subprocess
import unittest

from fixtures.stack import wdctl_path

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
COMPLETIONS = os.path.join(ROOT, "data", "completions")
# Types lines into a shell of its own, with a tab behind each, and says what became of them.
ZSH = r'''
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1= fpath=(${(q)1} \$fpath); autoload -Uz compinit && compinit -D -u
tell() { print -r -- \"<\$BUFFER>\"; BUFFER= }; zle -N tell; bindkey '^X' tell; print rea''dy"
zpty -r -m shell answer '*ready*'
for line in "${@:2}"; do
  zpty -w -n shell "$line"$'\t\x18'
  zpty -r -m shell answer '*<*>*'
  print -r -- "${${answer##*<}%%>*}"
done
zpty -d shell
'''
class Completion(unittest.TestCase):
    def complete(self, *words):
        done = subprocess.run([wdctl_path(), "--complete", *words], capture_output=True, text=True,
                              check=True)
        return [line.split("\t")[0] for line in done.stdout.splitlines()]

    def test_words(self):
        for words, expected in (
                (("st",), ["stats"]), (("queues", "jo"), ["jobs", "job"]),
                (("--json", "outbox", ""), ["list", "send", "discard"]),
                (("health", "l"), ["limits"]),
                (("dispatch", ""), ["gas-topup", "consolidation", "sync"]),
                (("dispatch", "sync", "--pri"), ["--priority"]),
                (("dispatch", "sync", "--priority", ""), ["low", "normal", "high"]),
                (("jobs", "list", "--status=f"), ["--status=failed"]),
                (("wallets", "list", "--needs-gas="), ["--needs-gas=true", "--needs-gas=false"]),
                (("drift", "fix", "mark-p"), ["mark-pending"]),
                (("health", "limits", "--set", "run-f"), None),
                (("dispatch", "sync", "x", ""), []), (("nonsense", ""), [])):
            with self.subTest(words):
                found = self.complete(*words)
                if expected is None:
                    self.assertTrue(found and all(word.endswith("=") for word in found), found)
                else:
                    self.assertEqual(found, expected)

    def test_every_command_of_the_help(self):
        groups = self.complete("")
        self.assertIn("dispatch", groups)
        for group in groups:
            done = subprocess.run([wdctl_path(), group, "--help"], capture_output=True, check=True)
            self.assertTrue(done.stdout)

    @staticmethod
    def run_shell(*command):
        path = os.path.dirname(wdctl_path()) + os.pathsep + os.environ["PATH"]
        done = subprocess.run(command, env={**os.environ, "PATH": path}, capture_output=True,
                              text=True, check=True)
        return done.stdout

    def shell(self, *command):
        return self.run_shell(*command).split()

    def test_bash(self):
        script = os.path.join(COMPLETIONS, "wdctl.bash")
        for words, expected in (
                (["jobs", "ret"], ["retry"]), (["jobs", "list", "--status", "comp"], ["completed"]),
                (["jobs", "list", "--status", "=", "comp"], ["completed"]),
                (["wallets", "list", "--needs-gas", "="], ["true", "false"])):
            with self.subTest(words):
                line = " ".join(shlex.quote(word) for word in ["wdctl", *words])
                found = self.shell("bash", "-c", f"source {shlex.quote(script)}; "
                                   f"COMP_WORDS=({line}); COMP_CWORD={len(words)}; _wdctl; "
                                   'printf "%s\\n" "${COMPREPLY[@]}"')
                self.assertEqual(found, expected)

    def test_fish(self):
        script = os.path.join(COMPLETIONS, "wdctl.fish")
        found = self.shell("fish", "--no-config", "-c",
                           f"source {shlex.quote(script)}; complete -C 'wdctl jobs ret'")
        self.assertEqual(found[0], "retry")

    def test_zsh(self):
        lines = {"wdctl jobs ret": "wdctl jobs retry ",
                 "wdctl jobs list --status=comp": "wdctl jobs list --status=completed ",
                 "wdctl dispatch sync --pri": "wdctl dispatch sync --priority ",
                 "wdctl wallets list --needs-gas=t": "wdctl wallets list --needs-gas=true ",
                 # A value follows.
                 "wdctl health limits --set run-f": "wdctl health limits --set run-factor="}
        found = self.run_shell("zsh", "-f", "-c", ZSH, "zsh", COMPLETIONS, *lines)
        self.assertEqual(found.splitlines(), list(lines.values()))


if __name__ == "__main__":
    unittest.main()
