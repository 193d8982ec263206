/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdServerOptions:
 * @profile: (nullable): a saved connection; %NULL is the environment's
 * @production: bulk work is confirmed by its number, whatever the connection says
 * @read_only: nothing is written, likewise
 * @listen: (array zero-terminated=1): where to listen: `HOST:PORT` or `unix:PATH`
 * @tls_cert: (nullable): PEM file of the certificate and those that vouch for it
 * @tls_key: (nullable): PEM file of its key
 * @behind_proxy: somebody in front speaks TLS and says whom for
 * @cors_origins: (nullable) (array zero-terminated=1): from where pages may ask
 * @max_connections: at a time
 * @rate: requests a second of one token, in the long run
 * @lanes: how many requests of one kind are worked on at a time
 * @dispatch_flags: makes jobs for wallets with flags
 * @flags_dry_run: only says which
 * @flags_cool_down: how long a flag that its job did not clear is left alone, in seconds
 * @flags_per_day: jobs for one flag of one wallet a day
 * @flags_per_minute: jobs of each type for flags a minute
 * @record: whether rows are written for workers that do not
 * @record_queues: (nullable) (array zero-terminated=1): only for those of these queues
 * @version: only say which version it is
 * @role: (nullable): of a token to make
 * @words: (nullable) (array zero-terminated=1): what is no option
 *
 * The command line.
 */
typedef struct {
  char *profile;
  gboolean production;
  gboolean read_only;
  char **listen;
  char *tls_cert;
  char *tls_key;
  gboolean behind_proxy;
  char **cors_origins;
  int max_connections;
  int rate;
  int lanes;
  gboolean dispatch_flags;
  gboolean flags_dry_run;
  int flags_cool_down;
  int flags_per_day;
  int flags_per_minute;
  gboolean record;
  char **record_queues;
  gboolean version;
  char *role;
  char **words;
} WdServerOptions;

WdServerOptions *wd_server_options_parse (int argc, char **argv, GError **error);
void             wd_server_options_free (WdServerOptions *self);
gboolean         wd_server_options_check_writes (const WdServerOptions *self, gboolean read_only,
                                                 GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdServerOptions, wd_server_options_free)

G_END_DECLS
