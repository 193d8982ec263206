/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines of text as SQL, and which of them the counts can answer. */

#include "model/wd-filter-text.h"
#include "postgres/wd-pg-count-query.h"
#include "postgres/wd-pg-job-query.h"

#define NUMBER(text)                                                                             \
  "CASE WHEN length(" text ") <= 400 AND " text                                                  \
  " ~ '^ *[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]{1,3})? *$' THEN (" text ")::numeric END"
#define AMOUNT(n) "(j.data #>> $" #n "::text[])"

static const struct {
  const char *name;
  const char *text;
  const char *conditions;
  const char *values; /* joined by bars */
  gboolean bare;      /* a table without optional columns */
} cases[] = {
  { "negated", "-status:active -type:sync,\"x\" -trigger:manual -error:Gas",
    "(j.status IS NULL OR j.status <> ALL ($1::text[]))"
    " AND (j.job_type IS NULL OR j.job_type <> ALL ($2::text[]))"
    " AND (j.triggered_by IS NULL OR j.triggered_by <> ALL ($3::text[]))"
    " AND (j.error_message IS NULL"
    " OR strpos(lower(j.error_message), lower($4)) = 0)",
    "{\"active\",\"processing\"}|{\"sync\",\"x\"}|{\"manual\"}|Gas", FALSE },
  { "negated-without-columns", "-trigger:manual -error:gas",
    "", "", TRUE },
  { "error", "error:50% retries:1..3",
    "j.retry_count >= $1 AND j.retry_count <= $2 AND (j.error_message ILIKE $3)",
    "1|3|%50\\%%", FALSE },
  { "without-columns", "error:x retries:1 data.a:1",
    "FALSE AND FALSE AND FALSE AND FALSE", "", TRUE },
  { "data", "data.a.b:>1.5 data.a:x",
    NUMBER (AMOUNT (1)) " > $2::numeric AND " AMOUNT (3) " = $4::text",
    "{\"a\",\"b\"}|1.5|{\"a\"}|x", FALSE },
  { "data-number", "data.a:5",
    "(" AMOUNT (1) " = $2::text OR " NUMBER (AMOUNT (1)) " = $3::numeric)",
    "{\"a\"}|5|5", FALSE },
  { "data-contains", "data.a:~a_b",
    AMOUNT (1) " IS NOT NULL AND (" AMOUNT (1) " ILIKE $2)",
    "{\"a\"}|%a\\_b%", FALSE },
};

static WdPgColumns *
make_columns (gboolean bare)
{
  static const char *const optional[] = { "triggered_by", "error_message", "wallet_address" };
  WdPgColumns *columns = wd_pg_columns_create ();

  wd_pg_columns_add (columns, WD_PG_JOB_LOGS, "id", "uuid", TRUE);
  wd_pg_columns_add (columns, WD_PG_JOB_LOGS, "created_at", "timestamptz", FALSE);
  for (guint i = 0; !bare && i < G_N_ELEMENTS (optional); i++)
    wd_pg_columns_add (columns, WD_PG_JOB_LOGS, optional[i], "varchar", FALSE);
  if (!bare)
    {
      wd_pg_columns_add (columns, WD_PG_JOB_LOGS, "retry_count", "int4", FALSE);
      wd_pg_columns_add (columns, WD_PG_JOB_LOGS, "data", "jsonb", FALSE);
    }
  columns->schema = columns->counts = TRUE;
  return columns;
}

static WdJobFilter *
read_line (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;
  WdJobFilter *filter = wd_job_filter_from_text (text, utc, 0, NULL, &error);

  g_assert_no_error (error);
  return filter;
}

static void
test_conditions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WdPgColumns) columns = make_columns (cases[i].bare);
      g_autoptr (WdJobFilter) filter = read_line (cases[i].text);
      g_autoptr (WdPageRequest) request = wd_page_request_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (WdPgListQuery) query = NULL;
      g_auto (GStrv) values = NULL;
      g_autofree char *joined = NULL;

      g_test_message ("%s", cases[i].name);
      query = wd_pg_job_query_new (columns, filter, request, &error);
      g_assert_no_error (error);
      values = g_new0 (char *, wd_pg_params_get_length (query->params) + 1);
      for (guint j = 0; j < wd_pg_params_get_length (query->params); j++)
        values[j] = g_strdup (wd_pg_params_get_values (query->params)[j]);
      joined = g_strjoinv ("|", values);
      g_assert_cmpstr (query->conditions->str, ==, cases[i].conditions);
      g_assert_cmpstr (joined, ==, cases[i].values);
    }
}

static void
test_counts (void)
{
  static const struct {
    const char *text;
    gboolean counted;
  } lines[] = {
    { "", TRUE },
    { "status:failed,active type:sync trigger:manual", TRUE },
    { "created:2026-11-01", TRUE },
    { "created:>-24h", TRUE },
    { "completed:>-24h", FALSE },
    { "-status:failed", FALSE },
    { "error:x", FALSE },
    { "-error:x", FALSE },
    { "group:\"\"", FALSE },
    { "id:x", FALSE },
    { "retries:0", FALSE },
    { "data.a:1", FALSE },
    { "wallet:x", FALSE },
    { "x", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (WdPgColumns) columns = make_columns (FALSE);
      g_autoptr (WdJobFilter) filter = read_line (lines[i].text);
      g_autoptr (WdPgParams) params = NULL;
      g_autofree char *sql = wd_pg_count_query_jobs (columns, filter, &params);

      g_test_message ("%s", lines[i].text);
      g_assert_cmpint (sql != NULL, ==, lines[i].counted);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/postgres/filters/conditions", test_conditions);
  g_test_add_func ("/postgres/filters/counts", test_counts);
  return g_test_run ();
}
