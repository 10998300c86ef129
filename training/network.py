"""One encoder, six readings of it: two part-of-speech tags, names, heads, relations, roles.

Word vectors are the mean of a word's first and last word-piece. Everything up to the arg-max is
inside the graph, so that reading the result in Python costs next to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

CASE_SHAPES = 6  # lower, Title, UPPER, mixed, has a digit, other: see harmledger's encode.py
NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many labels of each kind, and the widths of the biaffine spaces."""

    xpos: int
    upos: int
    entities: int
    relations: int
    roles: int
    arc: int = 256
    relation: int = 96
    role: int = 64


class Biaffine(nn.Module):
    """score[b, d, h] for dependants d and heads h, with a bias for the head."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(width, width))
        self.bias = nn.Parameter(torch.zeros(width))

    def forward(self, dependants: Tensor, heads: Tensor) -> Tensor:
        return (dependants @ self.weight + self.bias) @ heads.transpose(1, 2)


def _projection(width_in: int, width_out: int, drop: float) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width_in, width_out), nn.GELU(), nn.Dropout(drop))


class LanguageNetwork(nn.Module):
    """MiniLM-L6 with a case embedding below and tagger, parser, name and role heads above."""

    def __init__(self, weights: Path, sizes: Sizes, drop: float = 0.25) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = AutoModel.from_pretrained(
            str(weights),
            attn_implementation="eager",
            add_pooling_layer=False,
            attention_probs_dropout_prob=0.0,
        )
        width = self.encoder.config.hidden_size
        self.case = nn.Embedding(CASE_SHAPES, width)
        nn.init.zeros_(self.case.weight)
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.drop = nn.Dropout(0.2)
        self.xpos = nn.Linear(width, sizes.xpos)
        self.upos = nn.Linear(width, sizes.upos)
        self.entities = nn.Sequential(_projection(width, 128, drop), nn.Linear(128, sizes.entities))
        self.arc_dependant = _projection(width, sizes.arc, drop)
        self.arc_head = _projection(width, sizes.arc, drop)
        self.arc = Biaffine(sizes.arc)
        self.relation_dependant = _projection(width, sizes.relation, drop)
        self.relation_head = _projection(width, sizes.relation, drop)
        self.relation = nn.Linear(sizes.relation, sizes.relations * sizes.relation)
        self.relation_flat = nn.Linear(2 * sizes.relation, sizes.relations)
        self.role_predicate = _projection(width, sizes.role, drop)
        self.role_argument = _projection(width, sizes.role, drop)
        self.role = nn.Linear(sizes.role, (sizes.roles + 1) * sizes.role)
        self.role_flat = nn.Linear(sizes.role, sizes.roles + 1)

    def words(self, pieces: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Return [batch, words, width]; `first`, `last`: word-piece positions (0 = padding)."""
        embedded = self.encoder.embeddings.word_embeddings(pieces) + self.case(shapes)
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=(pieces != 0).long())[0]
        wide = hidden.shape[-1]
        start = hidden.gather(1, first.unsqueeze(-1).expand(-1, -1, wide))
        end = hidden.gather(1, last.unsqueeze(-1).expand(-1, -1, wide))
        return self.drop((start + end) * 0.5)

    def with_root(self, words: Tensor) -> Tensor:
        """Put the artificial root before the words: [batch, 1 + words, width]."""
        root = self.root.view(1, 1, -1).expand(words.shape[0], 1, -1)
        return torch.cat([root, words], dim=1)

    def arc_scores(self, words: Tensor, mask: Tensor) -> Tensor:
        """[batch, dependant, head]; head 0 is the root; padding can never be a head."""
        heads = self.arc_head(self.with_root(words))
        scores = self.arc(self.arc_dependant(words), heads)
        open_heads = torch.cat([torch.ones_like(mask[:, :1]), mask], dim=1)
        return scores + (1.0 - open_heads.unsqueeze(1)) * NEVER

    def relation_scores(self, words: Tensor, heads: Tensor) -> Tensor:
        """[batch, dependant, relation] for the given heads (0 = root)."""
        dependants = self.relation_dependant(words)
        governors = self.relation_head(self.with_root(words))
        chosen = governors.gather(1, heads.unsqueeze(-1).expand(-1, -1, governors.shape[-1]))
        shape = (*dependants.shape[:2], self.sizes.relations, self.sizes.relation)
        bilinear = self.relation(dependants).view(shape) @ chosen.unsqueeze(-1)
        return bilinear.squeeze(-1) + self.relation_flat(torch.cat([dependants, chosen], dim=-1))

    def role_scores(self, words: Tensor) -> Tensor:
        """[batch, predicate, role, argument]; role 0 is none."""
        batch, count = words.shape[:2]
        predicates = self.role_predicate(words)
        mixed = self.role(predicates).view(batch, count * (self.sizes.roles + 1), self.sizes.role)
        scores = mixed @ self.role_argument(words).transpose(1, 2)
        shaped = scores.view(batch, count, self.sizes.roles + 1, count)
        return shaped + self.role_flat(predicates).unsqueeze(-1)


class Reader(nn.Module):
    """What is exported: the network with every choice made inside the graph.

    Inputs pieces, shapes [batch, pieces]; first, last [batch, words] (0 = padding);
    given_heads [batch, words], -1 where the network should choose (0 = root, words count from 1).
    Outputs xpos, upos, entities, heads, relations [batch, words], roles [batch, words, words]
    (predicate, argument; 0 is none), and arcs [batch, words, 1 + words] for repairing a non-tree.
    """

    def __init__(self, network: LanguageNetwork, root_relation: int) -> None:
        super().__init__()
        self.network = network
        self.root_relation = root_relation
        only_root = torch.zeros(network.sizes.relations)
        only_root[root_relation] = NEVER
        self.register_buffer("not_root", only_root)

    def forward(
        self, pieces: Tensor, shapes: Tensor, first: Tensor, last: Tensor, given_heads: Tensor
    ) -> tuple[Tensor, ...]:
        net = self.network
        mask = (first > 0).float()
        words = net.words(pieces, shapes, first, last)
        arcs = net.arc_scores(words, mask)
        heads = torch.where(given_heads < 0, arcs.argmax(-1), given_heads)
        relations = (net.relation_scores(words, heads) + self.not_root).argmax(-1)
        relations = torch.where(
            heads == 0, torch.full_like(relations, self.root_relation), relations
        )
        roles = net.role_scores(words).argmax(2)
        roles = roles * (mask.unsqueeze(1) * mask.unsqueeze(2)).long()
        return (
            net.xpos(words).argmax(-1).to(torch.uint8),
            net.upos(words).argmax(-1).to(torch.uint8),
            net.entities(words).argmax(-1).to(torch.uint8),
            heads,
            relations.to(torch.uint8),
            roles.to(torch.uint8),
            arcs,
        )
