/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-filter-language.h"

static gpointer
create_jobs (void)
{
  return wd_job_filter_new ();
}

static gpointer
read_jobs (const char *text, GTimeZone *zone, WdTime now, WdTextSpan *span, GError **error)
{
  return wd_job_filter_from_text (text, zone, now, span, error);
}

static char *
write_jobs (gconstpointer filter, GTimeZone *zone)
{
  return wd_job_filter_to_text (filter, zone);
}

static gpointer
create_wallets (void)
{
  return wd_wallet_filter_new ();
}

static gpointer
read_wallets (const char *text, GTimeZone *zone, WdTime now, WdTextSpan *span, GError **error)
{
  return wd_wallet_filter_from_text (text, zone, now, span, error);
}

static char *
write_wallets (gconstpointer filter, GTimeZone *zone)
{
  return wd_wallet_filter_to_text (filter, zone);
}

static gpointer
create_audit (void)
{
  return wd_audit_filter_new ();
}

/* The whole line is searched for. */
static gpointer
read_audit (const char *text, GTimeZone *zone, WdTime now, WdTextSpan *span, GError **error)
{
  WdAuditFilter *filter = wd_audit_filter_new ();
  g_autofree char *search = g_strstrip (g_strdup (text));

  filter->search = *search != '\0' ? g_steal_pointer (&search) : NULL;
  return filter;
}

static char *
write_audit (gconstpointer filter, GTimeZone *zone)
{
  const char *search = ((const WdAuditFilter *) filter)->search;

  return g_strdup (search != NULL ? search : "");
}

/**
 * wd_filter_language_jobs:
 *
 * Returns: (transfer none): of #WdJobFilter
 */
const WdFilterLanguage *
wd_filter_language_jobs (void)
{
  static WdFilterLanguage language = { NULL, 0, create_jobs, read_jobs, write_jobs,
                                       (GDestroyNotify) wd_job_filter_free };

  language.fields = wd_job_filter_fields (&language.n_fields);
  return &language;
}

/**
 * wd_filter_language_wallets:
 *
 * Returns: (transfer none): of #WdWalletFilter
 */
const WdFilterLanguage *
wd_filter_language_wallets (void)
{
  static WdFilterLanguage language = { NULL, 0, create_wallets, read_wallets, write_wallets,
                                       (GDestroyNotify) wd_wallet_filter_free };

  language.fields = wd_wallet_filter_fields (&language.n_fields);
  return &language;
}

/**
 * wd_filter_language_audit:
 *
 * Returns: (transfer none): of #WdAuditFilter, of which a line holds the search only
 */
const WdFilterLanguage *
wd_filter_language_audit (void)
{
  static const WdFilterLanguage language = { NULL, 0, create_audit, read_audit, write_audit,
                                       (GDestroyNotify) wd_audit_filter_free };

  return &language;
}
