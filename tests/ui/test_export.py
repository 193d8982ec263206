#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The jobs that a filter lets through, to a file: done, failed, stopped, and at the end.
And a search that takes long enough to be stopped."""

import csv
import json
import os
import re
import unittest

import window
from fixtures import sample
from fixtures.site import Site
from table import Table
from window import Window


class ExportTest(unittest.TestCase):
    """One silent platform for all tests, a window for each."""

    @classmethod
    def setUpClass(cls):
        cls.site = Site()
        cls.addClassCleanup(cls.site.close)
        sample.fill(cls.site, wallets=50, jobs=600, queues=False)
        cls.expected = [row[0] for row in cls.site.sql(
            "SELECT job_id FROM job_logs WHERE status = 'failed' "
            "ORDER BY created_at DESC, id DESC")]

    def setUp(self):
        self.folder = self.site.household.make_folder(f"exports-{self.id()}")
        self.window = Window(self.site.environment(), page="jobs")
        self.addCleanup(self.window.close)
        table = Table(self.window, "Jobs")
        table.choose("Status", "Failed")
        table.wait_total(f"{len(self.expected)} jobs")

    def export(self, path, key=None):
        """Chooses a format by KEY, CSV without, and the file."""
        self.window.key("ctrl+shift+e")
        self.window.find("push button", re.compile("(CS_V… )?CSV…"))
        self.window.find("label", re.compile(r"All .* rows that the filters let through.*"))
        self.window.screenshot("export-format")
        self.window.key(key or "Return")
        entry = self.window.find("text", "Name:")
        self.assertTrue(entry.text().endswith(".jsonl" if key else ".csv"))
        entry.set_text(path)
        self.window.click("push button", re.compile("(_Export )?Export"))

    def test_export(self):
        path = f"{self.folder}/failed.csv"
        self.export(path)
        self.window.find("label", f"{len(self.expected)} rows written to “failed.csv”")
        self.window.find("push button", re.compile("(Open Folder ?)+"))
        with open(path, encoding="utf-8", newline="") as file:
            self.assertEqual([row["job_id"] for row in csv.DictReader(file)],
                             self.expected)
        path = f"{self.folder}/failed.jsonl"
        self.export(path, "alt+j")
        self.window.find("label", f"{len(self.expected)} rows written to “failed.jsonl”")
        with open(path, encoding="utf-8") as file:
            self.assertEqual([json.loads(line)["job_id"] for line in file],
                             self.expected)
        self.check_failure()
        self.assertEqual(sorted(os.listdir(self.folder)), ["failed.csv", "failed.jsonl"])

    def check_failure(self):
        """A server that goes away again and again."""
        def told():
            self.site.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                          "WHERE wait_event_type = 'Lock' AND query LIKE '%wd_export%'")
            return self.window.is_there("label", "“third.csv” Was Not Written")

        self.lock()
        self.export(f"{self.folder}/third.csv")
        self.window.wait(told, "end of the export")
        self.window.find("label", re.compile(
            "(?s).*terminating connection.*\n\nThe export ended after 0 rows, and nothing.*"))

    def test_stop(self):
        """Stopped, or with the program ended, it leaves what was there alone, and nothing else."""
        path = f"{self.folder}/failed.csv"
        with open(path, "w", encoding="utf-8") as file:
            file.write("before")
        self.lock()
        self.export(path)
        self.window.click("push button", re.compile("(_Replace )?Replace"))
        self.window.find("label", "Exporting to “failed.csv”")
        self.window.key("ctrl+7")
        self.window.wait(lambda: self.window.title() == "Audit", "another page")
        self.window.find("label", "Looking for the first rows…")
        self.window.screenshot("export-running", keyboard=False)
        self.window.click("push button", "Stop the export")
        self.window.find("label", "Export stopped, “failed.csv” was not written")
        self.assertEqual(os.listdir(self.folder), ["failed.csv"])
        with open(path, encoding="utf-8") as file:
            self.assertEqual(file.read(), "before")

        self.window.key("ctrl+3")
        self.window.wait(lambda: self.window.title() == "Jobs", "the list")
        self.export(f"{self.folder}/second.csv")
        self.window.find("label", "Exporting to “second.csv”")
        self.window.wait(lambda: len(os.listdir(self.folder)) == 2, "the file being written")
        self.window.key("ctrl+q")
        self.assertEqual(self.window.process.wait(window.SECONDS), 0)
        self.assertEqual(os.listdir(self.folder), ["failed.csv"])

    def lock(self):
        """Until this is closed, whoever reads jobs waits."""
        other = self.site.postgres.connect()
        self.addCleanup(other.close)
        with other.cursor() as cursor:
            cursor.execute("BEGIN; LOCK TABLE job_logs IN ACCESS EXCLUSIVE MODE")

    def test_long_search(self):
        """Among many jobs a search says how far it is, can be stopped, and goes on from there."""
        table = Table(self.window, "Jobs")
        self.site.sql("INSERT INTO job_logs (job_id, job_type, status, created_at) SELECT "
                      "'long-' || i, 'sync', 'completed', now() - interval '9 years' - i * "
                      "interval '1 minute' FROM generate_series(1, 24000) AS i")
        self.addCleanup(self.site.sql, "DELETE FROM job_logs WHERE job_id LIKE 'long-%%'")
        self.site.sql("ANALYZE job_logs")
        self.site.sql("CREATE POLICY slow ON job_logs USING (id::text > '5' OR pg_sleep(0.001) "
                      "IS NOT NULL)")
        self.addCleanup(self.site.sql, "DROP POLICY IF EXISTS slow ON job_logs")
        for words in ("ENABLE", "FORCE"):
            self.site.sql(f"ALTER TABLE job_logs {words} ROW LEVEL SECURITY")
        for words in ("DISABLE", "NO FORCE"):
            self.addCleanup(self.site.sql, f"ALTER TABLE job_logs {words} ROW LEVEL SECURITY")
        table.search("long-23999")
        so_far = re.compile(r"0 found so far · searched back to 20.*, [\d\s]+ of about 2[\d\s]+")
        self.window.find("label", so_far)
        self.window.screenshot("jobs-searching", keyboard=False)
        self.window.click("push button", "Stop Searching")
        self.window.find("label", "Nothing Found So Far")
        self.assertEqual(self.window.find("label", so_far).name,
                         self.window.find("label", so_far).name)
        self.window.screenshot("jobs-search-stopped")
        self.site.sql("DROP POLICY slow ON job_logs")
        self.site.sql("ALTER TABLE job_logs NO FORCE ROW LEVEL SECURITY")
        self.window.click("push button", "Search On")
        table.wait_total("1 job")
        self.assertEqual(table.rows(1)[0]["Job id"], "long-23999")
        self.assertFalse(self.window.is_there("push button", "Stop Searching"))


if __name__ == "__main__":
    window.main()
