"""Any province or the whole nation, invented from one seed with its truth; see docs/develop/generator.md."""
