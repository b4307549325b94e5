"""Colours as eyes see them: contrast, difference, and the three kinds of colour blindness."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

TO_LUMINANCE = np.array([0.2126729, 0.7151522, 0.0721750])
_TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], TO_LUMINANCE, [0.0193339, 0.1191920, 0.9503041]])
_WHITE = np.array([0.95047, 1, 1.08883])

VISIONS = {
    "common": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}
"""Simulations of Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB."""


def linear(colour: str) -> np.ndarray:
    """Linear RGB of `#RRGGBB`."""
    values = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Contrast as WCAG 2.2 defines it."""
    dark, light = sorted(float(linear(colour) @ TO_LUMINANCE) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def see(colour: str, vision: str = "common") -> np.ndarray:
    """CIE L*a*b* of a colour as somebody with this vision sees it."""
    xyz = _TO_XYZ @ np.clip(VISIONS[vision] @ linear(colour), 0, 1) / _WHITE
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def _turn(a: float, b: float) -> float:
    return float(np.degrees(np.arctan2(b, a)) % 360)


def _mean_hue(one: float, other: float, grey: bool) -> float:
    if grey:
        return one + other
    wide = abs(one - other) > 180
    return (one + other) / 2 + (180 if wide and one + other < 360 else -180 if wide else 0)


def compute_difference(one: Sequence[float] | np.ndarray, other: Sequence[float] | np.ndarray) -> float:
    """CIE 2000 difference of two L*a*b* colours, after Sharma, Wu and Dalal (2005); about 1 is just noticeable."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    chroma = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - np.sqrt(chroma / (chroma + 25**7)) / 2
    c1, c2 = np.hypot(a1 * stretch, b1), np.hypot(a2 * stretch, b2)
    h1, h2 = _turn(a1 * stretch, b1), _turn(a2 * stretch, b2)
    grey = c1 * c2 == 0
    turn = 0.0 if grey else h2 - h1
    turn -= 360 * np.sign(turn) * (abs(turn) > 180)
    l_mean, c_mean, h_mean = (l1 + l2) / 2, (c1 + c2) / 2, _mean_hue(h1, h2, grey)
    waves = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    weight = 1 + sum(part * np.cos(np.radians(times * h_mean + shift)) for part, times, shift in waves)
    d_l = (l2 - l1) / (1 + 0.015 * (l_mean - 50) ** 2 / np.sqrt(20 + (l_mean - 50) ** 2))
    d_c = (c2 - c1) / (1 + 0.045 * c_mean)
    d_h = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * c_mean * weight)
    rotation = -2 * np.sqrt(c_mean**7 / (c_mean**7 + 25**7)) * np.sin(np.radians(60 * np.exp(-(((h_mean - 275) / 25) ** 2))))
    return float(np.sqrt(d_l**2 + d_c**2 + d_h**2 + rotation * d_c * d_h))


def distance(one: str, other: str, vision: str = "common") -> float:
    """CIE 2000 difference of two colours for somebody with this vision."""
    return compute_difference(see(one, vision), see(other, vision))


def find_least(colours: Sequence[str], vision: str = "common") -> float:
    """The difference of the two that are closest."""
    return min(distance(one, other, vision) for one, other in combinations(colours, 2))
