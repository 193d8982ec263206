/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Bulk work between a client and a service: what one says the other understands, and no more. */

#include <string.h>

#include "base/wd-error.h"
#include "model/wd-filter-text.h"
#include "model/wd-result.h"
#include "wire/wd-wire-bulk-order.h"
#include "wire/wd-wire-bulk.h"
#include "wire/wd-wire-read-bulk.h"
#include "wire/wd-wire-send-bulk.h"

#define RUN "0b5c9d1e-6f70-4c1b-8a4f-9f3f2d1c0b5a"

static char *
write_run (const WdBulkRun *run)
{
  g_autoptr (WdJsonWriter) writer = wd_json_writer_new ();

  wd_json_writer_begin_object (writer);
  wd_wire_bulk_members (writer, run);
  wd_json_writer_end_object (writer);
  return wd_json_writer_finish (g_steal_pointer (&writer));
}

static WdBulkRun *
make_run (void)
{
  WdBulkRun *run = wd_bulk_run_new ();

  run->id = g_strdup (RUN);
  run->request = wd_bulk_request_new (WD_BULK_DISPATCH);
  run->request->job_type = g_strdup ("gas-topup");
  run->request->priority = WD_PRIORITY_HIGH;
  run->request->force = TRUE;
  run->state = WD_BULK_RUNNING;
  run->total = 10;
  run->done = 6;
  run->refused = 1;
  run->created_at = 1700000000123456;
  run->created_by = g_strdup ("Zoë");
  run->started_at = WD_TIME_NONE;
  run->settled_before = 2;
  run->heartbeat = 1700000001000000;
  run->is_running = TRUE;
  run->must_confirm = TRUE;
  run->last_error = g_strdup ("a “lost” server");
  run->undelivered = -1;
  run->counts = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_bulk_count_free);
  g_ptr_array_add (run->counts, wd_bulk_count_new ("gas-topup", NULL, 10));
  run->forecast = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_bulk_forecast_free);
  g_ptr_array_add (run->forecast, wd_bulk_forecast_new (WD_ERROR_DUPLICATE, "There is one", 1));
  g_ptr_array_add (run->forecast, wd_bulk_forecast_new (WD_ERROR_NOT_IN_QUEUE, "It is gone", 2));
  run->not_asked = 3;
  run->refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_refusal_free);
  g_ptr_array_add (run->refusals,
                   wd_refusal_new ("TX1", g_error_new_literal (WD_ERROR, WD_ERROR_REFUSED, "")));
  return run;
}

static void
test_run (void)
{
  g_autoptr (WdBulkRun) run = make_run ();
  g_autofree char *text = write_run (run);
  g_autoptr (GError) error = NULL;
  g_autoptr (WdBulkRun) read = wd_wire_read_bulk (text, strlen (text), &error);
  g_autofree char *again = NULL;
  const WdBulkForecast *forecast;
  const WdRefusal *refusal;

  g_assert_no_error (error);
  again = write_run (read);
  g_assert_cmpstr (again, ==, text);
  g_assert_cmpint (read->undelivered, ==, -1);
  g_assert_cmpint (wd_bulk_run_count_left (read), ==, 3);
  g_assert_true (read->must_confirm);
  forecast = read->forecast->pdata[0];
  g_assert_cmpint (forecast->code, ==, WD_ERROR_DUPLICATE);
  forecast = read->forecast->pdata[1];
  g_assert_cmpint (forecast->code, ==, WD_ERROR_NOT_IN_QUEUE);
  g_assert_cmpint (read->not_asked, ==, 3);
  refusal = read->refusals->pdata[0];
  g_assert_error (refusal->error, WD_ERROR, WD_ERROR_REFUSED);
  g_assert_cmpstr (refusal->error->message, ==, "");
}

/* What is put in the place of what, in a run as it should be. */
static const struct {
  const char *what;
  const char *by;
} wrong_runs[] = {
  { RUN, "../wallets/list" }, { "\"dispatch\"", "\"delete\"" }, { "\"running\"", "\"asleep\"" },
  { "\"total\":10", "\"total\":-1" }, { "\"total\":10", "\"total\":\"10\"" },
  { "\"done\":6", "\"done\":1e3" }, { "\"is_running\":true", "\"is_running\":1" },
  { "\"can_take_over\":", "\"other\":" }, { "\"counts\":[", "\"counts\":[7," },
  { "\"job_type\":\"gas-topup\",\"user_id\"", "\"user_id\"" },
  { "\"wallet_address\":", "\"id\":" }, { "\"not_asked\":3", "\"not_asked\":-3" },
};

static void
test_wrong_runs (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (WdBulkRun) run = make_run ();
  g_autofree char *text = write_run (run);
  g_autoptr (GString) wrong = g_string_new (text);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_string_replace (wrong, wrong_runs[i].what, wrong_runs[i].by, 1), ==, 1);
  g_assert_null (wd_wire_read_bulk (wrong->str, wrong->len, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_PROTOCOL);
}

/* Returns: (transfer full): what a service understands of @request */
static WdWireOrder *
send (const WdBulkRequest *request)
{
  g_autofree char *body = wd_wire_send_bulk (request);
  g_autoptr (WdWireOrder) order = wd_wire_order_new ();
  g_autoptr (GError) error = NULL;

  wd_wire_bulk_order_read (order, body, strlen (body), &error);
  g_assert_no_error (error);
  g_assert_cmpint (order->bulk->operation, ==, request->operation);
  return g_steal_pointer (&order);
}

/* Lines of the filter line of the window. */
static const char *const job_lines[] = {
  "", "type:sync,gas-topup -trigger:system error:\"out of, \\\"gas\\\"\"",
  "created:>=2026-01-31 completed:<2026-02-01T12:00:00Z retries:1..3 -error:timeout",
  "created:>-24h", "group:0123 data.user.id:7 words", "id:0b5c -type:sync search:x",
};

static void
test_job_filters (gconstpointer data)
{
  g_autoptr (WdBulkRequest) request = wd_bulk_request_new (WD_BULK_RETRY);
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  WdTime now = 1780000000 * G_TIME_SPAN_SECOND;
  g_autoptr (WdWireOrder) order = NULL;
  g_autoptr (WdJobFilter) there = NULL;
  g_autoptr (GError) error = NULL;
  WdTextSpan span;
  const char *line;

  request->reset = TRUE;
  request->jobs = wd_job_filter_from_text (data, berlin, now, &span, &error);
  g_assert_no_error (error);
  order = send (request);
  g_assert_true (order->bulk->reset);
  g_assert_nonnull (order->filter);
  line = g_hash_table_lookup (order->filter, WD_WIRE_BULK_LINE);
  there = wd_job_filter_from_text (line != NULL ? line : "", utc, now + G_TIME_SPAN_DAY, &span,
                                   &error);
  g_assert_no_error (error);
  /* What was an hour ago there is a moment here. */
  request->jobs->from_ago = 0;
  g_assert_true (wd_job_filter_equal (there, request->jobs));
}

static void
test_orders (void)
{
  g_autoptr (WdBulkRequest) dispatch = wd_bulk_request_new (WD_BULK_DISPATCH);
  g_autoptr (WdBulkRequest) flags = wd_bulk_request_new (WD_BULK_SET_FLAGS);
  g_autoptr (WdWireOrder) first = NULL;
  g_autoptr (WdWireOrder) second = NULL;
  const char *const addresses[] = { "TX\"1", "ü", NULL };

  dispatch->job_type = g_strdup ("sync");
  dispatch->priority = WD_PRIORITY_LOW;
  dispatch->force = TRUE;
  dispatch->subjects = g_strdupv ((char **) addresses);
  first = send (dispatch);
  g_assert_cmpstrv (first->bulk->subjects, addresses);
  g_assert_cmpint (first->bulk->priority, ==, WD_PRIORITY_LOW);
  g_assert_true (first->bulk->force);
  g_assert_null (first->bulk->user_id);
  g_assert_null (first->filter);
  flags->needs_gas = WD_TRISTATE_FALSE;
  flags->wallets = wd_wallet_filter_new ();
  flags->wallets->min_balance = g_strdup ("0.000000000000000001");
  second = send (flags);
  g_assert_cmpint (second->bulk->needs_gas, ==, WD_TRISTATE_FALSE);
  g_assert_cmpint (second->bulk->needs_consolidation, ==, WD_TRISTATE_UNSET);
  g_assert_nonnull (strstr (g_hash_table_lookup (second->filter, WD_WIRE_BULK_LINE),
                            "0.000000000000000001"));
}

static void
test_go (void)
{
  for (gint64 number = -1; number < 2; number++)
    {
      g_autofree char *body = wd_wire_send_bulk_go (number);
      g_autoptr (WdWireOrder) order = wd_wire_order_new ();

      g_assert_true (wd_wire_bulk_order_read_go (order, body, strlen (body), NULL));
      g_assert_cmpint (order->confirm, ==, number);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire-bulk/run", test_run);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong_runs); i++)
    {
      g_autofree char *name = g_strdup_printf ("/wire-bulk/wrong-runs/%zu", i);

      g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_wrong_runs);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (job_lines); i++)
    {
      g_autofree char *name = g_strdup_printf ("/wire-bulk/job-filters/%zu", i);

      g_test_add_data_func (name, job_lines[i], test_job_filters);
    }
  g_test_add_func ("/wire-bulk/orders", test_orders);
  g_test_add_func ("/wire-bulk/go", test_go);
  return g_test_run ();
}
