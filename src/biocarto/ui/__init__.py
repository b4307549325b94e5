"""The only folder that imports Streamlit: state in the address, widgets, messages; it computes nothing."""
