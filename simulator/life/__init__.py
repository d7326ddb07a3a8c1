"""One event's life, played by the sample people through the real actions."""
