/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-profile.h"
#include "session/wd-address.h"
#include "session/wd-secrets.h"

G_BEGIN_DECLS

/**
 * WdServerDraft:
 * @url: as typed, or made of @address; never holds a password that could be told apart
 * @address: (nullable): @url in parts; %NULL while it cannot be read
 * @password: empty for none
 *
 * One of the two servers of a connection that is being written.
 */
typedef struct {
  char *url;
  WdAddress *address;
  char *password;
} WdServerDraft;

/**
 * WdDraftField:
 *
 * Where the first thing is that keeps a draft from being saved.
 */
typedef enum {
  WD_DRAFT_NAME,
  WD_DRAFT_POSTGRES,
  WD_DRAFT_REDIS,
  WD_DRAFT_REMOTE,
  WD_DRAFT_OTHER,
} WdDraftField;

/**
 * WdProfileDraft:
 * @original: (nullable): the saved connection that is edited
 * @name: for people
 * @colour: (nullable): its word
 * @servers: by #WdSecretKind
 * @is_remote: it is a remote dashboard, and neither server is used
 * @api_url: its address as typed
 * @api_token: its token; empty for none
 * @has_redis: else workers poll the database
 * @ca_file: empty for the system's
 * @prefix: of BullMQ's keys
 * @queues: (array zero-terminated=1): the queue of each job type, in the order of wd_job_types()
 * @read_only: writes are refused
 * @production: asks before what hurts
 *
 * A connection while it is written: what a dialog shows, with nothing of a dialog in it.
 */
typedef struct {
  WdProfile *original;
  char *name;
  char *colour;
  WdServerDraft servers[WD_SECRET_REDIS + 1];
  gboolean is_remote;
  char *api_url;
  char *api_token;
  gboolean has_redis;
  char *ca_file;
  char *prefix;
  char **queues;
  gboolean read_only;
  gboolean production;
} WdProfileDraft;

WdProfileDraft *wd_profile_draft_new (WdProfile *profile);
WdProfileDraft *wd_profile_draft_copy (const WdProfileDraft *self);
void            wd_profile_draft_free (WdProfileDraft *self);
gboolean        wd_profile_draft_equal (const WdProfileDraft *a, const WdProfileDraft *b);

gboolean wd_profile_draft_set_url (WdProfileDraft *self, WdSecretKind kind, const char *url);
void     wd_profile_draft_set_field (WdProfileDraft *self, WdSecretKind kind, WdAddressField field,
                                     const char *value);
void     wd_profile_draft_fill_passwords (WdProfileDraft *self, const WdProfile *profile);
void     wd_profile_draft_set_text (char **text, const char *value);
gboolean wd_profile_draft_check_server (const WdProfileDraft *self, WdSecretKind kind,
                                        GError **error);
gboolean wd_profile_draft_check_servers (const WdProfileDraft *self, WdDraftField *field,
                                         GError **error);
gboolean wd_profile_draft_check (const WdProfileDraft *self, const char *const *taken,
                                 WdDraftField *field, GError **error);
WdProfile *wd_profile_draft_to_profile (const WdProfileDraft *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdProfileDraft, wd_profile_draft_free)

G_END_DECLS
