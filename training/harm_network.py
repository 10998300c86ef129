"""The harm head: a narrow network over the parser's inner states."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from harm_sentences import HARMS, Sentence
from torch import Tensor, nn
from torch.nn.functional import pad, softplus
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

NARROW, CONTEXT, RELATION, TOLD, INNER = 128, 96, 16, 32, 128
FIRST_GUESS = -4.0
"""Nearly every word heads no harm."""
UNTOLD = 0.3
"""So often while training the head is not told what the rules have told."""


class HarmNetwork(nn.Module):
    """Each word's states, narrowed, with its neighbours (one LSTM each way), beside the same of the
    word it hangs on and of the one above, and what the rules have told."""

    def __init__(self, mean: Tensor, spread: Tensor, relations: int) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("spread", spread)
        self.relation = nn.Embedding(relations + 1, RELATION)
        self.told = nn.Sequential(nn.Dropout(0.2), nn.Linear(2 * len(HARMS), TOLD), nn.GELU())
        self.narrow = nn.Sequential(
            nn.Dropout(0.25), nn.Linear(len(mean), NARROW), nn.GELU(), nn.Dropout(0.25)
        )
        self.around = nn.LSTM(
            NARROW + RELATION + TOLD, CONTEXT // 2, batch_first=True, bidirectional=True
        )
        self.harms = nn.Sequential(
            nn.Dropout(0.3),
            nn.Linear(3 * (NARROW + CONTEXT) + 2 * RELATION + TOLD, INNER),
            nn.GELU(),
            nn.Dropout(0.4),
            nn.Linear(INNER, len(HARMS)),
        )
        nn.init.constant_(self.harms[-1].bias, FIRST_GUESS)

    def forward(
        self,
        words: Tensor,
        heads: Tensor,
        relations: Tensor,
        told: Tensor,
        lengths: Tensor | None = None,
        asked: Tensor | None = None,
    ) -> Tensor:
        """Scores [batch, words, harms]; ``heads`` count from 1, 0 is the root; ``lengths``: words
        of each sentence, where some are padded; ``asked``: the words to score, all if None."""
        narrow = self.narrow((words - self.mean) / self.spread)
        relation = self.relation(relations)
        told = self.told(told).unsqueeze(1)
        along = torch.cat([narrow, relation, told.expand(-1, words.shape[1], -1)], -1)
        known = _with_root(torch.cat([narrow, self._read_around(along, lengths)], -1))
        relation = _with_root(relation)
        above = _with_root(heads.unsqueeze(-1)).squeeze(-1).gather(1, heads)
        own = torch.arange(1, words.shape[1] + 1).expand_as(heads)
        if asked is not None:
            own, heads, above = (asked + 1, heads.gather(1, asked), above.gather(1, asked))
        return self.harms(
            torch.cat(
                [
                    _at(known, own),
                    _at(known, heads),
                    _at(known, above),
                    _at(relation, own),
                    _at(relation, heads),
                    told.expand(-1, heads.shape[1], -1),
                ],
                -1,
            )
        )

    def _read_around(self, words: Tensor, lengths: Tensor | None) -> Tensor:
        if lengths is None:
            return self.around(words)[0]
        packed = pack_padded_sequence(words, lengths, batch_first=True, enforce_sorted=False)
        longest = words.shape[1]
        return pad_packed_sequence(self.around(packed)[0], True, total_length=longest)[0]


class Sureness(nn.Module):
    """What is exported: how sure the network is of each harm of each word asked."""

    def __init__(self, network: HarmNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, words: Tensor, heads: Tensor, relations: Tensor, told: Tensor, asked: Tensor
    ) -> Tensor:
        return torch.sigmoid(self.network(words, heads, relations, told, None, asked))


def _with_root(values: Tensor) -> Tensor:
    """Put nothing before the first word, for words that hang on none."""
    return torch.cat([torch.zeros_like(values[:, :1]), values], 1)


def _at(values: Tensor, places: Tensor) -> Tensor:
    return values.gather(1, places.unsqueeze(-1).expand(-1, -1, values.shape[-1]))


def tensors(
    batch: Sequence[Sentence], relations: dict[str, int]
) -> tuple[tuple[Tensor, ...], Tensor]:
    """Words, heads, relations, what was told; and where nothing is asked: never padded words."""
    longest = max(len(s.heads) for s in batch)
    words = torch.stack([_padded(torch.from_numpy(s.states).float(), longest) for s in batch])
    heads = torch.stack([_padded(torch.tensor(s.heads), longest) for s in batch])
    numbers = [torch.tensor([relations.get(r, len(relations)) for r in s.relations]) for s in batch]
    labels = torch.stack([_padded(one, longest) for one in numbers])
    told = torch.stack([torch.from_numpy(s.told) for s in batch])
    never = np.ones((longest, len(HARMS)), dtype=bool)
    unknown = []
    for sentence in batch:
        row = never.copy()
        row[: len(sentence.heads)] = sentence.open
        unknown.append(torch.from_numpy(row))
    return (words, heads, labels, told), torch.stack(unknown)


def _padded(values: Tensor, length: int) -> Tensor:
    behind = (0, length - len(values))
    return pad(values, behind if values.ndim == 1 else (0, 0, *behind))


def loss_of(network: HarmNetwork, batch: Sequence[Sentence], relations: dict[str, int]) -> Tensor:
    """No harm where none was entered; for each claim at least one of the words that may head it."""
    (words, heads, labels, told), unknown = tensors(batch, relations)
    lengths = torch.tensor([len(s.heads) for s in batch])
    told = told * (torch.rand(len(batch), 1) >= UNTOLD)
    against = softplus(network(words, heads, labels, told, lengths))  # -log(1 - p)
    total = (against * (~unknown)).sum()
    for row, sentence in enumerate(batch):
        for harm, fitting in sentence.asked:
            none_of_them = against[row, list(fitting), harm].sum().clamp(min=1e-6)
            total = total - torch.log(-torch.expm1(-none_of_them))
    return total / len(batch)
