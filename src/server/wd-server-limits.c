/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A bucket for each: it holds so many drops at most, and so many fall into it each second. One that
 * is full again is as one that was never there, and goes when there are many. */

#include "server/wd-server-limits.h"

#include <math.h>

#define MOST 10000

typedef struct {
  double drops;
  gint64 at;      /* monotonic, in microseconds: when they were counted */
} Bucket;

struct _WdServerLimits {
  GHashTable *buckets;   /* (owned) (element-type utf8 Bucket) */
  double rate;           /* drops a second; 0 for no limit */
  double burst;
};

/**
 * wd_server_limits_new:
 * @rate: how often in a second, in the long run; 0 for as often as they like
 * @burst: how often at once
 *
 * Returns: (transfer full): limits that nobody has used yet
 */
WdServerLimits *
wd_server_limits_new (double rate, double burst)
{
  WdServerLimits *self = g_new0 (WdServerLimits, 1);

  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->rate = rate;
  self->burst = burst;
  return self;
}

/**
 * wd_server_limits_free:
 * @self: (transfer full): limits
 */
void
wd_server_limits_free (WdServerLimits *self)
{
  g_hash_table_unref (self->buckets);
  g_free (self);
}

static void
fill (WdServerLimits *self, Bucket *bucket, gint64 now)
{
  double seconds = (double) (now - bucket->at) / G_USEC_PER_SEC;

  bucket->drops = MIN (self->burst, bucket->drops + seconds * self->rate);
  bucket->at = now;
}

static gboolean
is_full (gpointer key, gpointer value, gpointer data)
{
  WdServerLimits *self = data;
  Bucket *bucket = value;

  fill (self, bucket, g_get_monotonic_time ());
  return bucket->drops >= self->burst;
}

/* Where so many have been here lately that none is full, all begin anew: bounded memory is worth
 * more than a limit that holds for somebody with ten thousand addresses. */
static void
forget_some (WdServerLimits *self)
{
  g_hash_table_foreach_remove (self->buckets, is_full, self);
  if (g_hash_table_size (self->buckets) >= MOST)
    g_hash_table_remove_all (self->buckets);
}

/**
 * wd_server_limits_take:
 * @self: limits
 * @who: does it
 * @now: of g_get_monotonic_time()
 * @wait_seconds: (out) (optional): when to come again, where it may not
 *
 * Returns: whether it may
 */
gboolean
wd_server_limits_take (WdServerLimits *self, const char *who, gint64 now, guint *wait_seconds)
{
  Bucket *bucket;

  if (self->rate <= 0)
    return TRUE;
  bucket = g_hash_table_lookup (self->buckets, who);
  if (bucket == NULL)
    {
      if (g_hash_table_size (self->buckets) >= MOST)
        forget_some (self);
      bucket = g_new0 (Bucket, 1);
      bucket->drops = self->burst;
      bucket->at = now;
      g_hash_table_insert (self->buckets, g_strdup (who), bucket);
    }
  fill (self, bucket, now);
  if (bucket->drops >= 1)
    {
      bucket->drops -= 1;
      return TRUE;
    }
  if (wait_seconds != NULL)
    *wait_seconds = (guint) MAX (1, ceil ((1 - bucket->drops) / self->rate));
  return FALSE;
}
