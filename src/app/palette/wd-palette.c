/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything by its name, with the keyboard alone. The keyboard stays in the entry; the arrows
 * move through the list below. Items of the window are there at once, wallets and jobs come when
 * the database answers, below them, so that nothing moves under what is chosen already. */

#include "app/palette/wd-palette.h"

#include <glib/gi18n-lib.h>

#include "app/palette/wd-palette-found.h"
#include "app/palette/wd-palette-list.h"
#include "app/palette/wd-palette-search.h"
#include "base/wd-format.h"

#define ROWS_PER_SCREEN 8

struct _WdPalette {
  AdwWindow parent_instance;

  GPtrArray *items;          /* (owned) (element-type WdPaletteItem): of the window */
  GPtrArray *found;          /* (owned) (element-type WdPaletteItem): wallets and jobs */
  WdPaletteSearch *search;   /* (owned) (nullable) */
  GCancellable *closing;     /* (owned) */

  GtkEditable *entry;
  GtkStack *stack;
  WdPaletteList *list;
  AdwStatusPage *nothing;
  GtkWidget *status_bar;
  GtkSpinner *spinner;
  GtkLabel *status;
};

G_DEFINE_FINAL_TYPE (WdPalette, wd_palette, ADW_TYPE_WINDOW)

static char *
get_typed (WdPalette *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
}

static void
describe_selected (WdPalette *self)
{
  WdPaletteItem *item = wd_palette_list_get_selected (self->list);
  g_autofree char *text = NULL;

  if (item != NULL)
    /* TRANSLATORS: read out by screen readers, such as “Jobs, Pages” */
    text = g_strdup_printf (_("%s, %s"), item->title, wd_palette_group_get_title (item->group));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : _("Nothing Found"), -1);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  return wd_palette_item_compare (*(WdPaletteItem *const *) a, *(WdPaletteItem *const *) b);
}

/* The rows, the chosen one kept where it is still there and was no mere default. */
static void
fill_list (WdPalette *self, gboolean keep, const char *typed)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();

  for (guint i = 0; i < self->items->len; i++)
    if (wd_palette_item_match (self->items->pdata[i], typed))
      g_ptr_array_add (shown, self->items->pdata[i]);
  /* Stable, so that what fits equally well keeps its order. */
  g_ptr_array_sort (shown, compare_items);
  for (guint i = 0; i < self->found->len; i++)
    g_ptr_array_add (shown, self->found->pdata[i]);
  wd_palette_list_fill (self->list, shown, keep);
  describe_selected (self);
}

static void
update_status (WdPalette *self, const char *typed)
{
  gboolean busy = self->search != NULL && wd_palette_search_is_busy (self->search);
  const GError *error = self->search != NULL ? wd_palette_search_get_error (self->search) : NULL;
  g_autofree char *problem = NULL;
  g_autofree char *visible = wd_format_visible (typed, 64);
  g_autofree char *escaped = g_markup_escape_text (visible, -1);
  g_autofree char *description =
    g_strdup_printf (_("No page, action or connection is called “%s”, no wallet’s address or user "
                       "contains it, and no job’s id begins like it."), escaped);

  if (error != NULL)
    {
      g_autofree char *message = wd_format_visible (error->message, 512);

      problem = g_strdup_printf (_("Wallets and jobs could not be looked for: %s"), message);
    }
  gtk_label_set_text (self->status, busy ? _("Looking for wallets and jobs…")
                                         : problem != NULL ? problem : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status), busy ? NULL : problem);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_widget_set_visible (self->status_bar, busy || problem != NULL);
  adw_status_page_set_title (self->nothing, busy ? "" : _("Nothing Found"));
  adw_status_page_set_description (self->nothing, busy || error != NULL ? NULL : description);
  gtk_stack_set_visible_child_name (self->stack, wd_palette_list_is_empty (self->list) ? "nothing"
                                                                                   : "items");
}

/* State to widgets. */
static void
update_palette (WdPalette *self, gboolean keep)
{
  g_autofree char *typed = get_typed (self);
  /* The rows go by the old ones until they are replaced. */
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->found);

  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_palette_item_free);
  if (self->search != NULL)
    {
      GPtrArray *wallets = wd_palette_search_get_wallets (self->search);
      GPtrArray *jobs = wd_palette_search_get_jobs (self->search);

      for (guint i = 0; i < wallets->len; i++)
        g_ptr_array_add (self->found, wd_palette_find_wallet (wallets->pdata[i], typed));
      for (guint i = 0; i < jobs->len; i++)
        g_ptr_array_add (self->found, wd_palette_find_job (jobs->pdata[i], typed));
    }
  fill_list (self, keep, typed);
  update_status (self, typed);
}

static void
search_changed_cb (WdPalette *self)
{
  update_palette (self, TRUE);
}

static void
changed_cb (WdPalette *self)
{
  g_autofree char *typed = get_typed (self);

  if (self->search != NULL)
    wd_palette_search_set_text (self->search, typed);
  update_palette (self, FALSE);
}

/* What is done may open another dialog, so this one goes first. */
static void
activate_item (WdPalette *self, WdPaletteItem *item)
{
  g_autoptr (GtkWindow) parent = NULL;
  g_autofree char *action = g_strdup (item->action);
  g_autoptr (GVariant) target = item->target != NULL ? g_variant_ref (item->target) : NULL;

  g_set_object (&parent, gtk_window_get_transient_for (GTK_WINDOW (self)));
  gtk_window_destroy (GTK_WINDOW (self));
  if (parent != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (parent), action, target);
}

static void
activate_cb (WdPalette *self)
{
  WdPaletteItem *item = wd_palette_list_get_selected (self->list);

  if (item != NULL)
    activate_item (self, item);
}

static void
close_cb (WdPalette *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
key_cb (WdPalette *self, guint key, guint code, GdkModifierType state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      wd_palette_list_move (self->list, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      wd_palette_list_move (self->list, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
      wd_palette_list_move (self->list, -ROWS_PER_SCREEN);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
      wd_palette_list_move (self->list, ROWS_PER_SCREEN);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      close_cb (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
wd_palette_dispose (GObject *object)
{
  WdPalette *self = WD_PALETTE (object);

  g_cancellable_cancel (self->closing);
  if (self->search != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->search, self);
      g_object_run_dispose (G_OBJECT (self->search));
    }
  g_clear_object (&self->search);
  G_OBJECT_CLASS (wd_palette_parent_class)->dispose (object);
}

static void
wd_palette_finalize (GObject *object)
{
  WdPalette *self = WD_PALETTE (object);

  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->found);
  g_object_unref (self->closing);
  G_OBJECT_CLASS (wd_palette_parent_class)->finalize (object);
}

static void
wd_palette_class_init (WdPaletteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wd_palette_dispose;
  object_class->finalize = wd_palette_finalize;

  g_type_ensure (WD_TYPE_PALETTE_LIST);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/palette/wd-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, WdPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, WdPalette, stack);
  gtk_widget_class_bind_template_child (widget_class, WdPalette, list);
  gtk_widget_class_bind_template_child (widget_class, WdPalette, nothing);
  gtk_widget_class_bind_template_child (widget_class, WdPalette, status_bar);
  gtk_widget_class_bind_template_child (widget_class, WdPalette, spinner);
  gtk_widget_class_bind_template_child (widget_class, WdPalette, status);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_item);
  gtk_widget_class_bind_template_callback (widget_class, describe_selected);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
}

static void
wd_palette_init (WdPalette *self)
{
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_palette_item_free);
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_palette_item_free);
  self->closing = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_palette_new:
 * @parent: the window whose actions it activates
 * @backend: (nullable): where to look for wallets and jobs
 *
 * Returns: (transfer none): a palette without items, to be presented
 */
WdPalette *
wd_palette_new (GtkWindow *parent, WdBackend *backend)
{
  WdPalette *self = g_object_new (WD_TYPE_PALETTE, "transient-for", parent, NULL);

  if (backend != NULL)
    {
      self->search = wd_palette_search_new (backend);
      g_signal_connect_object (self->search, "changed", G_CALLBACK (search_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  return self;
}

/**
 * wd_palette_take_item:
 * @self: a palette
 * @item: (transfer full): something more to choose; shows after wd_palette_update()
 */
void
wd_palette_take_item (WdPalette *self, WdPaletteItem *item)
{
  g_return_if_fail (WD_IS_PALETTE (self));

  g_ptr_array_add (self->items, item);
}

/**
 * wd_palette_update:
 * @self: a palette
 *
 * Shows what was added.
 */
void
wd_palette_update (WdPalette *self)
{
  g_return_if_fail (WD_IS_PALETTE (self));

  update_palette (self, TRUE);
}

/**
 * wd_palette_look_for:
 * @self: a palette
 * @text: what is looked for, as if it were typed
 */
void
wd_palette_look_for (WdPalette *self, const char *text)
{
  g_return_if_fail (WD_IS_PALETTE (self));

  gtk_editable_set_text (self->entry, text);
  gtk_editable_set_position (self->entry, -1);
}

/**
 * wd_palette_get_closing:
 * @self: a palette
 *
 * Returns: (transfer none): what is cancelled when the palette closes
 */
GCancellable *
wd_palette_get_closing (WdPalette *self)
{
  g_return_val_if_fail (WD_IS_PALETTE (self), NULL);

  return self->closing;
}
