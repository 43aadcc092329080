"""The app: ``streamlit run app.py``."""

import streamlit as st

from ui import board, server

if __name__ == "__main__":  # as a page, once for every visitor
    st.set_page_config(page_title="Budget shift simulator", page_icon="⚖️", layout="wide")
    pages = {
        "simulate": st.Page(
            lambda: board.mount("simulate"), title="Simulate", url_path="simulate", default=True
        ),
        "assumptions": st.Page(
            lambda: board.mount("assumptions"), title="Assumptions", url_path="assumptions"
        ),
    }
    st.navigation(list(pages.values()), position="hidden").run()
else:  # as the server, once
    app = st.App(
        __file__, lifespan=server.lifespan, routes=server.ROUTES, middleware=server.MIDDLEWARE
    )
