/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every command with its options, in the order of the help. */

#include "cli/wd-cli-command.h"

#include <glib/gi18n-lib.h>

#include "cli/cmd.h"

const WdCliOption wd_cli_global_options[] = {
  { "profile", WD_CLI_TEXT, FALSE, N_("NAME"), N_("Use this saved connection") },
  { "json", WD_CLI_FLAG, FALSE, NULL, N_("Print one JSON document") },
  { "help", WD_CLI_FLAG, FALSE, NULL, N_("Show the options") },
  { "version", WD_CLI_FLAG, FALSE, NULL, N_("Show the version") },
  { NULL }
};

static const WdCliOption job_filters[] = {
  { "status", WD_CLI_TEXT, TRUE, N_("STATUS"),
    N_("pending, active, completed, failed or retrying") },
  { "type", WD_CLI_TEXT, TRUE, N_("TYPE"),
    N_("gas-topup, consolidation, sync or deposit-detection") },
  { "trigger", WD_CLI_TEXT, TRUE, N_("TRIGGER"), N_("system, manual, deposit or schedule") },
  { "wallet", WD_CLI_TEXT, FALSE, N_("ADDRESS"), N_("Jobs of this wallet") },
  { "user", WD_CLI_UUID, FALSE, N_("UUID"), N_("Jobs of this user") },
  { "from", WD_CLI_TIME, FALSE, N_("TIME"), N_("Created then or later") },
  { "to", WD_CLI_TIME, FALSE, N_("TIME"), N_("Created then or earlier") },
  { "completed-from", WD_CLI_TIME, FALSE, N_("TIME"), N_("Ended then or later") },
  { "completed-to", WD_CLI_TIME, FALSE, N_("TIME"), N_("Ended then or earlier") },
  { "search", WD_CLI_TEXT, FALSE, N_("TEXT"), N_("Part of the id, the job id or the wallet") },
  { "error-group", WD_CLI_TEXT, FALSE, N_("GROUP"), N_("As jobs errors names it") },
  { "filter", WD_CLI_TEXT, FALSE, N_("TEXT"),
    N_("All of it in one line, as in the window: \"status:failed created:>-24h\"") },
  { NULL }
};

static const WdCliOption wallet_filters[] = {
  { "needs-gas", WD_CLI_BOOLEAN, FALSE, N_("BOOL"), N_("With or without this flag") },
  { "needs-consolidation", WD_CLI_BOOLEAN, FALSE, N_("BOOL"), N_("With or without this flag") },
  { "network", WD_CLI_TEXT, TRUE, N_("NAME"), N_("On this network") },
  { "min-balance", WD_CLI_AMOUNT, FALSE, N_("AMOUNT"), N_("This balance or more") },
  { "max-balance", WD_CLI_AMOUNT, FALSE, N_("AMOUNT"), N_("This balance or less") },
  { "search", WD_CLI_TEXT, FALSE, N_("TEXT"), N_("Part of the address or the user's id") },
  { "filter", WD_CLI_TEXT, FALSE, N_("TEXT"),
    N_("All of it in one line, as in the window: \"network:tron balance:>0.5\"") },
  { NULL }
};

static const WdCliOption audit_filters[] = {
  { "action", WD_CLI_TEXT, TRUE, N_("ACTION"), N_("dispatch, retry, set-flags, discard, …") },
  { "who", WD_CLI_TEXT, FALSE, N_("TEXT"), N_("Part of user@host, the role or the program") },
  { "target", WD_CLI_TEXT, FALSE, N_("TEXT"), N_("Part of the job's id, its wallet or its queue") },
  { "from", WD_CLI_TIME, FALSE, N_("TIME"), N_("Done then or later") },
  { "to", WD_CLI_TIME, FALSE, N_("TIME"), N_("Done then or earlier") },
  { NULL }
};

static const WdCliOption page_options[] = {
  { "limit", WD_CLI_LIMIT, FALSE, N_("NUMBER"), N_("How many: 50, at most 1000") },
  { "format", WD_CLI_TEXT, FALSE, N_("FORMAT"),
    N_("All of them, without --limit, as csv or jsonl") },
  { "cursor", WD_CLI_TEXT, FALSE, N_("CURSOR"), N_("Continue where that page ended") },
  { NULL }
};

static const WdCliOption error_options[] = {
  { "all", WD_CLI_FLAG, FALSE, NULL, N_("Look at all failed jobs, not only the newest 20000") },
  { NULL }
};

static const WdCliOption retry_options[] = {
  { "all-failed", WD_CLI_FLAG, FALSE, NULL, N_("All failed jobs that the filters let through") },
  { "reset", WD_CLI_FLAG, FALSE, NULL, N_("Count the attempts from 0 again") },
  { "force", WD_CLI_FLAG, FALSE, NULL, N_("Also when such a job is under way for the wallet") },
  { NULL }
};

static const WdCliOption bulk_options[] = {
  { "reset", WD_CLI_FLAG, FALSE, NULL, N_("Count the attempts from 0 again") },
  { "force", WD_CLI_FLAG, FALSE, NULL, N_("Also when such a job is under way for the wallet") },
  { NULL }
};

static const WdCliOption dispatch_options[] = {
  { "wallet", WD_CLI_ADDRESS, TRUE, N_("ADDRESS"), N_("For this wallet; may be repeated") },
  { "user", WD_CLI_UUID, FALSE, N_("UUID"), N_("For this user; the wallet's by default") },
  { "priority", WD_CLI_TEXT, FALSE, N_("LEVEL"), N_("low, normal or high") },
  { "force", WD_CLI_FLAG, FALSE, NULL, N_("Also when there is such a job, or no such wallet") },
  { NULL }
};

static const WdCliOption all_options[] = {
  { "all", WD_CLI_FLAG, FALSE, NULL, N_("Every wallet, without a filter") },
  { NULL }
};

static const WdCliOption bulk_flag_options[] = {
  { "set-needs-gas", WD_CLI_BOOLEAN, FALSE, N_("BOOL"), N_("Set this flag") },
  { "set-needs-consolidation", WD_CLI_BOOLEAN, FALSE, N_("BOOL"), N_("Set this flag") },
  { "wallet", WD_CLI_ADDRESS, TRUE, N_("ADDRESS"), N_("For this wallet; may be repeated") },
  { NULL }
};

static const WdCliOption report_options[] = {
  { "format", WD_CLI_TEXT, FALSE, N_("FORMAT"), N_("csv or jsonl") },
  { NULL }
};

static const WdCliOption flag_options[] = {
  { "needs-gas", WD_CLI_BOOLEAN, FALSE, N_("BOOL"), N_("Set this flag") },
  { "needs-consolidation", WD_CLI_BOOLEAN, FALSE, N_("BOOL"), N_("Set this flag") },
  { NULL }
};

static const WdCliOption migrate_options[] = {
  { "dry-run", WD_CLI_FLAG, FALSE, NULL, N_("Only show what would be done") },
  { "with", WD_CLI_TEXT, TRUE, N_("NAME"), N_("Also this optional one; may be repeated") },
  { NULL }
};

static const WdCliOption doctor_options[] = {
  { "recount", WD_CLI_FLAG, FALSE, NULL, N_("Count every job anew and mend the counts") },
  { NULL }
};

static const WdCliOption alert_options[] = {
  { "history", WD_CLI_FLAG, FALSE, NULL, N_("Those that ended, newest first") },
  { NULL }
};

static const WdCliOption snooze_options[] = {
  { "for", WD_CLI_TEXT, FALSE, N_("SPAN"), N_("30m, 2h, 7d; an hour by default") },
  { "until", WD_CLI_TIME, FALSE, N_("TIME"), N_("Until then") },
  { NULL }
};

static const WdCliOption watch_options[] = {
  { "once", WD_CLI_FLAG, FALSE, NULL,
    N_("Look once; exit status 1 while something critical is open") },
  { NULL }
};

static const WdCliOption history_options[] = {
  { "range", WD_CLI_TEXT, FALSE, N_("RANGE"), N_("The last 1h, 24h, 7d or 30d; 24h by default") },
  { "from", WD_CLI_TIME, FALSE, N_("TIME"), N_("Instead: from then on") },
  { "to", WD_CLI_TIME, FALSE, N_("TIME"), N_("Until then, with --from; until now by default") },
  { "type", WD_CLI_TEXT, FALSE, N_("TYPE"), N_("Only jobs of this type") },
  { "exact", WD_CLI_FLAG, FALSE, NULL,
    N_("Percentiles from the jobs themselves, 100000 at most") },
  { NULL }
};

static const WdCliOption drift_options[] = {
  { "may-run-twice", WD_CLI_FLAG, FALSE, NULL,
    N_("requeue: also jobs that may have run; they may pay twice") },
  { NULL }
};

static const WdCliOption confirm_options[] = {
  { "confirm", WD_CLI_TEXT, FALSE, N_("NUMBER"),
    N_("Do it, to so many jobs; without it they are only listed") },
  { NULL }
};

static const WdCliOption drain_options[] = {
  { "delayed", WD_CLI_FLAG, FALSE, NULL, N_("Also jobs that are delayed") },
  { NULL }
};

static const WdCliOption clean_options[] = {
  { "before", WD_CLI_TIME, FALSE, N_("TIME"), N_("Jobs that ended before then") },
  { "failed", WD_CLI_FLAG, FALSE, NULL, N_("The failed ones, instead of the completed ones") },
  { NULL }
};

static const WdCliOption health_options[] = {
  { "set", WD_CLI_TEXT, TRUE, N_("NAME=VALUE"),
    N_("Set this one for everybody; usual as the value takes it back; may be repeated") },
  { NULL }
};

static const WdCliOption scheduler_options[] = {
  { "limit", WD_CLI_LIMIT, FALSE, N_("NUMBER"), N_("How many: 50, at most 1000") },
  { "cursor", WD_CLI_TEXT, FALSE, N_("CURSOR"), N_("Continue where that page ended") },
  { NULL }
};

static const WdCliOption word_options[] = {
  { "confirm", WD_CLI_TEXT, FALSE, N_("WORD"),
    N_("Do it; without it it is only shown, and the word told") },
  { NULL }
};

static const WdCliOption limit_options[] = {
  { "concurrency", WD_CLI_TEXT, FALSE, N_("NUMBER"),
    N_("So many of its jobs run at once, over all workers; or none, for no limit") },
  { "rate", WD_CLI_TEXT, FALSE, N_("N/SECONDS"),
    N_("So many of its jobs begin in so many seconds; or none, for no limit") },
  { "confirm", WD_CLI_TEXT, FALSE, N_("QUEUE"), N_("Also on a production connection") },
  { NULL }
};

static const WdCliOption queue_jobs_options[] = {
  { "state", WD_CLI_TEXT, FALSE, N_("STATE"),
    N_("waiting (by default), active, prioritized, delayed, waiting-children, failed or "
       "completed") },
  { "limit", WD_CLI_LIMIT, FALSE, N_("NUMBER"), N_("How many: 50, at most 1000") },
  { "offset", WD_CLI_TEXT, FALSE, N_("NUMBER"), N_("How many to pass over") },
  { NULL }
};

static const WdCliCommand commands[] = {
  { "stats", NULL, 0, 0, { NULL }, N_("Show each worker's status and counts"), NULL,
    wd_cmd_stats },
  { "history", NULL, 0, 0, { history_options },
    N_("Show what jobs did over time: how many, how well, how long"), NULL, wd_cmd_history },
  { "doctor", NULL, 0, 0, { doctor_options }, N_("Check both servers and say what to do"), NULL,
    wd_cmd_doctor },
  { "health", NULL, 0, 0, { NULL }, N_("Say what is stuck and which wallets are in trouble"), NULL,
    wd_cmd_health },
  { "health limits", NULL, 0, 0, { health_options },
    N_("Show from where on something is wrong, or set it"), "wdctl health limits",
    wd_cmd_health_limits },
  { "migrate", NULL, 0, 0, { migrate_options }, N_("Create what is missing in the database"),
    "wdctl migrate --dry-run", wd_cmd_migrate },
  { "queues list", NULL, 0, 0, { NULL }, N_("Show the queues with their counts"), NULL,
    wd_cmd_queues_list },
  { "queues jobs", N_("QUEUE"), 1, 1, { queue_jobs_options },
    N_("List its jobs of one state, also those without a row"), NULL, wd_cmd_queues_jobs },
  { "queues job", N_("QUEUE ID"), 2, 2, { NULL }, N_("Show a job by its id in its queue"), NULL,
    wd_cmd_queues_job },
  { "queues flow", N_("QUEUE ID"), 2, 2, { NULL },
    N_("Show the flow that a job is part of: its parents and children"), NULL,
    wd_cmd_queues_flow },
  { "queues pause", N_("[QUEUE]"), 0, 1, { NULL }, N_("Pause one queue, or every worker's"),
    "wdctl queues list", wd_cmd_queues_pause },
  { "queues resume", N_("[QUEUE]"), 0, 1, { NULL }, N_("Resume one queue, or every worker's"),
    "wdctl queues list", wd_cmd_queues_resume },
  { "queues promote", N_("QUEUE"), 1, 1, { confirm_options }, N_("Let its delayed jobs run now"),
    "wdctl audit list", wd_cmd_queues_promote },
  { "queues clean", N_("QUEUE"), 1, 1, { confirm_options, clean_options },
    N_("Let it forget jobs that ended; their rows stay"), "wdctl audit list", wd_cmd_queues_clean },
  { "queues drain", N_("QUEUE"), 1, 1, { confirm_options, drain_options },
    N_("Take its waiting jobs out; their rows say failed"), "wdctl audit list",
    wd_cmd_queues_drain },
  { "queues schedulers", N_("[QUEUE]"), 0, 1, { scheduler_options },
    N_("List what makes jobs again and again, those that run first first"), NULL,
    wd_cmd_queues_schedulers },
  { "queues remove-scheduler", N_("QUEUE KEY"), 2, 2, { word_options },
    N_("Remove one, with its next job"), "wdctl audit list", wd_cmd_queues_remove_scheduler },
  { "queues limits", N_("[QUEUE]"), 0, 1, { limit_options },
    N_("Show how many jobs run at once and begin in a time, or set that of one queue"),
    "wdctl queues limits", wd_cmd_queues_limits },
  { "outbox list", NULL, 0, 0, { NULL }, N_("List what is not known to be in its queue"), NULL,
    wd_cmd_outbox_list },
  { "outbox send", N_("[ID…]"), 0, G_MAXUINT, { NULL },
    N_("Deliver these; without an ID all that is safe to send"), "wdctl outbox list",
    wd_cmd_outbox_send },
  { "outbox discard", N_("ID…"), 1, G_MAXUINT, { NULL }, N_("Give these up for ever"),
    "wdctl outbox list", wd_cmd_outbox_discard },
  { "drift check", NULL, 0, 0, { NULL }, N_("Compare the rows with the queues; changes nothing"),
    NULL, wd_cmd_drift_check },
  { "drift fix", N_("REMEDY ID…"), 2, G_MAXUINT, { drift_options },
    N_("Do something about what drift check found: requeue, mark-failed, mark-completed, "
       "mark-cancelled, mark-pending, write-row or remove"), "wdctl drift check",
    wd_cmd_drift_fix },
  { "jobs list", NULL, 0, 0, { job_filters, page_options }, N_("List jobs, newest first"), NULL,
    wd_cmd_jobs_list },
  { "jobs errors", NULL, 0, 0, { error_options, job_filters },
    N_("Group failed jobs by what went wrong"), NULL, wd_cmd_jobs_errors },
  { "jobs show", N_("ID"), 1, 1, { NULL }, N_("Show a job and its state in its queue"), NULL,
    wd_cmd_jobs_show },
  { "jobs retry", N_("(ID… | --all-failed)"), 0, G_MAXUINT, { retry_options, job_filters },
    N_("Queue failed jobs again: of several of a type for a wallet the newest of those that are "
       "named, the oldest of all failed ones"), NULL, wd_cmd_jobs_retry },
  { "bulk retry", N_("[ID…]"), 0, G_MAXUINT, { bulk_options, job_filters },
    N_("Write down these jobs, or all failed ones that match, to be retried by bulk run"),
    "wdctl bulk list", wd_cmd_bulk_retry },
  { "bulk dispatch", N_("TYPE"), 1, 1, { dispatch_options, wallet_filters, all_options },
    N_("Write down wallets, for each of which bulk run is to queue a job"), "wdctl bulk list",
    wd_cmd_bulk_dispatch },
  { "bulk set-flags", NULL, 0, 0, { bulk_flag_options, wallet_filters, all_options },
    N_("Write down wallets whose flags bulk run is to set"), "wdctl bulk list",
    wd_cmd_bulk_set_flags },
  { "bulk run", N_("ID"), 1, 1, { NULL }, N_("Do what is left of a bulk run"), NULL,
    wd_cmd_bulk_run },
  { "bulk show", N_("ID"), 1, 1, { NULL }, N_("Show what a bulk run did and what it refused"),
    NULL, wd_cmd_bulk_show },
  { "bulk report", N_("ID"), 1, 1, { report_options },
    N_("Write all that a bulk run did and refused, row by row"), NULL, wd_cmd_bulk_report },
  { "bulk pause", N_("ID"), 1, 1, { NULL },
    N_("Let a bulk run rest that a remote dashboard works on"), "wdctl bulk list",
    wd_cmd_bulk_pause },
  { "bulk discard", N_("ID"), 1, 1, { NULL }, N_("Give up what is left of a bulk run"),
    "wdctl bulk list", wd_cmd_bulk_discard },
  { "bulk list", NULL, 0, 0, { NULL }, N_("List the newest bulk runs"), NULL, wd_cmd_bulk_list },
  { "dispatch", N_("TYPE --wallet ADDRESS…"), 1, 1, { dispatch_options },
    N_("Queue a gas-topup, consolidation or sync for wallets"),
    NULL, wd_cmd_dispatch },
  { "wallets list", NULL, 0, 0, { wallet_filters, page_options }, N_("List wallets"), NULL,
    wd_cmd_wallets_list },
  { "wallets set-flags", N_("ADDRESS"), 1, 1, { flag_options }, N_("Set the flags of a wallet"),
    "wdctl wallets list", wd_cmd_wallets_set_flags },
  { "alerts list", NULL, 0, 0, { alert_options }, N_("Measure, and list what is wrong"), NULL,
    wd_cmd_alerts_list },
  { "alerts acknowledge", N_("ID"), 1, 1, { NULL }, N_("Say that you know of an alert"),
    "wdctl alerts list", wd_cmd_alerts_acknowledge },
  { "alerts snooze", N_("ID"), 1, 1, { snooze_options }, N_("Do not hear of an alert for a while"),
    "wdctl alerts list", wd_cmd_alerts_snooze },
  { "alerts rules", NULL, 0, 0, { NULL }, N_("Show what is an alert"), NULL,
    wd_cmd_alerts_rules },
  { "watch", NULL, 0, 0, { watch_options }, N_("Print a line whenever an alert opens or ends"),
    NULL, wd_cmd_watch },
  { "audit list", NULL, 0, 0, { audit_filters, page_options },
    N_("List who did what, newest first"),
    NULL, wd_cmd_audit_list },
  { NULL }
};

/**
 * wd_cli_commands:
 *
 * Returns: (transfer none): the table of commands
 */
const WdCliCommand *
wd_cli_commands (void)
{
  return commands;
}
