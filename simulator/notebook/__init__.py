"""Results as analysts in Python expect them: pandas frames, Plotly figures, HTML for notebooks.

Results of every layer show themselves through this package, which lies above them all: their
methods import it when they are called. So pandas and plotly, which take a second to import, are
only imported by those who ask for a frame or a figure.
"""
