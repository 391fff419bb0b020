"""The web door: chat and knowledge over JSON, and the page at `/`."""
