#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""wdctl as a process: usage, signals, pipes, lost servers, profiles, and no password anywhere."""

import contextlib
import fcntl
import json
import os
import signal
import stat
import struct
import subprocess
import termios
import time
import unittest

from fixtures.postgres import PASSWORD, PASSWORD_IN_URL
from fixtures.processes import program, wait_until
from fixtures.stack import wdctl_path
from wdctl_case import WdctlCase

SECONDS_TO_NOTICE = 15.0


class Usage(WdctlCase):
    def test_wrong_usage(self):
        cases = [[], ["jobs"], ["job", "list"], ["stats", "now"], ["stats", "--nonsense"],
                 ["jobs", "list", "--limit", "0"], ["jobs", "show"], ["--profile"]]
        for arguments in cases:
            with self.subTest(arguments):
                status, out, err = self.text(*arguments)
                self.assertEqual((status, out), (2, ""))
                self.assertIn("wdctl: ", err)
                self.assertIn("--help", err)
                status, out, _err = self.text(*arguments, "--json")
                self.assertEqual((status, set(json.loads(out))), (2, {"error", "code"}))

    def test_help_and_version(self):
        for arguments in (["--help"], ["-h"], ["jobs", "--help"], ["jobs", "retry", "--help"],
                          ["--json", "--help"]):
            status, out, err = self.text(*arguments, DATABASE_URL=None)
            self.assertEqual((status, err), (0, ""), arguments)
            self.assertTrue(out.startswith("Usage: wdctl"), out)
        status, out, _err = self.text("--version")
        self.assertEqual((status, out.split()[0]), (0, "wdctl"))

    def test_no_connection_named(self):
        status, out, err = self.text("--json", "stats", DATABASE_URL=None)
        self.assertEqual((status, json.loads(out)["code"]), (2, "invalid-argument"))
        self.assertIn("DATABASE_URL", err)
        status, out, _err = self.text("--json", "--profile", "nope", "stats",
                                      XDG_CONFIG_HOME="/nonexistent")
        self.assertEqual((status, json.loads(out)["code"]), (2, "invalid-argument"))
        self.assertIn("“nope”, nor any other in /nonexistent/", json.loads(out)["error"])

    def test_reader_goes_away(self):
        self.add_jobs(1000)
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "w") as closed:
            process = self.start("jobs", "list", "--limit=1000", stdout=closed)
        with process:
            self.assertNotIn("cannot be written", process.communicate(timeout=60)[1])
        self.assertEqual(process.returncode, 0)

    def test_full_disk(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            process = self.start("stats", stdout=full)
        with process:
            self.assertIn("cannot be written", process.communicate(timeout=60)[1])
        self.assertEqual(process.returncode, 1)

    def at_terminal(self, width, *arguments, **changes):
        """Runs wdctl with a terminal of that width for its output."""
        master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
        with os.fdopen(slave, "w") as terminal:
            process = self.start(*arguments, stdout=terminal, TERM="xterm", **changes)
        text = b""
        with process, os.fdopen(master, "rb", buffering=0) as reader:
            try:
                while chunk := reader.read(65536):
                    text += chunk
            except OSError:
                pass
            process.wait(timeout=60)
        return text.decode().replace("\r\n", "\n")

    def test_terminal(self):
        self.add_jobs(1, status="failed", error_message="the energy ran out " * 9,
                      wallet_address="T" * 34)
        text = self.at_terminal(120, "jobs", "list")
        plain = self.at_terminal(120, "jobs", "list", NO_COLOR="1")
        self.assertIn("\033[31mfailed\033[0m", text)
        self.assertIn("1 min ago", text)
        self.assertNotIn("\033", plain)
        self.assertTrue(all(len(line) <= 120 for line in plain.splitlines()), plain)
        self.assertIn("…", plain)

    def test_log_stays_off_standard_output(self):
        _status, out, _err = self.text("--json", "stats", G_MESSAGES_DEBUG="all")
        json.loads(out)


class Servers(WdctlCase):
    def test_down(self):
        wallet = self.site.add_wallets(1)[0]
        away = {"DATABASE_URL": "postgresql:///x?host=/nonexistent"}
        for arguments in (["stats"], ["jobs", "list"], ["wallets", "list"], ["jobs", "show", "x"],
                          ["migrate"], ["outbox", "list"]):
            with self.subTest(arguments):
                document = self.ask(*arguments, status=5, **away)
                self.assertEqual(document["code"], "no-connection")
        document = self.ask("dispatch", "sync", "--wallet", wallet, status=5, **away)
        self.assertEqual((document["success"], document["jobs"]), (False, []))
        self.ask("queues", "list", status=5, REDIS_URL="redis+unix:///nonexistent.sock")
        self.ask("stats", status=5, REDIS_URL="redis+unix:///nonexistent.sock")
        for command in (["stats"], ["queues", "list"]):
            document = self.ask(*command, status=2, REDIS_URL="redis:6379")
            self.assertIn("Redis URL", document["error"])

    def test_redis_down_before_anything_is_written(self):
        wallet = self.site.add_wallets(1)[0]
        document = self.ask("dispatch", "sync", "--wallet", wallet, status=5,
                            REDIS_URL="redis+unix:///nonexistent.sock")
        self.assertEqual((document["success"], document["jobs"], document["code"]),
                         (False, [], "no-connection"))
        self.assertEqual(self.site.sql("SELECT count(*) FROM job_logs"), [(0,)])

    def test_redis_lost_after_the_row_is_written(self):
        wallet = self.site.add_wallets(1)[0]
        process = self.site.wdctl_stopped_at("deliver:begin", "dispatch", "sync", "--wallet",
                                             wallet, LC_ALL="C.UTF-8")
        self.site.redis.stop()
        self.addCleanup(self.site.redis.start)
        answer = self.site.go_on(process)
        self.assertEqual(answer.status, 5, answer)
        self.assertIs(answer.document["success"], False)
        self.assertIs(answer.document["jobs"][0]["delivered"], False)
        self.assertIn("o not dispatch it again", answer.document["message"])
        self.assertIn("o not dispatch it again", answer.err)

    def test_interrupted_while_a_server_hangs(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            self.site.postgres.pause()
            try:
                with self.site.start_wdctl("jobs", "list") as process:
                    wait_until(lambda pid=process.pid: self.waits(pid), 10, "wdctl to wait")
                    begun = time.monotonic()
                    process.send_signal(number)
                    out, _err = process.communicate(timeout=60)
            finally:
                self.site.postgres.resume()
            self.assertEqual((process.returncode, json.loads(out)["code"]), (1, "cancelled"))
            self.assertLess(time.monotonic() - begun, SECONDS_TO_NOTICE)

    def test_interrupted_search(self):
        """What was found and how far it was looked; from there it goes on."""
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, created_at) SELECT 'job-' "
                      "|| i, 'sync', 'completed', now() - i * interval '1 minute' FROM "
                      "generate_series(1, 48000) AS i")
        self.site.sql("ANALYZE job_logs")
        self.site.sql("CREATE POLICY slow ON job_logs USING (id::text > '2' OR pg_sleep(0.001) "
                      "IS NOT NULL)")
        for words in ("ENABLE", "FORCE"):
            self.site.sql(f"ALTER TABLE job_logs {words} ROW LEVEL SECURITY")
        pieces = set()

        # The first ones may have been too large, and were given up.
        def goes_on():
            pieces.update(self.site.sql("SELECT query_start FROM pg_stat_activity "
                                        "WHERE query LIKE '%wd_end%' AND pid <> pg_backend_pid()"))
            return len(pieces) > 4

        with self.site.start_wdctl("jobs", "list", "--filter", "job-47999") as process:
            wait_until(goes_on, 30, "a search in pieces")
            process.send_signal(signal.SIGINT)
            out, _err = process.communicate(timeout=60)
        stopped = json.loads(out)
        self.assertEqual((process.returncode, stopped["code"], stopped["jobs"],
                          stopped["total_is_exact"]), (1, "cancelled", [], False))
        self.site.sql("ALTER TABLE job_logs NO FORCE ROW LEVEL SECURITY")
        rest = self.site.wdctl("jobs", "list", "--filter", "job-47999", "--cursor",
                               stopped["next_cursor"]).document
        self.assertEqual([job["job_id"] for job in rest["jobs"]], ["job-47999"])
        self.assertIsNone(rest["next_cursor"])

    def test_interrupted_before_a_dispatch(self):
        wallet = self.site.add_wallets(1)[0]
        self.site.postgres.pause()
        try:
            with self.site.start_wdctl("dispatch", "sync", "--wallet", wallet,
                                       LC_ALL="C.UTF-8") as process:
                wait_until(lambda: self.waits(process.pid), 10, "wdctl to wait")
                process.send_signal(signal.SIGINT)
                out, err = process.communicate(timeout=60)
        finally:
            self.site.postgres.resume()
        document = json.loads(out)
        self.assertEqual((process.returncode, document["code"], document["success"]),
                         (1, "cancelled", False))
        self.assertIn("nothing was written", err)
        self.assertEqual(self.site.sql("SELECT count(*) FROM job_logs"), [(0,)])

    def test_interrupted_within_a_dispatch(self):
        """What is written by then is delivered; the rest is named as not done."""
        wallets = self.site.add_wallets(1100)
        options = [f"--wallet={wallet}" for wallet in wallets]
        # Time to heed the signal, before all would be done.
        self.site.sql("CREATE FUNCTION public.wait() RETURNS trigger LANGUAGE plpgsql AS "
                      "'BEGIN PERFORM pg_sleep(7); RETURN NEW; END'")
        self.addCleanup(self.site.sql, "DROP FUNCTION public.wait() CASCADE")
        self.site.sql("CREATE TRIGGER wait BEFORE INSERT ON job_logs FOR EACH ROW WHEN "
                      f"(NEW.wallet_address = '{wallets[-1]}') EXECUTE FUNCTION public.wait()")
        process = self.site.wdctl_stopped_at("deliver:begin", "dispatch", "sync", *options)
        process.send_signal(signal.SIGINT)
        answer = self.site.go_on(process)
        self.assertEqual((answer.status, answer.document["code"]), (4, "refused"), answer.err)
        jobs, refused = answer.document["jobs"], answer.document["refused"]
        self.assertTrue(0 < len(jobs) < len(wallets))
        self.assertTrue(all(job["delivered"] for job in jobs))
        self.assertEqual({job["wallet_address"] for job in jobs}
                         | {refusal["wallet_address"] for refusal in refused}, set(wallets))
        self.assertEqual(self.site.sql("SELECT count(*) FROM job_logs"), [(len(jobs),)])

    @staticmethod
    def waits(pid):
        """Whether the signal handlers are in place and PostgreSQL is being waited for."""
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            caught = next(line for line in status if line.startswith("SigCgt"))
        mask = int(caught.split()[1], 16)
        sockets = []
        for descriptor in os.listdir(f"/proc/{pid}/fd"):
            # It may be closed by now.
            with contextlib.suppress(FileNotFoundError):
                sockets.append(os.readlink(f"/proc/{pid}/fd/{descriptor}"))
        return (mask >> (signal.SIGINT - 1)) & 1 and any(s.startswith("socket:") for s in sockets)


class Profiles(WdctlCase):
    options = {"tls": True}

    def setUp(self):
        super().setUp()
        folder = self.site.household.path("config")
        os.makedirs(os.path.join(folder, "worker-dashboard"), exist_ok=True)
        self.path = os.path.join(folder, "worker-dashboard", "profiles.conf")
        self.local = self.site.postgres.url()
        self.tls = self.site.postgres.tls_url().replace(f":{PASSWORD_IN_URL}", "")
        self.redis = self.site.redis.tls_url().replace(f":{PASSWORD_IN_URL}", "")

    def write(self, **groups):
        with open(self.path, "w", encoding="utf-8") as file:
            for name, keys in groups.items():
                lines = [f"{key}={value}\n" for key, value in keys.items()]
                file.write("".join([f"[{name}]\n", *lines]))

    def profile(self, name, *arguments, **changes):
        """Runs wdctl --json on a profile, with nothing in the environment to fall back to."""
        changes = {"DATABASE_URL": None, "REDIS_URL": None, "PGHOST": None, "PGUSER": None,
                   "PGPASSFILE": "/nonexistent",
                   "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent", **changes}
        status, out, err = self.text("--profile", name, "--json", *arguments, **changes)
        self.assertNotIn(PASSWORD, out + err)
        self.assertNotIn(PASSWORD_IN_URL, out + err)
        return status, json.loads(out), err

    def test_named(self):
        self.write(Here={"database-url": self.local, "queue.sync": "balances",
                         "redis-url": self.site.redis.url(), "prefix": "site"})
        wallet = self.site.add_wallets(1)[0]
        status, document, _err = self.profile("Here", "dispatch", "sync", "--wallet", wallet)
        self.assertEqual(status, 0, document)
        self.assertTrue(self.site.redis.client().exists(
            f"site:balances:{document['jobs'][0]['job_id']}"))
        status, document, _err = self.profile("There", "stats")
        self.assertEqual((status, document["code"]), (2, "invalid-argument"))
        self.assertIn("“Here”", document["error"])

    def test_read_only(self):
        self.write(Look={"database-url": self.local, "redis-url": self.site.redis.url(),
                         "read-only": "true"})
        wallet = self.site.add_wallets(1)[0]
        for arguments in (["dispatch", "sync", "--wallet", wallet], ["queues", "pause"],
                          ["wallets", "set-flags", wallet, "--needs-gas=true"], ["migrate"],
                          ["jobs", "retry", "x"], ["outbox", "send"]):
            with self.subTest(arguments):
                status, document, _err = self.profile("Look", *arguments)
                self.assertEqual((status, document["code"]), (4, "read-only"))
        self.assertEqual(self.profile("Look", "stats")[0], 0)

    def test_passfile_serves_without_a_keyring(self):
        passfile = self.site.household.path("pgpass")
        with open(passfile, "w", encoding="utf-8") as file:
            file.write(f"localhost:*:*:*:{PASSWORD}\n")
        os.chmod(passfile, stat.S_IRUSR | stat.S_IWUSR)
        self.write(Tls={"database-url": self.tls})
        self.assertEqual(self.profile("Tls", "jobs", "list", PGPASSFILE=passfile)[0], 0)
        status, document, _err = self.profile("Tls", "jobs", "list")
        self.assertEqual((status, document["code"]), (5, "authentication"))
        self.assertIn("~/.pgpass", document["error"])

    def test_password_in_an_address_is_warned_about(self):
        self.write(Bad={"database-url": self.site.postgres.tls_url()})
        status, _document, err = self.profile("Bad", "jobs", "list")
        self.assertEqual(status, 0)
        self.assertIn("keyring", err)

    def test_password_from_the_keyring(self):
        """Stored as the manual page says, in a real keyring of a session of its own."""
        self.write(Tls={"database-url": self.tls, "redis-url": self.redis,
                        "ca-file": self.site.authority.certificate})
        home = self.site.household.path("home")
        os.makedirs(os.path.join(home, "run"), mode=0o700, exist_ok=True)
        script = (
            'printf x | gnome-keyring-daemon --unlock --components=secrets || exit 1\n'
            'for store in postgres redis; do\n'
            '  printf %s "$SECRET" | secret-tool store --label=test '
            'xdg:schema org.workerdashboard.Connection profile Tls store $store || exit 1\n'
            'done\n'
            'unset SECRET\n'
            'export G_DEBUG=fatal-warnings\n'
            '"$WDCTL" --profile Tls --json stats && "$WDCTL" --profile Tls --json queues list\n')
        environment = self.environment(
            DATABASE_URL=None, REDIS_URL=None, PGHOST=None, PGPASSFILE="/nonexistent", HOME=home,
            XDG_RUNTIME_DIR=os.path.join(home, "run"), XDG_DATA_HOME=os.path.join(home, "data"),
            SECRET=PASSWORD, WDCTL=wdctl_path(), DBUS_SESSION_BUS_ADDRESS=None, G_DEBUG=None)
        result = subprocess.run([program("dbus-run-session"), "--", "sh", "-c", script],
                                env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                                text=True, timeout=60, check=False)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertNotIn(PASSWORD, result.stdout + result.stderr)
        stats, queues = (json.loads(line) for line in result.stdout.splitlines())
        self.assertEqual((stats["total_workers"], len(queues["queues"])), (4, 4))


class Passwords(WdctlCase):
    options = {"tls": True}

    def test_no_password_in_output_or_process_list(self):
        urls = {"DATABASE_URL": self.site.postgres.tls_url(),
                "REDIS_URL": self.site.redis.tls_url(),
                "WORKER_DASHBOARD_CA_FILE": self.site.authority.certificate}
        wrong = {name: url.replace(PASSWORD_IN_URL, "wr0ng-s3cret") for name, url in urls.items()}
        wallet = self.site.add_wallets(1)[0]
        seen = ""
        for variables, status in ((urls, 0), (wrong, 5)):
            for arguments in (["stats"], ["jobs", "list"], ["queues", "list"],
                              ["dispatch", "sync", "--force", "--wallet", wallet], ["doctor"]):
                for form in ([], ["--json"]):
                    answered, out, err = self.text(*form, *arguments, G_MESSAGES_DEBUG="all",
                                                   **variables)
                    expected = 1 if arguments == ["doctor"] and status else status
                    self.assertEqual(answered, expected, err)
                    seen += out + err
        for secret in (PASSWORD, PASSWORD_IN_URL, "wr0ng-s3cret"):
            self.assertNotIn(secret, seen)

        self.site.postgres.pause()
        try:
            with self.start("jobs", "list", **urls) as process:
                wait_until(lambda: Servers.waits(process.pid), 10, "wdctl to wait")
                with open(f"/proc/{process.pid}/cmdline", encoding="utf-8") as line:
                    self.assertEqual(line.read().split("\0")[1:3], ["jobs", "list"])
                process.terminate()
                process.communicate(timeout=60)
        finally:
            self.site.postgres.resume()


if __name__ == "__main__":
    unittest.main()
