"""Words, sentences, ages and dates as people write them. Knows nothing of reviews, questions or records."""
