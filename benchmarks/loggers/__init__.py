"""What a logger costs the script that it runs in, and what it loses when that is killed."""
