/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WdCliArguments WdCliArguments;
typedef struct _WdCliContext WdCliContext;

/**
 * WdCliKind:
 * @WD_CLI_FLAG: stands alone
 * @WD_CLI_TEXT: any text
 * @WD_CLI_BOOLEAN: `true` or `false`
 * @WD_CLI_TIME: RFC 3339 or a date
 * @WD_CLI_LIMIT: how many, 1 to 1000
 * @WD_CLI_ADDRESS: of a wallet
 * @WD_CLI_UUID: a UUID
 * @WD_CLI_AMOUNT: a decimal number
 *
 * What an option takes; checked while the command line is read.
 */
typedef enum {
  WD_CLI_FLAG,
  WD_CLI_TEXT,
  WD_CLI_BOOLEAN,
  WD_CLI_TIME,
  WD_CLI_LIMIT,
  WD_CLI_ADDRESS,
  WD_CLI_UUID,
  WD_CLI_AMOUNT,
} WdCliKind;

/**
 * WdCliOption:
 * @name: without the dashes; %NULL ends a table
 * @kind: what it takes
 * @repeats: whether it may be given several times
 * @value: (nullable): what its value is called in the help
 * @help: one line, not translated yet
 */
typedef struct {
  const char *name;
  WdCliKind kind;
  gboolean repeats;
  const char *value;
  const char *help;
} WdCliOption;

/**
 * WdCliRun:
 * @context: an open connection and where to write
 * @arguments: the command line, checked
 * @error: what decides the exit status
 *
 * Runs a command: writes its document's members or its table, then returns. What is known is
 * written also when it fails.
 */
typedef gboolean (*WdCliRun) (WdCliContext *context, const WdCliArguments *arguments,
                              GError **error);

/**
 * WdCliCommand:
 * @name: its words; %NULL ends a table
 * @operands: (nullable): what follows, for the help
 * @min_operands: how many at least
 * @max_operands: how many at most
 * @options: its own options, in up to two tables
 * @summary: one line, not translated yet
 * @look: (nullable): where to see what an interrupted one did, unless its own answer says so
 * @run: what it does
 */
typedef struct {
  const char *name;
  const char *operands;
  guint min_operands;
  guint max_operands;
  const WdCliOption *options[3];
  const char *summary;
  const char *look;
  WdCliRun run;
} WdCliCommand;

extern const WdCliOption wd_cli_global_options[];

const WdCliCommand *wd_cli_commands (void);

G_END_DECLS
