/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/actions/wd-subject-row.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"

struct _WdSubjectRow {
  GtkWidget parent_instance;

  WdSubject *subject;     /* (owned) (nullable) */
  gulong handler;
  gboolean updating;      /* the check is being set, not clicked */

  GtkLabel *title;
  GtkLabel *figure;
  GtkWidget *remove;
  GtkLabel *subtitle;
  GtkWidget *warning_box;
  GtkLabel *warning;
  GtkWidget *show;
  GtkCheckButton *offer;
  GtkWidget *outcome_box;
  GtkImage *outcome_icon;
  GtkLabel *outcome;
  GtkWidget *show_outcome;
};

G_DEFINE_FINAL_TYPE (WdSubjectRow, wd_subject_row, GTK_TYPE_WIDGET)

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
set_show (GtkWidget *button, const char *job)
{
  gtk_widget_set_visible (button, job != NULL);
  if (job != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", job);
}

static void
update_remove (WdSubjectRow *self)
{
  gboolean removable = wd_subject_is_removable (self->subject);
  g_autofree char *name = NULL;

  gtk_widget_set_visible (self->remove, removable);
  if (!removable)
    return;
  /* TRANSLATORS: a button that takes something off a list; %s is the address of a wallet */
  name = g_strdup_printf (_("Remove %s"), wd_subject_get_title (self->subject));
  gtk_widget_set_tooltip_text (self->remove, _("Remove from the list"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->remove), "s",
                                    wd_subject_get_key (self->subject));
}

static void
update_outcome (WdSubjectRow *self)
{
  static const struct {
    const char *icon;
    const char *tone;
  } looks[] = {
    [WD_SUBJECT_READY] = { NULL, NULL },
    [WD_SUBJECT_SENDING] = { "content-loading-symbolic", NULL },
    [WD_SUBJECT_DONE] = { "object-select-symbolic", WD_TONE_OK },
    [WD_SUBJECT_UNDELIVERED] = { "dialog-warning-symbolic", WD_TONE_CAUTION },
    [WD_SUBJECT_REFUSED] = { "action-unavailable-symbolic", WD_TONE_WRONG },
    [WD_SUBJECT_UNKNOWN] = { "dialog-question-symbolic", WD_TONE_WRONG },
  };
  WdSubjectState state = wd_subject_get_state (self->subject);
  const char *outcome = wd_subject_get_outcome (self->subject);

  /* A refusal is not said twice where what stands in the way stands above it. */
  if (state == WD_SUBJECT_REFUSED && wd_subject_get_warning (self->subject) != NULL)
    outcome = NULL;
  gtk_widget_set_visible (self->outcome_box, outcome != NULL);
  if (outcome == NULL)
    return;
  gtk_image_set_from_icon_name (self->outcome_icon, looks[state].icon);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome_icon), looks[state].icon != NULL);
  wd_tone_set (self->outcome_box, looks[state].tone);
  gtk_label_set_text (self->outcome, outcome);
  set_show (self->show_outcome, wd_subject_get_outcome_job (self->subject));
}

static void
update_row (WdSubjectRow *self)
{
  const char *warning = wd_subject_get_warning (self->subject);
  const char *offer = wd_subject_get_offer (self->subject);
  gboolean open = wd_subject_is_open (self->subject);

  gtk_label_set_text (self->title, wd_subject_get_title (self->subject));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  wd_subject_get_title (self->subject), -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), wd_subject_get_title (self->subject));
  set_text (self->figure, wd_subject_get_figure (self->subject));
  update_remove (self);
  set_text (self->subtitle, wd_subject_get_subtitle (self->subject));
  gtk_widget_set_visible (self->warning_box, warning != NULL && open);
  gtk_label_set_text (self->warning, warning != NULL ? warning : "");
  set_show (self->show, wd_subject_get_job (self->subject));
  gtk_widget_set_visible (GTK_WIDGET (self->offer), offer != NULL && warning != NULL && open);
  self->updating = TRUE;
  if (offer != NULL)
    gtk_check_button_set_label (self->offer, offer);
  gtk_check_button_set_active (self->offer, wd_subject_is_accepted (self->subject));
  self->updating = FALSE;
  update_outcome (self);
}

static void
offer_cb (WdSubjectRow *self)
{
  if (self->subject != NULL && !self->updating)
    wd_subject_accept (self->subject, gtk_check_button_get_active (self->offer));
}

static void
wd_subject_row_dispose (GObject *object)
{
  WdSubjectRow *self = WD_SUBJECT_ROW (object);
  GtkWidget *child;

  if (self->subject != NULL)
    g_clear_signal_handler (&self->handler, self->subject);
  g_clear_object (&self->subject);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (wd_subject_row_parent_class)->dispose (object);
}

static void
wd_subject_row_class_init (WdSubjectRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_subject_row_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/actions/wd-subject-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WdSubjectRow, title);
  gtk_widget_class_bind_template_child (widget_class, WdSubjectRow, figure);
  gtk_widget_class_bind_template_child (widget_class, WdSubjectRow, remove);
  gtk_widget_class_bind_template_child (widget_class, WdSubjectRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, WdSubjectRow, warning_box);
  gtk_widget_class_bind_template_child (widget_class, WdSubjectRow, warning);
  gtk_widget_class_bind_template_child (widget_class, WdSubjectRow, show);
  gtk_widget_class_bind_template_child (widget_class, WdSubjectRow, offer);
  gtk_widget_class_bind_template_child (widget_class, WdSubjectRow, outcome_box);
  gtk_widget_class_bind_template_child (widget_class, WdSubjectRow, outcome_icon);
  gtk_widget_class_bind_template_child (widget_class, WdSubjectRow, outcome);
  gtk_widget_class_bind_template_child (widget_class, WdSubjectRow, show_outcome);
  gtk_widget_class_bind_template_callback (widget_class, offer_cb);
}

static void
wd_subject_row_init (WdSubjectRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_subject_row_new:
 *
 * Returns: (transfer floating): a row of nothing
 */
WdSubjectRow *
wd_subject_row_new (void)
{
  return g_object_new (WD_TYPE_SUBJECT_ROW, NULL);
}

/**
 * wd_subject_row_set:
 * @self: a row
 * @subject: (nullable): what to show
 */
void
wd_subject_row_set (WdSubjectRow *self, WdSubject *subject)
{
  g_return_if_fail (WD_IS_SUBJECT_ROW (self));

  if (self->subject != NULL)
    g_clear_signal_handler (&self->handler, self->subject);
  g_set_object (&self->subject, subject);
  if (subject == NULL)
    return;
  self->handler = g_signal_connect_swapped (subject, "changed", G_CALLBACK (update_row), self);
  update_row (self);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, GTK_WIDGET (wd_subject_row_new ()));
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  wd_subject_row_set (WD_SUBJECT_ROW (gtk_list_item_get_child (item)),
                      gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  if (gtk_list_item_get_child (item) != NULL)
    wd_subject_row_set (WD_SUBJECT_ROW (gtk_list_item_get_child (item)), NULL);
}

/**
 * wd_subject_row_factory:
 *
 * Returns: (transfer full): makes rows for a list of #WdSubject
 */
GtkListItemFactory *
wd_subject_row_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}
