/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the workers of a queue may do together: read as it is, and set if nobody else changed it
 * meanwhile. */

#include "app/queues/wd-limits-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-banner.h"
#include "app/common/wd-confirm.h"
#include "app/common/wd-focus.h"
#include "app/common/wd-spin.h"
#include "app/common/wd-text.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

struct _WdLimitsDialog {
  AdwWindow parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable): %NULL once closed */
  char *queue;               /* (owned) */
  WdQueueCounts *counts;     /* (owned) (nullable): as it is */
  GCancellable *request;     /* (owned) (nullable): while it is looked up or set */
  GCancellable *question;    /* (owned) (nullable): while a question is on screen */
  GError *error;             /* (owned) (nullable): why it was not */
  GSimpleActionGroup *actions;   /* (owned) */

  GtkWidget *cancel;
  AdwWindowTitle *title;
  WdBanner *banner;
  GtkStack *stack;
  AdwStatusPage *failure;
  AdwPreferencesGroup *rate_group;
  GtkSwitch *concurrency;
  GtkSpinButton *at_once;
  GtkSwitch *rate;
  GtkSpinButton *begin;
  GtkSpinButton *seconds;
  GtkLabel *limited;
};

G_DEFINE_FINAL_TYPE (WdLimitsDialog, wd_limits_dialog, ADW_TYPE_WINDOW)

static void
enable (WdLimitsDialog *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static WdQueueLimits
get_wanted (WdLimitsDialog *self)
{
  WdQueueLimits limits = { 0, 0, 0 };

  if (gtk_switch_get_active (self->concurrency))
    limits.concurrency = (gint64) wd_spin_get_typed (self->at_once);
  if (gtk_switch_get_active (self->rate))
    {
      limits.rate_max = (gint64) wd_spin_get_typed (self->begin);
      limits.rate_ms = (gint64) (wd_spin_get_typed (self->seconds) * 1000 + 0.5);
    }
  return limits;
}

/* Returns: (nullable): why nothing may be set */
static const char *
why_not (WdLimitsDialog *self)
{
  if (wd_workspace_get_profile (self->workspace)->read_only)
    return _("This connection is read-only");
  return self->counts != NULL ? self->counts->layout : NULL;
}

static const char *
name_failure (const GError *error)
{
  return g_error_matches (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME)
           ? _("Whether the limits were set is not known") : _("The limits were not set");
}

static void
update_banner (WdLimitsDialog *self)
{
  const char *locked = why_not (self);
  g_autofree char *oddity = self->counts != NULL
                              ? wd_queue_limits_describe_oddity (&self->counts->limits) : NULL;
  g_autofree char *details = self->error != NULL ? wd_format_visible (self->error->message, 1024)
                                                 : NULL;

  if (details != NULL && self->counts != NULL)
    wd_banner_show (self->banner, name_failure (self->error), details, TRUE);
  else if (locked != NULL)
    wd_banner_show (self->banner, _("The limits cannot be set."), locked, FALSE);
  else if (oddity != NULL)
    wd_banner_show (self->banner, _("The limits do not work."), oddity, TRUE);
  else
    wd_banner_hide (self->banner);
}

static void
update_groups (WdLimitsDialog *self)
{
  gboolean may = why_not (self) == NULL && self->request == NULL;
  gboolean may_rate = may && self->counts != NULL
                      && (!self->counts->ignores_rate || self->counts->limits.rate_max != 0);
  WdTime until = self->counts != NULL ? self->counts->limited_until : WD_TIME_NONE;
  g_autofree char *clock = wd_text_clock (until != WD_TIME_NONE ? until : wd_time_now ());
  g_autofree char *text = g_strdup_printf (_("The limit is reached: no job begins until %s."),
                                           clock);

  gtk_widget_set_sensitive (GTK_WIDGET (self->concurrency), may);
  wd_focus_set_sensitive (GTK_WIDGET (self->at_once),
                          may && gtk_switch_get_active (self->concurrency), self->cancel);
  gtk_widget_set_sensitive (GTK_WIDGET (self->rate), may_rate);
  wd_focus_set_sensitive (GTK_WIDGET (self->begin),
                          may_rate && gtk_switch_get_active (self->rate), self->cancel);
  wd_focus_set_sensitive (GTK_WIDGET (self->seconds),
                          may_rate && gtk_switch_get_active (self->rate), self->cancel);
  gtk_label_set_text (self->limited, text);
  gtk_widget_set_visible (GTK_WIDGET (self->limited), until != WD_TIME_NONE);
}

/* State to widgets. */
static void
update (WdLimitsDialog *self)
{
  WdQueueLimits wanted = get_wanted (self);
  gboolean changed = self->counts != NULL
                     && !wd_queue_limits_equal (&wanted, &self->counts->limits);

  gtk_stack_set_visible_child_name (self->stack, self->counts != NULL  ? "limits"
                                                 : self->error != NULL ? "error" : "waiting");
  if (self->error != NULL && self->counts == NULL)
    {
      g_autofree char *reason = wd_text_block (self->error->message);
      g_autofree char *markup = g_markup_escape_text (reason, -1);

      adw_status_page_set_description (self->failure, markup);
    }
  update_banner (self);
  update_groups (self);
  enable (self, "go", changed && why_not (self) == NULL && self->request == NULL
                        && self->question == NULL);
  enable (self, "look", self->request == NULL);
}

/* What is there, into the switches and numbers. */
static void
show_limits (WdLimitsDialog *self)
{
  const WdQueueLimits *limits = &self->counts->limits;

  gtk_switch_set_active (self->concurrency, limits->concurrency != 0);
  gtk_spin_button_set_value (self->at_once, (double) MAX (limits->concurrency, 1));
  gtk_switch_set_active (self->rate, limits->rate_max != 0 || limits->rate_ms != 0);
  gtk_spin_button_set_value (self->begin, (double) MAX (limits->rate_max, 1));
  gtk_spin_button_set_digits (self->seconds, limits->rate_ms % 1000 != 0 ? 3 : 0);
  gtk_spin_button_set_value (self->seconds,
                             limits->rate_ms > 0 ? (double) limits->rate_ms / 1000 : 60);
  adw_preferences_group_set_description (self->rate_group, self->counts->rate_doubt);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdLimitsDialog) self = data;
  g_autoptr (GPtrArray) queues = NULL;

  if (self->workspace == NULL)
    return;
  g_clear_object (&self->request);
  queues = wd_backend_list_queues_finish (WD_BACKEND (source), result, &self->error);
  for (guint i = 0; queues != NULL && i < queues->len; i++)
    if (g_strcmp0 (((WdQueueCounts *) queues->pdata[i])->queue, self->queue) == 0)
      self->counts = wd_queue_counts_ref (queues->pdata[i]);
  if (queues != NULL && self->counts == NULL)
    self->error = g_error_new_literal (WD_ERROR, WD_ERROR_NOT_FOUND, _("The queue is gone"));
  if (self->counts != NULL)
    show_limits (self);
  update (self);
}

static void
look_up (WdLimitsDialog *self)
{
  g_clear_error (&self->error);
  g_clear_pointer (&self->counts, wd_queue_counts_unref);
  self->request = g_cancellable_new ();
  wd_backend_list_queues_async (wd_workspace_get_backend (self->workspace), self->request,
                                listed_cb, g_object_ref (self));
  update (self);
}

static void
look_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  look_up (data);
}

static void
changed_cb (WdLimitsDialog *self)
{
  if (self->workspace != NULL && self->counts != NULL)
    update (self);
}

static void
set_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdLimitsDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = wd_backend_set_queue_limits_finish (WD_BACKEND (source), result, &error);

  g_clear_object (&self->request);
  if (self->workspace == NULL)
    return;
  wd_workspace_refresh (self->workspace);
  if (done)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  self->error = g_steal_pointer (&error);
  update (self);
}

static void
set (WdLimitsDialog *self)
{
  WdQueueLimits wanted = get_wanted (self);

  g_clear_error (&self->error);
  self->request = g_cancellable_new ();
  wd_backend_set_queue_limits_async (wd_workspace_get_backend (self->workspace), self->queue,
                                     &self->counts->limits, &wanted, NULL, set_cb,
                                     g_object_ref (self));
  update (self);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdLimitsDialog) self = data;
  gboolean yes = wd_confirm_finish (result, NULL);

  g_clear_object (&self->question);
  if (self->workspace == NULL)
    return;
  if (yes)
    set (self);
  else
    update (self);
}

/* Returns: (transfer full): what was, and what is to be */
static char *
describe_change (const WdQueueLimits *before, const WdQueueLimits *after)
{
  g_autofree char *was = wd_queue_limits_describe (before);
  g_autofree char *is = wd_queue_limits_describe (after);

  return g_strdup_printf (_("Its workers together: %s, instead of %s. They heed it from their next "
                            "job on."),
                          is != NULL ? is : _("no limit"), was != NULL ? was : _("no limit"));
}

/* A production connection asks first. */
static void
go_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdLimitsDialog *self = data;
  WdQueueLimits wanted = get_wanted (self);
  g_autofree char *visible = wd_format_visible (self->queue, 128);
  g_autofree char *heading = g_strdup_printf (_("Set the Limits of “%s”?"), visible);
  g_autofree char *body = describe_change (&self->counts->limits, &wanted);
  WdConfirmSpec spec = { heading, body, _("_Set Limits"), FALSE, self->queue };

  if (!wd_workspace_get_profile (self->workspace)->production)
    {
      set (self);
      return;
    }
  self->question = g_cancellable_new ();
  update (self);
  wd_confirm_async (GTK_WINDOW (self), &spec, self->question, confirmed_cb, g_object_ref (self));
}

static gboolean
wd_limits_dialog_close_request (GtkWindow *window)
{
  WdLimitsDialog *self = WD_LIMITS_DIALOG (window);

  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  if (self->question != NULL)
    g_cancellable_cancel (self->question);
  g_clear_object (&self->workspace);
  return GTK_WINDOW_CLASS (wd_limits_dialog_parent_class)->close_request (window);
}

static void
wd_limits_dialog_dispose (GObject *object)
{
  WdLimitsDialog *self = WD_LIMITS_DIALOG (object);

  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_limits_dialog_parent_class)->dispose (object);
}

static void
wd_limits_dialog_finalize (GObject *object)
{
  WdLimitsDialog *self = WD_LIMITS_DIALOG (object);

  g_clear_object (&self->request);
  g_clear_object (&self->question);
  g_clear_object (&self->actions);
  g_clear_pointer (&self->counts, wd_queue_counts_unref);
  g_clear_error (&self->error);
  g_free (self->queue);
  G_OBJECT_CLASS (wd_limits_dialog_parent_class)->finalize (object);
}

static void
wd_limits_dialog_class_init (WdLimitsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_limits_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_limits_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = wd_limits_dialog_close_request;

  g_type_ensure (WD_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/queues/wd-limits-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WdLimitsDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, WdLimitsDialog, title);
  gtk_widget_class_bind_template_child (widget_class, WdLimitsDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, WdLimitsDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, WdLimitsDialog, failure);
  gtk_widget_class_bind_template_child (widget_class, WdLimitsDialog, rate_group);
  gtk_widget_class_bind_template_child (widget_class, WdLimitsDialog, concurrency);
  gtk_widget_class_bind_template_child (widget_class, WdLimitsDialog, at_once);
  gtk_widget_class_bind_template_child (widget_class, WdLimitsDialog, rate);
  gtk_widget_class_bind_template_child (widget_class, WdLimitsDialog, begin);
  gtk_widget_class_bind_template_child (widget_class, WdLimitsDialog, seconds);
  gtk_widget_class_bind_template_child (widget_class, WdLimitsDialog, limited);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
wd_limits_dialog_init (WdLimitsDialog *self)
{
  static const GActionEntry entries[] = {
    { .name = "go", .activate = go_cb },
    { .name = "look", .activate = look_cb },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "dialog", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_banner_set_button (self->banner, _("Try Again"), "dialog.look");
}

/**
 * wd_limits_dialog_new:
 * @window: the window it belongs to
 * @workspace: whose queue
 * @queue: its name
 *
 * Returns: (transfer none): a dialog that looks up what limits are set
 */
GtkWidget *
wd_limits_dialog_new (GtkWindow *window, WdWorkspace *workspace, const char *queue)
{
  WdLimitsDialog *self = g_object_new (WD_TYPE_LIMITS_DIALOG, "transient-for", window, NULL);
  g_autofree char *visible = wd_format_visible (queue, 128);

  self->queue = g_strdup (queue);
  self->workspace = g_object_ref (workspace);
  adw_window_title_set_subtitle (self->title, visible);
  look_up (self);
  return GTK_WIDGET (self);
}
