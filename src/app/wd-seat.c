/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A window and the connections that are opened in it. The connection comes first: its first query
 * is on the way while GTK still looks for a display. The window may come later, or never. */

#include "app/wd-seat.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-table-layout.h"
#include "app/jobs/wd-job-columns.h"
#include "app/preferences/wd-preferences.h"
#include "app/wallets/wd-wallet-columns.h"
#include "app/wd-timing.h"
#include "base/wd-format.h"
#include "session/wd-profile-environment.h"

struct _WdSeat {
  GObject parent_instance;

  GtkApplication *application; /* not owned: it owns us */
  const WdOptions *options;    /* not owned: main()'s */
  GSettings *settings;         /* (owned) (nullable): without an installed schema there are none */
  WdConnections *connections;  /* (owned) */
  WdWindow *window;            /* (weak) */
  char *action;                /* (owned) (nullable): of the window, once a connection is shown */
  GVariant *target;            /* (owned) (nullable): of that action */
  char *meant;                 /* (owned) (nullable): the connection it is for; the next one */
  gboolean shown;              /* a connection was shown */
};

enum {
  SIGNAL_OPENED,
  SIGNAL_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdSeat, wd_seat, G_TYPE_OBJECT)

static char *
get_first_page (WdSeat *self)
{
  if (self->options->page != NULL)
    return g_strdup (self->options->page);
  return self->settings != NULL ? g_settings_get_string (self->settings, "page")
                                : g_strdup ("overview");
}

/* What the first page shows is asked for now; the rest when the window is there. */
static void
ask_for_first_page (WdSeat *self, WdWorkspace *workspace)
{
  g_autofree char *page = get_first_page (self);

  if (g_strcmp0 (page, "jobs") == 0 && self->action == NULL)
    {
      g_autoptr (WdJobFilter) filter = wd_job_filter_new ();
      gboolean ascending;
      WdSort sort = wd_table_layout_read_sort (wd_job_table_spec (), &ascending);

      wd_paged_list_set_query (wd_workspace_get_jobs (workspace), filter, sort, ascending);
    }
  else if (g_strcmp0 (page, "wallets") == 0 && self->action == NULL)
    {
      g_autoptr (WdWalletFilter) filter = wd_wallet_filter_new ();
      gboolean ascending;
      WdSort sort = wd_table_layout_read_sort (wd_wallet_table_spec (), &ascending);

      wd_paged_list_set_query (wd_workspace_get_wallets (workspace), filter, sort, ascending);
    }
  else
    wd_workspace_refresh (workspace);
}

static void
tell_dropped (WdSeat *self, const char *connection)
{
  g_autofree char *name = wd_format_visible (connection, 128);
  g_autofree char *text = NULL;

  if (*connection == '\0')
    text = g_strdup (_("What was asked for was not done: it was for another connection than the "
                       "one that is shown"));
  else
    /* TRANSLATORS: a connection. What was asked for is what a link leads to, or an action */
    text = g_strdup_printf (_("What was asked for was not done: it was for “%s”, and another "
                              "connection is shown"), name);
  wd_window_toast (self->window, text);
}

/* Whether what is wanted is there, and in the window. */
static gboolean
is_there (WdSeat *self)
{
  return self->window != NULL && self->shown && !wd_connections_is_opening (self->connections)
         && wd_connections_get_workspace (self->connections) != NULL
         && wd_connections_get_error (self->connections) == NULL;
}

/* What was asked for of one connection is done to no other: the address may be there, too. */
static void
do_action (WdSeat *self)
{
  g_autofree char *action = g_steal_pointer (&self->action);
  g_autofree char *meant = g_steal_pointer (&self->meant);
  g_autoptr (GVariant) target = g_steal_pointer (&self->target);

  if (action == NULL)
    return;
  if (meant == NULL || g_strcmp0 (meant, wd_connections_get_wanted (self->connections)) == 0)
    gtk_widget_activate_action_variant (GTK_WIDGET (self->window), action, target);
  else
    tell_dropped (self, meant);
}

/* What waits for the first connection waits for no other, even if it cannot be opened. */
static void
bind_action (WdSeat *self)
{
  if (self->action != NULL && self->meant == NULL)
    self->meant = g_strdup (wd_connections_get_wanted (self->connections));
}

/* The first one is awaited by whoever started the program; it may come before there is a window. */
static void
show_connection (WdSeat *self)
{
  WdWorkspace *workspace = wd_connections_get_workspace (self->connections);
  g_autofree char *page = get_first_page (self);

  if (!wd_connections_is_opening (self->connections))
    bind_action (self);
  if (self->window == NULL || wd_connections_is_opening (self->connections))
    return;
  if (workspace == NULL || wd_connections_get_error (self->connections) != NULL)
    {
      wd_window_show_problem (self->window, wd_connections_get_error (self->connections));
      return;
    }
  if (!self->shown)
    wd_timing_watch (GTK_WIDGET (self->window), wd_workspace_get_jobs (workspace));
  self->shown = TRUE;
  wd_window_set_workspace (self->window, workspace, page);
  do_action (self);
}

static void
opened_cb (WdSeat *self, WdWorkspace *workspace)
{
  g_signal_emit (self, signals[SIGNAL_OPENED], 0, workspace);
  if (!self->shown)
    ask_for_first_page (self, workspace);
  show_connection (self);
}

static gboolean
wanted_cb (WdSeat *self, const char *name)
{
  gboolean elsewhere = FALSE;

  g_signal_emit (self, signals[SIGNAL_WANTED], 0, name, &elsewhere);
  return elsewhere;
}

static void
wd_seat_dispose (GObject *object)
{
  WdSeat *self = WD_SEAT (object);

  g_clear_weak_pointer (&self->window);
  if (self->connections != NULL)
    g_object_run_dispose (G_OBJECT (self->connections));
  g_clear_object (&self->connections);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (wd_seat_parent_class)->dispose (object);
}

static void
wd_seat_finalize (GObject *object)
{
  WdSeat *self = WD_SEAT (object);

  g_free (self->action);
  g_free (self->meant);
  g_clear_pointer (&self->target, g_variant_unref);
  G_OBJECT_CLASS (wd_seat_parent_class)->finalize (object);
}

static void
wd_seat_class_init (WdSeatClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wd_seat_dispose;
  object_class->finalize = wd_seat_finalize;

  /**
   * WdSeat::opened:
   * @self: a seat
   * @workspace: of a connection that was opened; it may have been before
   */
  signals[SIGNAL_OPENED] = g_signal_new ("opened", WD_TYPE_SEAT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, WD_TYPE_WORKSPACE);
  /**
   * WdSeat::wanted:
   * @self: a seat
   * @name: of the connection that is to be opened in it
   *
   * Returns: whether it is shown elsewhere instead
   */
  signals[SIGNAL_WANTED] = g_signal_new ("wanted", WD_TYPE_SEAT, G_SIGNAL_RUN_LAST, 0,
                                         g_signal_accumulator_true_handled, NULL, NULL,
                                         G_TYPE_BOOLEAN, 1, G_TYPE_STRING);
}

static void
wd_seat_init (WdSeat *self)
{
}

/**
 * wd_seat_new:
 * @application: whose window it is; must outlive it
 * @options: the command line; must outlive it
 * @settings: (nullable): where the last connection and the window's size are kept
 *
 * Returns: (transfer full): a seat without a window and a connection
 */
WdSeat *
wd_seat_new (GtkApplication *application, const WdOptions *options, GSettings *settings)
{
  WdSeat *self = g_object_new (WD_TYPE_SEAT, NULL);

  self->application = application;
  self->options = options;
  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  self->connections = wd_connections_new (settings);
  g_signal_connect_swapped (self->connections, "opened", G_CALLBACK (opened_cb), self);
  g_signal_connect_swapped (self->connections, "failed", G_CALLBACK (show_connection), self);
  g_signal_connect_swapped (self->connections, "wanted", G_CALLBACK (wanted_cb), self);
  return self;
}

/**
 * wd_seat_open:
 * @self: a seat
 * @name: (nullable): a saved connection; else the one of the command line, of the environment, or
 *   the one used last
 *
 * Opens it, if there is one.
 */
void
wd_seat_open (WdSeat *self, const char *name)
{
  g_autofree char *chosen = g_strdup (name != NULL ? name : self->options->profile);
  g_autoptr (WdProfile) profile = NULL;

  g_return_if_fail (WD_IS_SEAT (self));

  if (chosen == NULL)
    profile = wd_profile_from_environment (NULL);
  if (profile != NULL)
    {
      wd_connections_open_profile (self->connections, profile);
      return;
    }
  if (chosen == NULL && self->settings != NULL)
    chosen = g_settings_get_string (self->settings, "profile");
  if (chosen != NULL && *chosen != '\0')
    wd_connections_open (self->connections, chosen, FALSE);
}

/**
 * wd_seat_present:
 * @self: a seat
 *
 * Brings its window to the front; makes one if there is none.
 *
 * Returns: (transfer none): the window
 */
WdWindow *
wd_seat_present (WdSeat *self)
{
  g_return_val_if_fail (WD_IS_SEAT (self), NULL);

  if (self->window == NULL)
    {
      gboolean passing = self->options->width > 0 || self->options->screenshot != NULL;

      /* A size for this once is not to be remembered. */
      g_set_weak_pointer (&self->window, wd_window_new (G_APPLICATION (self->application),
                                                        passing ? NULL : self->settings));
      if (self->options->width > 0)
        gtk_window_set_default_size (GTK_WINDOW (self->window), self->options->width,
                                     self->options->height);
      wd_window_set_connections (self->window, self->connections);
      show_connection (self);
    }
  gtk_window_present (GTK_WINDOW (self->window));
  return self->window;
}

/**
 * wd_seat_activate:
 * @self: a seat
 * @action: one of its window
 * @target: (nullable): of the action; sunk if it floats
 *
 * Does it when the connection that was asked for last is shown, which may be at once; before any
 * was, the first one. When another one is shown instead that is said, and it is not done. Only the
 * last one waits.
 */
void
wd_seat_activate (WdSeat *self, const char *action, GVariant *target)
{
  g_return_if_fail (WD_IS_SEAT (self));

  g_free (self->action);
  self->action = g_strdup (action);
  g_clear_pointer (&self->target, g_variant_unref);
  self->target = target != NULL ? g_variant_ref_sink (target) : NULL;
  g_free (self->meant);
  self->meant = g_strdup (wd_connections_get_wanted (self->connections));
  if (is_there (self))
    do_action (self);
}

/**
 * wd_seat_get_window:
 * @self: a seat
 *
 * Returns: (transfer none) (nullable): its window
 */
WdWindow *
wd_seat_get_window (WdSeat *self)
{
  g_return_val_if_fail (WD_IS_SEAT (self), NULL);

  return self->window;
}

/**
 * wd_seat_get_connections:
 * @self: a seat
 *
 * Returns: (transfer none): what is opened in it
 */
WdConnections *
wd_seat_get_connections (WdSeat *self)
{
  g_return_val_if_fail (WD_IS_SEAT (self), NULL);

  return self->connections;
}
