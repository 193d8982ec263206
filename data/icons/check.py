#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check that icons load as GTK loads them, and that symbolic ones hold to what it can recolour.

GTK paints every path, rect and circle of a symbolic icon in the text colour, as a fill: strokes,
gradients and fill="none" come out wrong, so they must not be there.
"""

import sys
import xml.etree.ElementTree as ElementTree

import gi

gi.require_version('GdkPixbuf', '2.0')
from gi.repository import GdkPixbuf, GLib  # noqa: E402

SVG = '{http://www.w3.org/2000/svg}'
SYMBOLIC_TAGS = {SVG + name for name in ('svg', 'g', 'path', 'rect', 'circle')}
FORBIDDEN = ('stroke', 'style', 'class', 'filter', 'mask', 'clip-path')


def check_symbolic(root):
    for element in root.iter():
        if element.tag not in SYMBOLIC_TAGS:
            yield f'{element.tag} cannot be recoloured'
        for name in element.keys():
            if name.startswith(FORBIDDEN):
                yield f'attribute {name} cannot be recoloured'
        if element.get('fill', 'currentColor') not in ('currentColor', '#2e3436'):
            yield f'fill {element.get("fill")} is not the symbolic colour'


def check(path):
    root = ElementTree.parse(path).getroot()
    symbolic = path.endswith('-symbolic.svg')
    size = '16' if symbolic else '128'
    if root.tag != SVG + 'svg':
        yield 'is no SVG'
    if (root.get('width'), root.get('height')) != (size, size):
        yield f'is not {size} by {size}'
    if root.get('viewBox') != f'0 0 {size} {size}':
        yield f'viewBox is not 0 0 {size} {size}'
    if symbolic:
        yield from check_symbolic(root)
    try:
        picture = GdkPixbuf.Pixbuf.new_from_file_at_size(path, 64, 64)
    except GLib.Error as error:
        yield f'does not load: {error.message}'
    else:
        if not any(picture.get_pixels()[3::4]):
            yield 'is empty'


def main():
    problems = [f'{path}: {problem}' for path in sys.argv[1:] for problem in check(path)]
    print('\n'.join(problems) or f'{len(sys.argv) - 1} icons are good')
    return 1 if problems else 0


sys.exit(main())
