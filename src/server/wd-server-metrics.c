/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/wd-server-metrics.h"

#include "server/wd-exposition.h"

#define REQUESTS "worker_dashboard_http_requests_total"
#define DURATION "worker_dashboard_http_request_duration_seconds"

/* What is no route of ours. */
#define OTHER    "other"

/* Microseconds; longer ones stand behind them all. */
static const struct {
  gint64 limit;
  const char *text;
} buckets[] = {
  { 1000, "0.001" },    { 2500, "0.0025" },  { 5000, "0.005" },    { 10000, "0.01" },
  { 25000, "0.025" },   { 50000, "0.05" },   { 100000, "0.1" },    { 250000, "0.25" },
  { 500000, "0.5" },    { 1000000, "1" },    { 2500000, "2.5" },   { 5000000, "5" },
  { 10000000, "10" },
};

typedef struct {
  GHashTable *statuses;                    /* (owned): how many by status */
  gint64 in_bucket[G_N_ELEMENTS (buckets)];
  gint64 n;
  gint64 microseconds;                     /* of all together */
} Asked;

struct _WdServerMetrics {
  GHashTable *by_path;   /* (owned) (element-type utf8 Asked) */
};

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_hash_table_unref (asked->statuses);
  g_free (asked);
}

/**
 * wd_server_metrics_new:
 *
 * Returns: (transfer full): for a service that nobody has asked yet
 */
WdServerMetrics *
wd_server_metrics_new (void)
{
  WdServerMetrics *self = g_new0 (WdServerMetrics, 1);

  self->by_path = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, asked_free);
  return self;
}

/**
 * wd_server_metrics_free:
 * @self: (transfer full): what was counted
 */
void
wd_server_metrics_free (WdServerMetrics *self)
{
  g_hash_table_unref (self->by_path);
  g_free (self);
}

/**
 * wd_server_metrics_count:
 * @self: what was counted
 * @path: (nullable): of the route; %NULL for what is none
 * @status: of the answer
 * @microseconds: how long it took
 */
void
wd_server_metrics_count (WdServerMetrics *self, const char *path, guint status,
                         gint64 microseconds)
{
  Asked *asked;
  gsize n;

  if (path == NULL)
    path = OTHER;
  asked = g_hash_table_lookup (self->by_path, path);
  if (asked == NULL)
    {
      asked = g_new0 (Asked, 1);
      asked->statuses = g_hash_table_new (NULL, NULL);
      g_hash_table_insert (self->by_path, g_strdup (path), asked);
    }
  n = GPOINTER_TO_SIZE (g_hash_table_lookup (asked->statuses, GUINT_TO_POINTER (status)));
  g_hash_table_insert (asked->statuses, GUINT_TO_POINTER (status), GSIZE_TO_POINTER (n + 1));
  for (gsize i = 0; i < G_N_ELEMENTS (buckets); i++)
    if (microseconds <= buckets[i].limit)
      {
        asked->in_bucket[i]++;
        break;
      }
  asked->n++;
  asked->microseconds += microseconds;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (a, b);
}

static int
compare_statuses (gconstpointer a, gconstpointer b)
{
  return GPOINTER_TO_INT (a) - GPOINTER_TO_INT (b);
}

static void
write_statuses (GString *text, const char *path, const Asked *asked)
{
  g_autoptr (GList) statuses = g_list_sort (g_hash_table_get_keys (asked->statuses),
                                            compare_statuses);

  for (GList *l = statuses; l != NULL; l = l->next)
    {
      g_autofree char *status = g_strdup_printf ("%u", GPOINTER_TO_UINT (l->data));

      wd_exposition_count (text, REQUESTS,
                           (gint64) GPOINTER_TO_SIZE (g_hash_table_lookup (asked->statuses,
                                                                           l->data)),
                           "path", path, "status", status, NULL);
    }
}

static void
write_durations (GString *text, const char *path, const Asked *asked)
{
  gint64 n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (buckets); i++)
    {
      n += asked->in_bucket[i];
      wd_exposition_count (text, DURATION "_bucket", n, "path", path, "le", buckets[i].text, NULL);
    }
  wd_exposition_count (text, DURATION "_bucket", asked->n, "path", path, "le", "+Inf", NULL);
  wd_exposition_number (text, DURATION "_sum", (double) asked->microseconds / G_USEC_PER_SEC,
                        "path", path, NULL);
  wd_exposition_count (text, DURATION "_count", asked->n, "path", path, NULL);
}

/**
 * wd_server_metrics_write:
 * @self: what was counted
 * @text: gets it
 */
void
wd_server_metrics_write (WdServerMetrics *self, GString *text)
{
  g_autoptr (GList) paths = g_list_sort (g_hash_table_get_keys (self->by_path), compare_paths);

  wd_exposition_family (text, REQUESTS, "counter",
                        "Requests that were answered, by what was asked and the status");
  for (GList *l = paths; l != NULL; l = l->next)
    write_statuses (text, l->data, g_hash_table_lookup (self->by_path, l->data));
  wd_exposition_family (text, DURATION, "histogram",
                        "Seconds from the head of a request to its answer");
  for (GList *l = paths; l != NULL; l = l->next)
    write_durations (text, l->data, g_hash_table_lookup (self->by_path, l->data));
}
