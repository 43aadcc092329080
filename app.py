"""The app: ``streamlit run app.py``.

Streamlit imports this file once, to find the server in it, and runs it again as a script for every
visitor and every change of page.
"""

from functools import partial

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui import component, server

if __name__ == "__main__":
    st.set_page_config(page_title="Budget shift simulator", page_icon="⚖️", layout="wide")

    def show(view: component.View) -> None:
        """Draw a page, until the visitor asks for another one."""
        if wanted := component.mount(view):
            st.switch_page(pages[wanted])

    pages: dict[component.View, StreamlitPage] = {
        view: st.Page(partial(show, view), title=title, url_path=view, default=view == "simulate")
        for view, title in component.VIEWS.items()
    }
    st.navigation(list(pages.values()), position="hidden").run()
else:
    app = st.App(
        __file__, lifespan=server.lifespan, routes=server.ROUTES, middleware=server.MIDDLEWARE
    )
