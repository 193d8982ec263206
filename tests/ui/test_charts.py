#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page of charts: what it says is what the rows say, by pointer and by keyboard."""

import datetime
import re
import time
import unittest

import crawl
import window
from fixtures.processes import wait_until
from fixtures.site import Site
from table import Table
from window import Window

MINUTE = datetime.timedelta(minutes=1)
# In the bar of half an hour before the one under way: completed and failed jobs of two types.
JOBS = """
INSERT INTO job_logs (job_id, job_type, status, retry_count, created_at, started_at, completed_at)
SELECT kind || '-' || status || i, kind, status, 1, %s, %s + interval '2 seconds',
  %s + interval '2 seconds' + i * interval '1 second'
FROM (VALUES ('sync', 'completed', 120), ('sync', 'failed', 7), ('gas-topup', 'completed', 3))
  AS made (kind, status, n) CROSS JOIN LATERAL generate_series(1, n) AS i
"""


def seconds(text):
    """What “1 min 54 s” says."""
    return sum(float(number) * (60 if unit == "min" else 1)
               for number, unit in re.findall(r"([\d.]+) (min|s)", text))


class ChartsCase(unittest.TestCase):
    """One platform that was busy in one half hour."""

    @classmethod
    def setUpClass(cls):
        cls.site = Site()
        cls.addClassCleanup(cls.site.close)
        cls.window = Window(cls.site.environment(), page="charts", TZ="UTC")
        cls.addClassCleanup(cls.window.close)

    def setUp(self):
        self.site.sql("DELETE FROM job_logs")
        # Each half hour begins a bar, which moves the others: not amid a test.
        wait_until(lambda: time.time() % 1800 < 1740, 90, "the next half hour")
        [(now,)] = self.site.sql("SELECT now()")
        self.today = now.strftime("%Y-%m-%d")
        half_hour = now.replace(minute=now.minute // 30 * 30, second=0, microsecond=0)
        self.bar = half_hour - 30 * MINUTE
        self.site.sql(JOBS, *[self.bar] * 3)
        self.window.key("ctrl+5")
        self.window.wait(lambda: self.window.title() == "Charts", "the page of charts")
        # The pointer is to read nothing.
        self.window.point(self.window.find("push button", "Main menu").path)
        self.window.key("F5")
        self.window.find("label", "in all: failed 7 · completed 123")

    def chart(self, title):
        return self.window.find("image", re.compile(title + ", .*"))

    def wait_said(self, title, text):
        self.window.wait(lambda: text in self.chart(title).name,
                         lambda: f"{text}, but {self.chart(title).name}")

    def place(self, title):
        """The bar's place in the chart, which is the one before the last of 48, from its middle."""
        _x, _y, width, _height = self.chart(title).extents()
        left = 52
        return int(left + (width - left) * 46.5 / 48 - width / 2)

    def when(self):
        return self.bar.strftime("%Y-%m-%d %H:%M")

    def wait_jobs(self, total):
        self.window.wait(lambda: self.window.title() == "Jobs", "the jobs")
        Table(self.window, "Jobs").wait_total(total)


class ChartsTest(ChartsCase):
    """What the charts say."""

    def test_pointer(self):
        """Hovering reads a bar in all charts; a click opens its jobs."""
        chart = self.chart("Throughput")
        self.window.point(chart.path, aside=self.place("Throughput"))
        self.wait_said("Throughput", "failed 7 · completed 123")
        self.wait_said("Throughput", self.when())
        self.wait_said("Success Rate", "success 94.6 %")
        self.wait_said("Retries per Job", "retries 1")
        self.window.find("label", re.compile(self.when() + ".*: failed 7 · completed 123"))
        self.window.press(chart.path, aside=self.place("Throughput"))
        self.wait_jobs("123 jobs")
        self.window.key("ctrl+5")
        self.window.press(self.chart("Success Rate").path, aside=self.place("Success Rate"))
        self.wait_jobs("7 jobs")

    def test_keyboard(self):
        self.window.move_to("image", re.compile("Throughput, .*"), press=False)
        self.window.key("End", "Left")
        self.wait_said("Run Time", self.when())
        [(p50, p95, p99)] = self.site.sql(
            "SELECT extract(epoch FROM percentile_disc(0.5) WITHIN GROUP (ORDER BY run))::float,"
            " extract(epoch FROM percentile_disc(0.95) WITHIN GROUP (ORDER BY run))::float,"
            " extract(epoch FROM percentile_disc(0.99) WITHIN GROUP (ORDER BY run))::float FROM"
            " (SELECT completed_at - started_at AS run FROM job_logs WHERE status = 'completed')"
            " AS made")
        said = self.chart("Run Time").name.partition(": p50 ")[2].split(" · ")
        for text, expected in zip(said, (p50, p95, p99)):
            self.assertAlmostEqual(seconds(text), expected, delta=expected * 0.05 + 1)
        self.window.key("Return")
        self.wait_jobs("130 jobs")

    def test_range(self):
        """A dragged range is looked at more closely; Escape leads back."""
        x, y, width, height = self.window.screen_extents(self.chart("Throughput").path)
        end, middle = x + width - 3, y + height // 2
        self.window.drag(end - width // 6, middle, middle, to=end)
        self.window.find("push button", re.compile("(_?Back )?Back"))
        self.window.find("label", re.compile(r"\d{4}-.* – .*"))
        self.window.find("label", "in all: failed 7 · completed 123")
        self.window.key("Escape")
        self.window.wait_gone("push button", re.compile("(_?Back )?Back"))

    def test_table_and_limits(self):
        button = "Show as Table: Throughput"
        self.window.find("push button", button).click()
        table = Table(self.window, "Throughput")
        self.assertEqual(table.titles(), ["When", "failed", "completed"])
        self.window.screenshot("chart-table", keyboard=crawl.AGAIN)
        self.assertEqual(table.rows(2)[1], {
            "When": f"{self.when()} – {(self.bar + 30 * MINUTE).strftime('%H:%M')}",
            "failed": "7", "completed": "123"})
        self.window.find("push button", button).click()
        self.chart("Throughput")
        self.site.sql("DELETE FROM job_logs WHERE job_id LIKE 'sync-completed%'")
        self.window.find("label", re.compile("Too few jobs in 1 bar for p95, which needs 20, .*"))

    def test_exact_and_types(self):
        for role in ("combo box", "push button"):
            self.window.find(role, "Type of jobs")
        self.window.find("label", "Percentiles are about right, within 5 %.")
        self.window.find("push button", "Exact percentiles").click()
        self.window.find("label", "Percentiles are exact.")
        self.window.find("label", re.compile(r"in all: p50 59.0 s .*"))
        self.window.find("push button", "Exact percentiles").click()
        self.window.find("push button", "The last 30 days").click()
        self.wait_said("Throughput", self.today)
        self.window.find("push button", "The last 24 hours").click()
        self.site.sql("DELETE FROM job_logs")
        self.window.find("label", "No Jobs in This Time")


class TableTest(ChartsCase):
    """A chart's table, in a window that nothing was done in before."""

    def test_table_row_stays(self):
        """A job less in its bar takes neither the focus nor the choice from a row."""
        button = "Show as Table: Throughput"
        self.window.find("push button", button).click()
        table = Table(self.window, "Throughput")
        table.press(1)
        self.site.sql("UPDATE job_logs SET status = 'completed' WHERE job_id = 'sync-failed1'")
        self.window.wait(lambda: table.rows(2)[1]["failed"] == "6", "a failure less in the row")
        self.assertTrue(table.is_selected(1))
        self.window.key("Return")
        self.wait_jobs("130 jobs")


if __name__ == "__main__":
    window.main()
