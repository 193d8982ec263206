#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The statements of the guide, run as they stand there, give just the rights that it names."""

import contextlib
import os
import shlex
import unittest
import xml.etree.ElementTree as ElementTree

import psycopg2

from drift_case import DriftCase
from fixtures.service import Service, run_server
from fixtures.stack import SOURCE
from money_case import QUEUE

MALLARD = "{http://projectmallard.org/1.0/}"
SYNC = "sync-balances"
OPERATOR, VIEWER, KEYMASTER = "dashboard", "onlooker", "keymaster"


def blocks(section, kind):
    """The code of one section of the page about grants."""
    page = ElementTree.parse(os.path.join(SOURCE, "help", "C", "grants.page"))
    for element in page.iter(MALLARD + "section"):
        if element.get("id") == section:
            return [code.text for code in element.iter(MALLARD + "code")
                    if code.get("mime") == kind]
    raise LookupError(section)


class Grants(DriftCase):
    """An operator and a viewer, each made as the guide says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        redis = cls.site.redis.client()
        with cls.site.postgres.connect(user="postgres") as owner, owner.cursor() as cursor:
            for section in ("operator", "tokens", "viewer"):
                for statement in blocks(section, "application/sql"):
                    cursor.execute(statement)
        for section in ("operator", "viewer"):
            for line in blocks(section, "text/x-redis-acl"):
                redis.execute_command(*shlex.split(line.replace(">", "'>").replace(
                    "SECRET", "SECRET'")))

    def rights(self, role):
        return {"DATABASE_URL": self.site.postgres.url(user=role), "PGUSER": role,
                "REDIS_URL": f"redis+unix://{role}:SECRET@{self.site.redis.socket}?db=0"}

    def may(self, *arguments, role=OPERATOR):
        return self.ask(*arguments, **self.rights(role))

    def may_confirm(self, *arguments):
        """What is done to as many as are listed."""
        count = self.may("queues", *arguments)["count"]
        self.assertGreater(count, 0, arguments)
        self.assertEqual(len(self.may("queues", *arguments, f"--confirm={count}")["done"]), count)

    def test_operator(self):
        checks = self.may("doctor")["checks"]
        self.assertEqual([check for check in checks if check["status"] in ("error", "unknown")], [])
        wallet, = self.site.add_wallets(1)
        self.may("dispatch", "gas-topup", "--wallet", wallet)
        self.assertEqual(len(self.queued()), 1)
        self.may("queues", "pause", QUEUE)
        self.may("queues", "resume", QUEUE)
        self.may("wallets", "set-flags", wallet, "--needs-gas=true")

    def test_operator_retries(self):
        row = self.fail_job()
        self.may("jobs", "retry", row)
        self.assertEqual(self.queued(), [row])
        self.site.add_failed_jobs(3)
        run = self.may("bulk", "retry", "--status=failed")["id"]
        self.may("bulk", "run", run)
        self.assertEqual(len(self.queued()), 4)
        wallets = self.site.add_wallets(2)
        run = self.may("bulk", "dispatch", "sync", f"--search={wallets[0]}")["id"]
        self.may("bulk", "run", run)
        self.assertEqual(len(self.queued(SYNC)), 1)
        self.may("doctor", "--recount")

    def test_operator_orders(self):
        self.queues.call(QUEUE, "add", "topup", {}, {"jobId": "later", "delay": 3600000})
        self.may_confirm("promote", QUEUE)
        ended = self.add_both(status="completed")
        self.put(ended[0], "completed")
        self.may_confirm("clean", QUEUE, "--before=2100-01-01")
        self.may("queues", "limits", QUEUE, "--concurrency=2", "--rate=10/60")
        self.may("queues", "limits", QUEUE, "--concurrency=none", "--rate=none")
        self.queues.call(QUEUE, "upsertJobScheduler", "nightly", {"pattern": "0 2 * * *"},
                         {"name": "topup"})
        word = self.may("queues", "remove-scheduler", QUEUE, "nightly")["scheduler"]["confirm"]
        self.may("queues", "remove-scheduler", QUEUE, "nightly", f"--confirm={word}")
        self.add_both(2)
        self.may_confirm("drain", QUEUE)
        self.assertEqual(self.queued(), [])

    def test_operator_promises(self):
        _row, entry = self.die_at("deliver:begin")
        self.assertEqual(self.may("outbox", "send", entry)["sent"], [entry])
        _row, entry = self.die_at("deliver:begin")
        self.assertEqual(self.may("outbox", "discard", entry)["discarded"], [entry])

    def test_operator_mends(self):
        lost, = self.add_both()
        self.redis.lrem(self.key("wait"), 0, lost)
        self.redis.delete(self.key(lost))
        self.may("drift", "check")
        self.assertEqual(len(self.may("drift", "fix", "requeue", f"{QUEUE}/{lost}")["done"]), 1)
        self.assertEqual(self.queued(), [lost])
        self.may("health", "limits", "--set=failures=5")
        self.may("health", "limits", "--set=failures=usual")

    def see_doctor(self):
        """On a connection that is read-only, as the guide asks for, it misses nothing."""
        rights = self.rights(VIEWER)
        folder = self.site.household.path("config", "worker-dashboard")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "profiles.conf"), "w", encoding="utf-8") as file:
            file.write(f"[Look]\ndatabase-url={rights['DATABASE_URL']}\n"
                       f"redis-url={rights['REDIS_URL']}\nread-only=true\nkeyring=false\n")
        checks = self.ask("--profile", "Look", "doctor",
                          XDG_CONFIG_HOME=os.path.dirname(folder))["checks"]
        self.assertEqual([check for check in checks if check["status"] in ("error", "unknown")], [])
        # Else it names what an operator may.
        answer = self.site.wdctl("doctor", **rights)
        self.assertEqual((answer.status, [check["name"] for check in answer.document["checks"]
                                          if check["status"] == "error"]),
                         (1, ["postgres-grants", "redis-commands"]))

    def test_viewer(self):
        wallet, = self.site.add_wallets(1)
        self.see_doctor()
        for command in (("stats",), ("queues", "list"), ("queues", "jobs", QUEUE),
                        ("queues", "limits"), ("queues", "schedulers"), ("jobs", "list"),
                        ("wallets", "list"), ("outbox", "list"), ("history",), ("health",),
                        ("drift", "check"), ("alerts", "list"), ("audit", "list"),
                        ("bulk", "list")):
            with self.subTest(command):
                self.may(*command, role=VIEWER)
        answer = self.site.wdctl("watch", "--once", **self.rights(VIEWER))
        self.assertEqual((answer.status, answer.err), (0, ""))
        before = (self.redis.dbsize(), self.site.sql("SELECT count(*) FROM job_logs"))
        for command in (("dispatch", "sync", "--wallet", wallet), ("queues", "pause", QUEUE),
                        ("wallets", "set-flags", wallet, "--needs-gas=true")):
            with self.subTest(command):
                answer = self.site.wdctl(*command, **self.rights(VIEWER))
                self.assertEqual(answer.document["code"], "permission", answer)
        self.assertEqual(
            (self.redis.dbsize(), self.site.sql("SELECT count(*) FROM job_logs")), before)

    def make_token(self, name, role, of=KEYMASTER):
        return run_server(self.site, "token", "create", name, "--role", role,
                          DATABASE_URL=self.site.postgres.url(user=of), PGUSER=of)

    def test_operator_cannot_cover_up(self):
        """Neither what he did nor who he is, whatever he asks the database by hand."""
        wallet, = self.site.add_wallets(1)
        self.may("wallets", "set-flags", wallet, "--needs-gas=true")
        entries = self.site.sql("SELECT * FROM worker_dashboard.audit ORDER BY id")
        answer = self.make_token("own", "admin", of=OPERATOR)
        self.assertEqual((answer.returncode, answer.stdout), (1, ""), answer)
        self.assertIn("api_token", answer.stderr)
        self.assertEqual(self.make_token("given", "viewer").returncode, 0)
        with contextlib.closing(self.site.postgres.connect(user=OPERATOR)) as link:
            for statement in ("UPDATE worker_dashboard.audit SET os_user = 'nobody'",
                              "DELETE FROM worker_dashboard.audit",
                              "TRUNCATE worker_dashboard.audit",
                              "INSERT INTO worker_dashboard.api_token (name, hash, role) "
                              "VALUES ('own', repeat('a', 64), 'admin')",
                              "UPDATE worker_dashboard.api_token SET role = 'admin'",
                              "DELETE FROM worker_dashboard.api_token",
                              "DELETE FROM worker_dashboard.migration"):
                with self.subTest(statement), self.assertRaises(
                        psycopg2.errors.InsufficientPrivilege):
                    link.cursor().execute(statement)
        self.assertEqual(self.site.sql("SELECT * FROM worker_dashboard.audit "
                                       "WHERE target_type <> 'token' ORDER BY id"), entries)

    def test_service(self):
        """It needs an operator, as the guide says, and its tokens somebody who may make them; by a
        viewer's role it reads."""
        answer = self.make_token("mine", "admin")
        self.assertEqual(answer.returncode, 0, answer)
        refused = run_server(self.site, "token", "create", "theirs", "--role", "viewer",
                             **self.rights(VIEWER))
        self.assertIn("GRANT INSERT ON worker_dashboard.audit", refused.stderr)
        for role, status, queued in ((VIEWER, 500, 0), (OPERATOR, 200, 1)):
            with self.subTest(role):
                service = Service(self.site, name=role, **self.rights(role))
                self.addCleanup(service.close)
                token = answer.stdout.strip()
                self.assertEqual(service.get("/api/jobs/list", token).status, 200)
                reply = service.post("/api/dispatch/sync",
                                     {"wallet_address": self.site.add_wallets(1)[0]}, token)
                self.assertEqual((reply.status, len(self.queued(SYNC))), (status, queued), reply)

    def test_dangerous_commands(self):
        """Neither may empty or reconfigure the server, and a viewer may write no key."""
        for user, commands in ((OPERATOR, (("FLUSHALL",), ("CONFIG", "GET", "*"), ("KEYS", "*"),
                                           ("ACL", "LIST"), ("SET", "other:key", "1"))),
                               (VIEWER, (("FLUSHALL",), ("SET", "bull:x", "1"),
                                         ("EVAL", "return redis.call('SET', KEYS[1], '1')",
                                          "1", "bull:x")))):
            client = self.site.redis.client(username=user, password="SECRET")
            for command in commands:
                with self.subTest((user, command)), self.assertRaises(Exception) as caught:
                    client.execute_command(*command)
                self.assertRegex(str(caught.exception), "(?i)permission|NOPERM|can't run")


if __name__ == "__main__":
    unittest.main()
