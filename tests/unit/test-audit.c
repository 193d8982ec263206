/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The audit trail: filters as SQL, and entries in words. */

#include "base/wd-error.h"
#include "model/wd-actor.h"
#include "model/wd-audit-action.h"
#include "postgres/wd-pg-audit-query.h"
#include "session/wd-audit-text.h"

#define WHO(n)                                                                            \
  "concat_ws('@', a.os_user, a.host) ILIKE $" n " OR a.db_role ILIKE $" n                 \
  " OR a.client ILIKE $" n
#define TARGET(n)                                                                         \
  "a.target_id ILIKE $" n " OR a.after ->> 'wallet_address' ILIKE $" n                    \
  " OR a.after ->> 'job_id' ILIKE $" n " OR a.after ->> 'queue' ILIKE $" n

typedef struct {
  const char *name;
  const char *actions; /* joined by commas */
  const char *who;
  const char *target;
  const char *search;
  const char *from;
  const char *to;
  const char *conditions;
  const char *values;
} FilterCase;

static const FilterCase filter_cases[] = {
  { .name = "all", .conditions = "", .values = "" },
  { .name = "action", .actions = "retry", .conditions = "a.action = $1", .values = "retry" },
  { .name = "actions", .actions = "retry,dispatch", .conditions = "a.action = ANY ($1::text[])",
    .values = "{\"retry\",\"dispatch\"}" },
  { .name = "hostile", .actions = "a\",b'; --", .conditions = "a.action = ANY ($1::text[])",
    .values = "{\"a\\\"\",\"b'; --\"}" },
  { .name = "who", .who = "ann@desk", .conditions = "(" WHO ("1") ")", .values = "%ann@desk%" },
  { .name = "who-nothing", .who = "", .conditions = "", .values = "" },
  { .name = "target", .target = "50%_\\", .conditions = "(" TARGET ("1") ")",
    .values = "%50\\%\\_\\\\%" },
  { .name = "search", .search = "x", .conditions = "(" WHO ("1") " OR " TARGET ("1") ")",
    .values = "%x%" },
  { .name = "times", .from = "2026-01-02", .to = "2026-01-03",
    .conditions = "a.at >= $1 AND a.at <= $2",
    .values = "2026-01-02 00:00:00.000000+00|2026-01-03 23:59:59.999999+00" },
  { .name = "everything", .actions = "send", .who = "w", .target = "t", .from = "2026-01-02",
    .conditions = "a.action = $1 AND a.at >= $2 AND (" WHO ("3") ") AND (" TARGET ("4") ")",
    .values = "send|2026-01-02 00:00:00.000000+00|%w%|%t%" },
};

static WdTime
parse_time (const char *text, gboolean end)
{
  WdTime time = WD_TIME_NONE;

  if (text != NULL)
    g_assert_true (wd_time_parse (text, end, &time, NULL));
  return time;
}

static WdAuditFilter *
make_filter (const FilterCase *wanted)
{
  WdAuditFilter *filter = wd_audit_filter_new ();

  filter->actions = wanted->actions != NULL ? g_strsplit (wanted->actions, ",", -1) : NULL;
  filter->who = g_strdup (wanted->who);
  filter->target = g_strdup (wanted->target);
  filter->search = g_strdup (wanted->search);
  filter->from = parse_time (wanted->from, FALSE);
  filter->to = parse_time (wanted->to, TRUE);
  return filter;
}

static void
test_filter (gconstpointer data)
{
  const FilterCase *wanted = data;
  g_autoptr (WdAuditFilter) filter = make_filter (wanted);
  g_autoptr (WdAuditFilter) copy = wd_audit_filter_copy (filter);
  g_autoptr (WdAuditFilter) none = wd_audit_filter_new ();
  g_autoptr (WdPageRequest) request = wd_page_request_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPgListQuery) query = wd_pg_audit_query_new (filter, request, &error);
  g_autoptr (GString) values = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < wd_pg_params_get_length (query->params); i++)
    g_string_append_printf (values, "%s%s", i > 0 ? "|" : "",
                            wd_pg_params_get_values (query->params)[i]);
  g_assert_cmpstr (query->conditions->str, ==, wanted->conditions);
  g_assert_cmpstr (values->str, ==, wanted->values);
  g_assert_cmpuint (query->n_keys, ==, 2);
  g_assert_true (query->any_size);

  g_assert_true (wd_audit_filter_equal (filter, copy));
  g_assert_cmpint (wd_audit_filter_is_empty (filter), ==, *wanted->conditions == '\0');
  if (*wanted->conditions != '\0')
    g_assert_false (wd_audit_filter_equal (filter, none));
}

static void
test_refused (void)
{
  g_autoptr (WdAuditFilter) filter = wd_audit_filter_new ();
  g_autoptr (WdPageRequest) request = wd_page_request_new ();
  g_autoptr (GError) error = NULL;

  filter->from = 2;
  filter->to = 1;
  g_assert_null (wd_pg_audit_query_new (filter, request, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  filter->to = 2;
  request->sort = WD_SORT_STATUS;
  g_assert_null (wd_pg_audit_query_new (filter, request, &error));
  g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
}

typedef struct {
  const char *name;
  const char *target_type;
  const char *before;
  const char *after;
  const char *target;
  const char *change;
} TextCase;

static const TextCase text_cases[] = {
  { "dispatch", "job", NULL,
    "{\"job_type\":\"gas-topup\",\"status\":\"pending\",\"priority\":10,\"forced\":true,"
    "\"wallet_address\":\"TX\",\"queue\":\"gas-topup\"}",
    "TX", "Gas top-up, high priority, without checks" },
  { "limits", "queue", "{\"concurrency\":null,\"rate_max\":5,\"rate_ms\":1000}",
    "{\"concurrency\":3,\"rate_max\":null,\"rate_ms\":null}", "it",
    "jobs at once: none → 3, jobs that begin: 5 → none, in milliseconds: 1000 → none" },
  { "limits-failed", "queue", "{\"concurrency\":null,\"rate_max\":null,\"rate_ms\":null}",
    "{\"concurrency\":3,\"rate_max\":null,\"rate_ms\":null,\"note\":\"no\"}", "it",
    "jobs at once: none → 3, no" },
  { "scheduler", "queue", "{\"scheduler\":\"nightly\",\"pattern\":\"0 2 * * *\"}",
    "{\"jobs\":1}", "it", "nightly" },
  { "scheduler-failed", "queue", "{\"scheduler\":\"nightly\"}", "{\"note\":\"it ran\"}", "it",
    "nightly, it ran" },
  { "dispatch-usual", "job", NULL,
    "{\"job_type\":\"sync\",\"status\":\"pending\",\"priority\":5,\"forced\":false}", "it",
    "Balance sync" },
  { "retry", "job", "{\"status\":\"failed\",\"retry_count\":3}",
    "{\"job_type\":\"sync\",\"status\":\"pending\",\"retry_count\":0,\"reset\":true}", "it",
    "Balance sync, Failed → Pending, retries: 3 → 0" },
  { "refused", "job", "{\"status\":\"pending\"}",
    "{\"job_type\":\"sync\",\"status\":\"failed\",\"note\":\"it is delayed\"}", "it",
    "Balance sync, Pending → Failed, it is delayed" },
  { "flags", "wallet", "{\"needs_gas\":false,\"needs_consolidation\":true}",
    "{\"needs_gas\":true,\"needs_consolidation\":true}", "it", "needs gas: no → yes" },
  { "flags-null", "wallet", "{\"needs_gas\":null}", "{\"needs_gas\":true}", "it",
    "needs gas: — → yes" },
  { "flags-same", "wallet", "{\"needs_gas\":true}", "{\"needs_gas\":true}", "it", "no change" },
  { "paused", "queue", "{\"paused\":false}", "{\"paused\":true}", "it", "Running → Paused" },
  { "setting", "setting", NULL, "{\"value\":\"bullmq\"}", "it", "bullmq" },
  { "migration", "migration", NULL, "{\"checksum\":\"00\"}", "it", "" },
  { "bulk", "bulk", NULL,
    "{\"operation\":\"dispatch\",\"job_type\":\"gas-topup\",\"priority\":10,\"forced\":true,"
    "\"total\":9,\"done\":0,\"refused\":0}", "it", "Gas top-up, high priority, without checks" },
  { "bulk-flags", "bulk", NULL,
    "{\"operation\":\"set-flags\",\"needs_gas\":true,\"forced\":false,\"total\":9}", "it",
    "needs gas: yes" },
  { "nothing", NULL, NULL, NULL, "it", "" },
  { "no-object", "job", "[1]", "\"x\"", "it", "" },
  { "other-types", "job", "{\"status\":1}",
    "{\"job_type\":7,\"status\":[2],\"priority\":\"10\",\"note\":{},\"wallet_address\":3}", "it",
    "1 → [2]" },
};

static void
test_text (gconstpointer data)
{
  const TextCase *wanted = data;
  g_autoptr (WdAuditEntry) entry = wd_audit_entry_new ();
  g_autofree char *target = NULL, *change = NULL;

  entry->target_type = g_strdup (wanted->target_type);
  entry->target_id = g_strdup ("it");
  entry->before = g_strdup (wanted->before);
  entry->after = g_strdup (wanted->after);
  target = wd_audit_text_target (entry);
  change = wd_audit_text_change (entry);
  g_assert_cmpstr (target, ==, wanted->target);
  g_assert_cmpstr (change, ==, wanted->change);
}

static void
test_deep (void)
{
  g_autoptr (WdAuditEntry) entry = wd_audit_entry_new ();
  g_autofree char *deep = g_strnfill (1 << 20, '[');
  g_autofree char *change = NULL;

  entry->target_type = g_strdup ("job");
  entry->after = g_strconcat ("{\"note\":", deep, NULL);
  change = wd_audit_text_change (entry);
  g_assert_cmpstr (change, ==, "");
}

static void
test_who (void)
{
  static const struct {
    const char *user;
    const char *host;
    const char *who;
  } cases[] = {
    { "ann", "desk", "ann@desk" }, { "ann", NULL, "ann" }, { NULL, "desk", "desk" },
    { NULL, NULL, "role" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdAuditEntry) entry = wd_audit_entry_new ();
      g_autofree char *who = NULL;

      entry->os_user = g_strdup (cases[i].user);
      entry->host = g_strdup (cases[i].host);
      entry->db_role = g_strdup ("role");
      who = wd_audit_text_who (entry);
      g_assert_cmpstr (who, ==, cases[i].who);
    }
}

static void
test_actions (void)
{
  const char *const *words = wd_audit_action_words ();
  g_autoptr (GHashTable) labels = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (g_strv_length ((char **) words), ==, 36);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_assert_cmpstr (wd_audit_action_label (words[i]), !=, words[i]);
      g_assert_true (g_hash_table_add (labels, (gpointer) wd_audit_action_label (words[i])));
    }
  g_assert_cmpstr (wd_audit_action_label ("of-tomorrow"), ==, "of-tomorrow");
  g_assert_true (wd_audit_action_is_failure (WD_AUDIT_REFUSED));
  g_assert_false (wd_audit_action_is_failure (WD_AUDIT_DISPATCH));
  g_assert_false (wd_audit_action_is_failure ("of-tomorrow"));
  g_assert_true (wd_audit_action_is_failure (WD_AUDIT_PERHAPS_PAUSED));
  g_assert_cmpstr (wd_audit_action_in_doubt (WD_AUDIT_NOT_PAUSED), ==, WD_AUDIT_PERHAPS_PAUSED);
  g_assert_cmpstr (wd_audit_action_in_doubt (WD_AUDIT_NOT_SENT), ==, WD_AUDIT_NOT_SENT);
}

static void
test_actor (void)
{
  const WdActor *actor = wd_actor_get_default ();

  g_assert_cmpstr (actor->os_user, ==, g_get_user_name ());
  g_assert_cmpstr (actor->host, ==, g_get_host_name ());
  g_assert_true (g_str_has_prefix (actor->client, "test-audit "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (filter_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/audit/filter/", filter_cases[i].name, NULL);

      g_test_add_data_func (path, &filter_cases[i], test_filter);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (text_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/audit/text/", text_cases[i].name, NULL);

      g_test_add_data_func (path, &text_cases[i], test_text);
    }
  g_test_add_func ("/audit/refused", test_refused);
  g_test_add_func ("/audit/deep", test_deep);
  g_test_add_func ("/audit/who", test_who);
  g_test_add_func ("/audit/actions", test_actions);
  g_test_add_func ("/audit/actor", test_actor);
  return g_test_run ();
}
