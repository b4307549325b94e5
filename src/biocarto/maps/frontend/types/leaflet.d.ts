/** What our scripts know of Leaflet beyond its own types: names that it keeps for itself, and what a map of ours holds. */
import type { MapContext } from "./map";

declare module "leaflet" {
  interface Map {
    biocarto: MapContext;
    _loaded: boolean;
    _enforcingBounds: boolean;
    _animatingZoom: boolean;
    _latLngToNewLayerPoint(latlng: LatLng, zoom: number, center: LatLng): Point;
  }
  interface Handler {
    moved?(): boolean;
  }
  interface ZoomPanOptions {
    reset?: boolean;
  }
  interface Renderer {
    _bounds: Bounds;
    _zoom: number;
    _initContainer(): void;
    _destroyContainer(): void;
    _update(): void;
    _reset(): void;
    _onAnimZoom(event: ZoomAnimEvent): void;
    getEvents(): { [name: string]: LeafletEventHandlerFn };
  }
}
