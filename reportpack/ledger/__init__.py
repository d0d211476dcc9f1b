"""What was true when: stores and returns events, figures and kept files. The only room with SQL."""
