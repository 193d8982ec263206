/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Cells of the counts, summed by bars.
 *
 * Bars shorter than a day are sums of quarter hours. A month of those is some hundred thousand
 * cells, so days of the time zone are made from the days of UTC that are nearest to them, and of
 * the quarter hours between the midnights of the two: an hour's worth for Berlin. These are taken
 * from one bar and given to its neighbour. What is not folded yet is placed by itself.
 *
 * The tables are read rather than the views, whose sums over each cell would cost more than the
 * rest. */

#include "postgres/wd-pg-history-private.h"

#define IN_BARS "since >= " WD_PG_HISTORY_FROM " AND since < " WD_PG_HISTORY_TO

/* What a statement's bars are, and so its parameters. */
typedef enum {
  EDGES,
  DAYS,
  PARTS,
} Bars;

typedef struct {
  const WdPgHistorySubject *subject;
  Bars bars;
} Part;

enum {
  BAR,
  WORD,
  NUMBER,
  N,
};

/* $3 and $4: what lies between each edge and the midnight of UTC that stands for it. */
static void
add_parts (WdPgParams *params, const WdPgHistoryCall *call)
{
  guint n = call->grid->edges->len;
  g_auto (GStrv) from = g_new0 (char *, n + 1);
  g_auto (GStrv) to = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    {
      WdTime edge = wd_history_grid_get_edge (call->grid, i);
      WdTime midnight = wd_history_grid_get_edge (call->days, i);

      from[i] = wd_time_to_rfc3339 (MIN (edge, midnight));
      to[i] = wd_time_to_rfc3339 (MAX (edge, midnight));
    }
  wd_pg_params_text_array (params, (const char *const *) from, n);
  wd_pg_params_text_array (params, (const char *const *) to, n);
}

/* Returns: (transfer full): SQL of the folded cells of one step that lie in bars */
static char *
folded_sql (const WdPgHistorySubject *subject, guint span, gboolean kept_only)
{
  return g_strdup_printf ("SELECT " WD_PG_HISTORY_BAR ("since") ", %s, %s, sum(n)::bigint"
                          " FROM worker_dashboard.%s WHERE span = %u AND " IN_BARS
                          " AND " WD_PG_HISTORY_OF_TYPE " AND %s%s GROUP BY 1, 2, 3",
                          subject->word, subject->number, subject->table, span,
                          subject->condition,
                          kept_only ? " AND since >= " WD_PG_HISTORY_HORIZON : "");
}

static char *
parts_sql (const WdPgHistorySubject *subject)
{
  return g_strdup_printf ("SELECT part.i, %s, %s, sum(n)::bigint"
                          " FROM unnest($3::timestamptz[], $4::timestamptz[]) WITH ORDINALITY"
                          " AS part (from_time, to_time, i) JOIN worker_dashboard.%s AS cell"
                          " ON span = 15 AND since >= from_time AND since < to_time"
                          " WHERE $1::timestamptz[] IS NOT NULL AND " WD_PG_HISTORY_OF_TYPE
                          " AND %s%s GROUP BY 1, 2, 3",
                          subject->word, subject->number, subject->table, subject->condition,
                          subject->kept ? " AND since >= " WD_PG_HISTORY_HORIZON : "");
}

/* Deltas as old as the horizon go by days of UTC too, where those are kept by the day alone. */
static char *
deltas_sql (const WdPgHistorySubject *subject, const char *condition)
{
  return g_strdup_printf ("SELECT " WD_PG_HISTORY_BAR ("since") ", word, number, sum(n)::bigint"
                          " FROM (%s) AS delta (since, job_type, word, number, n)"
                          " WHERE " IN_BARS " AND " WD_PG_HISTORY_OF_TYPE "%s GROUP BY 1, 2, 3",
                          subject->deltas, condition);
}

static void
add (GPtrArray *sql, GArray *parts, const WdPgHistorySubject *subject, Bars bars, char *text)
{
  Part part = { subject, bars };

  g_ptr_array_add (sql, text);
  g_array_append_val (parts, part);
}

static void
add_subject (const WdPgHistoryCall *call, const WdPgHistorySubject *subject, GPtrArray *sql,
             GArray *parts)
{
  static const char kept[] = " AND since >= " WD_PG_HISTORY_HORIZON;
  static const char older[] = " AND since < " WD_PG_HISTORY_HORIZON;

  if (call->days == call->grid)
    add (sql, parts, subject, EDGES, folded_sql (subject, 1440, FALSE));
  else if (call->days == NULL)
    add (sql, parts, subject, EDGES, folded_sql (subject, 15, subject->kept));
  else
    {
      add (sql, parts, subject, DAYS, folded_sql (subject, 1440, FALSE));
      add (sql, parts, subject, PARTS, parts_sql (subject));
    }
  if (!subject->kept || call->days == call->grid)
    add (sql, parts, subject, EDGES, deltas_sql (subject, ""));
  else
    {
      add (sql, parts, subject, EDGES, deltas_sql (subject, kept));
      if (call->days != NULL)
        add (sql, parts, subject, DAYS, deltas_sql (subject, older));
    }
}

/* Gives what lies between an edge and its midnight to the bar that it is in. */
static void
move (const WdPgHistoryCall *call, const WdPgHistorySubject *subject, int edge, const char *word,
      int number, gint64 n)
{
  int n_bars = (int) wd_history_grid_get_length (call->grid);
  gboolean is_before = wd_history_grid_get_edge (call->days, (guint) edge)
                       < wd_history_grid_get_edge (call->grid, (guint) edge);

  if (edge > 0)
    subject->add (subject->data, (guint) edge - 1, word, number, is_before ? n : -n);
  if (edge < n_bars)
    subject->add (subject->data, (guint) edge, word, number, is_before ? -n : n);
}

static void
take (const WdPgHistoryCall *call, const Part *part, WdPgResult *result)
{
  int n_bars = (int) wd_history_grid_get_length (call->grid);

  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    {
      int bar = (int) wd_pg_result_int (result, row, BAR);
      const char *word = wd_pg_result_text (result, row, WORD);
      int number = (int) wd_pg_result_int (result, row, NUMBER);
      gint64 n = wd_pg_result_int (result, row, N);

      if (part->bars == PARTS)
        move (call, part->subject, bar - 1, word, number, n);
      else if (bar >= 0 && bar < n_bars)
        part->subject->add (part->subject->data, (guint) bar, word, number, n);
    }
}

/**
 * wd_pg_history_read_cells:
 * @call: what to read
 * @subjects: (array length=n_subjects): which cells
 * @n_subjects: how many kinds of them
 * @other: a statement to be asked in the same round trip
 * @error: as for wd_pg_connection_query()
 *
 * Tells the subjects of every cell; one may be told of several times, also of less.
 *
 * Returns: (transfer full): what @other gave
 */
GPtrArray *
wd_pg_history_read_cells (const WdPgHistoryCall *call, const WdPgHistorySubject *subjects,
                          guint n_subjects, WdPgStatement other, GError **error)
{
  g_autoptr (GPtrArray) sql = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_autoptr (GArray) statements = g_array_new (FALSE, FALSE, sizeof (WdPgStatement));
  g_autoptr (WdPgParams) edges = wd_pg_history_params (call, call->grid);
  g_autoptr (WdPgParams) days = NULL, between = NULL;
  g_autoptr (GPtrArray) results = NULL;

  for (guint i = 0; i < n_subjects; i++)
    add_subject (call, &subjects[i], sql, parts);
  if (call->days != NULL)
    {
      days = wd_pg_history_params (call, call->days);
      between = wd_pg_history_params (call, call->grid);
      add_parts (between, call);
    }
  g_array_append_val (statements, other);
  for (guint i = 0; i < sql->len; i++)
    {
      Bars bars = g_array_index (parts, Part, i).bars;
      WdPgStatement statement = { sql->pdata[i], bars == EDGES  ? edges
                                                 : bars == DAYS ? days
                                                                : between };

      g_array_append_val (statements, statement);
    }
  results = wd_pg_connection_query_many (call->connection, (WdPgStatement *) statements->data,
                                         statements->len, call->deadline, call->cancellable, error);
  if (results == NULL)
    return NULL;
  for (guint i = 0; i < parts->len; i++)
    take (call, &g_array_index (parts, Part, i), results->pdata[1 + i]);
  g_ptr_array_set_size (results, 1);
  return g_steal_pointer (&results);
}
