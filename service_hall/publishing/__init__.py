"""How staff keep the knowledge true: drafts, reviews, versions, what an edit would change, and what citizens asked."""
