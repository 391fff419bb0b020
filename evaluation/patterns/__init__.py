"""No pattern over citizens' text may take more steps than its text is long, times a constant."""
