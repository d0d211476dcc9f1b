"""What things cost, as ratios in one run against named peers."""
