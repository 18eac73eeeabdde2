"""Files of the networks: Stanza's modules, their vocabularies and shapes, weights in 16 bits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


def save(model: Any, path: Path) -> None:
    """Write `model` as `load` reads it; what it does not train is left out."""
    weights = {
        name: value.half() if value.is_floating_point() else value
        for name, value in model.state_dict().items()
        if name.partition(".")[0] not in model.unsaved_modules
    }
    vocabulary = {name: dict(units.state_dict()) for name, units in model.vocab.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"model": weights, "vocab": vocabulary, "config": dict(model.args)}, path)


def load(path: Path, build: Callable[[Mapping[str, Any], Mapping[str, Any]], Any]) -> Any:
    """Return the module that `build` makes of its shape and vocabularies, with its weights.

    Raises ValueError where the file has not all of these, or others.
    """
    kept = torch.load(path, weights_only=True, map_location="cpu")
    model = build(kept["config"], {name: _vocabulary(units) for name, units in kept["vocab"].items()})
    found = model.load_state_dict(kept["model"], strict=False)
    lacking = [name for name in found.missing_keys if name.partition(".")[0] not in model.unsaved_modules]
    if wrong := [*lacking, *found.unexpected_keys]:
        raise ValueError(f"{path.name} holds the weights of another network: see {wrong[0]}")
    return model.eval()


def build_tagger(config: Mapping[str, Any], vocabulary: Mapping[str, Any]) -> Any:
    """Return a new tagger of Stanza's."""
    from stanza.models.pos.model import Tagger

    return Tagger(dict(config), vocabulary, emb_matrix=_no_vectors(config), share_hid=True)


def build_parser(config: Mapping[str, Any], vocabulary: Mapping[str, Any]) -> Any:
    """Return a new graph parser of Stanza's."""
    from stanza.models.depparse.model import GraphParser

    return GraphParser(dict(config), vocabulary, emb_matrix=_no_vectors(config))


def build_names(config: Mapping[str, Any], vocabulary: Mapping[str, Any]) -> Any:
    """Return a new name finder of Stanza's."""
    from stanza.models.ner.model import NERTagger

    return NERTagger(dict(config), vocabulary)


def _no_vectors(config: Mapping[str, Any]) -> torch.Tensor:
    """The modules are not given the word vectors: what they know of a word is looked up outside."""
    return torch.zeros(4, config["vector_dim"])


def _vocabulary(units: Mapping[str, Any]) -> Any:
    from stanza.models.common.vocab import BaseVocab, CompositeVocab

    return (CompositeVocab if "sep" in units else BaseVocab).load_state_dict(units)
