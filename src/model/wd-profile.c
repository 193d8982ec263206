/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-profile.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"

/* From this share of failures on, the last hour is not the ordinary rate of transient errors. */
#define FAILURE_PERCENT_DEFAULT 20

static void
clear_profile (WdProfile *self)
{
  g_free (self->name);
  g_free (self->sample);
  g_free (self->database_url);
  g_free (self->redis_url);
  g_free (self->database_password);
  g_free (self->redis_password);
  g_free (self->api_url);
  g_free (self->api_token);
  g_free (self->ca_file);
  g_free (self->prefix);
  g_free (self->colour);
  g_clear_pointer (&self->mappings, g_hash_table_unref);
}

WD_DEFINE_RECORD (WdProfile, wd_profile, clear_profile)

/**
 * wd_queue_mapping_new:
 * @type: a kind of job
 *
 * Returns: (transfer full): how it is queued where a profile says nothing else
 */
WdQueueMapping *
wd_queue_mapping_new (const WdJobType *type)
{
  WdQueueMapping *self = g_new0 (WdQueueMapping, 1);

  self->queue = g_strdup (type->queue);
  self->bullmq_name = g_strdup (type->bullmq_name);
  self->attempts = type->attempts;
  self->backoff_type = g_strdup (type->backoff_type);
  self->backoff_ms = type->backoff_ms;
  return self;
}

/**
 * wd_queue_mapping_copy:
 * @self: a mapping
 *
 * Returns: (transfer full): its copy
 */
WdQueueMapping *
wd_queue_mapping_copy (const WdQueueMapping *self)
{
  WdQueueMapping *copy = g_new0 (WdQueueMapping, 1);

  copy->queue = g_strdup (self->queue);
  copy->bullmq_name = g_strdup (self->bullmq_name);
  copy->attempts = self->attempts;
  copy->backoff_type = g_strdup (self->backoff_type);
  copy->backoff_ms = self->backoff_ms;
  return copy;
}

/**
 * wd_queue_mapping_free:
 * @self: (transfer full): a mapping
 */
void
wd_queue_mapping_free (WdQueueMapping *self)
{
  g_free (self->queue);
  g_free (self->bullmq_name);
  g_free (self->backoff_type);
  g_free (self);
}

/**
 * wd_profile_create:
 * @name: for people
 *
 * Returns: (transfer full): a profile with the deployed sites' queues and prefix and no address
 */
WdProfile *
wd_profile_create (const char *name)
{
  WdProfile *self = wd_profile_new ();
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  self->name = g_strdup (name);
  self->prefix = g_strdup ("bull");
  self->keyring = TRUE;
  self->failure_percent = FAILURE_PERCENT_DEFAULT;
  self->mappings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) wd_queue_mapping_free);
  for (gsize i = 0; i < n_types; i++)
    wd_profile_set_mapping (self, types[i].name, wd_queue_mapping_new (&types[i]));
  return self;
}

/**
 * wd_profile_colours:
 *
 * Returns: (transfer none) (array zero-terminated=1): the words of the colours that connections
 *   are told apart by
 */
const char *const *
wd_profile_colours (void)
{
  static const char *const colours[] = {
    "blue", "green", "yellow", "orange", "red", "purple", "brown", NULL
  };

  return colours;
}

/**
 * wd_profile_copy:
 * @self: a profile
 *
 * Returns: (transfer full): its copy, to be changed before it is published
 */
WdProfile *
wd_profile_copy (const WdProfile *self)
{
  WdProfile *copy = wd_profile_create (self->name);
  GHashTableIter iter;
  gpointer job_type, mapping;

  g_free (copy->prefix);
  copy->prefix = g_strdup (self->prefix);
  copy->sample = g_strdup (self->sample);
  copy->database_url = g_strdup (self->database_url);
  copy->redis_url = g_strdup (self->redis_url);
  copy->database_password = g_strdup (self->database_password);
  copy->redis_password = g_strdup (self->redis_password);
  copy->api_url = g_strdup (self->api_url);
  copy->api_token = g_strdup (self->api_token);
  copy->ca_file = g_strdup (self->ca_file);
  copy->read_only = self->read_only;
  copy->production = self->production;
  copy->colour = g_strdup (self->colour);
  copy->keyring = self->keyring;
  copy->failure_percent = self->failure_percent;
  g_hash_table_iter_init (&iter, self->mappings);
  while (g_hash_table_iter_next (&iter, &job_type, &mapping))
    wd_profile_set_mapping (copy, job_type, wd_queue_mapping_copy (mapping));
  return copy;
}

/**
 * wd_profile_get_mapping:
 * @self: a profile
 * @job_type: (nullable): a word from `job_logs.job_type`
 *
 * Returns: (transfer none) (nullable): how it is queued; %NULL for a kind not in the table
 */
const WdQueueMapping *
wd_profile_get_mapping (const WdProfile *self, const char *job_type)
{
  return job_type != NULL ? g_hash_table_lookup (self->mappings, job_type) : NULL;
}

/**
 * wd_profile_get_job_type:
 * @self: a profile
 * @queue: a BullMQ queue
 *
 * Returns: (transfer none) (nullable): the kind of job that queue runs
 */
const char *
wd_profile_get_job_type (const WdProfile *self, const char *queue)
{
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  for (gsize i = 0; i < n_types; i++)
    if (g_strcmp0 (wd_profile_get_mapping (self, types[i].name)->queue, queue) == 0)
      return types[i].name;
  return NULL;
}

/**
 * wd_profile_find_job_type:
 * @self: a profile
 * @queue: a BullMQ queue
 * @bullmq_name: (nullable): BullMQ job name
 *
 * Returns: (transfer none) (nullable): which kind of job that is; of several kinds in one queue
 *   that whose name it bears
 */
const char *
wd_profile_find_job_type (const WdProfile *self, const char *queue, const char *bullmq_name)
{
  gsize n_types, n_here = 0;
  const WdJobType *types = wd_job_types (&n_types);
  const char *type = NULL;

  for (gsize i = 0; i < n_types; i++)
    {
      const WdQueueMapping *mapping = wd_profile_get_mapping (self, types[i].name);

      if (strcmp (mapping->queue, queue) != 0)
        continue;
      n_here++;
      type = types[i].name;
      if (g_strcmp0 (mapping->bullmq_name, bullmq_name) == 0)
        return type;
    }
  return n_here == 1 ? type : NULL;
}

/**
 * wd_profile_set_mapping:
 * @self: a profile not published yet
 * @job_type: a kind of job
 * @mapping: (transfer full): how it is queued
 */
void
wd_profile_set_mapping (WdProfile *self, const char *job_type, WdQueueMapping *mapping)
{
  g_hash_table_insert (self->mappings, g_strdup (job_type), mapping);
}

/**
 * wd_profile_check_writable:
 * @self: a profile
 * @error: %WD_ERROR_READ_ONLY
 *
 * Returns: whether anything may be written through this connection
 */
gboolean
wd_profile_check_writable (const WdProfile *self, GError **error)
{
  if (!self->read_only)
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_READ_ONLY,
               _("The connection “%s” is read-only: nothing was written"), self->name);
  return FALSE;
}
