/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>

#include "base/wd-error.h"
#include "wire-support.h"
#include "wire/wd-wire-check.h"
#include "wire/wd-wire-error.h"
#include "wire/wd-wire-outbox.h"
#include "wire/wd-wire-result.h"

static void
test_action (void)
{
  g_autoptr (WdActionResult) result = wd_action_result_create ();
  g_autofree char *nothing = NULL, *failed = NULL, *mixed = NULL, *undelivered = NULL;
  WdJsonWriter *writer = wd_json_writer_new ();

  wd_json_writer_begin_object (writer);
  wd_wire_action_members (writer, "id", result, NULL);
  wd_json_writer_end_object (writer);
  nothing = finish (writer);
  g_assert_cmpstr (nothing, ==, "{\"success\":true,\"jobs\":[],\"refused\":[],\"message\":null}");

  writer = wd_json_writer_new ();
  wd_json_writer_begin_object (writer);
  wd_wire_action_members (writer, "id", NULL, "why");
  wd_json_writer_end_object (writer);
  failed = finish (writer);
  g_assert_cmpstr (failed, ==,
                   "{\"success\":false,\"jobs\":[],\"refused\":[],\"message\":\"why\"}");

  wd_action_result_add_job (result, make_job ("[]"), FALSE);
  writer = wd_json_writer_new ();
  wd_json_writer_begin_object (writer);
  wd_wire_action_members (writer, "id", result, NULL);
  wd_json_writer_end_object (writer);
  undelivered = finish (writer);
  assert_has (undelivered, "{\"success\":false,");
  assert_has (undelivered, "\"delivered\":false,\"note\":null}]");

  wd_action_result_refuse (result, "TXYZ", WD_ERROR_DUPLICATE, "there is one");
  writer = wd_json_writer_new ();
  wd_json_writer_begin_object (writer);
  wd_wire_action_members (writer, "wallet_address", result, "mixed");
  wd_json_writer_end_object (writer);
  mixed = finish (writer);
  assert_has (mixed, "\"refused\":[{\"wallet_address\":\"TXYZ\",\"error\":\"there is one\","
                     "\"code\":\"duplicate\"}]");
}

static void
test_outbox (void)
{
  static const char *const members[] = {
    "id", "job_id", "operation", "queue", "created_at", "attempts", "last_error", "verdict", NULL
  };
  g_autoptr (WdOutboxEntry) entry = wd_outbox_entry_new ();
  g_autoptr (WdOutboxReport) report = wd_outbox_report_create ();
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  g_autofree char *list = NULL, *sent = NULL;
  WdJsonWriter *writer = wd_json_writer_new ();

  entry->id = g_strdup ("e");
  entry->created_at = MIDDAY;
  g_ptr_array_add (entries, entry);
  wd_json_writer_begin_object (writer);
  wd_wire_outbox_members (writer, entries);
  wd_json_writer_end_object (writer);
  list = finish (writer);
  assert_members (list, "$.entries[0]", members);

  g_ptr_array_add (report->done, g_strdup ("a"));
  g_ptr_array_add (report->left,
                   wd_refusal_new ("b", g_error_new (WD_ERROR, WD_ERROR_REFUSED, "unknown")));
  writer = wd_json_writer_new ();
  wd_json_writer_begin_object (writer);
  wd_wire_outbox_report_members (writer, "discarded", report);
  wd_json_writer_end_object (writer);
  sent = finish (writer);
  g_assert_cmpstr (sent, ==, "{\"discarded\":[\"a\"],\"left\":[{\"id\":\"b\","
                             "\"error\":\"unknown\",\"code\":\"refused\"}]}");
}

static GPtrArray *
make_steps (gboolean second)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_migration_step_free);
  WdMigrationStep *optional;

  g_ptr_array_add (steps, wd_migration_step_new ("0001_first", "SELECT 1", TRUE));
  g_ptr_array_add (steps, wd_migration_step_new ("0002_second", "SELECT 2", second));
  g_ptr_array_add (steps, wd_migration_step_new ("0003_third", "SELECT 3", FALSE));
  optional = wd_migration_step_new ("0004_fourth", "SELECT 4", FALSE);
  optional->optional = TRUE;
  optional->note = g_strdup ("speed");
  optional->rows = 10;
  optional->bytes = 1700;
  g_ptr_array_add (steps, optional);
  return steps;
}

static void
test_checks (void)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_check_free);
  g_autoptr (GPtrArray) before = make_steps (FALSE);
  g_autoptr (GPtrArray) after = make_steps (TRUE);
  g_autofree char *doctor = NULL, *migrate = NULL;
  WdJsonWriter *writer = wd_json_writer_new ();

  g_ptr_array_add (checks, wd_check_new ("clock", WD_CHECK_WARNING, "off by %d s", 3));
  wd_json_writer_begin_object (writer);
  wd_wire_checks_members (writer, checks);
  wd_json_writer_end_object (writer);
  doctor = finish (writer);
  g_assert_cmpstr (doctor, ==, "{\"checks\":[{\"name\":\"clock\",\"status\":\"warning\","
                               "\"message\":\"off by 3 s\"}]}");

  writer = wd_json_writer_new ();
  wd_json_writer_begin_object (writer);
  wd_wire_migrations_members (writer, before, after);
  wd_json_writer_end_object (writer);
  migrate = finish (writer);
  g_assert_cmpstr (migrate, ==, "{\"applied\":[\"0002_second\"],\"pending\":[\"0003_third\"],"
                                "\"optional\":[{\"name\":\"0004_fourth\",\"purpose\":\"speed\","
                                "\"rows\":10,\"bytes\":1700,\"seconds\":null}]}");
}

static void
test_error (void)
{
  static const struct {
    GQuark (*domain) (void);
    int code;
    const char *word;
  } cases[] = {
    { wd_error_quark, WD_ERROR_NO_CONNECTION, "no-connection" },
    { wd_error_quark, WD_ERROR_RETRIES_EXHAUSTED, "retries-exhausted" },
    { wd_error_quark, WD_ERROR_NOT_IN_QUEUE, "not-in-queue" },
    { g_io_error_quark, G_IO_ERROR_CANCELLED, "cancelled" },
    { g_io_error_quark, G_IO_ERROR_NO_SPACE, "failed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (cases[i].domain (), cases[i].code, "why\n");
      g_autofree char *expected =
        g_strdup_printf ("{\"error\":\"why\\n\",\"code\":\"%s\"}", cases[i].word);
      g_autofree char *document = NULL;
      WdJsonWriter *writer = wd_json_writer_new ();

      wd_json_writer_begin_object (writer);
      wd_wire_error_members (writer, error);
      wd_json_writer_end_object (writer);
      document = finish (writer);
      g_assert_cmpstr (document, ==, expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/action", test_action);
  g_test_add_func ("/wire/outbox", test_outbox);
  g_test_add_func ("/wire/checks", test_checks);
  g_test_add_func ("/wire/error", test_error);
  return g_test_run ();
}
