"""Measures of the sector: frames in, frames and small values out; no Streamlit, no Folium, no file."""
