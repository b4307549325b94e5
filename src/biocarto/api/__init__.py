"""The doors for other programs: routes beside the pages, which know Starlette and no Streamlit. Each door is a folder with its routes."""
