/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Amounts are decimal text from the database to the label: no binary floating point ever holds
 * one, because 0.1 has no exact double and a balance has up to 32 digits. */

#include "base/wd-decimal.h"

#include <string.h>

/* More digits than any amount has; keeps `1e999999999` from filling the memory. */
#define MAX_EXPONENT 400

typedef struct {
  gboolean negative;
  const char *digits;   /* of the mantissa, with at most one dot among them */
  gsize length;
  gint64 exponent;
} Decimal;

static gboolean
read_exponent (const char *p, gint64 *exponent)
{
  gboolean negative = *p == '-';
  gint64 value = 0;

  if (*p == '+' || *p == '-')
    p++;
  if (*p == '\0')
    return FALSE;
  for (; g_ascii_isdigit (*p) && value <= MAX_EXPONENT; p++)
    value = value * 10 + (*p - '0');
  *exponent = negative ? -value : value;
  return *p == '\0' && value <= MAX_EXPONENT;
}

static gboolean
read_decimal (const char *text, Decimal *decimal)
{
  const char *p = text;
  gsize n_digits = 0, n_dots = 0;

  *decimal = (Decimal) { 0 };
  decimal->negative = *p == '-';
  if (*p == '+' || *p == '-')
    p++;
  decimal->digits = p;
  for (; g_ascii_isdigit (*p) || *p == '.'; p++)
    {
      n_digits += *p != '.';
      n_dots += *p == '.';
    }
  decimal->length = p - decimal->digits;
  if (n_digits == 0 || n_dots > 1)
    return FALSE;
  if (*p == 'e' || *p == 'E')
    return read_exponent (p + 1, &decimal->exponent);
  return *p == '\0';
}

/**
 * wd_decimal_is_valid:
 * @text: any text
 *
 * Returns: whether @text is a finite decimal number, with or without sign, fraction and exponent
 */
gboolean
wd_decimal_is_valid (const char *text)
{
  Decimal decimal;

  return text != NULL && read_decimal (text, &decimal);
}

/**
 * wd_decimal_expand:
 * @text: a number as JSON or PostgreSQL writes it
 *
 * Returns: (transfer full): the same number without exponent, sign `+` or needless leading zeros,
 *   every digit of the fraction kept; text that is no finite number (`NaN`) comes back as it is
 */
char *
wd_decimal_expand (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  Decimal decimal;
  gint64 point;
  const char *dot;
  gsize zeros = 0;

  g_return_val_if_fail (text != NULL, NULL);

  if (!read_decimal (text, &decimal))
    return g_strdup (text);

  dot = memchr (decimal.digits, '.', decimal.length);
  g_string_append_len (digits, decimal.digits,
                       dot ? dot - decimal.digits : (gssize) decimal.length);
  point = digits->len + decimal.exponent;
  if (dot != NULL)
    g_string_append_len (digits, dot + 1, decimal.length - (dot - decimal.digits) - 1);

  for (; point < 1; point++)
    g_string_prepend_c (digits, '0');
  while ((gint64) digits->len < point)
    g_string_append_c (digits, '0');
  while ((gint64) zeros < point - 1 && digits->str[zeros] == '0')
    zeros++;
  g_string_erase (digits, 0, zeros);
  point -= zeros;
  if (point < (gint64) digits->len)
    g_string_insert_c (digits, point, '.');
  if (decimal.negative)
    g_string_prepend_c (digits, '-');
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

static int
compare_magnitude (const char *a, const char *b)
{
  gsize whole_a = strcspn (a, "."), whole_b = strcspn (b, ".");
  const char *p, *q;
  int order;

  if (whole_a != whole_b)
    return whole_a < whole_b ? -1 : 1;
  if ((order = strncmp (a, b, whole_a)) != 0)
    return order < 0 ? -1 : 1;
  p = a[whole_a] == '.' ? a + whole_a + 1 : "";
  q = b[whole_b] == '.' ? b + whole_b + 1 : "";
  for (; *p != '\0' || *q != '\0'; p += *p != '\0', q += *q != '\0')
    {
      char digit_a = *p ? *p : '0', digit_b = *q ? *q : '0';

      if (digit_a != digit_b)
        return digit_a < digit_b ? -1 : 1;
    }
  return 0;
}

/**
 * wd_decimal_compare:
 * @a: a valid decimal
 * @b: a valid decimal
 *
 * Returns: below 0, 0 or above 0, by value: `1.50` equals `1.5`, `-0` equals `0`
 */
int
wd_decimal_compare (const char *a, const char *b)
{
  g_autofree char *one = NULL, *other = NULL;
  gboolean negative_a, negative_b;
  int order;

  g_return_val_if_fail (wd_decimal_is_valid (a) && wd_decimal_is_valid (b), 0);

  one = wd_decimal_expand (a);
  other = wd_decimal_expand (b);
  negative_a = *one == '-';
  negative_b = *other == '-';
  order = compare_magnitude (one + negative_a, other + negative_b);
  if (negative_a && negative_b)
    return -order;
  if (negative_a != negative_b
      && (order != 0 || strpbrk (one, "123456789") != NULL || strpbrk (other, "123456789") != NULL))
    return negative_a ? -1 : 1;
  return order;
}
