"""Training the models that are ours: commands for developers, not for users."""
