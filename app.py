"""The app: ``streamlit run app.py``.

Streamlit imports this file once, to find the server in it. The pages are documents of that server
(:mod:`ui.routes.pages`), which browsers open without Streamlit's front end.

As a script it only runs for a tab that an older version has opened with that front end.
"""

import streamlit as st

from ui import server

if __name__ == "__main__":
    RELOAD = "export default () => location.reload();"
    reloaded = st.components.v2.component("reload", js=RELOAD)(key="reload")
else:
    app = st.App(
        __file__, lifespan=server.lifespan, routes=server.ROUTES, middleware=server.MIDDLEWARE
    )
