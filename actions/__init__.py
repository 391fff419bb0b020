"""What Rasa may ask: rasa-sdk actions, tracker in, Reply out."""
