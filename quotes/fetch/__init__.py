"""What is fetched from web servers, and how politely. Nothing else opens a connection."""
