"""At the hall: check-in, tickets, calling, the board, the estimate of waiting."""
