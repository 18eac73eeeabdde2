"""How exactly networks calculate while they are trained."""

from __future__ import annotations

import torch


def halve() -> torch.autocast:
    """Return a context in which networks calculate with 16 bits, where the processor is made for it.

    One without AVX-512 is many times slower with them, and knows no LSTM of them at all.
    """
    fit = torch.backends.cpu.get_cpu_capability().startswith("AVX512")
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=fit)
