/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which columns of a table are there, and how wide: by design, by the room there is, and by what
 * somebody chose, which is kept. The menu of the headers and that of the bar below are the same.
 * While a view is shown its layout is in force, and what is chosen then is not kept here. */

#include "app/common/wd-table-layout.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-table-columns.h"
#include "app/common/wd-text-scale.h"
#include "app/preferences/wd-preferences.h"

/* A width that is dragged changes with every motion of the pointer. */
#define SAVE_MS 300

/* From here on long words need not be cut. */
#define WIDE 760

struct _WdTableLayout {
  GObject parent_instance;

  GtkColumnView *view;           /* not owned: the table's */
  GPtrArray *columns;            /* not owned: the table's */
  const char *settings_key;      /* (nullable) */
  WdColumnLayout *layout;        /* (owned) */
  GSimpleActionGroup *actions;   /* (owned): one for each column, in order, and "reset" */
  GMenuModel *menu;              /* (owned) */
  GtkAdjustment *room;           /* (owned): whose page is as wide as the view */
  double width;                  /* of the view, for text as designed; 0 before it has one */
  guint fit_source;
  gboolean updating;             /* columns are being set, not dragged */
  gboolean passing;              /* the layout is that of a view */
  guint save_source;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdTableLayout, wd_table_layout, G_TYPE_OBJECT)

static GtkColumnViewColumn *
get_column (WdTableLayout *self, guint i)
{
  return wd_table_column_get_column (self->columns->pdata[i]);
}

static const char *
get_id (WdTableLayout *self, guint i)
{
  return wd_column_spec_get_id (wd_table_column_get_spec (self->columns->pdata[i]));
}

static GSimpleAction *
get_action (WdTableLayout *self, guint i)
{
  g_autofree char *name = g_strdup_printf ("column-%u", i);

  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name));
}

static void
save (WdTableLayout *self)
{
  GSettings *settings = wd_preferences_get_settings (wd_preferences_get ());

  g_clear_handle_id (&self->save_source, g_source_remove);
  if (self->settings_key != NULL && settings != NULL && !self->passing)
    g_settings_set_value (settings, self->settings_key,
                          wd_column_layout_to_variant (self->layout));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
save_cb (gpointer data)
{
  WdTableLayout *self = data;

  self->save_source = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

static void
save_soon (WdTableLayout *self)
{
  if (self->save_source == 0)
    self->save_source = g_timeout_add (SAVE_MS, save_cb, self);
}

/* Words that are longer than designed take the room of what matters less. */
static int
get_least_width (WdTableLayout *self, guint i)
{
  int least = wd_table_column_get_spec (self->columns->pdata[i])->least_width;

  return least > 0 ? least + wd_table_columns_get_more (self->view, self->columns) : 0;
}

static gboolean
is_wanted (WdTableLayout *self, guint i)
{
  switch (wd_column_layout_get_wish (self->layout, get_id (self, i)))
    {
    case WD_COLUMN_HIDDEN:
      return FALSE;
    case WD_COLUMN_SHOWN:
      return TRUE;
    case WD_COLUMN_WHERE_ROOM:
    default:
      return self->width == 0 || self->width >= get_least_width (self, i);
    }
}

/* State to columns and to the menu. */
static void
update_columns (WdTableLayout *self)
{
  guint n_visible = 0;

  self->updating = TRUE;
  for (guint i = 0; i < self->columns->len; i++)
    {
      int width = wd_column_layout_get_width (self->layout, get_id (self, i));
      gboolean visible = is_wanted (self, i);

      if (width < 0)
        width = wd_table_columns_get_width (self->view, self->columns->pdata[i],
                                            self->width >= WIDE);
      if (width != gtk_column_view_column_get_fixed_width (get_column (self, i)))
        gtk_column_view_column_set_fixed_width (get_column (self, i), width);
      gtk_column_view_column_set_visible (get_column (self, i), visible);
      g_simple_action_set_state (get_action (self, i), g_variant_new_boolean (visible));
      n_visible += visible;
    }
  /* The last one stays: its header is where the others are got back. */
  for (guint i = 0; i < self->columns->len; i++)
    g_simple_action_set_enabled (get_action (self, i), n_visible > 1 || !is_wanted (self, i));
  self->updating = FALSE;
}

static void
toggle_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdTableLayout *self = data;

  for (guint i = 0; i < self->columns->len; i++)
    if (get_action (self, i) == action)
      wd_column_layout_set_wish (self->layout, get_id (self, i),
                                 is_wanted (self, i) ? WD_COLUMN_HIDDEN : WD_COLUMN_SHOWN);
  update_columns (self);
  save (self);
}

static void
reset_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdTableLayout *self = data;

  wd_column_layout_reset (self->layout);
  update_columns (self);
  save (self);
}

static void
width_cb (WdTableLayout *self, GParamSpec *pspec, GtkColumnViewColumn *column)
{
  if (self->updating)
    return;
  for (guint i = 0; i < self->columns->len; i++)
    if (get_column (self, i) == column)
      wd_column_layout_set_width (self->layout, get_id (self, i),
                                  gtk_column_view_column_get_fixed_width (column));
  save_soon (self);
}

/* Columns that need more room are left out. Large text needs more of it. */
static gboolean
fit_cb (gpointer data)
{
  WdTableLayout *self = data;

  self->fit_source = 0;
  self->width = gtk_adjustment_get_page_size (self->room)
                / wd_text_scale_get (GTK_WIDGET (self->view));
  update_columns (self);
  return G_SOURCE_REMOVE;
}

/* Comes amid an allocation, when columns cannot change. */
static void
room_cb (WdTableLayout *self)
{
  if (self->fit_source == 0)
    self->fit_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
}

static void
wd_table_layout_dispose (GObject *object)
{
  WdTableLayout *self = WD_TABLE_LAYOUT (object);

  g_clear_handle_id (&self->fit_source, g_source_remove);
  if (self->save_source != 0)
    save (self);
  G_OBJECT_CLASS (wd_table_layout_parent_class)->dispose (object);
}

static void
wd_table_layout_finalize (GObject *object)
{
  WdTableLayout *self = WD_TABLE_LAYOUT (object);

  g_clear_pointer (&self->layout, wd_column_layout_free);
  g_clear_object (&self->room);
  g_clear_object (&self->actions);
  g_clear_object (&self->menu);
  G_OBJECT_CLASS (wd_table_layout_parent_class)->finalize (object);
}

static void
wd_table_layout_class_init (WdTableLayoutClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_table_layout_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_table_layout_finalize;

  /**
   * WdTableLayout::changed:
   *
   * Somebody chose something else.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", WD_TYPE_TABLE_LAYOUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
wd_table_layout_init (WdTableLayout *self)
{
  self->actions = g_simple_action_group_new ();
}

static void
add_column (WdTableLayout *self, guint i, GMenu *section)
{
  const WdColumnSpec *spec = wd_table_column_get_spec (self->columns->pdata[i]);
  g_autofree char *name = g_strdup_printf ("column-%u", i);
  g_autofree char *detailed = g_strdup_printf ("columns.%s", name);
  g_autoptr (GSimpleAction) action =
    g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (TRUE));

  g_signal_connect_object (action, "activate", G_CALLBACK (toggle_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
  g_menu_append (section, _(spec->title), detailed);
}

static void
add_menu (WdTableLayout *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) shown = g_menu_new ();
  g_autoptr (GMenu) others = g_menu_new ();
  g_autoptr (GSimpleAction) reset = g_simple_action_new ("reset", NULL);

  for (guint i = 0; i < self->columns->len; i++)
    add_column (self, i, shown);
  g_signal_connect_object (reset, "activate", G_CALLBACK (reset_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (reset));
  g_menu_append (others, _("Reset Columns"), "columns.reset");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (shown));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (others));
  self->menu = G_MENU_MODEL (g_steal_pointer (&menu));
}

static WdColumnLayout *
read_layout (const char *settings_key)
{
  GSettings *settings = wd_preferences_get_settings (wd_preferences_get ());
  g_autoptr (GVariant) kept = NULL;

  if (settings_key != NULL && settings != NULL)
    kept = g_settings_get_value (settings, settings_key);
  return wd_column_layout_new (kept);
}

/**
 * wd_table_layout_new:
 * @table: gets the actions of the menu
 * @view: the view in it
 * @room: whose page is as wide as @view
 * @columns: (element-type WdTableColumn): of @view; must outlive the layout
 * @settings_key: (nullable): where the layout is kept; static
 *
 * Returns: (transfer full): the layout of @view, as it was kept
 */
WdTableLayout *
wd_table_layout_new (GtkWidget *table, GtkColumnView *view, GtkAdjustment *room,
                     GPtrArray *columns, const char *settings_key)
{
  WdTableLayout *self = g_object_new (WD_TYPE_TABLE_LAYOUT, NULL);

  self->view = view;
  self->room = g_object_ref (room);
  self->columns = columns;
  self->settings_key = settings_key;
  self->layout = read_layout (settings_key);
  add_menu (self);
  gtk_widget_insert_action_group (table, "columns", G_ACTION_GROUP (self->actions));
  for (guint i = 0; i < columns->len; i++)
    {
      gtk_column_view_column_set_header_menu (get_column (self, i), self->menu);
      g_signal_connect_object (get_column (self, i), "notify::fixed-width", G_CALLBACK (width_cb),
                               self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (room, "notify::page-size", G_CALLBACK (room_cb), self,
                           G_CONNECT_SWAPPED);
  wd_text_scale_connect (table, G_CALLBACK (room_cb), self);
  update_columns (self);
  return self;
}

/**
 * wd_table_layout_get_menu:
 * @self: a layout
 *
 * Returns: (transfer none): the menu of columns
 */
GMenuModel *
wd_table_layout_get_menu (WdTableLayout *self)
{
  g_return_val_if_fail (WD_IS_TABLE_LAYOUT (self), NULL);

  return self->menu;
}

/**
 * wd_table_layout_set_sort:
 * @self: a layout
 * @sort: what the rows are sorted by now
 * @ascending: else descending
 *
 * Keeps the order somebody chose; @sort may be the one of the design.
 */
void
wd_table_layout_set_sort (WdTableLayout *self, WdSort sort, gboolean ascending)
{
  const char *id = NULL;

  g_return_if_fail (WD_IS_TABLE_LAYOUT (self));

  for (guint i = 0; i < self->columns->len; i++)
    if (wd_table_column_get_spec (self->columns->pdata[i])->sort == (int) sort)
      id = get_id (self, i);
  wd_column_layout_set_sort (self->layout, id, !ascending);
  save (self);
}

static WdSort
find_sort (const WdTableSpec *spec, WdColumnLayout *layout, gboolean *ascending)
{
  gboolean descending;
  const char *id = wd_column_layout_get_sort (layout, &descending);

  for (guint i = 0; id != NULL && i < spec->n_columns; i++)
    if (spec->columns[i].sort != WD_SORT_NONE
        && g_strcmp0 (wd_column_spec_get_id (&spec->columns[i]), id) == 0)
      {
        *ascending = !descending;
        return (WdSort) spec->columns[i].sort;
      }
  *ascending = FALSE;
  return spec->sort;
}

/**
 * wd_table_layout_read_sort:
 * @spec: of a table
 * @ascending: (out): which way
 *
 * Returns: the order its rows were in last
 */
WdSort
wd_table_layout_read_sort (const WdTableSpec *spec, gboolean *ascending)
{
  g_autoptr (WdColumnLayout) layout = read_layout (spec->settings_key);

  return find_sort (spec, layout, ascending);
}

/**
 * wd_table_layout_get:
 * @self: a layout
 *
 * Returns: (transfer none): what is in force now
 */
WdColumnLayout *
wd_table_layout_get (WdTableLayout *self)
{
  g_return_val_if_fail (WD_IS_TABLE_LAYOUT (self), NULL);

  return self->layout;
}

/**
 * wd_table_layout_show:
 * @self: a layout
 * @view: (nullable): of a view; copied; %NULL for what was kept
 * @spec: of the table
 * @ascending: (out): which way
 *
 * From now on @view is in force, and is not kept. Emits nothing.
 *
 * Returns: the order that goes with it
 */
WdSort
wd_table_layout_show (WdTableLayout *self, WdColumnLayout *view, const WdTableSpec *spec,
                      gboolean *ascending)
{
  g_return_val_if_fail (WD_IS_TABLE_LAYOUT (self), spec->sort);

  if (self->save_source != 0)
    save (self);
  wd_column_layout_free (self->layout);
  self->passing = view != NULL;
  self->layout = view != NULL ? wd_column_layout_copy (view) : read_layout (self->settings_key);
  update_columns (self);
  return find_sort (spec, self->layout, ascending);
}
