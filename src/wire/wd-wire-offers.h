/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Every answer of the service has it. */
#define WD_WIRE_OFFERS_HEADER "Worker-Dashboard-Offers"

/**
 * WdOffers:
 * @WD_OFFER_CURSOR: lists go on behind a cursor
 * @WD_OFFER_SEARCH: lists look for a text, and wallets for their network and exact balance
 * @WD_OFFER_EVENTS: it tells of changes
 * @WD_OFFER_QUEUES: it shows its queues
 * @WD_OFFER_PAUSE: whoever asked may pause and resume them
 * @WD_OFFER_BULK: it tells of bulk runs
 * @WD_OFFER_BULK_RUN: whoever asked may begin them and go on with them
 * @WD_OFFER_FILTER: lists of jobs take a filter as one line of text
 * @WD_OFFER_ERRORS: it groups failed jobs by their errors
 *
 * What a server can do beside what every remote dashboard does.
 */
typedef enum {
  WD_OFFER_CURSOR = 1 << 0,
  WD_OFFER_SEARCH = 1 << 1,
  WD_OFFER_EVENTS = 1 << 2,
  WD_OFFER_QUEUES = 1 << 3,
  WD_OFFER_PAUSE = 1 << 4,
  WD_OFFER_BULK = 1 << 5,
  WD_OFFER_BULK_RUN = 1 << 6,
  WD_OFFER_FILTER = 1 << 7,
  WD_OFFER_ERRORS = 1 << 8,
} WdOffers;

char    *wd_wire_offers_to_text (WdOffers offers);
WdOffers wd_wire_offers_from_text (const char *text);

G_END_DECLS
