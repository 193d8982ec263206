/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One bulk run below the pages. Three buttons at most: what goes on with it or lets it rest, its
 * report, and what ends it. What somebody else works on has only the report; what a remote
 * dashboard works on can be paused as well. */

#include "app/bulk/wd-bulk-row.h"

#include <glib/gi18n-lib.h>

#include "app/bulk/wd-bulk-question.h"
#include "app/bulk/wd-bulk-report.h"
#include "app/bulk/wd-bulk-text.h"
#include "app/common/wd-badge.h"
#include "app/common/wd-confirm.h"
#include "app/common/wd-lack.h"
#include "app/common/wd-name.h"
#include "app/common/wd-work-row.h"
#include "base/wd-format.h"

struct _WdBulkRow {
  GtkWidget parent_instance;

  WdWorkspace *workspace;    /* (owned) */
  WdBulkWork *work;          /* (owned) */
  GCancellable *question;    /* (owned): taken back with the row */
  gboolean asking;           /* a question is on screen */
  gboolean foreign;          /* another connection is shown */

  WdWorkRow *row;
  GtkWidget *go;
  GtkWidget *report;
  GtkWidget *end;
};

/* What the buttons do now. */
typedef struct {
  const char *go;            /* (nullable): what it says; %NULL for no such button */
  const char *go_name;
  gboolean can_go;
  const char *end;           /* (nullable) */
  const char *end_name;
  gboolean writes;           /* the last one, too, is not for a read-only connection */
} Buttons;

G_DEFINE_FINAL_TYPE (WdBulkRow, wd_bulk_row, GTK_TYPE_WIDGET)

static Buttons
get_buttons (WdBulkWork *work)
{
  WdBulkWorkState state = wd_bulk_work_get_state (work);
  const Buttons going = { _("Pause"), _("Pause the bulk run"), state != WD_BULK_WORK_PAUSING,
                          _("Stop"), _("Stop the bulk run"), TRUE };
  const Buttons resting = { _("Go On"), _("Go on with the bulk run"), TRUE, _("Discard"),
                            _("Discard the rest of the bulk run"), TRUE };
  const Buttons ended = { NULL, NULL, FALSE, _("Dismiss"), _("Dismiss the bulk run"), FALSE };
  const Buttons away = { _("Pause"), _("Pause the bulk run"), TRUE, NULL, NULL, FALSE };
  const Buttons none = { 0 };

  switch (state)
    {
    case WD_BULK_WORK_RUNNING:
    case WD_BULK_WORK_WAITING:
    case WD_BULK_WORK_PAUSING:
      return going;
    case WD_BULK_WORK_FOUND:
    case WD_BULK_WORK_PAUSED:
      return resting;
    case WD_BULK_WORK_ENDED:
      return ended;
    case WD_BULK_WORK_OTHERS:
      return wd_bulk_work_goes_on (work) ? away : none;
    case WD_BULK_WORK_STOPPING:
    default:
      return none;
    }
}

static void
set_button (GtkWidget *button, const char *label, const char *name, gboolean sensitive)
{
  gtk_widget_set_visible (button, label != NULL);
  if (label == NULL)
    return;
  gtk_button_set_label (GTK_BUTTON (button), label);
  wd_name_set (button, name);
  gtk_widget_set_sensitive (button, sensitive);
}

static void
update_text (WdBulkRow *self)
{
  const GError *error = wd_bulk_work_get_error (self->work);
  g_autofree char *details = wd_bulk_text_details (self->work);
  g_autofree char *why = error != NULL ? wd_format_visible (error->message, 1024) : NULL;
  g_autofree char *more = why != NULL ? g_strdup_printf ("%s\n%s", details, why) : NULL;

  wd_work_row_set_details (self->row, details, more);
}

static void
update_progress (WdBulkRow *self)
{
  WdBulkWorkState state = wd_bulk_work_get_state (self->work);
  gint64 total = wd_bulk_work_get_run (self->work)->total;

  if (total == 0 || (!wd_bulk_work_is_active (self->work) && state != WD_BULK_WORK_OTHERS))
    wd_work_row_hide_progress (self->row);
  else
    wd_work_row_set_fraction (self->row, 1 - (double) wd_bulk_work_get_left (self->work)
                                             / (double) total);
}

static void
update_title (WdBulkRow *self)
{
  g_autofree char *title = wd_bulk_text_heading (self->work);
  g_autofree char *name = NULL;
  g_autofree char *whole = NULL;

  if (!self->foreign)
    {
      wd_work_row_set_title (self->row, title);
      return;
    }
  name = wd_format_visible (wd_workspace_get_profile (self->workspace)->name, 64);
  /* TRANSLATORS: a connection, and such as “Retry of 1 200 jobs” */
  whole = g_strdup_printf (_("%s: %s"), name, title);
  wd_work_row_set_title (self->row, whole);
}

/* State to widgets. */
static void
update (WdBulkRow *self)
{
  Buttons buttons = get_buttons (self->work);
  const char *lack = wd_lack_get (self->workspace, WD_ABILITY_BULK);
  gboolean may_write = lack == NULL && !wd_workspace_get_profile (self->workspace)->read_only;

  update_title (self);
  update_text (self);
  update_progress (self);
  wd_tone_set (GTK_WIDGET (self), wd_bulk_work_needs_care (self->work) ? WD_TONE_CAUTION : NULL);
  set_button (self->go, buttons.go, buttons.go_name,
              buttons.can_go && may_write && !self->asking);
  set_button (self->end, buttons.end, buttons.end_name,
              (may_write || !buttons.writes) && !self->asking);
  gtk_widget_set_tooltip_text (self->go, lack);
  gtk_widget_set_tooltip_text (self->end, buttons.writes ? lack : NULL);
  gtk_widget_set_visible (self->report,
                          wd_bulk_work_get_state (self->work) != WD_BULK_WORK_STOPPING);
}

/* What it did is to be seen in the lists. */
static void
changed_cb (WdBulkRow *self)
{
  update (self);
  if (wd_bulk_work_get_state (self->work) == WD_BULK_WORK_ENDED)
    wd_workspace_refresh (self->workspace);
}

/* Whose question it is. */
static GtkWindow *
begin_asking (WdBulkRow *self)
{
  self->asking = TRUE;
  update (self);
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* While the question stood there somebody else may have begun with it, or it may have ended. */
static gboolean
answered (WdBulkRow *self, GAsyncResult *result)
{
  gboolean yes = wd_confirm_finish (result, NULL);

  self->asking = FALSE;
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return FALSE;
  update (self);
  return yes;
}

static void
go_on_confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdBulkRow) self = data;

  if (answered (self, result) && wd_bulk_work_get_state (self->work) == WD_BULK_WORK_FOUND)
    wd_bulk_work_go_on (self->work);
}

/* Whoever began it said so; who finds it has to say so again. */
static void
go_on (WdBulkRow *self)
{
  const WdProfile *profile = wd_workspace_get_profile (self->workspace);
  gint64 left = wd_bulk_work_get_left (self->work);

  if (wd_bulk_work_get_state (self->work) == WD_BULK_WORK_FOUND
      && wd_bulk_question_is_needed (profile, wd_bulk_work_get_run (self->work), left))
    wd_bulk_question_ask (begin_asking (self), profile, wd_bulk_work_get_run (self->work)->request,
                          left, self->question, go_on_confirmed_cb, g_object_ref (self));
  else
    wd_bulk_work_go_on (self->work);
}

static void
go_cb (WdBulkRow *self)
{
  WdBulkWorkState state = wd_bulk_work_get_state (self->work);

  if (state == WD_BULK_WORK_FOUND || state == WD_BULK_WORK_PAUSED)
    go_on (self);
  else
    wd_bulk_work_pause (self->work);
}

static void
end_confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdBulkRow) self = data;
  WdBulkWorkState state = wd_bulk_work_get_state (self->work);

  if (answered (self, result) && state != WD_BULK_WORK_ENDED && state != WD_BULK_WORK_OTHERS
      && state != WD_BULK_WORK_STOPPING)
    wd_bulk_work_stop (self->work);
}

static void
end_cb (WdBulkRow *self)
{
  gboolean active = wd_bulk_work_is_active (self->work);
  g_autofree char *title = wd_bulk_text_title (wd_bulk_work_get_run (self->work));
  g_autofree char *body = NULL;

  if (wd_bulk_work_get_state (self->work) == WD_BULK_WORK_ENDED)
    {
      wd_bulk_runs_forget (wd_workspace_get_bulk (self->workspace), self->work);
      return;
    }
  /* TRANSLATORS: %s is such as “Retry of 1 200 jobs” */
  body = g_strdup_printf (active ? _("%s\n\nWhat is done stands. What is left will not be done, "
                                     "and nobody can go on with it; to go on later, pause it "
                                     "instead.")
                                 : _("%s\n\nWhat is done stands. What is left will not be done, "
                                     "and nobody can go on with it."), title);
  wd_confirm_async (begin_asking (self),
                    &(WdConfirmSpec) { active ? _("Stop the Bulk Run?")
                                              : _("Discard What Is Left?"),
                                       body, active ? _("_Stop") : _("_Discard"), TRUE, NULL },
                    self->question, end_confirmed_cb, g_object_ref (self));
}

static void
report_cb (WdBulkRow *self)
{
  WdWindow *window = WD_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_window_present (GTK_WINDOW (wd_bulk_report_new (window, self->workspace, self->work)));
}

static void
wd_bulk_row_unroot (GtkWidget *widget)
{
  g_cancellable_cancel (WD_BULK_ROW (widget)->question);
  GTK_WIDGET_CLASS (wd_bulk_row_parent_class)->unroot (widget);
}

static void
wd_bulk_row_dispose (GObject *object)
{
  WdBulkRow *self = WD_BULK_ROW (object);

  g_clear_pointer ((GtkWidget **) &self->row, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_bulk_row_parent_class)->dispose (object);
}

static void
wd_bulk_row_finalize (GObject *object)
{
  WdBulkRow *self = WD_BULK_ROW (object);

  g_clear_object (&self->question);
  g_clear_object (&self->work);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_bulk_row_parent_class)->finalize (object);
}

static void
wd_bulk_row_class_init (WdBulkRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_bulk_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_bulk_row_finalize;
  widget_class->unroot = wd_bulk_row_unroot;
  gtk_widget_class_set_css_name (widget_class, "bulkrow");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
add_button (WdBulkRow *self, GCallback clicked)
{
  GtkWidget *button = wd_work_row_add_button (self->row, _("Report"), _("Report on the bulk run"));

  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static void
wd_bulk_row_init (WdBulkRow *self)
{
  self->question = g_cancellable_new ();
  self->row = WD_WORK_ROW (wd_work_row_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->row), GTK_WIDGET (self));
  self->report = add_button (self, G_CALLBACK (report_cb));
  self->go = add_button (self, G_CALLBACK (go_cb));
  self->end = add_button (self, G_CALLBACK (end_cb));
}

/**
 * wd_bulk_row_new:
 * @workspace: whose run
 * @work: the run
 *
 * Returns: (transfer floating): a row about it
 */
GtkWidget *
wd_bulk_row_new (WdWorkspace *workspace, WdBulkWork *work)
{
  WdBulkRow *self = g_object_new (WD_TYPE_BULK_ROW, NULL);

  self->workspace = g_object_ref (workspace);
  self->work = g_object_ref (work);
  g_signal_connect_object (work, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wd_workspace_get_backend (workspace), "abilities-changed",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * wd_bulk_row_get_workspace:
 * @self: a row
 *
 * Returns: (transfer none): whose run it is about
 */
WdWorkspace *
wd_bulk_row_get_workspace (WdBulkRow *self)
{
  g_return_val_if_fail (WD_IS_BULK_ROW (self), NULL);

  return self->workspace;
}

/**
 * wd_bulk_row_get_work:
 * @self: a row
 *
 * Returns: (transfer none): what it is about
 */
WdBulkWork *
wd_bulk_row_get_work (WdBulkRow *self)
{
  g_return_val_if_fail (WD_IS_BULK_ROW (self), NULL);

  return self->work;
}

/**
 * wd_bulk_row_set_foreign:
 * @self: a row
 * @foreign: whether another connection is shown, so that this one is named
 *
 * What others work on, or left, is not shown then.
 */
void
wd_bulk_row_set_foreign (WdBulkRow *self, gboolean foreign)
{
  WdBulkWorkState state;

  g_return_if_fail (WD_IS_BULK_ROW (self));

  state = wd_bulk_work_get_state (self->work);
  self->foreign = foreign;
  gtk_widget_set_visible (GTK_WIDGET (self), !foreign || (state != WD_BULK_WORK_FOUND
                                                          && state != WD_BULK_WORK_OTHERS));
  update (self);
}

/**
 * wd_bulk_row_tick:
 * @self: a row
 *
 * Tells anew how far it is.
 */
void
wd_bulk_row_tick (WdBulkRow *self)
{
  g_return_if_fail (WD_IS_BULK_ROW (self));

  if (!wd_bulk_work_is_active (self->work))
    return;
  update_text (self);
  update_progress (self);
}
