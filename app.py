"""The app: ``streamlit run app.py``.

Streamlit imports this file once, to find the server in it, and runs it again as a script for every
visitor and every change of page.
"""

from functools import partial

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui import component, server
from ui.pages import FIRST, PAGES, Page

if __name__ == "__main__":
    st.set_page_config(page_title="Budget shift simulator", page_icon="⚖️", layout="wide")

    def show(page: Page) -> None:
        """Draw a page, until the visitor asks for another one."""
        if wanted := component.mount(page):
            st.switch_page(shown[wanted.id])

    shown: dict[str, StreamlitPage] = {
        page.id: st.Page(
            partial(show, page), title=page.title, url_path=page.id, default=page == FIRST
        )
        for page in PAGES.values()
    }
    st.navigation(list(shown.values()), position="hidden").run()
else:
    app = st.App(
        __file__, lifespan=server.lifespan, routes=server.ROUTES, middleware=server.MIDDLEWARE
    )
