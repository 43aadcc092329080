"""The user interface. It imports the simulator; the simulator knows nothing of it.

``levers``, ``results``, ``charts`` and ``words`` are pure; only ``controls``, ``cached`` and the
pages speak to Streamlit.
"""
