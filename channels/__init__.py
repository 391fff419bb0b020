"""The doors, and the switchboard behind them."""
