"""How a question finds its guide: tokenize, embed, index (I/O) and find (pure)."""
