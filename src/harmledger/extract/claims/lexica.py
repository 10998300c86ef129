"""Every lexicon that drafting and settling claims asks, loaded once."""

from __future__ import annotations

from harmledger.core.base import Value
from harmledger.extract.claims.denied import Denied
from harmledger.extract.claims.harmed import People
from harmledger.extract.claims.perpetrators import FindDemonym
from harmledger.lexicon.harms import HarmLexicon, load_harms
from harmledger.lexicon.persons import PersonLexicon, load_persons
from harmledger.lexicon.settings import (
    ActorLexicon,
    HedgeLexicon,
    MeansLexicon,
    ScopeLexicon,
    ServiceLexicon,
    SiteLexicon,
    load_actors,
    load_hedges,
    load_means,
    load_scope,
    load_services,
    load_sites,
)


class Lexica(Value, frozen=True, kw_only=True):
    """Every lexicon the claim builder uses, loaded once."""

    harms: HarmLexicon
    persons: PersonLexicon
    sites: SiteLexicon
    means: MeansLexicon
    services: ServiceLexicon
    hedges: HedgeLexicon
    scope: ScopeLexicon
    actors: ActorLexicon
    find_demonym: FindDemonym

    @classmethod
    def load(cls, find_demonym: FindDemonym) -> Lexica:
        """Load the YAML lexicons of the package."""
        return cls(
            harms=load_harms(),
            persons=load_persons(),
            sites=load_sites(),
            means=load_means(),
            services=load_services(),
            hedges=load_hedges(),
            scope=load_scope(),
            actors=load_actors(),
            find_demonym=find_demonym,
        )

    @property
    def people(self) -> People:
        """What drafting harm to people asks for."""
        return People(persons=self.persons, scope=self.scope, actors=self.actors)

    @property
    def denied(self) -> Denied:
        """What drafting services and ways denied, and people moved, asks for."""
        return Denied(services=self.services, persons=self.persons)
