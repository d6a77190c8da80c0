"""What a person writes: settings file, keymap, experiment files, flags, command lines."""
