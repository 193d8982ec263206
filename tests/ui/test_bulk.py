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

    def wait_done(self, least, seconds=60):
        self.window.wait(lambda: self.count_done() >= least, f"{least} jobs done", seconds)

    def count_done(self):
        [(done,)] = self.site.sql(
            "SELECT count(*) FROM worker_dashboard.bulk_item WHERE result = 'done'")
        return done

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
        """Counted and frozen before, told below the pages, reported after."""
        ids = self.fail_many(1200, exhausted=12)
        self.open("jobs")
        self.table("Jobs").wait_total("1200 jobs")
        self.preview()
        self.says("1 200 jobs, of which 12 will be refused")
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
        self.says("It changed since the preview: now it is active")
        self.screenshot("report")
        self.check_saved(ids)
        self.press("Dismiss the bulk run")
        self.window.wait_gone("label", spaced("Retry of 1 200 jobs"))
        self.check_cancel()

    def check_saved(self, ids):
        path = os.path.join(self.site.household.make_folder("reports"), "report.csv")
        self.button("Save…", "Report").click()
        self.window.click("push button", re.compile("(CS_V… )?CSV…"))
        self.window.find("text", "Name:").set_text(path)
        self.window.click("push button", re.compile("(_Export )?Export"))
        self.says("1 200 rows written to “report.csv”")
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual({row["job_log_id"] for row in rows}, set(ids))
        self.assertEqual(sum(row["result"] == "done" for row in rows), 1187)
        self.window.focus_other("Report")
        self.window.key("Escape")
        self.closed("Report")

    def check_cancel(self):
        """Nothing is done, and nobody can go on with what was frozen: here a selection of more
        jobs than are looked at one by one."""
        table = self.table("Jobs")
        table.press(0)
        self.window.key("ctrl+a")
        super().says("1.201 selected")
        self.press("Retry…")
        self.dialog(PREVIEW)
        self.says("1 201 jobs, of which 1 200 will be refused")
        self.screenshot("selection")
        self.window.key("Escape")
        self.closed(PREVIEW)
        self.window.wait(lambda: self.site.sql(
            "SELECT state FROM worker_dashboard.bulk_run ORDER BY created_at DESC LIMIT 1")
            == [("discarded",)], "end of what was frozen")
        self.site.redis.stop()
        self.press("Retry…")
        self.dialog(PREVIEW)
        self.says("The queue of 1 job could not be asked: whether it would be refused there is not "
                  "counted\\.")
        self.screenshot("not-asked")

    def test_interrupted(self):
        """It goes on by itself when the database is back; killed, it is found at the next start.
        Each job is retried once."""
        ids = self.fail_many(4000)
        self.slow_down(1)
        self.open("jobs")
        self.table("Jobs").wait_total("4000 jobs")
        self.preview()
        self.begin("4 000")
        self.wait_done(500)
        self.says(r"[\d\s]+ done, 0 refused, [\d\s]+ left · [\d\s]+ per second, about .* left")
        self.window.key("ctrl+1")
        self.window.wait(lambda: self.window.title() == "Overview", "another page")
        self.screenshot("running")
        self.site.postgres.kill()
        self.says("The connection is lost; next try in .*", 60)
        self.screenshot("waiting")
        self.site.postgres.start()
        self.site.reconnect()
        # Others would have to wait for a minute.
        self.wait_done(self.count_done() + 500, 40)
        self.window.process.kill()
        self.window.process.wait()
        self.hurry()
        self.assertLess(self.count_done(), 4000)

        # While its owner may live, it is nobody else's.
        self.open("overview")
        self.says("Another program works on it, begun by .*")
        self.assertFalse(self.window.is_there("push button", "Go on with the bulk run"))
        self.screenshot("others")
        self.site.sql("UPDATE worker_dashboard.bulk_run SET heartbeat = now() - interval '61 s'")
        self.says("Retry of 4 000 jobs was interrupted")
        self.says(r"[\d\s]+ done, 0 refused, [\d\s]+ left")
        self.screenshot("interrupted")
        self.press("Go on with the bulk run")
        self.says("Finished · 4 000 done, 0 refused", 60)
        self.wait_delivered(ids)

    def test_stopped_on_production(self):
        """The number is typed; what is done when it is paused or stopped stands."""
        ids = self.fail_many(3000)
        self.slow_down(1)
        self.open_profile("jobs", production="true")
        self.table("Jobs").wait_total("3000 jobs")
        self.preview()
        self.go(PREVIEW, spaced("Retry 3 000 Jobs"))
        self.type_number("3 000", "bulk-question")
        self.closed(PREVIEW)
        self.wait_done(500)
        self.press("Pause the bulk run")
        self.says("Paused · .*")
        done = self.count_done()
        self.screenshot("paused")
        self.press("Go on with the bulk run")
        self.wait_done(done + 500)
        self.quit()
        left = f"{3000 - self.count_done():,}".replace(",", " ")

        # Whoever begins anew with what others were told has to be told, too.
        self.open_profile("jobs", production="true")
        self.says("Paused · .*")
        self.press("Go on with the bulk run")
        self.type_number(left, "bulk-question-again")
        self.press("Stop the bulk run")
        self.dialog("Stop the Bulk Run?")
        self.screenshot("stop")
        self.window.click("push button", re.compile("(_Stop )?Stop"))
        self.says("Stopped · .* done, 0 refused, .* left")
        rows = self.site.sql("SELECT job_log_id::text FROM worker_dashboard.bulk_item "
                             "WHERE result = 'done'")
        self.assertLess(len(rows), 3000)
        self.wait_delivered([row for row, in rows])
        self.assertEqual([(len(ids) - len(rows),)], self.site.sql(
            "SELECT count(*) FROM job_logs WHERE status = 'failed'"))

    def type_number(self, number, picture):
        """Answers what a production connection asks."""
        question = spaced(f"Retry {number} Jobs?")
        action = spaced(f"Retry {number} Jobs")
        self.dialog(question)
        self.window.screenshot(picture)
        self.assertFalse(self.is_enabled(action, question))
        self.type(number.replace(" ", ""))
        self.wait_enabled(action, question)
        self.window.key("Return")
        self.closed(question)

    def quit(self):
        """Whoever closes the window is asked; what is left rests until the next start."""
        self.window.key("ctrl+q")
        self.dialog("Pause and Quit?")
        self.screenshot("quit")
        self.button("Pause and Quit", "Pause and Quit?").click()
        self.assertEqual(self.window.process.wait(harness.SECONDS), 0)
        self.assertEqual(self.site.sql("SELECT state, owner FROM worker_dashboard.bulk_run"),
                         [("paused", None)])


class Wallets(BulkCase):
    def choose_for_all(self, item):
        # Of the two nodes that a menu button consists of, the inner one opens it.
        self.window.find("push button", "All Matching").children[0].click()
        self.window.click("menu item", item)

    def test_all(self):
        """Jobs for all wallets, flags of all, an error group; and how that looks."""
        wallets = self.add_wallets(50)
        self.site.sql("UPDATE user_wallets SET network = 'ethereum' WHERE address = ANY (%s)",
                      wallets[:10])
        self.add_job_under_way(wallets[0])
        self.open("wallets")
        self.table("Wallets").wait_total("50 wallets")
        self.choose_for_all("Trigger Gas Top-up…")
        self.dialog("Trigger Gas top-up")
        self.says("50 wallets, of which 1 will be refused")
        self.screenshot("dispatch")
        self.go("Trigger Gas top-up", "Trigger 49 Jobs")
        self.closed("Trigger Gas top-up")
        self.says("Finished · 49 done, 1 refused")
        self.assertEqual(self.site.sql("SELECT array_agg(wallet_address ORDER BY wallet_address) "
                                       "FROM job_logs WHERE status = 'pending'"),
                         [(sorted(wallets[1:]),)])
        self.wait_delivered([row for row, in self.site.sql(
            "SELECT job_id FROM job_logs WHERE status = 'pending'")])
        self.press("Dismiss the bulk run")

        self.choose_for_all("Set “Needs Consolidation”…")
        title = "Set “needs consolidation”"
        self.dialog(title)
        self.says("50 wallets")
        self.screenshot("flags")
        self.go(title, "Set on 50 Wallets")
        self.closed(title)
        self.says("Finished · 50 done, 0 refused")
        self.assertEqual(self.site.sql("SELECT count(*) FROM user_wallets "
                                       "WHERE needs_consolidation"), [(50,)])
        self.check_errors()
        self.window.close()
        self.take_looks()

    def check_errors(self):
        """All jobs that failed for one reason."""
        ids = self.fail_many(20)
        self.site.sql("UPDATE job_logs SET error_message = 'no peers' WHERE id = ANY (%s::uuid[])",
                      ids[:5])
        self.window.key("ctrl+1")
        self.window.click("push button", "By Error")
        row = self.window.find("list item", "out of energy: 15 jobs")
        row.find("push button", "What to do with these jobs").children[0].click()
        self.window.click("menu item", "Retry All…")
        self.dialog(PREVIEW)
        self.begin("15")
        self.says("Finished · 15 done, 0 refused")
        self.assertEqual(self.site.sql("SELECT array_agg(id::text ORDER BY id::text) FROM job_logs "
                                       "WHERE status = 'failed'"), [(sorted(ids[:5]),)])

    def take_looks(self):
        """In a dark and narrow window: what was interrupted, its report, and a preview."""
        self.site.sql("UPDATE worker_dashboard.bulk_run SET state = 'running', owner = id, "
                      "heartbeat = now() - interval '61 s' WHERE operation <> 'set_flags'")
        self.open("jobs", arguments=["--dark"], size="560x600")
        self.says("Gas top-up for 50 wallets was interrupted")
        self.preview()
        self.says("5 jobs")
        self.window.screenshot("bulk-dark-preview", self.window.focus_other(PREVIEW))
        self.window.key("Escape")
        self.closed(PREVIEW)
        self.screenshot("dark")
        self.press("Report on the bulk run")
        self.dialog("Report")
        self.says("1 refused")
        self.window.screenshot("bulk-dark-report", self.window.focus_other("Report"))


if __name__ == "__main__":
    harness.main()
