/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sets and clears flags of wallets, and takes it back. The toast that tells it was done keeps what
 * each wallet was before, for as long as it can be clicked. */

#include "app/actions/wd-flag-editor.h"

#include <glib/gi18n-lib.h>

#include "app/actions/wd-flag-run.h"
#include "app/common/wd-confirm.h"
#include "app/common/wd-text.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

/* Quicker answers need no word about them. */
#define PROGRESS_MS 300

/* Wallets named one by one. */
#define MAX_NAMED 12

struct _WdFlagEditor {
  GObject parent_instance;

  WdWindow *window;              /* (weak) (nullable) */
  WdWorkspace *workspace;        /* (owned) */
  GCancellable *cancellable;     /* (owned): of the question */
  WdFlagRequest *asked;          /* (owned) (nullable): waits for a yes */
};

/* What an "Undo" takes back. */
typedef struct {
  WdFlagEditor *self;            /* (owned) */
  WdFlagRun *run;                /* (owned): what was done */
} Undo;

G_DEFINE_FINAL_TYPE (WdFlagEditor, wd_flag_editor, G_TYPE_OBJECT)

static void send (WdFlagEditor *self, const WdFlagRequest *request);

static void
free_undo (gpointer data, GClosure *closure)
{
  Undo *undo = data;

  g_object_unref (undo->self);
  g_object_unref (undo->run);
  g_free (undo);
}

static void
undo_cb (AdwToast *toast, Undo *undo)
{
  g_autoptr (WdFlagRequest) request = wd_flag_request_new_undo (wd_flag_run_get_result (undo->run));

  send (undo->self, request);
}

static gboolean
sets (const WdFlagRequest *request)
{
  return request->changes->len > 0
         && ((WdFlagChange *) request->changes->pdata[0])->after == WD_TRISTATE_TRUE;
}

/* Returns: (transfer full): what was done, in one line */
static char *
describe (const WdFlagRequest *request, const WdFlagResult *result)
{
  const char *flag = wd_flag_label (result->flag);
  guint n = result->changed->len;
  g_autofree char *number = wd_text_count (n);
  g_autofree char *same = wd_text_count (result->n_same);

  if (request->undo)
    return g_strdup_printf (ngettext ("“%s” is as before on %s wallet",
                                      "“%s” is as before on %s wallets", n), flag, number);
  if (n == 0)
    return sets (request) ? g_strdup_printf (_("“%s” was set already"), flag)
                          : g_strdup_printf (_("“%s” was not set"), flag);
  if (result->n_same > 0)
    return sets (request)
             ? g_strdup_printf (ngettext ("Set “%s” on %s wallet; %s had it already",
                                          "Set “%s” on %s wallets; %s had it already", n), flag,
                                number, same)
             : g_strdup_printf (ngettext ("Cleared “%s” on %s wallet; %s did not have it",
                                          "Cleared “%s” on %s wallets; %s did not have it", n),
                                flag, number, same);
  return sets (request)
           ? g_strdup_printf (ngettext ("Set “%s” on %s wallet", "Set “%s” on %s wallets", n), flag,
                              number)
           : g_strdup_printf (ngettext ("Cleared “%s” on %s wallet",
                                        "Cleared “%s” on %s wallets", n),
                              flag, number);
}

static void
tell_left (WdFlagEditor *self, const WdFlagResult *result)
{
  guint n = result->left->len;
  g_autofree char *number = wd_text_count (n);
  g_autofree char *heading
    = g_strdup_printf (ngettext ("%s Wallet Was Left as It Is",
                                 "%s Wallets Were Left as They Are", n),
                       number);
  g_autoptr (GString) body = g_string_new (NULL);

  for (guint i = 0; i < MIN (n, MAX_NAMED); i++)
    {
      const WdRefusal *refusal = result->left->pdata[i];
      g_autofree char *address = wd_format_visible (refusal->subject, 128);
      g_autofree char *reason = wd_format_visible (refusal->error->message, 256);

      /* TRANSLATORS: a wallet and why it was not changed */
      g_string_append_printf (body, _("%s: %s"), address, reason);
      g_string_append_c (body, '\n');
    }
  if (n > MAX_NAMED)
    {
      g_autofree char *more = wd_text_count (n - MAX_NAMED);

      g_string_append_printf (body, ngettext ("…and %s more", "…and %s more", n - MAX_NAMED),
                              more);
    }
  wd_confirm_tell (GTK_WINDOW (self->window), heading, body->str);
}

/* Of many the first may be changed by then. */
static void
tell_error (WdFlagEditor *self, const WdFlagRequest *request, guint n_changed,
            const GError *error)
{
  gboolean unknown = g_error_matches (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME);
  g_autofree char *message = wd_format_visible (error->message, 1024);
  g_autofree char *body = NULL;

  if (unknown)
    body = g_strdup_printf (_("%s\n\nThe table shows what they are now. Setting them once more "
                              "does no harm."), message);
  wd_confirm_tell (GTK_WINDOW (self->window),
                   unknown ? _("Not Known Whether the Flags Changed")
                   : n_changed > 0 ? _("Not Every Wallet Was Changed")
                   : request->undo ? _("The Change Was Not Undone") : _("No Flag Was Changed"),
                   unknown ? body : message);
}

static void
tell_done (WdFlagEditor *self, WdFlagRun *run)
{
  const WdFlagRequest *request = wd_flag_run_get_request (run);
  const WdFlagResult *result = wd_flag_run_get_result (run);
  g_autofree char *text = describe (request, result);
  AdwToast *toast = wd_window_toast (self->window, text);
  Undo *undo;

  if (result->changed->len == 0 || request->undo)
    return;
  undo = g_new0 (Undo, 1);
  undo->self = g_object_ref (self);
  undo->run = g_object_ref (run);
  adw_toast_set_timeout (toast, 15);
  adw_toast_set_button_label (toast, _("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), undo, free_undo, 0);
}

/* What is under way. */
typedef struct {
  WdFlagEditor *self;            /* (owned) */
  WdFlagRun *run;                /* (owned) */
  AdwToast *progress;            /* (owned) (nullable): while it takes long */
  guint progress_source;
} Sending;

static void
update_progress (Sending *sending)
{
  g_autofree char *tried = wd_text_count (wd_flag_run_get_n_tried (sending->run));
  g_autofree char *total = wd_text_count (wd_flag_run_get_request (sending->run)->changes->len);
  g_autofree char *text = g_strdup_printf (_("%s of %s wallets…"), tried, total);

  if (sending->progress != NULL)
    adw_toast_set_title (sending->progress, text);
}

static gboolean
progress_cb (gpointer data)
{
  Sending *sending = data;

  sending->progress_source = 0;
  if (sending->self->window == NULL)
    return G_SOURCE_REMOVE;
  sending->progress = g_object_ref (wd_window_toast_lasting (sending->self->window, _("_Stop")));
  g_signal_connect_object (sending->progress, "button-clicked", G_CALLBACK (wd_flag_run_stop),
                           sending->run, G_CONNECT_SWAPPED);
  update_progress (sending);
  return G_SOURCE_REMOVE;
}

static void
finished_cb (WdFlagRun *run, Sending *sending)
{
  WdFlagEditor *self = sending->self;
  const WdFlagResult *result = wd_flag_run_get_result (run);
  const GError *error = wd_flag_run_get_error (run);

  g_clear_handle_id (&sending->progress_source, g_source_remove);
  if (sending->progress != NULL)
    adw_toast_dismiss (sending->progress);
  if (self->window != NULL)
    {
      gboolean failed = error != NULL && !wd_error_is_cancelled (error);

      if (failed)
        tell_error (self, wd_flag_run_get_request (run), result->changed->len, error);
      if (result->changed->len > 0 || (result->left->len == 0 && error == NULL))
        tell_done (self, run);
      if (result->left->len > 0)
        tell_left (self, result);
      wd_workspace_refresh (self->workspace);
    }
  g_signal_handlers_disconnect_by_data (run, sending);
  g_clear_object (&sending->progress);
  g_object_unref (sending->run);
  g_object_unref (sending->self);
  g_free (sending);
}

static void
send (WdFlagEditor *self, const WdFlagRequest *request)
{
  Sending *sending = g_new0 (Sending, 1);

  sending->self = g_object_ref (self);
  sending->run = wd_flag_run_new (wd_workspace_get_backend (self->workspace), request);
  sending->progress_source = g_timeout_add (PROGRESS_MS, progress_cb, sending);
  g_signal_connect_swapped (sending->run, "progress", G_CALLBACK (update_progress), sending);
  g_signal_connect (sending->run, "finished", G_CALLBACK (finished_cb), sending);
  wd_flag_run_start (sending->run);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdFlagEditor) self = data;

  if (wd_confirm_finish (result, NULL) && self->asked != NULL)
    send (self, self->asked);
  g_clear_pointer (&self->asked, wd_flag_request_free);
}

static void
ask (WdFlagEditor *self)
{
  guint n = self->asked->changes->len;
  const char *flag = wd_flag_label (self->asked->flag);
  g_autofree char *typed = wd_confirm_number (n);
  g_autofree char *name = wd_format_visible (wd_workspace_get_profile (self->workspace)->name, 64);
  g_autofree char *body = g_strdup_printf (_("“%s” is a production connection."), name);
  g_autofree char *number = wd_text_count (n);
  g_autofree char *heading
    = sets (self->asked)
        ? g_strdup_printf (ngettext ("Set “%s” on %s Wallet?", "Set “%s” on %s Wallets?", n),
                           flag, number)
        : g_strdup_printf (ngettext ("Clear “%s” on %s Wallet?", "Clear “%s” on %s Wallets?", n),
                           flag, number);

  wd_confirm_async (GTK_WINDOW (self->window),
                    &(WdConfirmSpec) { heading, body, sets (self->asked) ? _("_Set") : _("_Clear"),
                                       FALSE, typed },
                    self->cancellable, confirmed_cb, g_object_ref (self));
}

static void
wd_flag_editor_dispose (GObject *object)
{
  WdFlagEditor *self = WD_FLAG_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_flag_editor_parent_class)->dispose (object);
}

static void
wd_flag_editor_finalize (GObject *object)
{
  WdFlagEditor *self = WD_FLAG_EDITOR (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->asked, wd_flag_request_free);
  G_OBJECT_CLASS (wd_flag_editor_parent_class)->finalize (object);
}

static void
wd_flag_editor_class_init (WdFlagEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wd_flag_editor_dispose;
  object_class->finalize = wd_flag_editor_finalize;
}

static void
wd_flag_editor_init (WdFlagEditor *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * wd_flag_editor_new:
 * @window: where it tells what it did
 * @workspace: whose wallets
 *
 * Returns: (transfer full): an editor at rest
 */
WdFlagEditor *
wd_flag_editor_new (WdWindow *window, WdWorkspace *workspace)
{
  WdFlagEditor *self = g_object_new (WD_TYPE_FLAG_EDITOR, NULL);

  g_set_weak_pointer (&self->window, window);
  self->workspace = g_object_ref (workspace);
  return self;
}

/**
 * wd_flag_editor_get_workspace:
 * @self: an editor
 *
 * Returns: (transfer none): what it changes wallets of
 */
WdWorkspace *
wd_flag_editor_get_workspace (WdFlagEditor *self)
{
  g_return_val_if_fail (WD_IS_FLAG_EDITOR (self), NULL);

  return self->workspace;
}

/**
 * wd_flag_editor_set:
 * @self: an editor
 * @addresses: (array zero-terminated=1): of which wallets
 * @flag: which flag
 * @value: to what
 *
 * A production connection asks before it changes many.
 */
void
wd_flag_editor_set (WdFlagEditor *self, const char *const *addresses, WdFlag flag, gboolean value)
{
  g_autoptr (WdFlagRequest) request = NULL;

  g_return_if_fail (WD_IS_FLAG_EDITOR (self));

  request = wd_flag_request_new (flag, addresses, value);
  if (request->changes->len == 0 || self->asked != NULL)
    return;
  if (wd_workspace_get_profile (self->workspace)->production
      && request->changes->len > WD_CONFIRM_FREELY)
    {
      self->asked = g_steal_pointer (&request);
      ask (self);
    }
  else
    send (self, request);
}
