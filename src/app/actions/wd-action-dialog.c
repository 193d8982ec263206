/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the dialogs share that do something to wallets or jobs: the list of them, the button that
 * begins, the question a production connection asks first, progress, and what became of each.
 *
 * The button works once: from the press on, nothing can be pressed until every request has said
 * what it did. What was done, or may have been, is never sent again from the same dialog. */

#include "app/actions/wd-action-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/actions/wd-subject-row.h"
#include "app/common/wd-banner.h"
#include "app/common/wd-confirm.h"
#include "app/common/wd-text.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

/* Quicker answers need no word about them. */
#define PROGRESS_MS 300

typedef struct {
  WdWindow *window;          /* (weak) (nullable) */
  WdWorkspace *workspace;    /* (owned) (nullable) */
  GListStore *subjects;      /* (owned) */
  GHashTable *by_key;        /* (owned) (element-type utf8 WdSubject) */
  GSimpleActionGroup *actions;   /* (owned) */
  gboolean asking;           /* a question is on screen */
  gboolean updating;         /* subjects are being set right, all at once */
  GCancellable *question;    /* (owned) (nullable) */
  WdActionRun *run;          /* (owned) (nullable): while requests are under way */
  gboolean stopping;
  guint progress_source;
  guint n_refused;           /* of the run */
  guint n_done;              /* by the dialog, so the two below */
  guint n_undelivered;
  char *done_job;            /* (owned) (nullable): the last one done */
  char *trouble;             /* (owned) (nullable): why nothing can be sent now */
  char *trouble_details;     /* (owned) (nullable) */
  GError *error;             /* (owned) (nullable): what ended the last run early */

  AdwWindowTitle *title;
  GtkButton *cancel;
  GtkButton *go;
  GtkRevealer *progress;
  GtkSpinner *spinner;
  GtkLabel *progress_label;
  WdBanner *banner;
  GtkBox *body;
  GtkLabel *summary;
  GtkWidget *scroller;
  GtkListView *view;
} WdActionDialogPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (WdActionDialog, wd_action_dialog, ADW_TYPE_WINDOW)

static WdActionDialogPrivate *
get (WdActionDialog *self)
{
  return wd_action_dialog_get_instance_private (self);
}

static WdSubject *
peek_subject (WdActionDialogPrivate *priv, guint i)
{
  g_autoptr (WdSubject) subject = g_list_model_get_item (G_LIST_MODEL (priv->subjects), i);

  /* The store holds it. */
  return subject;
}

/* Returns: (transfer full) (element-type WdSubject): those the button is about now */
static GPtrArray *
collect (WdActionDialogPrivate *priv)
{
  GPtrArray *subjects = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (priv->subjects));

  for (guint i = 0; i < n; i++)
    if (wd_subject_may_go (peek_subject (priv, i)))
      g_ptr_array_add (subjects, g_object_ref (peek_subject (priv, i)));
  return subjects;
}

static guint
count_open (WdActionDialogPrivate *priv)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (priv->subjects));
  guint n_open = 0;

  for (guint i = 0; i < n; i++)
    n_open += wd_subject_is_open (peek_subject (priv, i));
  return n_open;
}

static void
enable (WdActionDialogPrivate *priv, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (priv->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_progress (WdActionDialogPrivate *priv)
{
  gboolean shown = priv->run != NULL && priv->progress_source == 0;
  g_autofree char *tried = NULL;
  g_autofree char *all = NULL;
  g_autofree char *text = NULL;

  gtk_revealer_set_reveal_child (priv->progress, shown);
  gtk_spinner_set_spinning (priv->spinner, shown);
  if (!shown)
    return;
  tried = wd_text_count (wd_action_run_get_n_tried (priv->run));
  all = wd_text_count (wd_action_run_get_n_subjects (priv->run));
  if (priv->stopping)
    text = g_strdup (_("Stopping: waiting to learn what was done"));
  else if (wd_action_run_get_n_subjects (priv->run) > WD_ACTION_RUN_BATCH)
    /* TRANSLATORS: such as “Sending: 200 of 1 000 answered” */
    text = g_strdup_printf (_("Sending: %s of %s answered"), tried, all);
  else
    text = g_strdup (_("Sending: waiting for an answer"));
  gtk_label_set_text (priv->progress_label, text);
}

static void
update_trouble (WdActionDialogPrivate *priv)
{
  g_autofree char *details = NULL;

  if (priv->error != NULL)
    {
      details = wd_format_visible (priv->error->message, 1024);
      wd_banner_show (priv->banner,
                      g_error_matches (priv->error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME)
                        ? _("It is not known whether this was written. It is being looked up; do "
                            "not send it again.")
                        : priv->n_done > 0
                          ? _("It stopped half way. What was done is marked below; the rest was "
                              "not written.")
                          : _("Nothing was written."),
                      details, TRUE);
    }
  else if (priv->trouble != NULL)
    wd_banner_show (priv->banner, priv->trouble, priv->trouble_details, FALSE);
  else
    wd_banner_hide (priv->banner);
}

static void
update_buttons (WdActionDialog *self, WdActionDialogPrivate *priv)
{
  WdActionDialogClass *klass = WD_ACTION_DIALOG_GET_CLASS (self);
  g_autoptr (GPtrArray) subjects = collect (priv);
  g_autofree char *label = klass->describe_go (self, subjects->len);
  gboolean busy = priv->run != NULL || priv->asking;
  gboolean nothing_left = g_list_model_get_n_items (G_LIST_MODEL (priv->subjects)) > 0
                          && count_open (priv) == 0;

  gtk_widget_set_visible (priv->scroller,
                          g_list_model_get_n_items (G_LIST_MODEL (priv->subjects)) > 0);
  gtk_button_set_label (priv->go, label);
  gtk_button_set_label (priv->cancel, nothing_left ? _("_Close") : _("_Cancel"));
  enable (priv, "go",
          subjects->len > 0 && !busy && priv->trouble == NULL && klass->is_ready (self));
  enable (priv, "stop", priv->run != NULL && !priv->stopping);
  gtk_widget_set_sensitive (GTK_WIDGET (priv->cancel), priv->run == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (priv->body), priv->run == NULL);
}

/**
 * wd_action_dialog_update:
 * @self: a dialog
 *
 * State to widgets, those of the subclass first.
 */
void
wd_action_dialog_update (WdActionDialog *self)
{
  WdActionDialogPrivate *priv = get (self);

  if (priv->workspace == NULL)
    return;
  priv->updating = TRUE;
  WD_ACTION_DIALOG_GET_CLASS (self)->update (self);
  priv->updating = FALSE;
  update_trouble (priv);
  update_buttons (self, priv);
  update_progress (priv);
}

/* Tells in the window below what was done, once that can be seen. */
static void
tell_done (WdActionDialog *self, WdActionDialogPrivate *priv)
{
  WdActionDialogClass *klass = WD_ACTION_DIALOG_GET_CLASS (self);
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (priv->n_done == 0 || priv->window == NULL)
    return;
  text = klass->describe_done (self, priv->n_done, priv->n_undelivered);
  toast = wd_window_toast (priv->window, text);
  adw_toast_set_timeout (toast, 10);
  adw_toast_set_button_label (toast, _("Show"));
  klass->link_done (self, toast, priv->n_done == 1 ? priv->done_job : NULL);
}

static void
leave (WdActionDialog *self)
{
  tell_done (self, get (self));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
settle_failed (WdActionDialogPrivate *priv, const GError *error)
{
  gboolean unknown = g_error_matches (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME);
  char **keys = wd_action_run_get_failed (priv->run);

  for (; keys != NULL && *keys != NULL; keys++)
    {
      WdSubject *subject = g_hash_table_lookup (priv->by_key, *keys);

      if (subject == NULL || wd_subject_get_state (subject) != WD_SUBJECT_SENDING)
        continue;
      if (unknown)
        wd_subject_settle (subject, WD_SUBJECT_UNKNOWN, _("Not known whether it was written"),
                           NULL);
      else
        wd_subject_settle (subject, WD_SUBJECT_READY, NULL, NULL);
    }
}

/* Whatever a run did not come to is as before. */
static void
reopen_rest (WdActionDialogPrivate *priv)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (priv->subjects));

  for (guint i = 0; i < n; i++)
    {
      WdSubject *subject = peek_subject (priv, i);

      if (wd_subject_get_state (subject) == WD_SUBJECT_SENDING)
        wd_subject_settle (subject, WD_SUBJECT_READY, NULL, NULL);
    }
}

static void
finished_cb (WdActionDialog *self)
{
  WdActionDialogPrivate *priv = get (self);
  const GError *error = wd_action_run_get_error (priv->run);
  gboolean whole = error == NULL && priv->n_refused == 0
                   && wd_action_run_get_n_tried (priv->run)
                        == wd_action_run_get_n_subjects (priv->run);

  g_clear_handle_id (&priv->progress_source, g_source_remove);
  g_clear_error (&priv->error);
  if (error != NULL && !wd_error_is_cancelled (error))
    priv->error = g_error_copy (error);
  if (error != NULL)
    settle_failed (priv, error);
  reopen_rest (priv);
  g_signal_handlers_disconnect_by_data (priv->run, self);
  g_clear_object (&priv->run);
  priv->stopping = FALSE;
  wd_workspace_refresh (priv->workspace);
  if (whole && priv->n_done > 0)
    leave (self);
  else
    wd_action_dialog_update (self);
}

static void
result_cb (WdActionDialog *self, gpointer data)
{
  WdActionDialogPrivate *priv = get (self);
  WdActionDialogClass *klass = WD_ACTION_DIALOG_GET_CLASS (self);
  const WdActionResult *result = data;

  for (guint i = 0; i < result->done->len; i++)
    {
      const WdJobOutcome *outcome = result->done->pdata[i];
      WdSubject *subject = g_hash_table_lookup (priv->by_key, klass->get_key (outcome->job));
      const char *text = outcome->note != NULL ? outcome->note
                         : outcome->delivered ? _("Queued")
                         : _("Written, not yet delivered to its queue; it will be. Do not send it "
                             "again.");

      priv->n_done++;
      priv->n_undelivered += !outcome->delivered;
      g_free (priv->done_job);
      priv->done_job = g_strdup (outcome->job->id);
      if (subject != NULL)
        wd_subject_settle (subject, WD_SUBJECT_DONE, text, outcome->job->id);
    }
  for (guint i = 0; i < result->refused->len; i++)
    {
      const WdRefusal *refusal = result->refused->pdata[i];
      WdSubject *subject = g_hash_table_lookup (priv->by_key, refusal->subject);
      g_autofree char *text = wd_format_visible (refusal->error->message, 512);
      gboolean unknown = g_error_matches (refusal->error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME);

      priv->n_refused++;
      if (subject != NULL)
        wd_subject_settle (subject, unknown ? WD_SUBJECT_UNKNOWN : WD_SUBJECT_REFUSED, text,
                           refusal->job_log_id);
    }
  wd_action_dialog_update (self);
}

static gboolean
progress_cb (gpointer data)
{
  WdActionDialog *self = data;

  get (self)->progress_source = 0;
  update_progress (get (self));
  return G_SOURCE_REMOVE;
}

static void
start (WdActionDialog *self, GPtrArray *subjects)
{
  WdActionDialogPrivate *priv = get (self);

  g_clear_error (&priv->error);
  /* GTK's entries complain when they cannot be typed into while they have the focus. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  priv->n_refused = 0;
  priv->run = wd_action_run_new (wd_workspace_get_backend (priv->workspace));
  g_signal_connect_object (priv->run, "result", G_CALLBACK (result_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->run, "finished", G_CALLBACK (finished_cb), self,
                           G_CONNECT_SWAPPED);
  WD_ACTION_DIALOG_GET_CLASS (self)->add_requests (self, priv->run, subjects);
  for (guint i = 0; i < subjects->len; i++)
    wd_subject_settle (subjects->pdata[i], WD_SUBJECT_SENDING, NULL, NULL);
  priv->progress_source = g_timeout_add (PROGRESS_MS, progress_cb, self);
  wd_action_dialog_update (self);
  wd_action_run_start (priv->run);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdActionDialog) self = WD_ACTION_DIALOG (data);
  WdActionDialogPrivate *priv = get (self);
  gboolean yes = wd_confirm_finish (result, NULL);
  g_autoptr (GPtrArray) subjects = NULL;

  if (priv->workspace == NULL)
    return;
  priv->asking = FALSE;
  g_clear_object (&priv->question);
  subjects = collect (priv);
  /* What changed while the question stood there is seen first. */
  if (yes && subjects->len > 0 && priv->run == NULL && priv->trouble == NULL
      && WD_ACTION_DIALOG_GET_CLASS (self)->is_ready (self))
    start (self, subjects);
  else
    wd_action_dialog_update (self);
}

static void
ask (WdActionDialog *self, guint n_subjects)
{
  WdActionDialogPrivate *priv = get (self);
  WdActionDialogClass *klass = WD_ACTION_DIALOG_GET_CLASS (self);
  g_autofree char *typed = wd_confirm_number (n_subjects);
  g_autofree char *heading = klass->describe_question (self, n_subjects);
  g_autofree char *action = klass->describe_go (self, n_subjects);
  g_autofree char *name
    = wd_format_visible (wd_workspace_get_profile (priv->workspace)->name, 64);
  g_autofree char *body = g_strdup_printf (_("“%s” is a production connection."), name);

  priv->asking = TRUE;
  priv->question = g_cancellable_new ();
  wd_confirm_async (GTK_WINDOW (self),
                    &(WdConfirmSpec) { heading, body, action, FALSE, typed },
                    priv->question, confirmed_cb, g_object_ref (self));
  wd_action_dialog_update (self);
}

static void
go_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdActionDialog *self = data;
  WdActionDialogPrivate *priv = get (self);
  g_autoptr (GPtrArray) subjects = collect (priv);

  if (subjects->len == 0 || priv->run != NULL || priv->asking)
    return;
  if (wd_workspace_get_profile (priv->workspace)->production && subjects->len > WD_CONFIRM_FREELY)
    ask (self, subjects->len);
  else
    start (self, subjects);
}

static void
stop_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdActionDialog *self = data;
  WdActionDialogPrivate *priv = get (self);

  if (priv->run == NULL)
    return;
  priv->stopping = TRUE;
  wd_action_run_stop (priv->run);
  wd_action_dialog_update (self);
}

/* A job is looked at in the window below. */
static void
show_job_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdActionDialog *self = data;
  WdActionDialogPrivate *priv = get (self);
  g_autoptr (WdWindow) window = priv->window != NULL ? g_object_ref (priv->window) : NULL;
  g_autoptr (GVariant) target = g_variant_ref (parameter);

  if (priv->run != NULL || window == NULL)
    return;
  leave (self);
  gtk_widget_activate_action_variant (GTK_WIDGET (window), "win.show-job", target);
}

/* While something is under way there is an answer to wait for. */
static gboolean
wd_action_dialog_close_request (GtkWindow *window)
{
  WdActionDialogPrivate *priv = get (WD_ACTION_DIALOG (window));

  if (priv->run != NULL)
    return TRUE;
  tell_done (WD_ACTION_DIALOG (window), priv);
  return GTK_WINDOW_CLASS (wd_action_dialog_parent_class)->close_request (window);
}

static void
wd_action_dialog_dispose (GObject *object)
{
  WdActionDialogPrivate *priv = get (WD_ACTION_DIALOG (object));

  g_clear_handle_id (&priv->progress_source, g_source_remove);
  if (priv->question != NULL)
    g_cancellable_cancel (priv->question);
  g_clear_object (&priv->question);
  /* Goes on to its end: what was sent is delivered. */
  g_clear_object (&priv->run);
  g_clear_object (&priv->workspace);
  g_clear_weak_pointer (&priv->window);
  G_OBJECT_CLASS (wd_action_dialog_parent_class)->dispose (object);
}

static void
wd_action_dialog_finalize (GObject *object)
{
  WdActionDialogPrivate *priv = get (WD_ACTION_DIALOG (object));

  g_hash_table_unref (priv->by_key);
  g_clear_object (&priv->subjects);
  g_clear_object (&priv->actions);
  g_clear_error (&priv->error);
  g_free (priv->done_job);
  g_free (priv->trouble);
  g_free (priv->trouble_details);
  G_OBJECT_CLASS (wd_action_dialog_parent_class)->finalize (object);
}

static void
wd_action_dialog_class_init (WdActionDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wd_action_dialog_dispose;
  object_class->finalize = wd_action_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = wd_action_dialog_close_request;

  g_type_ensure (WD_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/actions/wd-action-dialog.ui");
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, title);
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, cancel);
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, go);
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, progress);
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, spinner);
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, progress_label);
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, banner);
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, body);
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, summary);
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, view);
  gtk_widget_class_bind_template_child_private (widget_class, WdActionDialog, scroller);
}

static void
wd_action_dialog_init (WdActionDialog *self)
{
  static const GActionEntry entries[] = {
    { .name = "go", .activate = go_cb },
    { .name = "stop", .activate = stop_cb },
    { .name = "show-job", .activate = show_job_cb, .parameter_type = "s" },
  };
  WdActionDialogPrivate *priv = get (self);
  GtkListItemFactory *factory;

  priv->subjects = g_list_store_new (WD_TYPE_SUBJECT);
  priv->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  priv->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (priv->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "dialog", G_ACTION_GROUP (priv->actions));
  wd_banner_set_button (priv->banner, NULL, NULL);
  factory = wd_subject_row_factory ();
  gtk_list_view_set_factory (priv->view, factory);
  g_object_unref (factory);
  gtk_list_view_set_model (
    priv->view, GTK_SELECTION_MODEL (gtk_no_selection_new (
                  g_object_ref (G_LIST_MODEL (priv->subjects)))));
  g_object_unref (gtk_list_view_get_model (priv->view));
}

/**
 * wd_action_dialog_set_up:
 * @self: a new dialog, with its title
 * @window: the window it belongs to
 * @workspace: what it acts upon
 */
void
wd_action_dialog_set_up (WdActionDialog *self, WdWindow *window, WdWorkspace *workspace)
{
  WdActionDialogPrivate *priv = get (self);
  g_autofree char *name = wd_format_visible (wd_workspace_get_profile (workspace)->name, 64);

  gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (window));
  g_set_weak_pointer (&priv->window, window);
  priv->workspace = g_object_ref (workspace);
  adw_window_title_set_title (priv->title, gtk_window_get_title (GTK_WINDOW (self)));
  adw_window_title_set_subtitle (priv->title, name);
  if (wd_workspace_get_profile (workspace)->production)
    gtk_widget_add_css_class (GTK_WIDGET (self), "production");
}

/**
 * wd_action_dialog_get_workspace:
 * @self: a dialog
 *
 * Returns: (transfer none) (nullable): what it acts upon; %NULL once it is closed
 */
WdWorkspace *
wd_action_dialog_get_workspace (WdActionDialog *self)
{
  return get (self)->workspace;
}

/**
 * wd_action_dialog_set_controls:
 * @self: a dialog
 * @controls: what stands above the list
 */
void
wd_action_dialog_set_controls (WdActionDialog *self, GtkWidget *controls)
{
  gtk_box_prepend (get (self)->body, controls);
}

static void
subject_cb (WdActionDialog *self)
{
  WdActionDialogPrivate *priv = get (self);

  /* A run settles many at once and updates by itself. */
  if (priv->run == NULL && priv->workspace != NULL && !priv->updating)
    wd_action_dialog_update (self);
}

/**
 * wd_action_dialog_add_subject:
 * @self: a dialog
 * @subject: (transfer full): with a key that is not there yet
 */
void
wd_action_dialog_add_subject (WdActionDialog *self, WdSubject *subject)
{
  WdActionDialogPrivate *priv = get (self);

  g_hash_table_insert (priv->by_key, (gpointer) wd_subject_get_key (subject), subject);
  g_list_store_append (priv->subjects, subject);
  g_signal_connect_object (subject, "changed", G_CALLBACK (subject_cb), self, G_CONNECT_SWAPPED);
  g_object_unref (subject);
}

/**
 * wd_action_dialog_find_subject:
 * @self: a dialog
 * @key: of a subject
 *
 * Returns: (transfer none) (nullable): the subject with that key, if there is one
 */
WdSubject *
wd_action_dialog_find_subject (WdActionDialog *self, const char *key)
{
  return g_hash_table_lookup (get (self)->by_key, key);
}

/**
 * wd_action_dialog_get_subjects:
 * @self: a dialog
 *
 * Returns: (transfer none): a #GListStore of #WdSubject, which grows as subjects are added
 */
GListModel *
wd_action_dialog_get_subjects (WdActionDialog *self)
{
  return G_LIST_MODEL (get (self)->subjects);
}

/**
 * wd_action_dialog_set_trouble:
 * @self: a dialog
 * @text: (nullable): why nothing can be sent now
 * @details: (nullable): what the servers said
 */
void
wd_action_dialog_set_trouble (WdActionDialog *self, const char *text, const char *details)
{
  WdActionDialogPrivate *priv = get (self);

  g_free (priv->trouble);
  g_free (priv->trouble_details);
  priv->trouble = g_strdup (text);
  priv->trouble_details = g_strdup (details);
}

/**
 * wd_action_dialog_set_summary:
 * @self: a dialog
 * @summary: (nullable): what is about to be done, in words; %NULL hides it
 */
void
wd_action_dialog_set_summary (WdActionDialog *self, const char *summary)
{
  WdActionDialogPrivate *priv = get (self);

  gtk_label_set_text (priv->summary, summary != NULL ? summary : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->summary), summary != NULL);
}

/**
 * wd_action_dialog_set_list_name:
 * @self: a dialog
 * @name: of the list, translated, for those who cannot see it
 */
void
wd_action_dialog_set_list_name (WdActionDialog *self, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (get (self)->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * wd_action_dialog_is_running:
 * @self: a dialog
 *
 * Returns: whether requests are under way
 */
gboolean
wd_action_dialog_is_running (WdActionDialog *self)
{
  return get (self)->run != NULL;
}
