/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One attempt after the other, each with its share of the time left: libpq by itself would wait
 * for the first silent host until the deadline has passed and never come to the next one. */

#include "postgres/wd-pg-connect.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "base/wd-wait.h"
#include "postgres/wd-pg-error.h"
#include "postgres/wd-pg-resolve.h"

#define KEYWORDS_MAX 12
#define DEFAULT_PORT "5432"

typedef struct {
  const char *keywords[KEYWORDS_MAX];
  const char *values[KEYWORDS_MAX];
  guint length;
} Parameters;

/* Lists of equal length, as libpq takes them, joined by commas. */
typedef struct {
  GPtrArray *hosts;     /* (owned) */
  GPtrArray *addresses; /* (owned): "" where libpq needs none */
  GPtrArray *ports;     /* (owned) */
} Endpoints;

static void
add (Parameters *parameters, const char *keyword, const char *value)
{
  g_assert (parameters->length + 1 < KEYWORDS_MAX);
  if (value == NULL)
    return;
  parameters->keywords[parameters->length] = keyword;
  parameters->values[parameters->length++] = value;
}

static void
notice_cb (void *data, const char *message)
{
  g_debug ("PostgreSQL: %s", message);
}

/* Later keywords win over the same ones in the URI. */
static PGconn *
start (WdPgTarget *target, const char *host, const char *address, const char *port)
{
  Parameters parameters = { { NULL }, { NULL }, 0 };
  const char *ca_file = wd_pg_target_get_ca_file (target);
  PGconn *connection;

  add (&parameters, "fallback_application_name", "Worker Dashboard");
  if (ca_file != NULL)
    add (&parameters, "sslmode", "verify-full");
  add (&parameters, "dbname", wd_pg_target_get_uri (target));
  add (&parameters, "password", wd_pg_target_get_password (target));
  add (&parameters, "sslrootcert", ca_file);
  add (&parameters, "client_encoding", "UTF8");
  add (&parameters, "host", host);
  add (&parameters, "hostaddr", address);
  add (&parameters, "port", port);
  connection = PQconnectStartParams (parameters.keywords, parameters.values, 1);
  if (connection != NULL)
    {
      PQsetNoticeProcessor (connection, notice_cb, NULL);
      PQsetErrorVerbosity (connection, PQERRORS_VERBOSE);
    }
  return connection;
}

static gboolean
wait_made (PGconn *connection, const char *where, gint64 deadline, GCancellable *cancellable,
           GError **error)
{
  PostgresPollingStatusType status = PGRES_POLLING_WRITING;

  if (PQstatus (connection) == CONNECTION_BAD)
    status = PGRES_POLLING_FAILED;
  while (status == PGRES_POLLING_READING || status == PGRES_POLLING_WRITING)
    {
      if (!wd_wait_fd (PQsocket (connection),
                       status == PGRES_POLLING_READING ? G_IO_IN : G_IO_OUT, deadline, cancellable,
                       error))
        {
          g_prefix_error (error, _("PostgreSQL %s: "), where);
          return FALSE;
        }
      status = PQconnectPoll (connection);
    }
  if (status == PGRES_POLLING_OK)
    return TRUE;
  wd_pg_error_from_connection (connection, where, error);
  return FALSE;
}

static PGconn *
attempt (WdPgTarget *target, const char *host, const char *address, const char *port,
         gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autofree char *where = wd_pg_target_describe (target);
  PGconn *connection = start (target, host, address, port);

  if (connection == NULL)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_FAILED, _("Out of memory"));
      return NULL;
    }
  if (!wait_made (connection, where, deadline, cancellable, error))
    {
      PQfinish (connection);
      return NULL;
    }
  PQsetErrorVerbosity (connection, PQERRORS_DEFAULT);
  PQsetnonblocking (connection, 1);
  return connection;
}

static gint64
share_of (gint64 deadline, guint n_left)
{
  gint64 now = g_get_monotonic_time ();

  return deadline <= now ? deadline : now + (deadline - now) / MAX (n_left, 1);
}

/* Whether another host may do better; libpq goes no further after these either. */
static gboolean
is_final (const GError *error)
{
  return wd_error_is_cancelled (error)
         || g_error_matches (error, WD_ERROR, WD_ERROR_AUTHENTICATION);
}

static gboolean
is_socket (const char *host)
{
  return *host == '/' || *host == '@';
}

static void
add_endpoint (Endpoints *endpoints, const char *host, const char *address, const char *port)
{
  g_ptr_array_add (endpoints->hosts, g_strdup (host));
  g_ptr_array_add (endpoints->addresses, g_strdup (address));
  g_ptr_array_add (endpoints->ports, g_strdup (port));
}

/* A name that cannot be resolved is left out as long as another one can. */
static gboolean
list_endpoints (WdPgTarget *target, Endpoints *endpoints, gint64 deadline,
                GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) hosts = g_strsplit (wd_pg_target_get (target, "host"), ",", -1);
  g_auto (GStrv) ports = g_strsplit (wd_pg_target_get (target, "port"), ",", -1);
  guint n_hosts = g_strv_length (hosts), n_ports = g_strv_length (ports);

  for (guint i = 0; i < n_hosts; i++)
    {
      const char *port = n_ports == n_hosts ? ports[i] : ports[0];
      g_auto (GStrv) addresses = NULL;

      if (*port == '\0')
        port = DEFAULT_PORT;
      if (is_socket (hosts[i]))
        {
          add_endpoint (endpoints, hosts[i], "", port);
          continue;
        }
      g_clear_error (error);
      addresses = wd_pg_resolve (hosts[i], share_of (deadline, n_hosts - i), cancellable, error);
      for (guint j = 0; addresses != NULL && addresses[j] != NULL; j++)
        add_endpoint (endpoints, hosts[i], addresses[j], port);
      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
    }
  if (endpoints->hosts->len == 0)
    return FALSE;
  g_clear_error (error);
  return TRUE;
}

static char *
join (GPtrArray *texts)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? "," : "",
                            (const char *) g_ptr_array_index (texts, i));
  return g_string_free (joined, FALSE);
}

static PGconn *
attempt_each (WdPgTarget *target, Endpoints *endpoints, gint64 deadline, GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GError) last = NULL;

  for (guint i = 0; i < endpoints->hosts->len && !is_final (last); i++)
    {
      PGconn *connection;

      g_clear_error (&last);
      connection = attempt (target, g_ptr_array_index (endpoints->hosts, i),
                            g_ptr_array_index (endpoints->addresses, i),
                            g_ptr_array_index (endpoints->ports, i),
                            share_of (deadline, endpoints->hosts->len - i), cancellable, &last);
      if (connection != NULL)
        return connection;
    }
  g_propagate_error (error, g_steal_pointer (&last));
  return NULL;
}

/* These look at all hosts before they choose one, which only libpq itself can do. */
static gboolean
chooses_among_hosts (WdPgTarget *target)
{
  return g_strcmp0 (wd_pg_target_get (target, "target_session_attrs"), "prefer-standby") == 0
         || g_strcmp0 (wd_pg_target_get (target, "load_balance_hosts"), "random") == 0;
}

/* What only libpq knows: a service file's host, its own default for an empty one, or how many
 * ports it wants for these hosts. */
static gboolean
is_left_to_libpq (WdPgTarget *target)
{
  const char *host = wd_pg_target_get (target, "host");
  const char *port = wd_pg_target_get (target, "port");
  g_auto (GStrv) hosts = NULL;
  g_auto (GStrv) ports = NULL;

  if (host == NULL || port == NULL || wd_pg_target_get (target, "hostaddr") != NULL
      || wd_pg_target_uses_service (target))
    return TRUE;
  hosts = g_strsplit (host, ",", -1);
  ports = g_strsplit (port, ",", -1);
  return g_strv_contains ((const char *const *) hosts, "")
         || (g_strv_length (ports) != 1 && g_strv_length (ports) != g_strv_length (hosts));
}

/**
 * wd_pg_connect:
 * @target: where to
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends it at once
 * @error: %WD_ERROR_NO_CONNECTION, %WD_ERROR_AUTHENTICATION, %WD_ERROR_TIMED_OUT,
 *   %WD_ERROR_INVALID_ARGUMENT or %G_IO_ERROR_CANCELLED
 *
 * Worker thread. Returns: (transfer full): a nonblocking connection
 */
PGconn *
wd_pg_connect (WdPgTarget *target, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) ports = g_ptr_array_new_with_free_func (g_free);
  Endpoints endpoints = { hosts, addresses, ports };

  if (!wd_pg_target_check (target, error))
    return NULL;
  if (is_left_to_libpq (target))
    return attempt (target, NULL, NULL, NULL, deadline, cancellable, error);
  if (!list_endpoints (target, &endpoints, deadline, cancellable, error))
    return NULL;
  if (chooses_among_hosts (target))
    {
      g_autofree char *all_hosts = join (hosts);
      g_autofree char *all_addresses = join (addresses);
      g_autofree char *all_ports = join (ports);

      return attempt (target, all_hosts, all_addresses, all_ports, deadline, cancellable, error);
    }
  return attempt_each (target, &endpoints, deadline, cancellable, error);
}
