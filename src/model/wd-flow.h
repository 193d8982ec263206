/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"
#include "model/wd-record.h"

G_BEGIN_DECLS

/* Jobs of a flow that are told of at most, children of each, and how far above and below. */
#define WD_FLOW_MOST_NODES    500
#define WD_FLOW_MOST_CHILDREN 50
#define WD_FLOW_MOST_LEVELS   20

/**
 * WdFlowLink:
 * @WD_FLOW_FAILED: it failed, and so must its parent
 * @WD_FLOW_IGNORED: it failed; its parent does not mind
 * @WD_FLOW_PENDING: its parent waits for it
 * @WD_FLOW_PROCESSED: it completed
 * @WD_FLOW_UNLINKED: its parent does not know of it, or not any more
 *
 * What a job is to its parent.
 */
typedef enum {
  WD_FLOW_FAILED,
  WD_FLOW_IGNORED,
  WD_FLOW_PENDING,
  WD_FLOW_PROCESSED,
  WD_FLOW_UNLINKED,
} WdFlowLink;

#define WD_FLOW_N_LINKS WD_FLOW_UNLINKED

/**
 * WdFlowNode:
 * @queue: where it is; with its prefix before it where that is another one than the connection's
 * @is_foreign: whether that is so: it cannot be opened
 * @id: its id there
 * @name: (nullable): BullMQ job name
 * @state: (nullable): in BullMQ's words, `unknown` for a record that is in no list, `unsure` where
 *   the lists are too long to look through; %NULL where the queue holds it no more
 * @failed_reason: (nullable): text
 * @made_ms: when it was made, in milliseconds; 0 where that is not known
 * @link: what it is to its parent; of no meaning for the root
 * @is_subject: it is the job that was asked for
 * @is_repeated: it stands above already: its children are not told again
 * @n_children: by #WdFlowLink: how many it has
 * @children: (element-type WdFlowNode): those that are told of
 * @n_more: those that are not
 * @job_log_id: (nullable): UUID of its row
 * @row_status: (nullable): what that says
 *
 * A job of a flow.
 */
typedef struct {
  char *queue;
  gboolean is_foreign;
  char *id;
  char *name;
  char *state;
  char *failed_reason;
  gint64 made_ms;
  WdFlowLink link;
  gboolean is_subject;
  gboolean is_repeated;
  gint64 n_children[WD_FLOW_N_LINKS];
  GPtrArray *children;
  gint64 n_more;
  char *job_log_id;
  char *row_status;
} WdFlowNode;

/**
 * WdFlow:
 * @root: (owned): the job that waits, or waited, for all others
 * @has_more_above: it has a parent, but that is too far up, or below itself
 * @n_nodes: how many are told of
 * @read_at: when that was
 * @rows_error: (nullable): why it is not known which of them have a row
 *
 * A job with those it waits for and those that wait for it. Immutable once published.
 */
typedef struct {
  WdFlowNode *root;
  gboolean has_more_above;
  guint n_nodes;
  WdTime read_at;
  char *rows_error;
} WdFlow;

WD_DECLARE_RECORD (WdFlow, wd_flow)

WdFlowNode *wd_flow_node_new (const char *queue, const char *id);
void        wd_flow_node_free (WdFlowNode *self);
const char *wd_flow_link_word (WdFlowLink link);
const char *wd_flow_link_label (WdFlowLink link);

/**
 * WdFlowFunc:
 * @node: a job of a flow
 * @depth: how far below the root
 * @data: as given
 */
typedef void (*WdFlowFunc) (WdFlowNode *node, guint depth, gpointer data);

void wd_flow_foreach (WdFlowNode *root, WdFlowFunc func, gpointer data);

G_END_DECLS
