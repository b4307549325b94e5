"""Colours as eyes see them."""

from __future__ import annotations

import numpy as np

TO_LUMINANCE = np.array([0.2126729, 0.7151522, 0.0721750])


def linear(colour: str) -> np.ndarray:
    """Linear RGB of `#RRGGBB`."""
    values = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Contrast as WCAG 2.2 defines it."""
    dark, light = sorted(float(linear(colour) @ TO_LUMINANCE) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)
