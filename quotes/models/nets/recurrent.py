"""Recurrent layers over sentences of several lengths, with no packing: several times as fast on a processor.

A sentence is padded at its end, so that what runs forward never meets the padding; what runs backward is
turned round within each sentence first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import Tensor


def turn(lengths: Sequence[int]) -> Tensor:
    """Return where each place of a batch (time first, flat) goes when every sentence is turned round."""
    ends = torch.tensor(lengths)
    times = torch.arange(max(lengths))[:, None]
    turned = torch.where(times < ends, ends - 1 - times, times)
    return (turned * len(lengths) + torch.arange(len(lengths))).flatten()


def run_layer(
    lstm: Any, layer: int, inputs: Tensor, turning: Tensor, start: tuple[Tensor, Tensor] | None = None
) -> Tensor:
    """Return both directions of one layer of an nn.LSTM over inputs: (time, sentences, 2 * hidden).

    `start` are the first hidden and cell states of both directions, (2, 1, hidden) each.
    """
    ahead = run_one_way(lstm, f"l{layer}", inputs, start and (start[0][:1], start[1][:1]))
    back = run_one_way(
        lstm, f"l{layer}_reverse", _turn(inputs, turning), start and (start[0][1:], start[1][1:])
    )
    return torch.cat([ahead, _turn(back, turning)], 2)


def run_highway(
    stack: Any,
    inputs: Tensor,
    turning: Tensor,
    start: tuple[Tensor, Tensor],
    drop: Callable[[Tensor], Tensor],
) -> Tensor:
    """Return the output of Stanza's HighwayLSTM; `drop` is applied between its layers."""
    for number, lstm in enumerate(stack.lstm):
        if number:
            inputs = drop(inputs)
        own = (start[0][2 * number : 2 * number + 2], start[1][2 * number : 2 * number + 2])
        gate = torch.sigmoid(stack.gate[number](inputs)) * torch.tanh(stack.highway[number](inputs))
        inputs = run_layer(lstm.lstm, 0, inputs, turning, own) + gate
    return inputs


def run_one_way(lstm: Any, name: str, inputs: Tensor, start: tuple[Tensor, Tensor] | None) -> Tensor:
    """Return the forward run of one layer and direction of an nn.LSTM by the end of its weights' names."""
    weights = [getattr(lstm, f"{part}_{name}") for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
    shape = (1, inputs.shape[1], lstm.hidden_size)
    if start is None:
        state = [inputs.new_zeros(shape)] * 2
    else:
        state = [one.expand(shape).contiguous() for one in start]
    output: Tensor = torch.lstm(inputs, state, weights, True, 1, 0.0, lstm.training, False, False)[0]
    return output


def _turn(inputs: Tensor, turning: Tensor) -> Tensor:
    return inputs.flatten(0, 1).index_select(0, turning).view(inputs.shape)
