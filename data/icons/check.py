#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check that icons render, and that symbolic ones hold to what GTK can recolour.

GTK paints every path, rect and circle of a symbolic icon in the text colour, as a fill: strokes,
gradients and fill="none" come out wrong, so they must not be there.
"""

import subprocess
import sys
import xml.etree.ElementTree as ElementTree

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
    rendered = subprocess.run(['rsvg-convert', '-w', '64', '-h', '64', path],
                              capture_output=True, check=False)
    if rendered.returncode != 0 or not rendered.stdout.startswith(b'\x89PNG'):
        yield 'does not render: ' + rendered.stderr.decode(errors='replace').strip()


def main():
    problems = [f'{path}: {problem}' for path in sys.argv[1:] for problem in check(path)]
    print('\n'.join(problems) or f'{len(sys.argv) - 1} icons are good')
    return 1 if problems else 0


sys.exit(main())
