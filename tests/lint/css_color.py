# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Colours as style sheets say them: GTK's own functions, and those of CSS Color 4 and 5 in which
libadwaita since 1.6 computes its colours.

A colour is red, green, blue and alpha from 0 to 1. What oklab() gives may lie outside of that: it
is cut where it is mixed, as GTK does, and where it is shown.
"""

import re

FUNCTION = re.compile(r"([a-z-]+)\((.*)\)", re.DOTALL | re.IGNORECASE)
NUMBER = re.compile(r"[\d.]+%?")
RELATIVE = re.compile(r"from (\S+) (min|max)\(l, ([\d.]+)\) a b")

# Linear light to the responses of the eye's cones, and those, compressed, to lightness and hue.
CONES = ((0.4122214708, 0.5363325363, 0.0514459929),
         (0.2119034982, 0.6806995451, 0.1073969566),
         (0.0883024619, 0.2817188376, 0.6299787005))
LAB = ((0.2104542553, 0.7936177850, -0.0040720468),
       (1.9779984951, -2.4285922050, 0.4505937099),
       (0.0259040371, 0.7827717662, -0.8086757660))
# And back.
FROM_LAB = ((1, 0.3963377774, 0.2158037573),
            (1, -0.1055613458, -0.0638541728),
            (1, -0.0894841775, -1.2914855480))
FROM_CONES = ((4.0767416621, -3.3077115913, 0.2309699292),
              (-1.2684380046, 2.6097574011, -0.3413193965),
              (-0.0041960863, -0.7034186147, 1.7076147010))


def cut(part):
    return min(max(part, 0.0), 1.0)


def to_linear(part):
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _from_linear(part):
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _times(matrix, vector):
    return tuple(sum(a * b for a, b in zip(row, vector)) for row in matrix)


def to_oklab(color):
    cones = _times(CONES, [to_linear(part) for part in color[:3]])
    return _times(LAB, [cone ** (1 / 3) for cone in cones])


def from_oklab(lab, alpha):
    cones = [cone ** 3 for cone in _times(FROM_LAB, lab)]
    return (*map(_from_linear, _times(FROM_CONES, cones)), alpha)


def mix(one, other, share):
    """SHARE of OTHER, the rest of ONE; what can be seen through counts for less."""
    alpha = one[3] * (1 - share) + other[3] * share
    if alpha == 0:
        return (0.0,) * 4
    return (*(cut(a * one[3] * (1 - share) + b * other[3] * share) / alpha
              for a, b in zip(one[:3], other[:3])), alpha)


def _number(text, whole=1.0):
    """A number, or a percentage, of WHOLE."""
    return float(text[:-1]) / 100 if text.endswith("%") else float(text) / whole


class Colors:
    """What colours of a style sheet are called."""

    def __init__(self, names):
        self._names = {"white": "#ffffff", "black": "#000000", "transparent": "rgba(0, 0, 0, 0)",
                       **names}

    def read(self, text):
        """Red, green, blue and alpha of what a style sheet says."""
        text = text.strip()
        if text.startswith("#"):
            return (*(int(text[i:i + 2], 16) / 255 for i in (1, 3, 5)), 1.0)
        function = FUNCTION.fullmatch(text)
        if function is None:
            return self.read(self._names[text.lstrip("@")])
        name = function[1].lower().replace("-", "_")
        return getattr(self, f"_{name}")(function[2])

    def _rgb(self, text):
        *parts, alpha = (*NUMBER.findall(text), "1")[:4]
        return (*(_number(part, 255) for part in parts), _number(alpha))

    _rgba = _rgb

    def _var(self, text):
        name = text.strip()
        return self.read(self._names.get(name) or name.removeprefix("--").replace("-", "_"))

    def _mix(self, text):
        one, other, share = text.split(",")
        return mix(self.read(one), self.read(other), float(share))

    def _color_mix(self, text):
        method, one, other = text.split(",")
        one, share = one.rsplit(maxsplit=1)
        assert method.strip() == "in srgb", text
        return mix(self.read(one), self.read(other), 1 - _number(share))

    def _alpha(self, text):
        color, alpha = text.split(",")
        color = self.read(color)
        return (*color[:3], color[3] * float(alpha))

    def _oklab(self, text):
        origin, bound, lightness = RELATIVE.fullmatch(text.strip()).groups()
        color = self.read(origin)
        light, *hue = to_oklab(color)
        return from_oklab(((min if bound == "min" else max)(light, float(lightness)), *hue),
                          color[3])
