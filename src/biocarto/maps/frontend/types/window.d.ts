/** The globals around our scripts: streamlit-folium's, and the one that Python's calls go through. */
import type { Layer, Map } from "leaflet";

declare global {
  interface Window {
    BioCarto: Record<string, unknown>;
    /** streamlit-folium: the layers that it has added, the map, and how its frame gets a height. */
    feature_group?: Layer[];
    map?: Map;
    Streamlit?: { setFrameHeight(height: number): void };
    /** A number for this tab of the browser, kept by the page around the frames. */
    biocartoTab?: string;
  }
  interface Document {
    featurePolicy?: { allowsFeature(name: string): boolean };
  }
  interface Uint8ArrayConstructor {
    fromBase64?(text: string): Uint8Array<ArrayBuffer>;
  }
}
