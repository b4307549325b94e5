"""A Folium layer that is one call of our script with one payload, whatever the number of symbols."""

from __future__ import annotations

import copy
from collections import OrderedDict
from typing import Any, cast

import folium
from branca.element import Element, Figure
from folium.template import Template

from biocarto.i18n import Locale
from biocarto.maps import escape, texts


class Verbatim(Element):
    """Text that branca does not compile as a template: a payload may hold anything, and be large."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **kwargs: Any) -> str:  # noqa: ARG002 - branca's signature
        """The text as it is."""
        return self.text


class ScriptLayer(folium.FeatureGroup):
    """A layer drawn by `BioCarto.<kind>(payload)` in the browser; `payload` is kept as a value for tests and exports."""

    _template = Template("{% macro script(this, kwargs) %}var {{ this.get_name() }} = {{ this.call }};{% endmacro %}")

    def __init__(self, kind: str, payload: dict[str, Any], t: Locale, theme: str, *, credit: str = texts.CREDIT) -> None:
        super().__init__(name=kind)
        interface = texts.list_interface_texts(t) | {"credit": t(credit)}
        self.payload = payload | {"lang": t.language, "theme": theme, "ui": interface}
        self.call = f"BioCarto.{kind}({escape.write_literal(self.payload)})"

    def copy_for_run(self) -> ScriptLayer:
        """The same drawing for another map: its text is made once, but Folium lets a layer stand on one map only."""
        twin = copy.copy(self)
        twin._parent, twin._children = None, OrderedDict()
        return twin

    def render(self, **kwargs: Any) -> str:  # noqa: ARG002 - branca's signature
        """Put the call into the page's script; no template is compiled from the payload."""
        figure, parent = cast(Figure, self.get_root()), cast(Element, self._parent)
        adding = f"var {self.get_name()} = {self.call};\n{parent.get_name()}.addLayer({self.get_name()});"
        figure.script.add_child(Verbatim(adding), name=self.get_name())
        return ""
