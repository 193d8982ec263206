/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of bulk runs. Every text is owned by the caller and plain. */

#include "app/bulk/wd-bulk-text.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "base/wd-error.h"
#include "base/wd-format.h"
#include "model/wd-flags.h"
#include "model/wd-job-type.h"

static WdFlag
get_flag (const WdBulkRequest *request, gboolean *value)
{
  WdFlag flag = request->needs_gas != WD_TRISTATE_UNSET ? WD_FLAG_NEEDS_GAS
                                                        : WD_FLAG_NEEDS_CONSOLIDATION;

  *value = (flag == WD_FLAG_NEEDS_GAS ? request->needs_gas : request->needs_consolidation)
           == WD_TRISTATE_TRUE;
  return flag;
}

static char *
get_type (const WdBulkRequest *request)
{
  return wd_format_visible (wd_job_type_label (request->job_type), 64);
}

/**
 * wd_bulk_text_subjects:
 * @request: what is done
 * @n: to how many
 *
 * Returns: (transfer full): “1 200 jobs”
 */
char *
wd_bulk_text_subjects (const WdBulkRequest *request, gint64 n)
{
  g_autofree char *number = wd_text_count (n);

  if (wd_bulk_operation_is_for_wallets (request->operation))
    return g_strdup_printf (ngettext ("%s wallet", "%s wallets", (gulong) n), number);
  return g_strdup_printf (ngettext ("%s job", "%s jobs", (gulong) n), number);
}

/**
 * wd_bulk_text_title:
 * @run: a run
 *
 * Returns: (transfer full): “Retry of 1 200 jobs”
 */
char *
wd_bulk_text_title (const WdBulkRun *run)
{
  const WdBulkRequest *request = run->request;
  g_autofree char *subjects = wd_bulk_text_subjects (request, run->total);
  g_autofree char *type = NULL;
  gboolean value;
  WdFlag flag;

  if (request->operation == WD_BULK_RETRY)
    /* TRANSLATORS: such as “Retry of 1 200 jobs” */
    return g_strdup_printf (_("Retry of %s"), subjects);
  if (request->operation == WD_BULK_DISPATCH)
    {
      type = get_type (request);
      /* TRANSLATORS: such as “Gas top-up for 1 200 wallets” */
      return g_strdup_printf (_("%s for %s"), type, subjects);
    }
  if (request->needs_gas != WD_TRISTATE_UNSET && request->needs_consolidation != WD_TRISTATE_UNSET)
    /* TRANSLATORS: such as “Changing flags on 1 200 wallets” */
    return g_strdup_printf (_("Changing flags on %s"), subjects);
  flag = get_flag (request, &value);
  /* TRANSLATORS: a flag, and such as “1 200 wallets” */
  return g_strdup_printf (value ? _("Setting “%s” on %s") : _("Clearing “%s” on %s"),
                          wd_flag_label (flag), subjects);
}

/* “700 done, 12 refused, 488 left” */
static char *
describe_numbers (gint64 done, gint64 refused, gint64 left)
{
  g_autofree char *n_done = wd_text_count (done);
  g_autofree char *n_refused = wd_text_count (refused);
  g_autofree char *n_left = wd_text_count (left);

  if (left == 0)
    return g_strdup_printf (_("%s done, %s refused"), n_done, n_refused);
  return g_strdup_printf (_("%s done, %s refused, %s left"), n_done, n_refused, n_left);
}

/* “2 100 per second, about 40 s left”; NULL while that is not known */
static char *
describe_pace (WdBulkWork *work)
{
  double rate = wd_bulk_work_get_rate (work);
  g_autofree char *number = wd_text_count ((gint64) (rate + 0.5));
  g_autofree char *left = NULL;
  gint64 seconds;

  if (rate <= 0)
    return NULL;
  seconds = (gint64) ((double) wd_bulk_work_get_left (work) / rate) + 1;
  left = seconds < 60 ? g_strdup_printf (_("%d s"), (int) seconds)
                      : wd_format_duration (0, seconds * G_USEC_PER_SEC);
  /* TRANSLATORS: so many jobs or wallets per second, and a duration such as “40 s” */
  return g_strdup_printf (_("%s per second, about %s left"), number, left);
}

static char *
describe_wait (WdBulkWork *work, int seconds)
{
  const GError *error = wd_bulk_work_get_error (work);

  if (wd_bulk_work_goes_on (work) && !g_error_matches (error, WD_ERROR, WD_ERROR_BUSY))
    return g_strdup_printf (_("Goes on without this connection, which is lost; next look in %d s"),
                            seconds);
  if (g_error_matches (error, WD_ERROR, WD_ERROR_NO_CONNECTION))
    return g_strdup_printf (_("The connection is lost; next try in %d s"), seconds);
  if (g_error_matches (error, WD_ERROR, WD_ERROR_BUSY))
    return g_strdup_printf (_("Somebody else holds what it needs; next try in %d s"), seconds);
  return g_strdup_printf (_("A server does not answer; next try in %d s"), seconds);
}

static char *
describe_others (WdBulkWork *work)
{
  const WdBulkRun *run = wd_bulk_work_get_run (work);
  g_autofree char *name = run->created_by != NULL ? wd_format_visible (run->created_by, 64) : NULL;

  if (wd_bulk_work_get_error (work) != NULL)
    return g_strdup (_("Could not be paused"));
  if (wd_bulk_work_goes_on (work))
    return name != NULL
             ? g_strdup_printf (_("The remote dashboard works on it, begun by %s"), name)
             : g_strdup (_("The remote dashboard works on it"));
  if (name == NULL)
    return g_strdup (_("Another program works on it"));
  return g_strdup_printf (_("Another program works on it, begun by %s"), name);
}

/* What becomes of it; NULL where its numbers alone say so. */
static char *
describe_state (WdBulkWork *work)
{
  switch (wd_bulk_work_get_state (work))
    {
    case WD_BULK_WORK_FOUND:
      return wd_bulk_work_needs_care (work) ? NULL : g_strdup (_("Paused"));
    case WD_BULK_WORK_OTHERS:
      return describe_others (work);
    case WD_BULK_WORK_WAITING:
      return describe_wait (work, (int) wd_bulk_work_get_wait (work));
    case WD_BULK_WORK_PAUSING:
      return g_strdup (_("Pausing"));
    case WD_BULK_WORK_PAUSED:
      return g_strdup (wd_bulk_work_get_error (work) != NULL ? _("Could not go on") : _("Paused"));
    case WD_BULK_WORK_STOPPING:
      return g_strdup (_("Stopping"));
    case WD_BULK_WORK_ENDED:
      return g_strdup (wd_bulk_work_get_left (work) > 0 ? _("Stopped") : _("Finished"));
    case WD_BULK_WORK_RUNNING:
    default:
      return describe_pace (work);
    }
}

/**
 * wd_bulk_text_heading:
 * @work: a run
 *
 * Returns: (transfer full): what it is, and that it was interrupted where it was
 */
char *
wd_bulk_text_heading (WdBulkWork *work)
{
  g_autofree char *title = wd_bulk_text_title (wd_bulk_work_get_run (work));

  if (wd_bulk_work_get_state (work) == WD_BULK_WORK_FOUND && wd_bulk_work_needs_care (work))
    /* TRANSLATORS: such as “Retry of 1 200 jobs was interrupted” */
    return g_strdup_printf (_("%s was interrupted"), title);
  return g_steal_pointer (&title);
}

/**
 * wd_bulk_text_details:
 * @work: a run
 *
 * Returns: (transfer full): how far it is, and what becomes of it
 */
char *
wd_bulk_text_details (WdBulkWork *work)
{
  g_autofree char *state = describe_state (work);
  g_autofree char *numbers = NULL;
  gint64 done, refused;

  wd_bulk_work_get_numbers (work, &done, &refused);
  numbers = describe_numbers (done, refused, wd_bulk_work_get_left (work));
  if (wd_bulk_work_get_state (work) == WD_BULK_WORK_RUNNING && wd_bulk_work_goes_on (work))
    return state != NULL ? g_strdup_printf (_("%s · %s · goes on without this window"), numbers,
                                            state)
                         : g_strdup_printf (_("%s · goes on without this window"), numbers);
  if (state == NULL)
    return g_steal_pointer (&numbers);
  if (wd_bulk_work_get_state (work) == WD_BULK_WORK_RUNNING)
    return g_strdup_printf ("%s · %s", numbers, state);
  return g_strdup_printf ("%s · %s", state, numbers);
}

/**
 * wd_bulk_text_go:
 * @request: what is done
 * @n: to how many
 *
 * Returns: (transfer full): what the button says, with its mnemonic
 */
char *
wd_bulk_text_go (const WdBulkRequest *request, gint64 n)
{
  g_autofree char *number = wd_text_count (n);
  gboolean value;

  if (request->operation == WD_BULK_RETRY)
    return g_strdup_printf (ngettext ("_Retry %s Job", "_Retry %s Jobs", (gulong) n), number);
  if (request->operation == WD_BULK_DISPATCH)
    return g_strdup_printf (ngettext ("_Trigger %s Job", "_Trigger %s Jobs", (gulong) n), number);
  get_flag (request, &value);
  if (value)
    return g_strdup_printf (ngettext ("_Set on %s Wallet", "_Set on %s Wallets", (gulong) n),
                            number);
  return g_strdup_printf (ngettext ("_Clear on %s Wallet", "_Clear on %s Wallets", (gulong) n),
                          number);
}

/**
 * wd_bulk_text_question:
 * @request: what is done
 * @n: to how many
 *
 * Returns: (transfer full): what a production connection asks before
 */
char *
wd_bulk_text_question (const WdBulkRequest *request, gint64 n)
{
  g_autofree char *number = wd_text_count (n);
  g_autofree char *type = NULL;
  const char *flag;
  gboolean value;

  if (request->operation == WD_BULK_RETRY)
    return g_strdup_printf (ngettext ("Retry %s Job?", "Retry %s Jobs?", (gulong) n), number);
  if (request->operation == WD_BULK_DISPATCH)
    {
      type = get_type (request);
      return g_strdup_printf (ngettext ("%s: Queue It for %s Wallet?",
                                        "%s: Queue It for %s Wallets?", (gulong) n), type, number);
    }
  flag = wd_flag_label (get_flag (request, &value));
  return g_strdup_printf (value ? ngettext ("Set “%s” on %s Wallet?", "Set “%s” on %s Wallets?",
                                            (gulong) n)
                                : ngettext ("Clear “%s” on %s Wallet?",
                                            "Clear “%s” on %s Wallets?", (gulong) n),
                          flag, number);
}

/**
 * wd_bulk_text_dialog:
 * @request: what is to be done
 *
 * Returns: (transfer full): what the dialog about it is called
 */
char *
wd_bulk_text_dialog (const WdBulkRequest *request)
{
  g_autofree char *type = NULL;
  gboolean value;
  WdFlag flag;

  if (request->operation == WD_BULK_RETRY)
    return g_strdup (_("Retry Jobs"));
  if (request->operation == WD_BULK_DISPATCH)
    {
      type = get_type (request);
      /* TRANSLATORS: a title; %s is a kind of job */
      return g_strdup_printf (_("Trigger %s"), type);
    }
  flag = get_flag (request, &value);
  return g_strdup_printf (value ? _("Set “%s”") : _("Clear “%s”"), wd_flag_label (flag));
}

static char *
describe_dispatch (const char *job_type)
{
  if (g_strcmp0 (job_type, "gas-topup") == 0)
    return g_strdup (_("One job for each wallet: it sends gas there, which costs money and cannot "
                       "be taken back."));
  if (g_strcmp0 (job_type, "consolidation") == 0)
    return g_strdup (_("One job for each wallet: it moves the wallet’s balance, which costs fees "
                       "and cannot be taken back."));
  return g_strdup (_("One job for each wallet."));
}

/**
 * wd_bulk_text_meaning:
 * @request: what is done
 * @n: to how many
 *
 * Returns: (transfer full): what that does to each, and what it may cost
 */
char *
wd_bulk_text_meaning (const WdBulkRequest *request, gint64 n)
{
  if (request->operation == WD_BULK_DISPATCH)
    return describe_dispatch (request->job_type);
  if (request->operation == WD_BULK_SET_FLAGS)
    return g_strdup (_("Workers that look at this flag act upon it. There is no undo."));
  if (request->reset)
    return g_strdup (ngettext ("It gets up to as many attempts as a new job of its kind. What it "
                               "sends cannot be taken back.",
                               "Each gets up to as many attempts as a new job of its kind. What it "
                               "sends cannot be taken back.", (gulong) n));
  return g_strdup (ngettext ("It gets one more attempt now. What it sends cannot be taken back.",
                             "Each gets one more attempt now. What it sends cannot be taken back.",
                             (gulong) n));
}

/**
 * wd_bulk_text_not_asked:
 * @run: (nullable): what is frozen
 *
 * Returns: (transfer full) (nullable): what its numbers leave out; %NULL for nothing
 */
char *
wd_bulk_text_not_asked (const WdBulkRun *run)
{
  g_autofree char *number = run != NULL ? wd_text_count (run->not_asked) : NULL;

  return run != NULL ? wd_bulk_run_describe_not_asked (run, number) : NULL;
}
