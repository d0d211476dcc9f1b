"""Who does what: a sentence of notes as typed clauses, told by closed classes of words and their order; any verb may be the deed."""
