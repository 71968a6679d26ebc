"""An afternoon in an office: ten people type, a file comes in, a map is calculated and a copy is made, all together."""
