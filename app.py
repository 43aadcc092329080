"""The app: ``streamlit run app.py``.

Streamlit imports this file once, to find the server in it, and runs it again as a script for every
visitor and every change of page.
"""

import streamlit as st

from ui import board, server

if __name__ == "__main__":
    st.set_page_config(page_title="Budget shift simulator", page_icon="⚖️", layout="wide")

    def show(view: board.View) -> None:
        """Draw a page, until the visitor asks for another one."""
        if wanted := board.mount(view):
            st.switch_page(pages[wanted])

    pages = {
        "simulate": st.Page(
            lambda: show("simulate"), title="Simulate", url_path="simulate", default=True
        ),
        "assumptions": st.Page(
            lambda: show("assumptions"), title="Assumptions", url_path="assumptions"
        ),
    }
    st.navigation(list(pages.values()), position="hidden").run()
else:
    app = st.App(
        __file__, lifespan=server.lifespan, routes=server.ROUTES, middleware=server.MIDDLEWARE
    )
