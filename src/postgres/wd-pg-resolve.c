/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* libpq resolves names with getaddrinfo(), which neither a deadline nor a cancellable ends. So
 * names are resolved here, by GResolver in a context of our own, and libpq is given addresses. */

#include "postgres/wd-pg-resolve.h"

#include <glib/gi18n-lib.h>

#include "base/wd-cancel-source.h"
#include "base/wd-error.h"
#include "base/wd-time.h"

typedef struct {
  GList *addresses; /* (owned) (nullable) */
  GError *error;    /* (owned) (nullable) */
  gboolean done;
} Lookup;

static void
lookup_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Lookup *lookup = user_data;

  lookup->addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result,
                                                        &lookup->error);
  lookup->done = TRUE;
}

/* The deadline has passed, or the caller has cancelled. */
static gboolean
stop_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
run_lookup (const char *host, Lookup *lookup, gint64 deadline, GCancellable *cancellable)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  g_autoptr (GSource) timer = g_timeout_source_new ((guint) wd_deadline_left_ms (deadline));
  g_autoptr (GSource) watch = NULL;

  g_main_context_push_thread_default (context);
  g_source_set_callback (timer, stop_cb, stop, NULL);
  g_source_attach (timer, context);
  if (cancellable != NULL)
    {
      watch = wd_cancel_source_new (cancellable);
      g_source_set_callback (watch, stop_cb, stop, NULL);
      g_source_attach (watch, context);
    }
  g_resolver_lookup_by_name_async (resolver, host, stop, lookup_cb, lookup);
  while (!lookup->done)
    g_main_context_iteration (context, TRUE);
  g_source_destroy (timer);
  if (watch != NULL)
    g_source_destroy (watch);
  g_main_context_pop_thread_default (context);
}

/**
 * wd_pg_resolve:
 * @host: a host name or a numeric address
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: %G_IO_ERROR_CANCELLED, %WD_ERROR_TIMED_OUT or %WD_ERROR_NO_CONNECTION
 *
 * Returns: (transfer full) (array zero-terminated=1): numeric addresses, in the order to try
 */
char **
wd_pg_resolve (const char *host, gint64 deadline, GCancellable *cancellable, GError **error)
{
  Lookup lookup = { NULL, NULL, FALSE };
  GPtrArray *addresses;

  run_lookup (host, &lookup, deadline, cancellable);
  if (lookup.addresses == NULL)
    {
      g_autoptr (GError) cause = g_steal_pointer (&lookup.error);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (wd_error_is_cancelled (cause))
        g_set_error (error, WD_ERROR, WD_ERROR_TIMED_OUT,
                     _("The address of the host “%s” was not found within the time allowed"), host);
      else
        g_set_error (error, WD_ERROR, WD_ERROR_NO_CONNECTION,
                     _("The address of the host “%s” was not found: %s"), host, cause->message);
      return NULL;
    }
  addresses = g_ptr_array_new ();
  for (GList *l = lookup.addresses; l != NULL; l = l->next)
    g_ptr_array_add (addresses, g_inet_address_to_string (l->data));
  g_ptr_array_add (addresses, NULL);
  g_resolver_free_addresses (lookup.addresses);
  return (char **) g_ptr_array_free (addresses, FALSE);
}
