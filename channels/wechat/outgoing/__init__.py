"""What the account says of its own accord: reminders, calls, changes. Kept until it has reached the citizen."""
