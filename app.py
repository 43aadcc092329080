"""The app: ``streamlit run app.py``."""

import streamlit as st

from ui import cached
from ui.pages import assumptions, simulate

st.set_page_config(page_title="Budget shift simulator", page_icon="⚖️", layout="wide")
page = st.navigation(
    [
        st.Page(simulate.page, title="Simulate", url_path="simulate", default=True),
        st.Page(assumptions.page, title="Assumptions", url_path="assumptions"),
    ],
    position="top",
)
cached.warm()
page.run()
