/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Wallets that could be: addresses as explorers take them, exact amounts, the same each time. */

#include "sample/wd-sample-wallets.h"

#include <string.h>

#define DAY (24 * 60 * 60 * G_TIME_SPAN_SECOND)

static const struct {
  const char *name;
  gint32 share;       /* per cent */
  int decimals;       /* of the token that is held there */
} networks[] = {
  { "tron", 45, 6 },
  { "ethereum", 24, 18 },
  { "bsc", 20, 18 },
  { "polygon", 11, 6 },
};

static void
fill_bytes (GRand *random, guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) g_rand_int_range (random, 0, 256);
}

static void
append_hex (GString *text, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
}

/**
 * wd_sample_uuid:
 * @random: of the sample
 *
 * Returns: (transfer full): a UUID of version 4
 */
char *
wd_sample_uuid (GRand *random)
{
  guint8 bytes[16];
  GString *text = g_string_new (NULL);

  fill_bytes (random, bytes, sizeof bytes);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  append_hex (text, bytes, sizeof bytes);
  for (gsize i = 20; i >= 8; i -= 4)
    g_string_insert_c (text, (gssize) i, '-');
  return g_string_free (text, FALSE);
}

static void
sha256 (const guint8 *data, gsize length, guint8 digest[32])
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = 32;

  g_checksum_update (sum, data, (gssize) length);
  g_checksum_get_digest (sum, digest, &size);
}

/* In base 58, of which the first digit is never zero here. */
static char *
to_base58 (guint8 *bytes, gsize length)
{
  static const char digits[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  GString *text = g_string_new (NULL);
  gboolean is_zero;

  do
    {
      guint rest = 0;

      is_zero = TRUE;
      for (gsize i = 0; i < length; i++)
        {
          rest = rest * 256 + bytes[i];
          bytes[i] = (guint8) (rest / 58);
          rest %= 58;
          is_zero = is_zero && bytes[i] == 0;
        }
      g_string_prepend_c (text, digits[rest]);
    }
  while (!is_zero);
  return g_string_free (text, FALSE);
}

static char *
make_address (GRand *random, gboolean tron)
{
  guint8 bytes[25], sum[32];
  GString *text;

  fill_bytes (random, bytes + 1, 20);
  if (tron)
    {
      bytes[0] = 0x41;
      sha256 (bytes, 21, sum);
      sha256 (sum, sizeof sum, sum);
      memcpy (bytes + 21, sum, 4);
      return to_base58 (bytes, sizeof bytes);
    }
  text = g_string_new ("0x");
  append_hex (text, bytes + 1, 20);
  return g_string_free (text, FALSE);
}

/* Digits, never a double. */
static char *
make_balance (GRand *random, int decimals)
{
  GString *text;
  gint32 most = 1;

  if (g_rand_int_range (random, 0, 100) < 18)
    return g_strdup ("0");
  for (gint32 i = g_rand_int_range (random, 0, 7); i > 0; i--)
    most *= 10;
  text = g_string_new (NULL);
  g_string_append_printf (text, "%d.", g_rand_int_range (random, 0, most));
  for (int i = 0; i < decimals; i++)
    g_string_append_c (text, (char) ('0' + g_rand_int_range (random, 0, 10)));
  return g_string_free (text, FALSE);
}

static gsize
pick_network (GRand *random)
{
  gint32 left = g_rand_int_range (random, 0, 100);
  gsize i = 0;

  while (i + 1 < G_N_ELEMENTS (networks) && left >= networks[i].share)
    left -= networks[i++].share;
  return i;
}

static WdWallet *
make_wallet (GRand *random, WdTime created, WdTime now)
{
  WdWallet *wallet = wd_wallet_new ();
  gsize network = pick_network (random);

  wallet->id = wd_sample_uuid (random);
  wallet->user_id = wd_sample_uuid (random);
  wallet->address = make_address (random, network == 0);
  wallet->balance = make_balance (random, networks[network].decimals);
  wallet->network = g_strdup (networks[network].name);
  wallet->needs_gas = g_rand_int_range (random, 0, 100) < 4;
  wallet->needs_consolidation = g_rand_int_range (random, 0, 100) < 6;
  wallet->created_at = created;
  wallet->last_sync = now - g_rand_int_range (random, 1, 7200) * G_TIME_SPAN_SECOND;
  if (wallet->last_sync < created || g_rand_int_range (random, 0, 100) < 3)
    wallet->last_sync = WD_TIME_NONE;
  wallet->updated_at = MAX (created, wallet->last_sync);
  return wallet;
}

/**
 * wd_sample_wallets_make:
 * @random: of the sample
 * @n_wallets: how many
 * @now: the time
 *
 * Returns: (transfer full) (element-type WdWallet): the wallets, the oldest first
 */
GPtrArray *
wd_sample_wallets_make (GRand *random, guint n_wallets, WdTime now)
{
  GPtrArray *wallets = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_wallet_unref);

  for (guint i = 0; i < n_wallets; i++)
    {
      WdTime age = 400 * DAY * (n_wallets - i) / n_wallets
                   + g_rand_int_range (random, 0, 3600) * G_TIME_SPAN_SECOND;

      g_ptr_array_add (wallets, make_wallet (random, now - age, now));
    }
  return wallets;
}
