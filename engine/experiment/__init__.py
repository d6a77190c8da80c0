"""An experiment: its sections, domains and rules, what a change leaves behind, and its runs."""
