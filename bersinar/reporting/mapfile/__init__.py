"""The main job without a screen: one file of villages in, categories, a map and a report out."""
