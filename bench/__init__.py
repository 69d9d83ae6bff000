"""How fast the product answers, beside a bare Flask application served the same way."""
