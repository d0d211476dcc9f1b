"""Pages to people. The only room on the network."""
