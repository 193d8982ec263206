/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From where on something is wrong, for everybody who looks at this platform: read as it is, and
 * what was changed is set at once. Spans of time are told in minutes. */

#include "app/alerts/wd-health-limits-dialog.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "app/common/wd-banner.h"
#include "app/common/wd-focus.h"
#include "app/common/wd-spin.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

#define MINUTE 60

struct _WdHealthLimitsDialog {
  AdwWindow parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable): %NULL once closed */
  WdHealthLimits *limits;    /* (owned) (nullable): as they are */
  GCancellable *request;     /* (owned) (nullable): while they are looked up or set */
  GPtrArray *spins;          /* (owned) (element-type GtkSpinButton): not owned, one for each */
  GSimpleActionGroup *actions;   /* (owned) */

  WdBanner *banner;
  AdwPreferencesGroup *group;
  GtkWidget *cancel;
};

G_DEFINE_FINAL_TYPE (WdHealthLimitsDialog, wd_health_limits_dialog, ADW_TYPE_WINDOW)

static void
enable (WdHealthLimitsDialog *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* How many of its unit one of what is shown is. */
static double
get_unit (const WdHealthLimit *limit)
{
  return g_str_has_suffix (limit->name, "-seconds") ? MINUTE : 1;
}

/* What stands there; what was not touched is as it was, also where it is no whole minute. */
static WdHealthLimits
get_wanted (WdHealthLimitsDialog *self)
{
  WdHealthLimits wanted = *self->limits;
  gsize n_limits;
  const WdHealthLimit *all = wd_health_limits_get_all (&n_limits);

  for (gsize i = 0; i < n_limits; i++)
    {
      double shown = wd_spin_get_typed (self->spins->pdata[i]) * get_unit (&all[i]);
      g_autofree char *text = g_strdup_printf ("%.0f", MAX (shown, 1));

      wd_health_limits_set (&wanted, all[i].name, text, NULL);
    }
  return wanted;
}

static gboolean
is_changed (WdHealthLimitsDialog *self)
{
  WdHealthLimits wanted = get_wanted (self);

  return memcmp (&wanted, self->limits, sizeof wanted) != 0;
}

/* State to widgets. */
static void
update (WdHealthLimitsDialog *self)
{
  gboolean read_only = wd_workspace_get_profile (self->workspace)->read_only;
  gboolean may = self->limits != NULL && self->request == NULL && !read_only;

  wd_focus_set_sensitive (GTK_WIDGET (self->group), may, self->cancel);
  enable (self, "go", may && is_changed (self));
  enable (self, "look", self->request == NULL);
}

static void
changed_cb (WdHealthLimitsDialog *self)
{
  if (self->workspace != NULL && self->limits != NULL)
    update (self);
}

static void
show_limits (WdHealthLimitsDialog *self)
{
  gsize n_limits;
  const WdHealthLimit *all = wd_health_limits_get_all (&n_limits);

  for (gsize i = 0; i < n_limits; i++)
    {
      double shown = (double) wd_health_limits_get (self->limits, &all[i]) / get_unit (&all[i]);
      GtkSpinButton *spin = self->spins->pdata[i];

      gtk_spin_button_set_digits (spin, fabs (shown - round (shown)) > 0.0001 ? 2 : 0);
      gtk_spin_button_set_value (spin, shown);
    }
}

static void
tell (WdHealthLimitsDialog *self, const char *title, const GError *error)
{
  g_autofree char *details = wd_format_visible (error->message, 1024);

  wd_banner_show (self->banner, title, details, TRUE);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdHealthLimitsDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree WdHealthLimits *limits =
    wd_backend_load_health_limits_finish (WD_BACKEND (source), result, &error);

  if (self->workspace == NULL)
    return;
  g_clear_object (&self->request);
  if (limits != NULL)
    {
      /* Not before all of them stand there: each that is shown looks at what is wanted. */
      g_clear_pointer (&self->limits, g_free);
      self->limits = g_memdup2 (limits, sizeof *limits);
      show_limits (self);
    }
  else
    tell (self, _("The Limits Could Not Be Looked Up"), error);
  update (self);
}

static void
look_up (WdHealthLimitsDialog *self)
{
  wd_banner_hide (self->banner);
  self->request = g_cancellable_new ();
  wd_backend_load_health_limits_async (wd_workspace_get_backend (self->workspace), self->request,
                                       loaded_cb, g_object_ref (self));
  update (self);
}

static void
look_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  look_up (data);
}

static void
set_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdHealthLimitsDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = wd_backend_set_health_limits_finish (WD_BACKEND (source), result, &error);

  g_clear_object (&self->request);
  if (self->workspace == NULL)
    return;
  if (done)
    {
      wd_workspace_refresh (self->workspace);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  tell (self, g_error_matches (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME)
                ? _("Whether the limits were set is not known") : _("The limits were not set"),
        error);
  update (self);
}

static void
go_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdHealthLimitsDialog *self = data;
  WdHealthLimits wanted = get_wanted (self);

  wd_banner_hide (self->banner);
  self->request = g_cancellable_new ();
  wd_backend_set_health_limits_async (wd_workspace_get_backend (self->workspace), self->limits,
                                      &wanted, NULL, set_cb, g_object_ref (self));
  update (self);
}

static void
add_row (WdHealthLimitsDialog *self, const WdHealthLimit *limit)
{
  const char *label = wd_health_limit_label (limit);
  double unit = get_unit (limit);
  g_autofree char *subtitle = unit > 1
                                ? g_strdup_printf (_("In minutes; %d by default"),
                                                   (int) (limit->usual / MINUTE))
                                : g_strdup_printf (_("%d by default"), (int) limit->usual);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (unit > 1 ? 0.02 : 1,
                                                    floor ((double) limit->most / unit), 1);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), 0);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 7);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (spin, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->spins, spin);
}

static gboolean
wd_health_limits_dialog_close_request (GtkWindow *window)
{
  WdHealthLimitsDialog *self = WD_HEALTH_LIMITS_DIALOG (window);

  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->workspace);
  return GTK_WINDOW_CLASS (wd_health_limits_dialog_parent_class)->close_request (window);
}

static void
wd_health_limits_dialog_dispose (GObject *object)
{
  WdHealthLimitsDialog *self = WD_HEALTH_LIMITS_DIALOG (object);

  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_health_limits_dialog_parent_class)->dispose (object);
}

static void
wd_health_limits_dialog_finalize (GObject *object)
{
  WdHealthLimitsDialog *self = WD_HEALTH_LIMITS_DIALOG (object);

  g_clear_object (&self->request);
  g_clear_object (&self->actions);
  g_ptr_array_unref (self->spins);
  g_free (self->limits);
  G_OBJECT_CLASS (wd_health_limits_dialog_parent_class)->finalize (object);
}

static void
wd_health_limits_dialog_class_init (WdHealthLimitsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_health_limits_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_health_limits_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = wd_health_limits_dialog_close_request;

  g_type_ensure (WD_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/alerts/wd-health-limits-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WdHealthLimitsDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, WdHealthLimitsDialog, group);
  gtk_widget_class_bind_template_child (widget_class, WdHealthLimitsDialog, cancel);
}

static void
wd_health_limits_dialog_init (WdHealthLimitsDialog *self)
{
  static const GActionEntry entries[] = {
    { .name = "go", .activate = go_cb },
    { .name = "look", .activate = look_cb },
  };
  gsize n_limits;
  const WdHealthLimit *all = wd_health_limits_get_all (&n_limits);

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "dialog", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_banner_set_button (self->banner, _("Try Again"), "dialog.look");
  self->spins = g_ptr_array_new ();
  for (gsize i = 0; i < n_limits; i++)
    add_row (self, &all[i]);
}

/**
 * wd_health_limits_dialog_new:
 * @workspace: whose limits
 * @parent: the window it is for
 *
 * Returns: (transfer none): a window that looks them up
 */
GtkWindow *
wd_health_limits_dialog_new (WdWorkspace *workspace, GtkWindow *parent)
{
  WdHealthLimitsDialog *self = g_object_new (WD_TYPE_HEALTH_LIMITS_DIALOG, "transient-for", parent,
                                             NULL);

  self->workspace = g_object_ref (workspace);
  look_up (self);
  return GTK_WINDOW (self);
}
