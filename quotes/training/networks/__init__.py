"""Training the networks that ship: `python -m quotes.models.train`. The teacher needs the extra `train`."""
