"""Who wants help to break the law, and who asks an honest question that sounds like it."""
