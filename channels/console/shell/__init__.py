"""What every page of the console is made with: who sits at it, its frame, its forms, its words of what was done."""
