"""Everything that knows Folium: frames of the domain in, Folium objects with safe text out; no Streamlit."""
