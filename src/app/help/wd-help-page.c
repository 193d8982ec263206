/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads the part of Mallard (projectmallard.org) that the guide is written in. What is not in this
 * table is refused, so that nothing of a page is left out in silence. */

#include "app/help/wd-help-page.h"

#include <string.h>

typedef struct {
  WdHelpPage *page;
  GPtrArray *parents;    /* (element-type utf8): names of the open elements */
  GString *text;         /* (nullable): of the block or title that is open */
  char *section;         /* (owned) (nullable): the id that the next heading has */
  GPtrArray *cells;      /* (owned) (nullable): of the open row */
  guint n_steps;
  guint n_rows;
} Reader;

/* Elements within a text, and what Pango calls them. */
static const struct {
  const char *name;
  const char *begin;
  const char *end;
} inlines[] = {
  { "gui", "<b>", "</b>" },
  { "key", "<b>", "</b>" },
  { "em", "<i>", "</i>" },
  { "cmd", "<tt>", "</tt>" },
  { "code", "<tt>", "</tt>" },
  { "file", "<tt>", "</tt>" },
  { "output", "“", "”" },
  { "link", NULL, "</a>" },
};

/* Those that hold others and say nothing themselves. */
static const char *const containers[] = {
  "page", "info", "section", "list", "steps", "item", "note", "table", "thead", "tbody", "tr", "td",
  NULL,
};

static const char *
get_parent (const Reader *self, guint up)
{
  return self->parents->len >= up ? self->parents->pdata[self->parents->len - up] : "";
}

static gboolean
is_within (const Reader *self, const char *name)
{
  for (guint i = 0; i < self->parents->len; i++)
    if (strcmp (self->parents->pdata[i], name) == 0)
      return TRUE;
  return FALSE;
}

static void
block_free (gpointer data)
{
  WdHelpBlock *block = data;

  g_free (block->id);
  g_free (block->text);
  g_clear_pointer (&block->cells, g_ptr_array_unref);
  g_free (block);
}

static WdHelpBlock *
add_block (Reader *self, WdHelpKind kind, char *text)
{
  WdHelpBlock *block = g_new0 (WdHelpBlock, 1);

  block->kind = kind;
  block->text = text;
  g_ptr_array_add (self->page->blocks, block);
  return block;
}

/* Lines of the file are no lines of a text. */
static char *
take_text (Reader *self)
{
  g_autofree char *text = g_string_free (g_steal_pointer (&self->text), FALSE);
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) joined = g_string_new (NULL);

  words = g_strsplit_set (text, " \n\t", -1);
  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", *word);
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

static void
begin_inline (Reader *self, gsize i, const char **names, const char **values)
{
  const char *target = NULL;

  if (inlines[i].begin != NULL)
    {
      g_string_append (self->text, inlines[i].begin);
      return;
    }
  for (; *names != NULL; names++, values++)
    if (strcmp (*names, "xref") == 0)
      target = *values;
  g_string_append_printf (self->text, "<a href=\"%s\">", target != NULL ? target : "");
}

static gboolean
find_inline (const char *name, gsize *index)
{
  for (gsize i = 0; i < G_N_ELEMENTS (inlines); i++)
    if (strcmp (inlines[i].name, name) == 0)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

static void
begin_container (Reader *self, const char *name, const char **names, const char **values)
{
  for (; *names != NULL; names++, values++)
    if (strcmp (*names, "id") == 0 && strcmp (name, "page") == 0)
      self->page->id = g_strdup (*values);
    else if (strcmp (*names, "id") == 0)
      {
        g_free (self->section);
        self->section = g_strdup (*values);
      }
  if (strcmp (name, "steps") == 0)
    self->n_steps = 0;
  else if (strcmp (name, "table") == 0)
    self->n_rows = 0;
  else if (strcmp (name, "tr") == 0)
    self->cells = g_ptr_array_new_with_free_func (g_free);
}

static void
start_cb (GMarkupParseContext *context, const char *name, const char **names, const char **values,
          gpointer data, GError **error)
{
  Reader *self = data;
  gboolean is_info_link = strcmp (name, "link") == 0 && strcmp (get_parent (self, 1), "info") == 0;
  gsize i;

  if (self->text != NULL && find_inline (name, &i))
    begin_inline (self, i, names, values);
  else if (self->text == NULL
           && (strcmp (name, "p") == 0 || strcmp (name, "title") == 0 || strcmp (name, "desc") == 0
               || strcmp (name, "code") == 0 || strcmp (name, "screen") == 0))
    self->text = g_string_new (NULL);
  else if (self->text == NULL && g_strv_contains (containers, name))
    begin_container (self, name, names, values);
  else if (!is_info_link)
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_UNKNOWN_ELEMENT, "<%s> in <%s>", name,
                 get_parent (self, 1));
  g_ptr_array_add (self->parents, g_strdup (name));
}

static void
end_paragraph (Reader *self)
{
  char *text = take_text (self);

  if (self->cells != NULL)
    g_ptr_array_add (self->cells, text);
  else if (is_within (self, "note"))
    add_block (self, WD_HELP_NOTE, text);
  else if (strcmp (get_parent (self, 1), "item") != 0)
    add_block (self, WD_HELP_PARAGRAPH, text);
  else if (strcmp (get_parent (self, 2), "steps") == 0)
    add_block (self, WD_HELP_STEP, text)->number = ++self->n_steps;
  else
    add_block (self, WD_HELP_ITEM, text);
}

static void
end_title (Reader *self)
{
  char *text = take_text (self);

  if (strcmp (get_parent (self, 1), "page") == 0)
    {
      g_free (self->page->title);
      self->page->title = text;
    }
  else
    add_block (self, WD_HELP_HEADING, text)->id = g_steal_pointer (&self->section);
}

static void
end_cb (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  Reader *self = data;
  gsize i;

  g_ptr_array_set_size (self->parents, (int) self->parents->len - 1);
  if (strcmp (name, "p") == 0)
    end_paragraph (self);
  else if (strcmp (name, "title") == 0)
    end_title (self);
  else if (strcmp (name, "desc") == 0)
    self->page->description = take_text (self);
  else if (strcmp (name, "tr") == 0)
    {
      WdHelpBlock *block = add_block (self, WD_HELP_ROW, NULL);

      block->number = self->n_rows++;
      block->cells = g_steal_pointer (&self->cells);
    }
  else if (self->text != NULL && g_str_equal (name, "code")
           && strcmp (get_parent (self, 1), "p") != 0)
    add_block (self, WD_HELP_CODE, g_string_free (g_steal_pointer (&self->text), FALSE));
  else if (g_str_equal (name, "screen"))
    add_block (self, WD_HELP_CODE, g_string_free (g_steal_pointer (&self->text), FALSE));
  else if (self->text != NULL && find_inline (name, &i))
    g_string_append (self->text, inlines[i].end);
}

/* Only what is code is not shown as markup. */
static void
text_cb (GMarkupParseContext *context, const char *text, gsize length, gpointer data,
         GError **error)
{
  Reader *self = data;
  const char *element = g_markup_parse_context_get_element (context);
  gboolean is_code = strcmp (element, "screen") == 0
                     || (strcmp (element, "code") == 0
                         && strcmp (get_parent (self, 2), "section") == 0);

  if (self->text == NULL)
    return;
  if (is_code)
    g_string_append_len (self->text, text, (gssize) length);
  else
    {
      g_autofree char *escaped = g_markup_escape_text (text, (gssize) length);

      g_string_append (self->text, escaped);
    }
}

/**
 * wd_help_page_parse:
 * @text: a page in Mallard
 * @length: of it, or -1
 * @error: in #G_MARKUP_ERROR, also for what this program does not show
 *
 * Returns: (transfer full) (nullable): the page
 */
WdHelpPage *
wd_help_page_parse (const char *text, gssize length, GError **error)
{
  static const GMarkupParser parser = {
    .start_element = start_cb,
    .end_element = end_cb,
    .text = text_cb,
  };
  g_autoptr (WdHelpPage) page = g_new0 (WdHelpPage, 1);
  Reader reader = { page };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &reader, NULL);
  gboolean success;

  g_return_val_if_fail (text != NULL, NULL);

  page->blocks = g_ptr_array_new_with_free_func (block_free);
  reader.parents = g_ptr_array_new_with_free_func (g_free);
  success = g_markup_parse_context_parse (context, text, length, error)
            && g_markup_parse_context_end_parse (context, error);
  g_ptr_array_unref (reader.parents);
  g_clear_pointer (&reader.cells, g_ptr_array_unref);
  g_free (reader.section);
  if (reader.text != NULL)
    g_string_free (reader.text, TRUE);
  return success ? g_steal_pointer (&page) : NULL;
}

/**
 * wd_help_page_free:
 * @self: (transfer full): a page
 */
void
wd_help_page_free (WdHelpPage *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->description);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}
