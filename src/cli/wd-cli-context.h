/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"
#include "base/wd-answer.h"
#include "base/wd-json-writer.h"
#include "cli/wd-cli-command.h"
#include "cli/wd-cli-table.h"
#include "model/wd-profile.h"

G_BEGIN_DECLS

/**
 * WdCliContext:
 * @profile: (owned) (nullable): the connection, once open
 * @backend: (owned) (nullable): what answers
 * @cancellable: (owned): of everything that waits; Ctrl+C triggers it
 * @json: (owned) (nullable): the document, inside its outermost object; %NULL for people
 * @out: (owned): what goes to standard output at the end
 * @keyring_error: (owned) (nullable): why no password came from the keyring
 * @terminal: whether standard output is one
 * @color: whether it may be coloured
 * @width: of the terminal, or 0 for no limit
 * @now: when the command began
 * @told: whether people have been told already why the command fails
 *
 * What a command works with. Main thread.
 */
struct _WdCliContext {
  WdProfile *profile;
  WdBackend *backend;
  GCancellable *cancellable;
  WdJsonWriter *json;
  GString *out;
  GError *keyring_error;
  gboolean terminal;
  gboolean color;
  guint width;
  WdTime now;
  gboolean told;
};

WdCliContext *wd_cli_context_new (gboolean json);
void          wd_cli_context_free (WdCliContext *self);
gboolean      wd_cli_context_open (WdCliContext *self, const char *profile_name, GError **error);


void        wd_cli_message (const char *format, ...) G_GNUC_PRINTF (1, 2);
void        wd_cli_print_table (WdCliContext *self, WdCliTable *table);
char       *wd_cli_format_when (const WdCliContext *self, WdTime time);
WdCliColor  wd_cli_status_color (const char *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdCliContext, wd_cli_context_free)

G_END_DECLS
