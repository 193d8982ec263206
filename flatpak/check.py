#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check the Flatpak manifest: pinned sources, and no more rights than the program needs."""

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
    if names != ['hiredis', 'libpq', 'worker-dashboard']:
        yield 'modules are not hiredis, libpq, worker-dashboard'
    for module in manifest['modules']:
        yield from check_sources(module)


def main():
    path = sys.argv[1]
    with open(path, encoding='utf-8') as file:
        manifest = json.load(file)
    problems = list(check(manifest))
    if not path.endswith(f'/{manifest["id"]}.json'):
        problems.append('is not named after its id')
    builder = shutil.which('flatpak-builder')
    if builder is not None:
        shown = subprocess.run([builder, '--show-manifest', path], capture_output=True, check=False)
        if shown.returncode != 0:
            problems.append(shown.stderr.decode(errors='replace').strip())
    print('\n'.join(f'{path}: {problem}' for problem in problems) or 'the manifest is good')
    return 1 if problems else 0


sys.exit(main())
