"""Platform differences, limited processes, checks of an installation."""
