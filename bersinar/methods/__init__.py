"""The science of Bersinar: arrays in, frozen results out; no Django, no clock, no files."""
