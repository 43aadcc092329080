"""``plain.py`` on a server that starts up as ours does: ``streamlit run benchmarks/tuned.py``."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ui import server

app = st.App(Path(__file__).with_name("plain.py"), lifespan=server.lifespan)
