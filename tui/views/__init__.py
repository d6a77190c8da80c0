"""One file a view: what it wants, and how a scene is drawn."""
