"""Train the embedded networks: `python -m quotes.models.train --help`. For developers."""

from importlib import import_module

if __name__ == "__main__":  # training stands above the models, as it uses the stages
    import_module("quotes.training.networks.command").main()
