"""What happens in somebody's life or business, as data: the questions, the conditions, and the steps they lead to."""
