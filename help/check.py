#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check the user guide: its links, its commands, the messages it quotes, and its translations.

Arguments: the source folder and wdctl.
"""

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'po'))

from catalog import Catalog  # noqa: E402

MALLARD = '{http://projectmallard.org/1.0/}'
INDEX = 'index'
RESOURCES = 'src/app/worker-dashboard.gresource.xml'
# What a message has in place of something that is filled in.
PLACE = re.compile(r'%(?:\d+\$)?[-+0-9.]*l?[a-z]')
# The letter of a label that is its key: within the word, or behind it where letters are none.
KEY = re.compile(r'\(_.\)|_')
# Makes what begins with a Latin word a line from right to left; nothing to read.
RIGHT_TO_LEFT = '\u200f'
# A page of another language says so in a comment.
READ_BY = re.compile('<!-- (Not yet r|R)ead by a native speaker( of [A-Z]|: )')


def text_of(element):
    text = ''.join(element.itertext()).replace(RIGHT_TO_LEFT, '').strip()
    # Spaces that do not break are the language's.
    return ' '.join(re.split(r'[ \n]+', text))


def find(page, *names):
    return [element for name in names for element in page.iter(MALLARD + name)]


def read_pages(folder):
    return {path.stem: ElementTree.parse(path).getroot() for path in sorted(folder.glob('*.page'))}


def read_messages(root):
    """Every text of the program, with … for what is filled in."""
    for text, plural, _translations in Catalog.compile(root / 'po' / 'de.po').entries():
        yield PLACE.sub('…', text)
        yield PLACE.sub('…', plural or text)


def check_page(name, page):
    if page.get('id') != name:
        yield f'{name}: its id is {page.get("id")}'
    if page.find(f'{MALLARD}title') is None or not find(page, 'desc'):
        yield f'{name}: without title or description'
    guides = [link.get('xref') for link in find(page, 'link') if link.get('type') == 'guide']
    if guides != ([] if name == INDEX else [INDEX]):
        yield f'{name}: is not in the contents once'


def check_links(pages):
    places = {name: {section.get('id') for section in find(page, 'section')}
              for name, page in pages.items()}
    for name, page in pages.items():
        for link in find(page, 'link'):
            target, _, section = link.get('xref').partition('#')
            if target not in places or (section and section not in places[target]):
                yield f'{name}: a link leads nowhere: {link.get("xref")}'


def commands_of(page):
    for element in find(page, 'cmd', 'screen'):
        for line in (element.text or '').splitlines():
            words = line.split()
            if words and words[0] == 'wdctl':
                yield [word for word in words[1:] if re.fullmatch('(--)?[a-z-]+', word)]


def check_commands(pages, wdctl):
    for name, page in pages.items():
        for words in commands_of(page):
            if not words or words[0].startswith('--'):
                continue
            result = subprocess.run([wdctl, *words, '--help'], capture_output=True, check=False)
            if result.returncode != 0:
                yield f'{name}: there is no wdctl {" ".join(words)}'


def check_messages(pages, root):
    messages = set(read_messages(root))
    for name, page in pages.items():
        for element in find(page, 'output'):
            text = text_of(element)
            known = text in messages or any(
                text.endswith('…') and message.startswith(text[:-1]) for message in messages)
            if not known:
                yield f'{name}: no message of the program: {text}'


def read_translations(root, language):
    """What the program says in a language: translations by the text, as it is said or labelled."""
    said = {}
    for text, plural, translations in Catalog.compile(root / 'po' / f'{language}.po').entries():
        for pattern, shown in ((PLACE, '…'), (KEY, '')):
            for source in (text, plural or text):
                said.setdefault(pattern.sub(shown, source), set()).update(
                    pattern.sub(shown, translation.replace(RIGHT_TO_LEFT, ''))
                    for translation in translations)
    return said


def translations_of(text, said):
    """Those of a text, or of what begins with it if it ends with …, where the program says it."""
    if text in said or not text.endswith('…'):
        return said.get(text, set())
    return {translation for source, translations in said.items() if source.startswith(text[:-1])
            for translation in translations}


def check_quotes(language, pages, originals, root):
    said = read_translations(root, language)
    for name in pages.keys() & originals.keys():
        for original, element in zip(find(originals[name], 'output', 'gui'),
                                     find(pages[name], 'output', 'gui')):
            text = text_of(element)
            known = translations_of(text_of(original), said)
            if known and not any(text == message or (text.endswith('…')
                                                     and message.startswith(text[:-1]))
                                 for message in known):
                yield f'{language}/{name}: the program says it in other words: {text}'


def check_resources(pages, root, language):
    listed = re.findall(f'help/{language}/(.*)[.]page', (root / RESOURCES).read_text('utf-8'))
    if sorted(listed) != sorted(pages):
        yield f'{RESOURCES}: the pages of {language} are not those of help/{language}'


def shape_of(page):
    """What a translation leaves as it is."""
    return [(element.tag, element.get('id'), element.get('xref'),
             element.text if element.tag in (MALLARD + 'screen', MALLARD + 'code') else None)
            for element in page.iter()]


def check_reader(language, folder):
    for path in sorted(folder.glob('*.page')):
        if not READ_BY.search(path.read_text(encoding='utf-8')):
            yield f'{language}/{path.stem}: does not say whether a native speaker has read it'


def check_translation(language, pages, originals):
    if pages.keys() != originals.keys():
        yield f'{language}: other pages than the original'
    for name in pages.keys() & originals.keys():
        if shape_of(pages[name]) != shape_of(originals[name]):
            yield f'{language}/{name}: other sections, links or code than the original'


def check(root, wdctl):
    folders = [path for path in sorted((root / 'help').iterdir()) if path.is_dir()]
    guides = {folder.name: read_pages(folder) for folder in folders}
    originals = guides['C']
    for name, page in originals.items():
        yield from check_page(name, page)
    yield from check_links(originals)
    yield from check_commands(originals, wdctl)
    yield from check_messages(originals, root)
    for language, pages in guides.items():
        yield from check_resources(pages, root, language)
        yield from check_translation(language, pages, originals)
        if language != 'C':
            yield from check_quotes(language, pages, originals, root)
            yield from check_reader(language, root / 'help' / language)


def main():
    problems = list(check(Path(sys.argv[1]), sys.argv[2]))
    print('\n'.join(problems) or 'the guide is good')
    return 1 if problems else 0


sys.exit(main())
