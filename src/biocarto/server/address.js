/* Streamlit's client looks for its server below the address of the page first, and gets two answers 404 (its issue 7074): it is told. */
Object.assign(window, { __streamlit: { BACKEND_BASE_URL: new URL("./", window.location.href).href } });
