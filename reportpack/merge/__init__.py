"""Many sources become one register: identity, conflicts, what is due."""
