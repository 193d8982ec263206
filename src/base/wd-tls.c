/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-tls.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"

/**
 * wd_tls_describe_problems:
 * @problems: what GIO found wrong with a certificate
 *
 * Returns: (transfer none): the worst of it, for people
 */
const char *
wd_tls_describe_problems (GTlsCertificateFlags problems)
{
  if (problems & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return _("The server’s certificate is not signed by an authority trusted here");
  if (problems & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return _("The server’s certificate is for another host");
  if (problems & G_TLS_CERTIFICATE_EXPIRED)
    return _("The server’s certificate has expired");
  if (problems & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return _("The server’s certificate is not valid yet");
  if (problems & G_TLS_CERTIFICATE_REVOKED)
    return _("The server’s certificate was revoked");
  return _("The server’s certificate is not acceptable");
}

/**
 * wd_tls_load_authorities:
 * @ca_file: PEM file of the only authorities to trust
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Reads a file: in a worker.
 *
 * Returns: (transfer full): what to verify certificates with
 */
GTlsDatabase *
wd_tls_load_authorities (const char *ca_file, GError **error)
{
  g_autoptr (GError) local = NULL;
  GTlsDatabase *database = g_tls_file_database_new (ca_file, &local);

  if (database == NULL)
    g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                 _("The certificates of the authority cannot be read: %s"), local->message);
  return database;
}
