#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check that every translatable text can be translated, and that every language is complete.

A template is made afresh from the sources into a temporary folder, so that the check needs no
build and changes nothing.
"""

import gettext
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from catalog import Catalog

# The keywords of meson's "glib" preset, with which the template is made for translators.
XGETTEXT = [
    'xgettext', '--from-code=UTF-8', '--add-location=file', '--sort-by-file',
    '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--keyword=NC_:1c,2',
    '--keyword=g_dcgettext:2', '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3',
    '--flag=N_:1:pass-c-format', '--flag=C_:2:pass-c-format', '--flag=NC_:2:pass-c-format',
    '--flag=g_dngettext:2:pass-c-format', '--flag=g_strdup_printf:1:c-format',
    '--flag=g_string_append_printf:2:c-format', '--flag=g_error_new:3:c-format',
    '--flag=g_set_error:4:c-format', '--flag=g_print:1:c-format', '--flag=g_printerr:1:c-format',
]
SOURCES = ('src/**/*.c', 'src/**/*.h', 'src/**/*.ui',
           'data/*.desktop.in', 'data/*.metainfo.xml.in', 'data/*.gschema.xml')


def run(*command, cwd=None):
    result = subprocess.run(command, cwd=cwd, env=dict(os.environ, LC_ALL='C.UTF-8'),
                            capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise RuntimeError(f'{command[0]}: {result.stderr.strip()}')
    return result.stdout, result.stderr


def entries(path):
    """The names of a list file, without comments and empty lines."""
    lines = path.read_text(encoding='utf-8').splitlines()
    return [line for line in lines if line and not line.startswith('#')]


def files_with_text(root, files):
    if not files:
        return set()
    template, _ = run(*XGETTEXT, '--output=-', *files, cwd=root)
    return {name for line in template.splitlines() if line.startswith('#: ')
            for name in line[3:].split()}


def check_potfiles(root):
    listed = entries(root / 'po' / 'POTFILES')
    if listed != sorted(set(listed)):
        yield 'po/POTFILES is not sorted, or names a file twice'
    missing = [name for name in listed if not (root / name).is_file()]
    for name in missing:
        yield f'po/POTFILES: {name} does not exist'
    sources = {path.relative_to(root).as_posix() for glob in SOURCES for path in root.glob(glob)}
    with_text = files_with_text(root, sorted(sources))
    for name in sorted(with_text - set(listed)):
        yield f'po/POTFILES: {name} has text to translate and is not listed'
    for name in sorted(set(listed) - with_text - set(missing)):
        yield f'po/POTFILES: {name} has no text to translate'


# How many plural forms a language has.
PLURAL_FORMS = {'ar': 6, 'de': 2, 'es': 2, 'fr': 2, 'pt_BR': 2, 'zh_CN': 1}
READ_BY = re.compile('^# (Not yet r|R)ead by a native speaker( of [A-Z]|: )', re.MULTILINE)
# What is typed into a shell, a file or the search, and so the same in every language.
VERBATIM = re.compile(r'--[a-z]+(?:-[a-z]+)*|[A-Za-z]{2,}(?:_[A-Za-z]{2,})+|(?<=“)wdctl(?: [a-z]+)+'
                      r'|[a-z+]+://|~/[.][a-z]+|needs:gas|%[0-9A-F]{2}')
ENGLISH = re.compile(r'\b(and|are|has|is|not|of|that|the|this|to|was)\b')


def check_text(source, translation):
    """Yields what is broken in TRANSLATION, beyond what msgfmt sees."""
    if re.match(r'\s*', source)[0] != re.match(r'\s*', translation)[0] \
            or re.search(r'\s*$', source)[0] != re.search(r'\s*$', translation)[0]:
        yield 'begins or ends with other spaces'
    if source.count('…') != translation.count('…') or '...' in translation:
        yield 'has other ellipses'
    for word in VERBATIM.findall(source):
        if word not in translation:
            yield f'lacks {word}'
    if source == translation and ENGLISH.search(source):
        yield 'is English'


def check_header(language, path, header):
    if f'Language: {language}\n' not in header:
        yield 'says that it is of another language'
    if not READ_BY.search(path.read_text(encoding='utf-8')):
        yield 'does not say whether a native speaker has read it'
    rule = re.search(r'nplurals=(\d+); plural=(.*);', header)
    forms = set(map(gettext.c2py(rule[2]), range(1000)))
    if forms != set(range(int(rule[1]))) or len(forms) != PLURAL_FORMS[language]:
        yield f'has {len(forms)} plural forms, not {PLURAL_FORMS[language]}'


def check_complete(merged):
    """Yields what has no translation, or one that was made for another text."""
    for kind in ('--only-fuzzy', '--untranslated'):
        left, _ = run('msgattrib', kind, '--no-obsolete', '--no-wrap', str(merged))
        for text in re.findall(r'^msgid (".+")$', left, re.MULTILINE):
            if text != '""':
                yield f'is incomplete: {text}'


def check_language(language, original, template, folder):
    """Yields what is wrong with the texts of ORIGINAL as a translation of TEMPLATE."""
    merged = folder / f'{language}.po'
    run('msgmerge', '--quiet', f'--output-file={merged}', str(original), str(template))
    _, counts = run('msgfmt', '--check', '--check-accelerators=_', '--statistics',
                    '--output-file=/dev/null', str(merged))
    print(f'{language}: {counts.splitlines()[-1]}')
    catalog = Catalog.compile(merged)
    problems = [*check_complete(merged), *check_header(language, original, catalog.texts[''])]
    for source, plural, translations in catalog.entries():
        for number, translation in enumerate(translations):
            said = plural if plural and number else source
            problems += [f'{problem}: “{translation}” for “{source}”'
                         for problem in check_text(said, translation)]
    for problem in problems:
        yield f'po/{language}.po {problem}'


def check(root, domain):
    yield from check_potfiles(root)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = folder / f'{domain}.pot'
        listed = [file for file in entries(root / 'po' / 'POTFILES') if (root / file).is_file()]
        run(*XGETTEXT, f'--package-name={domain}', f'--output={template}', *listed, cwd=root)
        for language in ' '.join(entries(root / 'po' / 'LINGUAS')).split():
            yield from check_language(language, root / 'po' / f'{language}.po', template, folder)


def main():
    root, domain = Path(sys.argv[1]), sys.argv[2]
    problems = list(check(root, domain))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
