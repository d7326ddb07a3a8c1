"""Sets Yiwang up and runs it on one machine. Standard library only: it starts before any virtual environment exists."""
