#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Work on all that a filter lets through: what is said before, while it runs, and after; stopped,
killed, and with a server gone in the middle."""

import csv
import os
import re

import window as harness
from actions_case import ActionsCase

PREVIEW = "Retry Jobs"


def spaced(text):
    """The same, with spaces between digits that do not break, as the window has them."""
    return re.sub(r"(?<=\d) (?=\d)", "\u00a0", text)


class BulkCase(ActionsCase):
    def fail_many(self, count, exhausted=0):
        """Adds failed jobs of which some have used up their retries."""
        ids = self.site.add_failed_jobs(count)
        self.site.sql("UPDATE job_logs SET retry_count = max_retries WHERE id = ANY (%s::uuid[])",
                      ids[:exhausted])
        return ids

    def slow_down(self, milliseconds):
        """Each retry takes so long from now on."""
        self.site.sql(
            "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN PERFORM pg_sleep({milliseconds / 1000}); RETURN NEW; END $$; "
            "CREATE TRIGGER slow BEFORE UPDATE ON job_logs FOR EACH ROW EXECUTE FUNCTION slow()")

    def hurry(self):
        self.site.sql("DROP FUNCTION slow CASCADE")

    def preview(self):
        """Opens the dialog about all failed jobs of the list that is shown."""
        self.window.click("push button", "Retry All Matching…")
        self.dialog(PREVIEW)

    def says(self, pattern, seconds=30):
        return super().says(spaced(pattern), seconds)

    def begin(self, count):
        """Goes on from the dialog; COUNT is what its button says."""
        self.go(PREVIEW, f"Retry {spaced(count)} Jobs")
        self.closed(PREVIEW)

    def wait_done(self, least):
        self.window.wait(lambda: self.site.sql(
            "SELECT count(*) >= %s FROM worker_dashboard.bulk_item WHERE result = 'done'",
            least)[0][0], f"{least} jobs done", 60)

    def wait_delivered(self, ids):
        """Each of the jobs with IDS waits in its queue once, and no other does."""
        self.window.wait(lambda: len(self.waiting()) >= len(ids), "all jobs in the queue", 60)
        self.assertEqual(self.waiting(), sorted(ids))

    def press(self, name):
        self.window.click("push button", name)

    def screenshot(self, name):
        self.window.screenshot(f"bulk-{name}")


class Retry(BulkCase):
    def test_all(self):
        ids = self.fail_many(1200, exhausted=12)
        self.open("jobs")
        self.table("Jobs").wait_total("1200 jobs")
        self.preview()
        self.says("1 200 jobs, of which 12 will be refused")
        self.window.focus_other(PREVIEW)
        self.screenshot("preview")
        # What fails now is not in it; what is retried by somebody else is refused.
        self.site.add_failed_jobs(1)
        self.site.sql("UPDATE job_logs SET status = 'active' WHERE id = %s", ids[-1])
        self.begin("1 188")
        self.says("Finished · 1 187 done, 13 refused", 60)
        self.screenshot("finished")
        self.wait_delivered(ids[12:-1])
        self.press("Report on the bulk run")
        self.dialog("Report")
        self.says("13 refused")
        self.screenshot("report")


if __name__ == "__main__":
    harness.main()
