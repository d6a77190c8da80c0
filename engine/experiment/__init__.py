"""An experiment: its sections, domains and rules, changes of it, and its runs."""
