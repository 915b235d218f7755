"""Speed and accuracy, each a command that prints a table beside the published figures."""
