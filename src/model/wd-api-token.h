/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/**
 * WdApiRole:
 * @WD_API_VIEWER: reads
 * @WD_API_OPERATOR: also dispatches, retries and sets flags
 * @WD_API_ADMIN: everything
 *
 * What the service lets somebody do; each may also do what those before it may.
 */
typedef enum {
  WD_API_VIEWER,
  WD_API_OPERATOR,
  WD_API_ADMIN,
} WdApiRole;

/* Bytes of a hash: SHA-256. */
#define WD_API_HASH_SIZE 32

/* The longest name, in characters. */
#define WD_API_NAME_MAX 100

/**
 * WdApiToken:
 * @id: UUID
 * @name: whom it was made for; the audit trail says who by it
 * @role: what it allows
 * @hash: of the token, which nobody keeps
 * @created_at: when it was made
 * @created_by: (nullable): by whom
 * @revoked_at: when it was revoked, or %WD_TIME_NONE
 *
 * A right to ask the service. Immutable once published.
 */
typedef struct {
  char *id;
  char *name;
  WdApiRole role;
  guint8 hash[WD_API_HASH_SIZE];
  WdTime created_at;
  char *created_by;
  WdTime revoked_at;
} WdApiToken;

WD_DECLARE_RECORD (WdApiToken, wd_api_token)

const char *wd_api_role_word (WdApiRole role);
gboolean    wd_api_role_from_word (const char *word, WdApiRole *role, GError **error);
gboolean    wd_api_name_validate (const char *name, GError **error);
char       *wd_api_secret_make (GError **error);
void        wd_api_secret_hash (const char *secret, gsize length, guint8 *hash);
char       *wd_api_hash_to_text (const guint8 *hash);
gboolean    wd_api_hash_from_text (const char *text, guint8 *hash);
gboolean    wd_api_hash_equal (const guint8 *a, const guint8 *b);

G_END_DECLS
