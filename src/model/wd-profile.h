/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-job-type.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/* Above so many wallets or jobs a production connection asks for their number first. */
#define WD_CONFIRM_FREELY 10

/**
 * WdQueueMapping:
 * @queue: its BullMQ queue here
 * @bullmq_name: its BullMQ job name here
 * @attempts: attempts of a job we queue
 * @backoff_type: `fixed` or `exponential`
 * @backoff_ms: milliseconds
 *
 * How one job type is queued on one connection.
 */
typedef struct {
  char *queue;
  char *bullmq_name;
  int attempts;
  char *backoff_type;
  gint64 backoff_ms;
} WdQueueMapping;

/**
 * WdProfile:
 * @name: for people
 * @passing: it is not saved under that name
 * @sample: (nullable): the private folder of sample data; %NULL for every connection that is real
 * @database_url: (nullable): libpq URI or conninfo, without password when it is in the keyring
 * @redis_url: (nullable): %NULL for sites whose workers poll the database
 * @database_password: (nullable): from the keyring; never written anywhere
 * @redis_password: (nullable): likewise
 * @api_url: (nullable): base address of a remote dashboard; then there is no database and no Redis
 *   of its own, and everything goes through that
 * @api_token: (nullable): its bearer token, from the keyring; never written anywhere
 * @ca_file: (nullable): PEM file of an own CA
 * @prefix: BullMQ's key prefix
 * @read_only: writes are refused below the window
 * @production: asks before what hurts
 * @colour: (nullable): what tells it apart, one of wd_profile_colours(); others are kept, not shown
 * @keyring: whether the keyring may have passwords for it; else PostgreSQL's passfile, a
 *   certificate or trust serves, and nobody is asked to unlock anything
 * @failure_percent: share of failures in an hour from which a worker counts as in error
 * @mappings: (element-type utf8 WdQueueMapping): job type name to how it is queued
 *
 * One connection. Immutable once published.
 */
typedef struct {
  char *name;
  gboolean passing;
  char *sample;
  char *database_url;
  char *redis_url;
  char *database_password;
  char *redis_password;
  char *api_url;
  char *api_token;
  char *ca_file;
  char *prefix;
  gboolean read_only;
  gboolean production;
  char *colour;
  gboolean keyring;
  guint failure_percent;
  GHashTable *mappings;
} WdProfile;

WD_DECLARE_RECORD (WdProfile, wd_profile)

WdProfile            *wd_profile_create (const char *name);
const char *const    *wd_profile_colours (void);
WdProfile            *wd_profile_copy (const WdProfile *self);
const WdQueueMapping *wd_profile_get_mapping (const WdProfile *self, const char *job_type);
gboolean              wd_profile_check_writable (const WdProfile *self, GError **error);
const char           *wd_profile_get_job_type (const WdProfile *self, const char *queue);
const char           *wd_profile_find_job_type (const WdProfile *self, const char *queue,
                                                const char *bullmq_name);
void                  wd_profile_set_mapping (WdProfile *self, const char *job_type,
                                              WdQueueMapping *mapping);
WdQueueMapping       *wd_queue_mapping_new (const WdJobType *type);
WdQueueMapping       *wd_queue_mapping_copy (const WdQueueMapping *self);
void                  wd_queue_mapping_free (WdQueueMapping *self);

G_END_DECLS
