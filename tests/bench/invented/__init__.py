"""An invented country of any size: what `generate.py` writes."""
