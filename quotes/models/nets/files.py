"""Files of the networks: Stanza's modules, their vocabularies and shapes, weights in 16 bits.

Vocabularies stand in them as JSON: torch reads a long list of words about ten times as slowly.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_UNITS, _NUMBERS = "_id2unit", "_unit2id"  # of Stanza's vocabularies


def save(model: Any, path: Path) -> None:
    """Write `model` as `load` reads it; what it does not train is left out."""
    weights = {
        name: value.half() if value.is_floating_point() else value
        for name, value in model.state_dict().items()
        if name.partition(".")[0] not in model.unsaved_modules
    }
    vocabulary = {name: _write_vocabulary(units) for name, units in model.vocab.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"model": weights, "vocab": vocabulary, "config": dict(model.args)}, path)


def load(path: Path, build: Callable[[Mapping[str, Any], Mapping[str, Any]], Any]) -> Any:
    """Return the module that `build` makes of its shape and vocabularies, with its weights.

    Raises ValueError where the file has not all of these, or others.
    """
    kept = torch.load(path, weights_only=True, map_location="cpu")
    model = build(kept["config"], {name: _read_vocabulary(units) for name, units in kept["vocab"].items()})
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


def _write_vocabulary(vocabulary: Any) -> str:
    """Return one of Stanza's vocabularies as JSON: its settings, and its units, or those of each part."""
    state = dict(vocabulary.state_dict())
    state.pop(_NUMBERS)
    units = state.pop(_UNITS)
    return json.dumps({**state, "units": [*units.values()] if isinstance(units, dict) else units})


def _read_vocabulary(written: str) -> Any:
    from stanza.models.common.vocab import BaseVocab, CompositeVocab

    state = json.loads(written)
    units = state.pop("units")
    if "sep" not in state:
        return BaseVocab.load_state_dict({**state, _UNITS: units, _NUMBERS: _number(units)})
    parts = dict(enumerate(units))
    numbers = {part: _number(own) for part, own in parts.items()}
    return CompositeVocab.load_state_dict({**state, _UNITS: parts, _NUMBERS: numbers})


def _number(units: Sequence[str]) -> dict[str, int]:
    return {unit: number for number, unit in enumerate(units)}
