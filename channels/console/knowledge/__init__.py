"""The console's pages on the knowledge: guides, drafts, reviews, history, and what questions come to."""
