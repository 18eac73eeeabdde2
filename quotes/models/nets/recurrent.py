"""Recurrent layers over sentences of several lengths, with no packing: several times as fast on a processor.

A sentence is padded at its end, so that what runs forward never meets the padding; what runs backward is
turned round within each sentence first. What a layer makes of a word before it reads the others is the same
wherever the word stands: while nothing is trained, it is worked out once for each word (`begin`).

tanh(x) takes several times as long as sigmoid(x): 2 * sigmoid(2 * x) - 1, which is the same, stands for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import Tensor


class Begun(NamedTuple):
    """What a layer makes of each word by itself: for each direction (words, 4 * hidden), and what goes past.

    `past` is (words, 2 * hidden), and None where the layer is not of a HighwayLSTM.
    """

    ahead: Tensor
    back: Tensor
    past: Tensor | None = None


class Placed(NamedTuple):
    """Words that are begun, and which of them stands where: (time, sentences), padded with any."""

    begun: Begun
    places: Tensor


def begin(lstm: Any, words: Tensor) -> Begun:
    """Return words, (words, numbers), as the only layer of an nn.LSTM begins with them."""
    return Begun(*(_begin_one_way(lstm, name, words) for name in ("l0", "l0_reverse")))


def begin_highway(stack: Any, words: Tensor) -> Begun:
    """Return words, (words, numbers), as the first layer of Stanza's HighwayLSTM begins with them."""
    return begin(stack.lstm[0].lstm, words)._replace(past=_go_past(stack, 0, words))


def turn(lengths: Sequence[int]) -> Tensor:
    """Return where each place of a batch (time first, flat) goes when every sentence is turned round."""
    ends = torch.tensor(lengths)
    times = torch.arange(max(lengths))[:, None]
    turned = torch.where(times < ends, ends - 1 - times, times)
    return (turned * len(lengths) + torch.arange(len(lengths))).flatten()


def run_layer(lstm: Any, inputs: Tensor | Placed, turning: Tensor, start: tuple[Tensor, Tensor]) -> Tensor:
    """Return both directions of the only layer of an nn.LSTM over inputs: (time, sentences, 2 * hidden).

    `start` are the first hidden and cell states of both directions, (2, 1, hidden) each.
    """
    to_start, to_end = ((start[0][way : way + 1], start[1][way : way + 1]) for way in (1, 0))
    if isinstance(inputs, Placed):
        (begun, places), turned = inputs, _turn(inputs.places, turning)
        ahead = _go_on(lstm.weight_hh_l0, begun.ahead, places, to_end)
        back = _go_on(lstm.weight_hh_l0_reverse, begun.back, turned, to_start)
    else:
        ahead = run_one_way(lstm, "l0", inputs, to_end)
        back = run_one_way(lstm, "l0_reverse", _turn(inputs, turning), to_start)
    return torch.cat([ahead, _turn(back, turning)], 2)


def run_highway(
    stack: Any,
    inputs: Tensor | Placed,
    turning: Tensor,
    start: tuple[Tensor, Tensor],
    drop: Callable[[Tensor], Tensor],
) -> Tensor:
    """Return the output of Stanza's HighwayLSTM; `drop` is applied between its layers."""
    outputs: list[Tensor] = []
    for number, lstm in enumerate(stack.lstm):
        own = (start[0][2 * number : 2 * number + 2], start[1][2 * number : 2 * number + 2])
        given = drop(outputs[-1]) if outputs else inputs
        outputs.append(run_layer(lstm.lstm, given, turning, own) + _go_past(stack, number, given))
    return outputs[-1]


def run_one_way(lstm: Any, name: str, inputs: Tensor, start: tuple[Tensor, Tensor]) -> Tensor:
    """Return the forward run of one layer and direction of an nn.LSTM by the end of its weights' names."""
    weights = [getattr(lstm, f"{part}_{name}") for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
    shape = (1, inputs.shape[1], lstm.hidden_size)
    state = [one.expand(shape).contiguous() for one in start]
    output: Tensor = torch.lstm(inputs, state, weights, True, 1, 0.0, lstm.training, False, False)[0]
    return output


def _begin_one_way(lstm: Any, name: str, words: Tensor) -> Tensor:
    bias = getattr(lstm, f"bias_ih_{name}") + getattr(lstm, f"bias_hh_{name}")
    return torch.addmm(_double_new(bias), words, _double_new(getattr(lstm, f"weight_ih_{name}")).T)


def _double_new(weights: Tensor) -> Tensor:
    """Return weights of the four parts of an LSTM's step, those of what is new doubled.

    One sigmoid is then right for all four.
    """
    ins, forget, new, outs = weights.chunk(4)
    return torch.cat([ins, forget, 2 * new, outs])


def _go_on(recurrent: Tensor, begun: Tensor, places: Tensor, start: tuple[Tensor, Tensor]) -> Tensor:
    """Return the forward run over words that are begun, as `run_one_way` does over others."""
    size = begun.shape[1] // 4
    weights = _double_new(recurrent).T.contiguous()
    hidden, cells = (one[0].repeat(places.shape[1], 1) for one in start)
    output = begun.new_empty(*places.shape, size)
    step = begun.new_empty(places.shape[1], 4 * size)
    ins, forget, new, outs = step.split(size, 1)
    for time, words in enumerate(places):
        torch.index_select(begun, 0, words, out=step).addmm_(hidden, weights).sigmoid_()
        cells.mul_(forget).addcmul_(ins, new, value=2).sub_(ins)
        hidden = torch.mul((2 * cells).sigmoid_(), outs, out=output[time]).mul_(2).sub_(outs)
    return output


def _go_past(stack: Any, layer: int, inputs: Tensor | Placed) -> Tensor:
    """Return what goes past a layer of Stanza's HighwayLSTM and is added to its output."""
    if isinstance(inputs, Placed):
        assert inputs.begun.past is not None
        return inputs.begun.past[inputs.places]
    share, new = torch.sigmoid(stack.gate[layer](inputs)), stack.highway[layer](inputs)
    if new.dtype != torch.float32:  # half as many bits, as in training, are too few for a difference
        return share * torch.tanh(new)
    return 2 * share * torch.sigmoid(2 * new) - share


def _turn(inputs: Tensor, turning: Tensor) -> Tensor:
    return inputs.flatten(0, 1).index_select(0, turning).view(inputs.shape)
