#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""wdctl's --format: whole sets as files, read back by Python and held against the rows."""

import contextlib
import csv
import datetime
import decimal
import io
import json
import os
import signal
import subprocess
import time
import unittest

from wdctl_case import JOB, WALLET, WdctlCase

UTC = datetime.timezone.utc
TIMES = {"started_at", "completed_at", "created_at", "updated_at", "last_sync", "at"}
AMOUNTS = ["0.000000000000000001", "-123456789012345678901234567890.123456789012345678", "NaN",
           "123456789012345678901234567890", "-7", None, "0"]
NASTY = [
    "plain", "", None, "a,b", 'say "no"', "two\nlines", "two\r\nlines", "cr\ronly", "\r", "\n",
    "=1+1", "+1", "-1", "@SUM(A1)", "\ttab", "=cmd|' /C calc'!A0", "'=quoted", " =space", "'",
    '=HYPERLINK("http://x","y")', "-", "🔥 überweisung 日本語 \u202e", "".join(map(chr, range(1, 32))),
    "\x7f\x9b31m", "a" * 100_000, "a;b|c", "trailing ", '"', '""', ",", "\\N", "NULL", "ﾃ\u0301",
]
DATA = ['{"amount": 123456789.123456789012345678901, "n": [1, 2]}', '"=1+1"', "null", "-5",
        '{"text": "a\\nb\\"c\\u0001"}', '{"emoji": "🔥"}', None]


def show_time(value):
    """As PostgreSQL's text, in UTC, becomes RFC 3339."""
    if value is None or value in ("infinity", "-infinity"):
        return value
    moment = datetime.datetime.fromisoformat(value).astimezone(UTC)
    text = moment.strftime("%Y-%m-%dT%H:%M:%S")
    return text + (f".{moment.microsecond:06d}".rstrip("0") if moment.microsecond else "") + "Z"


class ExportCase(WdctlCase):
    def export(self, *arguments, **changes):
        """Returns the bytes of a complete export."""
        with self.start(*arguments, **changes) as process:
            out, err = process.stdout.buffer.read(), process.stderr.read()
            self.assertEqual((process.wait(60), err), (0, ""))
        return out

    def rows(self, table, names, order="created_at DESC, id DESC"):
        """Every row as texts, None for null, times as they are exported."""
        columns = ", ".join(f"{name}::text" for name in names)
        found = self.site.sql(f"SELECT {columns} FROM {table} ORDER BY {order}")
        return [{name: show_time(value) if name in TIMES else value
                 for name, value in zip(names, row)} for row in found]

    def read_csv(self, text):
        """The header, and each row as texts, with an unquoted nothing as None."""
        self.assertTrue(text.endswith(b"\r\n"))
        self.assertFalse(text.startswith(b"\xef\xbb\xbf"))
        header, *rows = csv.reader(io.StringIO(text.decode("utf-8"), newline=""), strict=True)
        self.assertEqual({len(row) for row in rows} - {len(header)}, set())
        return header, [dict(zip(header, row)) for row in rows]

    def assert_cell(self, cell, value, numeric=False):
        """CELL is VALUE, made harmless where a spreadsheet would compute it."""
        if value is None:
            self.assertEqual(cell, "")
        elif value[:1] in tuple("=+-@\t\r") and not numeric:
            self.assertEqual(cell, "'" + value)
        else:
            self.assertEqual(cell, value)


class Jobs(ExportCase):
    def add_nasty(self):
        for i, text in enumerate(NASTY):
            self.site.sql(
                "INSERT INTO job_logs (job_id, job_type, status, wallet_address, error_message, "
                "data, created_at, started_at, completed_at, retry_count) VALUES "
                "(%s, 'sync', 'failed', %s, %s, %s, timestamptz '2026-01-01 12:00+01' - %s * "
                "interval '1.000001 seconds', 'infinity', NULL, %s)", f"job {i} {text or ''}"[:200],
                text and text[:200], text, DATA[i % len(DATA)], i, None if i % 2 else i)

    def test_csv(self):
        self.add_nasty()
        text = self.export("jobs", "list", "--format", "csv")
        header, rows = self.read_csv(text)
        self.assertEqual(header, JOB)
        self.assertTrue(text.startswith(",".join(JOB).encode() + b"\r\n"))
        expected = self.rows("job_logs", JOB)
        self.assertEqual(len(rows), len(expected))
        for row, want in zip(rows, expected):
            for name in JOB:
                with self.subTest(name, value=want[name] and want[name][:40]):
                    self.assert_cell(row[name], want[name])
        self.assertIn(b',"",', text, "an empty text is told from null")

    def test_json_lines(self):
        self.add_nasty()
        text = self.export("jobs", "list", "--format=jsonl")
        lines = text.decode("utf-8").split("\n")
        self.assertEqual(lines.pop(), "")
        expected = self.rows("job_logs", JOB)
        self.assertEqual(len(lines), len(expected))
        for line, want in zip(lines, expected):
            row = json.loads(line, parse_float=decimal.Decimal)
            self.assertEqual(list(row), JOB)
            for name in ("data", "retry_count", "max_retries"):
                value = want[name] and json.loads(want[name], parse_float=decimal.Decimal)
                self.assertEqual(row.pop(name), value)
                want.pop(name)
            self.assertEqual(row, want)

    def test_columns_of_other_types(self):
        """A column of type json keeps its line breaks, one of type text anything."""
        for kind, value, expected in (("json", '{"a":\r\n  1}', {"a": 1}),
                                      ("text", "no {json\n", "no {json\n")):
            self.site.sql("TRUNCATE job_logs")
            self.site.sql("ALTER TABLE job_logs ALTER data DROP DEFAULT")
            self.site.sql(f"ALTER TABLE job_logs ALTER data TYPE {kind} USING data::text::{kind}")
            self.site.sql("INSERT INTO job_logs (job_id, job_type, data) VALUES ('x', 'sync', %s)",
                          value)
            line, rest = self.export("jobs", "list", "--format=jsonl").split(b"\n")
            self.assertEqual((json.loads(line)["data"], rest), (expected, b""))
            _header, rows = self.read_csv(self.export("jobs", "list", "--format=csv"))
            self.assertEqual(rows[0]["data"], value)
        self.site.sql("TRUNCATE job_logs")
        self.site.sql("ALTER TABLE job_logs ALTER data TYPE jsonb USING data::jsonb")

    def test_whole_set_and_filters(self):
        """More than any page, in the order of the list, only what matches, only so many."""
        self.add_jobs(4321)
        failed = self.add_jobs(1500, status="failed")
        _header, rows = self.read_csv(self.export("jobs", "list", "--format=csv"))
        self.assertEqual([row["id"] for row in rows],
                         [row["id"] for row in self.rows("job_logs", JOB)])
        _header, rows = self.read_csv(
            self.export("jobs", "list", "--format=csv", "--status=failed"))
        self.assertEqual([row["id"] for row in rows], failed)
        _header, rows = self.read_csv(
            self.export("jobs", "list", "--format=csv", "--status=failed", "--limit=1000"))
        self.assertEqual([row["id"] for row in rows], failed[:1000])
        large = self.add_jobs(300, data=json.dumps({"large": "x" * 50_000}), triggered_by="manual")
        lines = self.export("jobs", "list", "--format=jsonl", "--trigger=manual").splitlines()
        self.assertEqual([json.loads(line)["id"] for line in lines], large)

    def test_nothing_matches(self):
        self.assertEqual(self.export("jobs", "list", "--format=csv"),
                         ",".join(JOB).encode() + b"\r\n")
        self.assertEqual(self.export("jobs", "list", "--format=jsonl"), b"")

    def test_usage(self):
        for arguments in (["--format", "xml"], ["--format=csv", "--cursor=x"],
                          ["--format=CSV"], ["--format=csv", "--limit=0"]):
            status, out, err = self.text("jobs", "list", *arguments)
            self.assertEqual((status, out), (2, ""), err)
        self.ask("jobs", "list", "--format=csv", status=2)


class Process(ExportCase):
    """What becomes of an export whose reader, server or user has other plans."""

    def start_blocked(self, count=6000, message="x" * 300, **changes):
        """An export that waits for its reader after the first bytes: (process, those bytes)."""
        self.add_jobs(count, error_message=message)
        self.expected = self.rows("job_logs", JOB)
        process = self.start("jobs", "list", "--format=csv", **changes)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.kill)
        return process, os.read(process.stdout.fileno(), 100)

    def backend_pids(self):
        return [row[0] for row in self.site.sql(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
            "AND state LIKE 'idle in transaction%%' AND pid <> pg_backend_pid()")]

    def wait_for_backend(self):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            pids = self.backend_pids()
            if len(pids) == 1:
                return pids[0]
            time.sleep(0.02)
        self.fail("no export waits")

    def test_one_moment(self):
        """Rows deleted, changed and made meanwhile are not seen."""
        process, text = self.start_blocked()
        self.wait_for_backend()
        self.site.sql("DELETE FROM job_logs WHERE status = 'completed' AND random() < 0.5")
        self.site.sql("UPDATE job_logs SET status = 'failed', created_at = now()")
        self.add_jobs(100)
        _header, rows = self.read_csv(text + process.stdout.buffer.read())
        self.assertEqual(process.wait(30), 0)
        self.assertEqual([(row["id"], row["status"]) for row in rows],
                         [(row["id"], row["status"]) for row in self.expected])

    def test_reader_goes_away(self):
        process, _text = self.start_blocked()
        process.stdout.close()
        self.assertEqual((process.wait(30), process.stderr.read()), (0, ""))

    def assert_incomplete(self, process, text, status):
        err = process.stderr.read()
        self.assertEqual(process.wait(30), status, err)
        self.assertRegex(err, r"wdctl: The output is incomplete, it ends after \d+ rows: ")
        written = int(err.split("after ")[1].split()[0])
        lines = text.split(b"\r\n")
        self.assertLessEqual(written, len(lines) - 2)
        self.assertLess(written, len(self.expected))

    def test_server_ends_it(self):
        process, text = self.start_blocked()
        self.site.sql("SELECT pg_terminate_backend(%s)", self.wait_for_backend())
        text += process.stdout.buffer.read()
        self.assert_incomplete(process, text, 5)

    def test_interrupted(self):
        process, text = self.start_blocked()
        pid = self.wait_for_backend()
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(30), 1)
        self.assertLess(time.monotonic() - began, 20)
        self.assert_incomplete(process, text + process.stdout.buffer.read(), 1)
        deadline = time.monotonic() + 60
        while pid in self.backend_pids():
            self.assertLess(time.monotonic(), deadline, "the transaction outlives the export")
            time.sleep(0.02)

    def test_interrupted_in_the_first_rows(self):
        """Also what has no whole row is said to be a part."""
        process, text = self.start_blocked(count=500, message="x" * 100000)
        self.wait_for_backend()
        process.send_signal(signal.SIGINT)
        self.assert_incomplete(process, text + process.stdout.buffer.read(), 1)

    def test_no_room(self):
        self.add_jobs(10)
        with open("/dev/full", "wb") as full:
            with self.start("jobs", "list", "--format=csv", stdout=full) as process:
                err = process.communicate(timeout=30)[1]
        self.assertEqual(process.returncode, 1)
        self.assertIn("The output cannot be written: No space left on device", err)

    def test_no_server(self):
        """Nothing is written before there is something to write."""
        status, out, err = self.text("jobs", "list", "--format=csv",
                                     DATABASE_URL="postgresql://x@127.0.0.1:1/x")
        self.assertEqual((status, out), (5, ""), err)

    def test_progress(self):
        """Only where the messages are seen and the rows are not."""
        self.add_jobs(3000)
        master, slave = os.openpty()
        with self.start("jobs", "list", "--format=csv", stdout=subprocess.DEVNULL,
                        stderr=slave) as process:
            os.close(slave)
            shown = b""
            # All of it, until nobody writes there any more.
            with contextlib.suppress(OSError):
                while text := os.read(master, 4096):
                    shown += text
            self.assertEqual(process.wait(30), 0)
        shown = shown.decode()
        os.close(master)
        self.assertRegex(shown, r"^\r\d+ of 3000 rows, \d+ per second\033\[K")
        self.assertTrue(shown.endswith("\r\033[K"))


class Others(ExportCase):
    def test_amounts(self):
        self.site.sql("ALTER TABLE user_wallets ALTER balance TYPE numeric")
        names = sorted(WALLET & {row[0] for row in self.site.sql(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = 'user_wallets'")})
        for i, amount in enumerate(AMOUNTS):
            self.site.sql("INSERT INTO user_wallets (address, user_id, balance, network, needs_gas,"
                          " created_at) VALUES (%s, gen_random_uuid(), %s, 'tron', %s,"
                          " timestamptz '2026-01-01' - %s * interval '1 day')",
                          f"=T{i}", amount, [True, False, None][i % 3], i)
        expected = self.rows("user_wallets", names, "created_at DESC")
        text = self.export("wallets", "list", "--format=csv")
        header, rows = self.read_csv(text)
        self.assertEqual(set(header), WALLET)
        self.assertEqual(len(rows), len(AMOUNTS))
        for row, want in zip(rows, expected):
            for name in names:
                if name in TIMES:
                    self.assertEqual(row[name], want[name] or "")
                else:
                    self.assert_cell(row[name], want[name], numeric=name.endswith("balance"))
            for name in WALLET - set(names):
                self.assertEqual(row[name], "", f"{name}, which this site does not have")
        for amount in AMOUNTS[:5]:
            self.assertIn(f",{amount},".encode(), text)

        lines = self.export("wallets", "list", "--format=jsonl").splitlines()
        for line, want, amount in zip(lines, expected, AMOUNTS, strict=True):
            wallet = json.loads(line)
            self.assertEqual(set(wallet), WALLET)
            self.assertEqual(wallet["balance"], amount)
            self.assertEqual(wallet["address"], want["address"])
            for name in WALLET - set(names):
                self.assertIsNone(wallet[name])

    def test_wallets_by_filter(self):
        self.site.add_wallets(3)
        self.site.sql("UPDATE user_wallets SET network = 'eth' WHERE address IN "
                      "(SELECT address FROM user_wallets LIMIT 1)")
        _header, rows = self.read_csv(
            self.export("wallets", "list", "--format=csv", "--network=eth"))
        self.assertEqual([row["network"] for row in rows], ["eth"])

    def test_audit(self):
        wallet = self.site.add_wallets(1)[0]
        self.ask("wallets", "set-flags", wallet, "--needs-gas=true")
        header, rows = self.read_csv(self.export("audit", "list", "--format=csv"))
        self.assertEqual(header[:2], ["id", "at"])
        self.assertEqual(rows[0]["target_id"], wallet)
        entry = json.loads(self.export("audit", "list", "--format=jsonl").splitlines()[0])
        self.assertEqual(str(entry["id"]), rows[0]["id"])
        self.assertEqual(entry["after"], json.loads(rows[0]["after"]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
