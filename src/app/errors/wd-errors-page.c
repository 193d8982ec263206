/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Failed jobs by what went wrong. Reading is work for the database, so what took long is not read
 * again at once: at most a twentieth of the time goes into it. */

#include "app/errors/wd-errors-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/common/wd-copy.h"
#include "app/common/wd-focus.h"
#include "app/common/wd-rest.h"
#include "app/common/wd-text.h"
#include "app/errors/wd-error-row.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

#define TICKS_PER_TELLING 5
#define REST_FACTOR       20

struct _WdErrorsPage {
  GtkWidget parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable) */
  WdErrorReport *report;     /* (owned) (nullable) */
  GError *error;             /* (owned) (nullable): of the last request */
  GCancellable *request;     /* (owned) (nullable) */
  gboolean wants_all;
  WdRest rest;
  guint ticks;               /* since ages were told */

  GtkWidget *content;
  GtkLabel *summary;
  GtkSpinner *spinner;
  GtkLabel *age;
  GtkWidget *all;
  GtkWidget *stop;
  GtkStack *stack;
  GtkListBox *list;
  AdwStatusPage *failure;
};

G_DEFINE_FINAL_TYPE (WdErrorsPage, wd_errors_page, GTK_TYPE_WIDGET)

static char *
describe_report (const WdErrorReport *report)
{
  g_autofree char *n_groups = wd_text_count (report->n_groups);
  g_autofree char *n_jobs = wd_text_count (report->n_jobs);
  g_autofree char *groups = NULL, *jobs = NULL;

  if (report->n_jobs == 0)
    return g_strdup ("");
  groups = g_strdup_printf (ngettext ("%s kind of error", "%s kinds of errors",
                                      (gulong) report->n_groups), n_groups);
  if (report->is_complete)
    jobs = g_strdup_printf (ngettext ("%s failed job", "%s failed jobs", (gulong) report->n_jobs),
                            n_jobs);
  else
    jobs = g_strdup_printf (_("the newest %s failed jobs"), n_jobs);
  /* TRANSLATORS: kinds of errors, then the jobs they were found in */
  return g_strdup_printf (_("%s in %s"), groups, jobs);
}

static const char *
choose_view (WdErrorsPage *self)
{
  if (self->report != NULL)
    return self->report->groups->len > 0 ? "groups" : "empty";
  return self->error != NULL ? "error" : "waiting";
}

/* Old groups stay on screen when reading again failed; the summary then says why, but for a server
 * that is gone, of which the window tells. */
static void
update_page (WdErrorsPage *self)
{
  gboolean loading = self->request != NULL;
  gboolean complete = self->report == NULL || self->report->is_complete;
  g_autofree char *summary = NULL;

  if (self->error != NULL)
    {
      g_autofree char *reason = wd_format_visible (self->error->message, 512);
      g_autofree char *markup = g_markup_escape_text (reason, -1);

      adw_status_page_set_description (self->failure, markup);
      if (self->report != NULL && !g_error_matches (self->error, WD_ERROR, WD_ERROR_NO_CONNECTION))
        summary = g_steal_pointer (&reason);
    }
  if (summary == NULL)
    summary = self->report != NULL ? describe_report (self->report) : g_strdup ("");
  gtk_label_set_text (self->summary, summary);
  gtk_spinner_set_spinning (self->spinner, loading);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), loading);
  gtk_widget_set_visible (self->stop, loading && self->wants_all);
  gtk_widget_set_visible (self->all, !complete && !(loading && self->wants_all));
  gtk_stack_set_visible_child_name (self->stack, choose_view (self));
}

static WdErrorRow *
get_row (WdErrorsPage *self, guint i)
{
  return (WdErrorRow *) gtk_list_box_get_row_at_index (self->list, (int) i);
}

static gboolean
is_of (WdErrorRow *row, const WdErrorGroup *group)
{
  return g_str_equal (wd_error_row_get_name (row), group->name);
}

/* Brings the row of @group to the place @i, from further down where there is one. */
static void
place_row (WdErrorsPage *self, const WdErrorGroup *group, guint i)
{
  g_autoptr (GtkWidget) row = NULL;
  WdErrorRow *old;

  for (guint j = i; row == NULL && (old = get_row (self, j)) != NULL; j++)
    if (is_of (old, group))
      {
        wd_error_row_set_group (old, self->report, group);
        if (j == i)
          return;
        row = g_object_ref (GTK_WIDGET (old));
        gtk_list_box_remove (self->list, row);
      }
  if (row == NULL)
    row = g_object_ref_sink (wd_error_row_new (self->report, group));
  gtk_list_box_insert (self->list, row, (int) i);
}

/* Rows whose group is still there stay: another in its place would not take the click that began
 * on it. */
static void
place_rows (WdErrorsPage *self)
{
  GPtrArray *groups = self->report->groups;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  WdErrorRow *row;
  guint i = 0;

  for (guint group = 0; group < groups->len; group++)
    g_hash_table_add (names, ((WdErrorGroup *) groups->pdata[group])->name);
  while ((row = get_row (self, i)) != NULL)
    if (g_hash_table_contains (names, wd_error_row_get_name (row)))
      i++;
    else
      gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (i = 0; i < groups->len; i++)
    place_row (self, groups->pdata[i], i);
}

/* The focus stays with its group, else at its place; it is the page's own before. */
static void
show_groups (WdErrorsPage *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  g_autoptr (GtkWidget) before = focus != NULL ? g_object_ref (focus) : NULL;
  int place = focus != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focus)) : 0;
  gboolean refocus = focus != NULL || gtk_widget_is_focus (GTK_WIDGET (self));
  g_autofree char *age = wd_text_as_of (self->report->read_at);
  GtkListBoxRow *row;

  place_rows (self);
  gtk_label_set_text (self->age, age);
  gtk_stack_set_visible_child_name (self->stack, choose_view (self));
  if (!refocus || (focus != NULL && gtk_widget_get_focus_child (GTK_WIDGET (self->list)) == focus))
    return;
  place = MIN (place, (int) self->report->groups->len - 1);
  row = before != NULL && gtk_widget_get_parent (before) != NULL
          ? GTK_LIST_BOX_ROW (before) : gtk_list_box_get_row_at_index (self->list, place);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* A row that moves would take it away from under the pointer. */
static gboolean
is_menu_open (WdErrorsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self))
         && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL;
}

static void
report_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdErrorsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdErrorReport) report =
    wd_backend_load_error_report_finish (WD_BACKEND (source), result, &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->request);
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  wd_rest_begin (&self->rest, REST_FACTOR, 0);
  if (report != NULL && !is_menu_open (self))
    {
      g_clear_pointer (&self->report, wd_error_report_unref);
      self->report = g_steal_pointer (&report);
      show_groups (self);
    }
  update_page (self);
}

static void
cancel (WdErrorsPage *self)
{
  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
}

static void
load (WdErrorsPage *self)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();

  cancel (self);
  self->request = g_cancellable_new ();
  wd_rest_ask (&self->rest);
  wd_backend_load_error_report_async (wd_workspace_get_backend (self->workspace), filter,
                                      self->wants_all ? G_MAXINT : WD_ERROR_REPORT_JOBS,
                                      self->request, report_cb, g_object_ref (self));
  update_page (self);
}

static void
all_cb (WdErrorsPage *self)
{
  self->wants_all = TRUE;
  load (self);
}

static void
stop_cb (WdErrorsPage *self)
{
  self->wants_all = FALSE;
  cancel (self);
  update_page (self);
}

static void
tick_cb (WdErrorsPage *self)
{
  WdErrorRow *row;
  WdTime now = wd_time_now ();

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || ++self->ticks < TICKS_PER_TELLING)
    return;
  self->ticks = 0;
  for (guint i = 0; (row = get_row (self, i)) != NULL; i++)
    wd_error_row_tick (row, now);
}

static void
refresh_cb (WdErrorsPage *self)
{
  gboolean rests = is_menu_open (self)
                   || (self->error == NULL && !wd_rest_is_over (&self->rest));

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && self->request == NULL && !rests)
    load (self);
}

static void
row_activated_cb (WdErrorsPage *self, WdErrorRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error-group", "s",
                              wd_error_row_get_name (row));
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdErrorsPage *self = WD_ERRORS_PAGE (widget);
  WdErrorRow *row;

  for (guint i = 0; (row = get_row (self, i)) != NULL; i++)
    if (g_str_equal (wd_error_row_get_name (row), g_variant_get_string (target, NULL)))
      wd_copy_set (widget, wd_error_row_get_sample (row));
}

static gboolean
wd_errors_page_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return wd_focus_parts (widget, direction, GTK_WIDGET_CLASS (wd_errors_page_parent_class));
}

static gboolean
wd_errors_page_grab_focus (GtkWidget *widget)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (WD_ERRORS_PAGE (widget)->list, 0);

  return (row != NULL && gtk_widget_get_focusable (widget)
          && gtk_widget_grab_focus (GTK_WIDGET (row)))
         || GTK_WIDGET_CLASS (wd_errors_page_parent_class)->grab_focus (widget);
}

static void
wd_errors_page_dispose (GObject *object)
{
  WdErrorsPage *self = WD_ERRORS_PAGE (object);

  cancel (self);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_errors_page_parent_class)->dispose (object);
}

static void
wd_errors_page_finalize (GObject *object)
{
  WdErrorsPage *self = WD_ERRORS_PAGE (object);

  g_clear_pointer (&self->report, wd_error_report_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (wd_errors_page_parent_class)->finalize (object);
}

static void
wd_errors_page_class_init (WdErrorsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wd_errors_page_dispose;
  object_class->finalize = wd_errors_page_finalize;
  widget_class->focus = wd_errors_page_focus;
  widget_class->grab_focus = wd_errors_page_grab_focus;
  gtk_widget_class_install_action (widget_class, "errors.copy", "s", copy_action);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/errors/wd-errors-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdErrorsPage, content);
  gtk_widget_class_bind_template_child (widget_class, WdErrorsPage, summary);
  gtk_widget_class_bind_template_child (widget_class, WdErrorsPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, WdErrorsPage, age);
  gtk_widget_class_bind_template_child (widget_class, WdErrorsPage, all);
  gtk_widget_class_bind_template_child (widget_class, WdErrorsPage, stop);
  gtk_widget_class_bind_template_child (widget_class, WdErrorsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WdErrorsPage, list);
  gtk_widget_class_bind_template_child (widget_class, WdErrorsPage, failure);
  gtk_widget_class_bind_template_callback (widget_class, all_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wd_errors_page_init (WdErrorsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Errors"), -1);
}

/**
 * wd_errors_page_new:
 * @workspace: where jobs fail
 *
 * Returns: (transfer floating): a page that groups them by what went wrong
 */
WdErrorsPage *
wd_errors_page_new (WdWorkspace *workspace)
{
  WdErrorsPage *self = g_object_new (WD_TYPE_ERRORS_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "refresh", G_CALLBACK (refresh_cb), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}

/**
 * wd_errors_page_is_ready:
 * @self: a page
 *
 * Returns: whether it shows what was read, or why it cannot
 */
gboolean
wd_errors_page_is_ready (WdErrorsPage *self)
{
  g_return_val_if_fail (WD_IS_ERRORS_PAGE (self), FALSE);

  return self->request == NULL;
}
