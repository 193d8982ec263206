/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done with views. */

#include <glib/gi18n-lib.h>

#include "app/common/wd-confirm.h"
#include "app/common/wd-list-page.h"
#include "app/views/wd-view-name.h"
#include "app/wd-window-private.h"
#include "base/wd-format.h"

/* What is to be saved, until it has a name; and what was, until it is in the file. */
typedef struct {
  WdWindow *window;          /* (owned) */
  WdListPage *page;          /* (owned) (nullable): that shows it */
  WdSavedView *view;         /* (owned) */
  char *before;              /* (owned) (nullable): what it was called */
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->window);
  g_clear_object (&saving->page);
  g_object_unref (saving->view);
  g_free (saving->before);
  g_free (saving);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
open_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  WdSavedView *view = wd_saved_views_find (self->saved_views,
                                           g_variant_get_string (target, NULL), NULL);

  if (view == NULL || self->workspace == NULL)
    return;
  wd_window_open_view (self, view);
  adw_leaflet_set_visible_child_name (self->leaflet, "content");
}

/* Returns: whether the window is still there to be told in */
static gboolean
check (WdWindow *self, GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  gboolean success = wd_saved_views_change_finish (WD_SAVED_VIEWS (source), result, &error);

  if (!success && self->saved_views != NULL)
    wd_confirm_tell (GTK_WINDOW (self), _("The Views Were Not Changed"), error->message);
  return success && self->saved_views != NULL;
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdWindow) self = data;

  check (self, source, result);
}

/* Returns: (transfer full) (nullable): what the page showed under the name before; it is that which
 * was saved. */
static WdSavedView *
swap_view (const Saving *saving)
{
  WdSavedView *shown = saving->page != NULL ? wd_list_page_get_view (saving->page) : NULL;

  if (shown == NULL || g_strcmp0 (wd_saved_view_get_name (shown), saving->before) != 0)
    return NULL;
  g_object_ref (shown);
  wd_list_page_set_view (saving->page, saving->view);
  return shown;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Saving) saving = data;
  g_autoptr (WdSavedView) before = swap_view (saving);
  WdWindow *self = saving->window;
  const char *name = wd_saved_view_get_name (saving->view);
  g_autofree char *shown = wd_format_visible (name, 64);
  g_autofree char *text = g_strdup_printf (_("View “%s” saved"), shown);
  WdSavedView *view;

  if (!check (self, source, result))
    {
      if (before != NULL)
        wd_list_page_set_view (saving->page, before);
      return;
    }
  view = wd_saved_views_find (self->saved_views, name, NULL);
  if (saving->page != NULL && view != NULL)
    wd_list_page_set_view (saving->page, view);
  wd_window_toast (self, text);
}

static void
named_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Saving) saving = data;
  g_autofree char *name = wd_view_name_ask_finish (result);
  WdSavedViews *views = saving->window->saved_views;
  WdSavedView *named;

  if (name == NULL || views == NULL || g_strcmp0 (name, saving->before) == 0)
    return;
  named = wd_saved_view_rename (saving->view, name);
  g_object_unref (saving->view);
  saving->view = named;
  wd_saved_views_save_async (views, named, saving->before, saved_cb, saving);
  saving = NULL;
}

static Saving *
saving_new (WdWindow *self, WdListPage *page, WdSavedView *taken, const char *before)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->window = g_object_ref (self);
  saving->page = page != NULL ? g_object_ref (page) : NULL;
  saving->view = taken;
  saving->before = g_strdup (before);
  return saving;
}

/**
 * wd_window_save_view:
 * @self: a window
 * @view: (transfer full): what to save, under a name that is asked for; its own is a suggestion
 * @page: (nullable): the page that shows it
 */
void
wd_window_save_view (WdWindow *self, WdSavedView *view, WdListPage *page)
{
  wd_view_name_ask_async (GTK_WINDOW (self), self->saved_views, _("Save View"), NULL,
                          wd_saved_view_get_name (view), named_cb,
                          saving_new (self, page, view, NULL));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  WdListPage *page = wd_window_get_view_page (self);
  WdSavedView *view = page != NULL && wd_window_check_filter (self, page)
                        ? wd_list_page_make_view (page, "") : NULL;

  if (view != NULL)
    wd_window_save_view (self, view, page);
}

/* Returns: (transfer full): @message as the name of a view, which it may be too long for */
static char *
make_name (const char *message)
{
  g_autofree char *visible = wd_format_visible (message, 160);
  g_autofree char *name = g_utf8_substring (visible, 0, MIN (g_utf8_strlen (visible, -1), 48));

  return g_strdup (g_strstrip (g_strdelimit (name, "[]\n\t", ' ')));
}

/* Failed jobs whose messages say the same. */
static void
save_error_action (GtkWidget *widget, const char *action, GVariant *target)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();
  g_autofree char *name = make_name (g_variant_get_string (target, NULL));
  g_autofree char *line = NULL;

  filter->statuses = g_strsplit ("failed", ",", 1);
  filter->error_group = g_variant_dup_string (target, NULL);
  line = wd_saved_view_write_filter ("jobs", filter);
  wd_window_save_view (WD_WINDOW (widget), wd_saved_view_new (name, "jobs", line, NULL), NULL);
}

static void
update_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  WdListPage *page = wd_window_get_view_page (self);
  WdSavedView *current = wd_window_get_view (self);
  const char *before = current != NULL ? wd_saved_view_get_name (current) : NULL;
  WdSavedView *view = current != NULL && wd_window_check_filter (self, page)
                        ? wd_list_page_make_view (page, before) : NULL;

  if (view != NULL)
    wd_saved_views_save_async (self->saved_views, view, before, saved_cb,
                               saving_new (self, page, view, before));
}

static void
revert_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  WdSavedView *view = wd_window_get_view (self);

  if (view != NULL)
    wd_list_page_open_view (wd_window_get_view_page (self), view);
}

static void
rename_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  const char *before = g_variant_get_string (target, NULL);
  WdSavedView *view = wd_saved_views_find (self->saved_views, before, NULL);
  WdListPage *page = view == wd_window_get_view (self) ? wd_window_get_view_page (self) : NULL;

  if (view != NULL)
    wd_view_name_ask_async (GTK_WINDOW (self), self->saved_views, _("Rename View"), before, "",
                            named_cb, saving_new (self, page, g_object_ref (view), before));
}

static void
move_to (WdWindow *self, const char *name, guint position)
{
  wd_saved_views_move_async (self->saved_views, name, position, changed_cb, g_object_ref (self));
}

static void
move_action (GtkWidget *widget, const char *action, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->saved_views));
  const char *name;
  guint position;
  int by;

  g_variant_get (target, "(&si)", &name, &by);
  if (wd_saved_views_find (self->saved_views, name, &position) == NULL
      || (by < 0 && position == 0) || (by > 0 && position + 1 >= n))
    return;
  move_to (self, name, (guint) ((int) position + by));
}

static void
drop_action (GtkWidget *widget, const char *action, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  const char *name, *on;
  gboolean below;
  guint from, to;

  g_variant_get (target, "(&s&sb)", &name, &on, &below);
  if (wd_saved_views_find (self->saved_views, name, &from) == NULL
      || wd_saved_views_find (self->saved_views, on, &to) == NULL)
    return;
  /* It leaves a gap behind. */
  to = to + (below ? 1 : 0) - (from < to ? 1 : 0);
  if (to != from)
    move_to (self, name, to);
}

/* What an "Undo" brings back. */
typedef struct {
  WdWindow *window;          /* (owned) */
  char *name;                /* (owned) */
  guint position;            /* where it stood */
  GKeyFile *removed;         /* (owned) (nullable): once it is gone */
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->window);
  g_free (removal->name);
  g_clear_pointer (&removal->removed, g_key_file_unref);
  g_free (removal);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Removal, removal_free)

static void
free_undo (gpointer data, GClosure *closure)
{
  removal_free (data);
}

static void
undo_cb (AdwToast *toast, Removal *removal)
{
  WdWindow *self = removal->window;

  if (self->saved_views != NULL)
    wd_saved_views_restore_async (self->saved_views, removal->removed, removal->position,
                                  changed_cb, g_object_ref (self));
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Removal) removal = data;
  WdWindow *self = removal->window;
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = wd_format_visible (removal->name, 64);
  g_autofree char *text = g_strdup_printf (_("View “%s” deleted"), shown);
  AdwToast *toast;

  removal->removed = wd_saved_views_remove_finish (WD_SAVED_VIEWS (source), result, &error);
  if (self->saved_views == NULL)
    return;
  if (removal->removed == NULL)
    {
      wd_confirm_tell (GTK_WINDOW (self), _("The Views Were Not Changed"), error->message);
      return;
    }
  toast = wd_window_toast (self, text);
  adw_toast_set_button_label (toast, _("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb),
                         g_steal_pointer (&removal), free_undo, 0);
}

static void
delete_action (GtkWidget *widget, const char *action, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  const char *name = g_variant_get_string (target, NULL);
  guint position;
  Removal *removal;

  if (wd_saved_views_find (self->saved_views, name, &position) == NULL)
    return;
  removal = g_new0 (Removal, 1);
  removal->window = g_object_ref (self);
  removal->name = g_strdup (name);
  removal->position = position;
  wd_saved_views_remove_async (self->saved_views, name, removed_cb, removal);
}

typedef struct {
  WdWindow *window;   /* (owned) */
  char *name;         /* (owned) */
} Question;

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *question = data;

  if (wd_confirm_finish (result, NULL))
    gtk_widget_activate_action (GTK_WIDGET (question->window), "win.delete-view", "s",
                                question->name);
  g_object_unref (question->window);
  g_free (question->name);
  g_free (question);
}

/* By key, which is easily pressed by accident; who chose it from a menu can undo it. */
static void
ask_delete_action (GtkWidget *widget, const char *action, GVariant *target)
{
  Question *question = g_new0 (Question, 1);
  g_autofree char *visible = wd_format_visible (g_variant_get_string (target, NULL), 128);
  g_autofree char *heading = g_strdup_printf (_("Delete “%s”?"), visible);
  const WdConfirmSpec spec = {
    heading, _("The view is forgotten: its filter and its columns. No job and no wallet changes."),
    _("_Delete"), TRUE, NULL,
  };

  question->window = g_object_ref (WD_WINDOW (widget));
  question->name = g_variant_dup_string (target, NULL);
  wd_confirm_async (GTK_WINDOW (widget), &spec, NULL, asked_cb, question);
}

void
wd_window_install_view_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open-view", "s", open_action);
  gtk_widget_class_install_action (widget_class, "win.save-view", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "win.save-error-view", "s", save_error_action);
  gtk_widget_class_install_action (widget_class, "win.update-view", NULL, update_action);
  gtk_widget_class_install_action (widget_class, "win.revert-view", NULL, revert_action);
  gtk_widget_class_install_action (widget_class, "win.rename-view", "s", rename_action);
  gtk_widget_class_install_action (widget_class, "win.move-view", "(si)", move_action);
  gtk_widget_class_install_action (widget_class, "win.drop-view", "(ssb)", drop_action);
  gtk_widget_class_install_action (widget_class, "win.delete-view", "s", delete_action);
  gtk_widget_class_install_action (widget_class, "win.ask-delete-view", "s", ask_delete_action);
  wd_window_install_view_file_actions (widget_class);
}
