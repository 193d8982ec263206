/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One line that says a whole filter. While it is typed, what may come next is offered below it.
 * What is wrong is underlined and explained; a term that is only not finished yet, while the cursor
 * is in it and there is something to offer, is not called wrong. */

#include "app/common/wd-filter-entry.h"

#include <string.h>

#include "app/common/wd-filter-choices.h"
#include "app/common/wd-filter-problem.h"

/* Typing rests for so long before its text counts; longer where it may become a qualifier, which is
 * nothing to search for. */
#define DELAY_MS 250
#define LONG_DELAY_MS 700

struct _WdFilterEntry {
  GtkWidget parent_instance;

  WdTextSpan piece;      /* what a choice replaces */
  char *message;         /* (owned) (nullable): what is wrong */
  WdTextSpan wrong;      /* where */
  guint delay;           /* source: a change that is not told yet */
  gboolean updating;     /* the text is being set, not typed */

  GtkEntry *entry;
  WdFilterProblem *problem;   /* (owned) */
  WdFilterChoices *choices;
};

enum {
  SIGNAL_CHANGED,
  SIGNAL_STOP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdFilterEntry, wd_filter_entry, GTK_TYPE_WIDGET)

static gboolean
has_focus (WdFilterEntry *self)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static gsize
get_cursor (WdFilterEntry *self, const char *text)
{
  int position = gtk_editable_get_position (GTK_EDITABLE (self->entry));

  return g_utf8_offset_to_pointer (text, position) - text;
}

/* Returns: how many choices there are */
static guint
look (WdFilterEntry *self)
{
  const char *text = wd_filter_entry_get_text (self);

  return wd_filter_choices_look (self->choices, text, get_cursor (self, text), &self->piece);
}

/* Whether what is wrong may only lack its end, which the choices offer. */
static gboolean
is_unfinished (WdFilterEntry *self, guint n_choices)
{
  const char *text = wd_filter_entry_get_text (self);

  return n_choices > 0 && has_focus (self) && get_cursor (self, text) >= self->wrong.end
         && self->wrong.end == strlen (text);
}

static void
show_wrong (WdFilterEntry *self, const char *message)
{
  wd_filter_problem_set (self->problem, message, self->wrong);
}

/* State to widgets; what may be typed next only where it is being typed. Returns: whether there is
 * something that may be. */
static gboolean
update (WdFilterEntry *self, gboolean offer)
{
  guint n_choices = look (self);
  const char *message = is_unfinished (self, n_choices) ? NULL : self->message;
  gboolean offered = offer && has_focus (self) && n_choices > 0;

  show_wrong (self, message);
  if (offer && has_focus (self))
    wd_filter_choices_show (self->choices, message);
  else
    gtk_popover_popdown (GTK_POPOVER (self->choices));
  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_SECONDARY,
                                     *wd_filter_entry_get_text (self) != '\0'
                                       ? "edit-clear-symbolic" : NULL);
  return offered;
}

static gboolean
delay_cb (gpointer data)
{
  WdFilterEntry *self = data;

  self->delay = 0;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (WdFilterEntry *self)
{
  gboolean offered;

  if (self->updating)
    return;
  /* What was wrong may stand elsewhere now, or nowhere. */
  g_clear_pointer (&self->message, g_free);
  offered = update (self, TRUE);
  g_clear_handle_id (&self->delay, g_source_remove);
  self->delay = g_timeout_add (offered ? LONG_DELAY_MS : DELAY_MS, delay_cb, self);
}

/* While a character is typed the text changes first, and then the cursor moves. */
static void
moved_cb (WdFilterEntry *self)
{
  if (!self->updating && gtk_widget_get_visible (GTK_WIDGET (self->choices)))
    update (self, TRUE);
}

static void
choose (WdFilterEntry *self, const char *choice)
{
  GtkEditable *editable = GTK_EDITABLE (self->entry);
  const char *text = wd_filter_entry_get_text (self);
  int start = g_utf8_pointer_to_offset (text, text + self->piece.start);
  int end = g_utf8_pointer_to_offset (text, text + self->piece.end);
  g_autofree char *written = g_strdup (choice);

  if (g_str_has_suffix (written, " ") && text[self->piece.end] == ' ')
    written[strlen (written) - 1] = '\0';
  self->updating = TRUE;
  gtk_editable_delete_text (editable, start, end);
  gtk_editable_insert_text (editable, written, -1, &start);
  gtk_editable_set_position (editable, start);
  self->updating = FALSE;
  changed_cb (self);
}

static void
chosen_cb (WdFilterEntry *self, const char *choice)
{
  choose (self, choice);
  gtk_entry_grab_focus_without_selecting (self->entry);
}

/* Tells of a change now, where it is due. */
static void
flush (WdFilterEntry *self)
{
  if (self->delay == 0)
    return;
  g_clear_handle_id (&self->delay, g_source_remove);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
activate_cb (WdFilterEntry *self)
{
  const char *choice = wd_filter_choices_get_selected (self->choices);

  if (choice != NULL)
    {
      choose (self, choice);
      return;
    }
  if (wd_filter_entry_settle (self) == NULL)
    gtk_popover_popdown (GTK_POPOVER (self->choices));
  else
    wd_filter_choices_show (self->choices, self->message);
}

static void
clear_cb (WdFilterEntry *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  flush (self);
}

/* Escape closes what is open, then gives up the filter. */
static gboolean
key_cb (WdFilterEntry *self, guint key)
{
  gboolean is_open = gtk_widget_get_visible (GTK_WIDGET (self->choices));
  const char *choice = wd_filter_choices_get_selected (self->choices);

  switch (key)
    {
    case GDK_KEY_Down:
      if (is_open)
        wd_filter_choices_move (self->choices, 1);
      else
        update (self, TRUE);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
      if (!is_open)
        return GDK_EVENT_PROPAGATE;
      wd_filter_choices_move (self->choices, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Tab:
      if (choice == NULL)
        return GDK_EVENT_PROPAGATE;
      choose (self, choice);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      if (is_open)
        gtk_popover_popdown (GTK_POPOVER (self->choices));
      else
        g_signal_emit (self, signals[SIGNAL_STOP], 0);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
leave_cb (WdFilterEntry *self)
{
  /* The focus also leaves what is taken apart. */
  if (self->choices == NULL)
    return;
  wd_filter_entry_settle (self);
  gtk_popover_popdown (GTK_POPOVER (self->choices));
}

static gboolean
wd_filter_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WD_FILTER_ENTRY (widget)->entry));
}

static void
wd_filter_entry_dispose (GObject *object)
{
  WdFilterEntry *self = WD_FILTER_ENTRY (object);

  g_clear_handle_id (&self->delay, g_source_remove);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer ((GtkWidget **) &self->choices, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->entry, gtk_widget_unparent);
  g_clear_object (&self->problem);
  G_OBJECT_CLASS (wd_filter_entry_parent_class)->dispose (object);
}

static void
wd_filter_entry_class_init (WdFilterEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_filter_entry_dispose;
  widget_class->grab_focus = wd_filter_entry_grab_focus;

  /* Its text was changed by people, and typing rests. */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", WD_TYPE_FILTER_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  /* Escape. */
  signals[SIGNAL_STOP] =
    g_signal_new ("stop", WD_TYPE_FILTER_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/common/wd-filter-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, WdFilterEntry, entry);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
}

static void
wd_filter_entry_init (WdFilterEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->problem = g_object_ref_sink (wd_filter_problem_new (self->entry));
  self->choices = wd_filter_choices_new ();
  gtk_widget_set_parent (GTK_WIDGET (self->choices), GTK_WIDGET (self));
  g_signal_connect_object (self->choices, "chosen", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * wd_filter_entry_set_up:
 * @self: an entry
 * @name: its accessible name
 * @hint: what it says when it is empty
 * @fields: (nullable) (array length=n_fields): what may be asked for; static
 * @n_fields: how many
 */
void
wd_filter_entry_set_up (WdFilterEntry *self, const char *name, const char *hint,
                        const WdFilterField *fields, gsize n_fields)
{
  g_return_if_fail (WD_IS_FILTER_ENTRY (self));

  wd_filter_choices_set_fields (self->choices, fields, n_fields);
  gtk_entry_set_placeholder_text (self->entry, hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

/**
 * wd_filter_entry_get_problem:
 * @self: an entry
 *
 * Returns: (transfer none): what says what is wrong with its text, for where there is room
 */
GtkWidget *
wd_filter_entry_get_problem (WdFilterEntry *self)
{
  g_return_val_if_fail (WD_IS_FILTER_ENTRY (self), NULL);

  return GTK_WIDGET (self->problem);
}

/**
 * wd_filter_entry_set_known:
 * @self: an entry
 * @qualifier: a qualifier whose words only the database knows
 * @words: (array zero-terminated=1): those, copied
 */
void
wd_filter_entry_set_known (WdFilterEntry *self, const char *qualifier, char **words)
{
  g_return_if_fail (WD_IS_FILTER_ENTRY (self));

  wd_filter_choices_set_known (self->choices, qualifier, words);
}

/**
 * wd_filter_entry_get_text:
 * @self: an entry
 *
 * Returns: (transfer none): the line
 */
const char *
wd_filter_entry_get_text (WdFilterEntry *self)
{
  g_return_val_if_fail (WD_IS_FILTER_ENTRY (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/**
 * wd_filter_entry_set_text:
 * @self: an entry
 * @text: a line that is right
 *
 * Does not emit "changed": that says what people did.
 */
void
wd_filter_entry_set_text (WdFilterEntry *self, const char *text)
{
  g_return_if_fail (WD_IS_FILTER_ENTRY (self));

  g_clear_handle_id (&self->delay, g_source_remove);
  g_clear_pointer (&self->message, g_free);
  self->updating = TRUE;
  if (strcmp (text, wd_filter_entry_get_text (self)) != 0)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
      gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
    }
  self->updating = FALSE;
  update (self, FALSE);
}

/**
 * wd_filter_entry_set_wrong:
 * @self: an entry
 * @message: (nullable): what is wrong with its text; %NULL for nothing
 * @span: where
 */
void
wd_filter_entry_set_wrong (WdFilterEntry *self, const char *message, WdTextSpan span)
{
  g_return_if_fail (WD_IS_FILTER_ENTRY (self));

  g_free (self->message);
  self->message = g_strdup (message);
  self->wrong = span;
  /* What is selected among the choices stays so. */
  if (message == NULL || is_unfinished (self, look (self)))
    show_wrong (self, NULL);
  else
    update (self, TRUE);
}

/**
 * wd_filter_entry_settle:
 * @self: an entry
 *
 * Tells at once of what was typed last.
 *
 * Returns: (transfer none) (nullable): what is wrong with its text
 */
const char *
wd_filter_entry_settle (WdFilterEntry *self)
{
  g_return_val_if_fail (WD_IS_FILTER_ENTRY (self), NULL);

  flush (self);
  show_wrong (self, self->message);
  return self->message;
}
