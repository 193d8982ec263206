#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check the Flatpak manifests: pinned sources, and no more rights than the program needs."""

import json
import re
import shutil
import subprocess
import sys

RIGHTS = {
    '--device=dri',
    '--share=ipc',
    '--share=network',
    '--socket=fallback-x11',
    '--socket=wayland',
    '--talk-name=org.freedesktop.secrets',
}

MODULES = ['hiredis', 'postgresql', 'valkey', 'worker-dashboard']


def check_sources(module):
    if not module['sources']:
        yield f'{module["name"]} has no source'
    for source in module['sources']:
        if source['type'] == 'dir':
            continue
        if source['type'] != 'archive' or not source['url'].startswith('https://'):
            yield f'{module["name"]} is not an archive fetched over https'
        if not re.fullmatch('[0-9a-f]{64}', source.get('sha256', '')):
            yield f'{module["name"]} is not pinned by sha256'


def check(manifest):
    if set(manifest['finish-args']) != RIGHTS:
        yield f'rights differ: {sorted(set(manifest["finish-args"]) ^ RIGHTS)}'
    names = [module['name'] for module in manifest['modules']]
    if names != MODULES:
        yield f'modules are not {", ".join(MODULES)}'
    for module in manifest['modules']:
        yield from check_sources(module)


def read(path):
    with open(path, encoding='utf-8') as file:
        return json.load(file)


def shipping(manifest):
    """The manifest of the development variant without what it may have for itself."""
    program = dict(manifest['modules'][-1])
    *options, profile = program['config-opts']
    if profile != '-Dprofile=development':
        return None
    program['config-opts'] = options
    return {**manifest, 'id': manifest['id'].removesuffix('.Devel'),
            'modules': [*manifest['modules'][:-1], program]}


def check_file(path):
    manifest = read(path)
    yield from check(manifest)
    if not path.endswith(f'/{manifest["id"]}.json'):
        yield 'is not named after its id'
    if path.endswith('.Devel.json') and shipping(manifest) != read(
            path.removesuffix('.Devel.json') + '.json'):
        yield 'differs from the shipping manifest in more than its id and profile'
    builder = shutil.which('flatpak-builder')
    if builder is not None:
        shown = subprocess.run([builder, '--show-manifest', path], capture_output=True, check=False)
        if shown.returncode != 0:
            yield shown.stderr.decode(errors='replace').strip()


def main():
    problems = [f'{path}: {problem}' for path in sys.argv[1:] for problem in check_file(path)]
    print('\n'.join(problems) or f'{len(sys.argv) - 1} manifests are good')
    return 1 if problems else 0


sys.exit(main())
