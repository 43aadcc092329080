"""Numbers of the model from another solver, kept so that no change of the model goes unseen."""
