#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the user guide tells people to run does what it says; and what shells complete."""

import os
import shlex
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree

from fixtures.site import Site
from fixtures.stack import wdctl_path
from money_case import QUEUE

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
COMPLETIONS = os.path.join(ROOT, "data", "completions")
MALLARD = "{http://projectmallard.org/1.0/}"


def blocks(section, kind):
    """The code of one section of the page about grants."""
    page = ElementTree.parse(os.path.join(ROOT, "help", "C", "grants.page"))
    for element in page.iter(MALLARD + "section"):
        if element.get("id") == section:
            return [code.text for code in element.iter(MALLARD + "code")
                    if code.get("mime") == kind]
    raise LookupError(section)


class Grants(unittest.TestCase):
    """The statements of the guide, run as they stand there, give just the rights it names."""

    @classmethod
    def setUpClass(cls):
        cls.site = Site()
        cls.addClassCleanup(cls.site.close)
        cls.redis = cls.site.redis.client()
        with cls.site.postgres.connect(user="postgres") as owner, owner.cursor() as cursor:
            for section in ("operator", "viewer"):
                for statement in blocks(section, "application/sql"):
                    cursor.execute(statement)
        for section in ("operator", "viewer"):
            for line in blocks(section, "text/x-redis-acl"):
                cls.redis.execute_command(*shlex.split(line.replace(">", "'>") .replace(
                    "SECRET", "SECRET'")))

    def ask(self, role, *arguments):
        return self.site.wdctl(
            *arguments, DATABASE_URL=self.site.postgres.url(user=role), PGUSER=role,
            REDIS_URL=f"redis+unix://{role}:SECRET@{self.site.redis.socket}?db=0")

    def test_operator(self):
        checks = self.ask("dashboard", "doctor").document["checks"]
        self.assertEqual([check for check in checks if check["status"] in ("error", "unknown")], [])
        wallet, = self.site.add_wallets(1)
        answer = self.ask("dashboard", "dispatch", "gas-topup", "--wallet", wallet)
        self.assertEqual(answer.status, 0, answer)
        self.assertEqual(self.redis.zcard(f"bull:{QUEUE}:prioritized"), 1)
        self.assertEqual(self.ask("dashboard", "queues", "pause", QUEUE).status, 0)
        self.assertEqual(self.ask("dashboard", "queues", "resume", QUEUE).status, 0)
        self.assertEqual(
            self.ask("dashboard", "wallets", "set-flags", wallet, "--needs-gas=true").status, 0)

    def test_viewer(self):
        wallet, = self.site.add_wallets(1)
        for command in (("stats",), ("queues", "list"), ("queues", "jobs", QUEUE),
                        ("queues", "limits"), ("queues", "schedulers"), ("jobs", "list"),
                        ("wallets", "list"), ("outbox", "list"), ("history",), ("health",),
                        ("drift", "check"), ("alerts", "list"), ("audit", "list")):
            with self.subTest(command):
                answer = self.ask("onlooker", *command)
                self.assertEqual(answer.status, 0, answer)
        before = (self.redis.dbsize(), self.site.sql("SELECT count(*) FROM job_logs"))
        for command in (("dispatch", "sync", "--wallet", wallet), ("queues", "pause", QUEUE),
                        ("wallets", "set-flags", wallet, "--needs-gas=true")):
            with self.subTest(command):
                answer = self.ask("onlooker", *command)
                self.assertEqual(answer.document["code"], "permission", answer)
        self.assertEqual(
            (self.redis.dbsize(), self.site.sql("SELECT count(*) FROM job_logs")), before)

    def test_dangerous_commands(self):
        """Neither may empty or reconfigure the server, and a viewer may write no key."""
        for user, commands in (("dashboard", (("FLUSHALL",), ("CONFIG", "GET", "*"), ("KEYS", "*"),
                                              ("ACL", "LIST"), ("SET", "other:key", "1"))),
                               ("onlooker", (("FLUSHALL",), ("SET", "bull:x", "1"),
                                             ("EVAL", "return redis.call('SET', KEYS[1], '1')",
                                              "1", "bull:x")))):
            client = self.site.redis.client(username=user, password="SECRET")
            for command in commands:
                with self.subTest((user, command)), self.assertRaises(Exception) as caught:
                    client.execute_command(*command)
                self.assertRegex(str(caught.exception), "(?i)permission|NOPERM|can't run")


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

    def shell(self, *command):
        path = os.path.dirname(wdctl_path()) + os.pathsep + os.environ["PATH"]
        done = subprocess.run(command, env={**os.environ, "PATH": path}, capture_output=True,
                              text=True, check=True)
        return done.stdout.split()

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
        self.shell("zsh", "-n", os.path.join(COMPLETIONS, "_wdctl"))


if __name__ == "__main__":
    unittest.main()
