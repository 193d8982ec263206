/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A menu button that narrows a list: nothing chosen lets everything through. Its popover is made
 * when it is first opened. */

#include "app/common/wd-filter-button.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-focus.h"
#include "base/wd-format.h"

/* More than so many choices are scrolled, in so many pixels. */
#define MOST_CHOICES 12
#define MOST_HEIGHT 420

typedef struct {
  char *id;             /* (owned) */
  char *label;          /* (owned) */
  gboolean selected;
  GtkWidget *check;     /* (nullable): once the popover was opened */
} Choice;

struct _WdFilterButton {
  WdFilter parent_instance;

  char *name;           /* (owned) */
  char *all_label;      /* (owned) */
  gboolean multiple;
  GArray *choices;      /* (owned) (element-type Choice) */
  char **excluded;      /* (owned) (nullable): words that a line of text keeps out */
  gboolean updating;    /* the checks are being set, not clicked */
  GtkWidget *all_check; /* (nullable) */

  GtkMenuButton *button;
};

G_DEFINE_FINAL_TYPE (WdFilterButton, wd_filter_button, WD_TYPE_FILTER)

static Choice *
get_choice (WdFilterButton *self, guint i)
{
  return &g_array_index (self->choices, Choice, i);
}

static void
clear_choice (gpointer data)
{
  Choice *choice = data;

  g_free (choice->id);
  g_free (choice->label);
}

static Choice *
find_choice (WdFilterButton *self, const char *id)
{
  for (guint i = 0; i < self->choices->len; i++)
    if (g_str_equal (get_choice (self, i)->id, id))
      return get_choice (self, i);
  return NULL;
}

static char *
describe_several (const char *first, guint n)
{
  if (n == 1)
    return g_strdup (first);
  /* TRANSLATORS: a filter with several choices, such as “Failed + 2” */
  return g_strdup_printf (_("%s + %u"), first, n - 1);
}

static char *
describe (WdFilterButton *self)
{
  const char *first = NULL;
  guint n_selected = 0;
  g_autofree char *kept_out = NULL;

  for (guint i = 0; i < self->choices->len; i++)
    if (get_choice (self, i)->selected && n_selected++ == 0)
      first = get_choice (self, i)->label;
  if (n_selected > 0)
    return describe_several (first, n_selected);
  if (self->excluded == NULL)
    return g_strdup (self->all_label);
  kept_out = describe_several (find_choice (self, self->excluded[0])->label,
                               g_strv_length (self->excluded));
  /* TRANSLATORS: what a filter keeps out, such as “Not Failed” */
  return g_strdup_printf (_("Not %s"), kept_out);
}

static guint
count_selected (WdFilterButton *self)
{
  guint n = 0;

  for (guint i = 0; i < self->choices->len; i++)
    n += get_choice (self, i)->selected;
  return n;
}

static void
update_button (WdFilterButton *self)
{
  g_autofree char *label = describe (self);
  guint n_selected = count_selected (self);

  wd_filter_label_button (self->button, self->name, label);

  self->updating = TRUE;
  for (guint i = 0; i < self->choices->len; i++)
    if (get_choice (self, i)->check != NULL)
      gtk_check_button_set_active (GTK_CHECK_BUTTON (get_choice (self, i)->check),
                                   get_choice (self, i)->selected);
  if (self->all_check != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->all_check),
                                 n_selected == 0 && self->excluded == NULL);
  self->updating = FALSE;
  wd_filter_set_in_force (WD_FILTER (self), n_selected > 0 || self->excluded != NULL);
}

static void
toggled_cb (WdFilterButton *self, GtkCheckButton *check)
{
  gboolean active = gtk_check_button_get_active (check);
  gboolean is_all = GTK_WIDGET (check) == self->all_check;

  if (self->updating || (!active && (is_all || !self->multiple)))
    {
      if (!self->updating)
        update_button (self);
      return;
    }
  /* Whoever chooses among the checks means them alone. */
  g_clear_pointer (&self->excluded, g_strfreev);
  for (guint i = 0; i < self->choices->len; i++)
    {
      Choice *choice = get_choice (self, i);

      if (choice->check == GTK_WIDGET (check))
        choice->selected = active;
      else if (is_all || !self->multiple)
        choice->selected = FALSE;
    }
  update_button (self);
  wd_filter_emit_changed (WD_FILTER (self));
}

static GtkWidget *
add_check (WdFilterButton *self, GtkWidget *box, const char *label)
{
  GtkWidget *check = gtk_check_button_new_with_label (label);

  if (!self->multiple && self->all_check != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (self->all_check));
  gtk_box_append (GTK_BOX (box), check);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  return check;
}

/* A popover for which the screen has no room below nor above is not shown at all. */
static GtkWidget *
make_scroller (GtkWidget *box)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MOST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  return scroller;
}

static void
create_popover_cb (GtkMenuButton *button, gpointer data)
{
  WdFilterButton *self = data;
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->updating = TRUE;
  self->all_check = NULL;
  self->all_check = add_check (self, box, self->all_label);
  for (guint i = 0; i < self->choices->len; i++)
    get_choice (self, i)->check = add_check (self, box, get_choice (self, i)->label);
  self->updating = FALSE;
  gtk_popover_set_child (GTK_POPOVER (popover),
                         self->choices->len > MOST_CHOICES ? make_scroller (box) : box);
  gtk_menu_button_set_popover (button, popover);
  wd_focus_come_back (GTK_POPOVER (popover), button);
  gtk_menu_button_set_create_popup_func (button, NULL, NULL, NULL);
  update_button (self);
}

static void
wd_filter_button_finalize (GObject *object)
{
  WdFilterButton *self = WD_FILTER_BUTTON (object);

  g_array_unref (self->choices);
  g_strfreev (self->excluded);
  g_free (self->name);
  g_free (self->all_label);
  G_OBJECT_CLASS (wd_filter_button_parent_class)->finalize (object);
}

static void
wd_filter_button_class_init (WdFilterButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_filter_button_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/common/wd-filter-button.ui");
  gtk_widget_class_bind_template_child (widget_class, WdFilterButton, button);
}

static void
wd_filter_button_init (WdFilterButton *self)
{
  self->choices = g_array_new (FALSE, TRUE, sizeof (Choice));
  g_array_set_clear_func (self->choices, clear_choice);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->button, create_popover_cb, self, NULL);
}

/**
 * wd_filter_button_new:
 * @name: what it filters by
 * @all_label: what it says when it filters nothing
 * @multiple: several choices may hold at once
 *
 * Returns: (transfer floating): a filter without choices
 */
WdFilterButton *
wd_filter_button_new (const char *name, const char *all_label, gboolean multiple)
{
  WdFilterButton *self = g_object_new (WD_TYPE_FILTER_BUTTON, NULL);

  self->name = g_strdup (name);
  self->all_label = g_strdup (all_label);
  self->multiple = multiple;
  update_button (self);
  return self;
}

/**
 * wd_filter_button_add:
 * @self: a filter
 * @id: the word it stands for; nothing changes where it is there already
 * @label: for people
 */
void
wd_filter_button_add (WdFilterButton *self, const char *id, const char *label)
{
  Choice choice = { NULL, NULL, FALSE, NULL };

  if (find_choice (self, id) != NULL)
    return;
  choice.id = g_strdup (id);
  choice.label = g_strdup (label);
  g_array_append_val (self->choices, choice);
  gtk_menu_button_set_create_popup_func (self->button, create_popover_cb, self, NULL);
}

/**
 * wd_filter_button_get_n_choices:
 * @self: a filter
 *
 * Returns: how many choices it offers, chosen or not
 */
guint
wd_filter_button_get_n_choices (WdFilterButton *self)
{
  g_return_val_if_fail (WD_IS_FILTER_BUTTON (self), 0);

  return self->choices->len;
}

/**
 * wd_filter_button_get_selected:
 * @self: a filter
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): the words chosen; %NULL for all
 */
char **
wd_filter_button_get_selected (WdFilterButton *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  for (guint i = 0; i < self->choices->len; i++)
    if (get_choice (self, i)->selected)
      g_strv_builder_add (builder, get_choice (self, i)->id);
  words = g_strv_builder_end (builder);
  return words[0] != NULL ? g_steal_pointer (&words) : NULL;
}

/**
 * wd_filter_button_dup_excluded:
 * @self: a filter
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): the words kept out; %NULL for none
 */
char **
wd_filter_button_dup_excluded (WdFilterButton *self)
{
  g_return_val_if_fail (WD_IS_FILTER_BUTTON (self), NULL);

  return g_strdupv (self->excluded);
}

/* A word that is no choice yet becomes one. */
static void
add_unknown (WdFilterButton *self, char **ids)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      g_autofree char *label = wd_format_visible (ids[i], 64);

      wd_filter_button_add (self, ids[i], label);
    }
}

/**
 * wd_filter_button_set_selected:
 * @self: a filter
 * @ids: (nullable) (array zero-terminated=1): what to choose; %NULL for all
 * @excluded: (nullable) (array zero-terminated=1): what to keep out
 *
 * Does not emit "changed": that says what people did.
 */
void
wd_filter_button_set_selected (WdFilterButton *self, char **ids, char **excluded)
{
  g_return_if_fail (WD_IS_FILTER_BUTTON (self));

  add_unknown (self, ids);
  add_unknown (self, excluded);
  g_strfreev (self->excluded);
  self->excluded = excluded != NULL && *excluded != NULL ? g_strdupv (excluded) : NULL;
  for (guint i = 0; i < self->choices->len; i++)
    get_choice (self, i)->selected =
      ids != NULL && g_strv_contains ((const char *const *) ids, get_choice (self, i)->id);
  update_button (self);
}
