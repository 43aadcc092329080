"""Version of the model: goes up with every change that moves a number."""

MODEL_VERSION = "1.0.0"
