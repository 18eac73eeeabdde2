"""What is fetched from web servers, and how politely. Nothing else opens a connection."""

from quotes.fetch.fetcher import Fetcher
from quotes.fetch.manners import NAME, Manners, name_agent
from quotes.fetch.schedule import OLD, is_due

__all__ = ["NAME", "OLD", "Fetcher", "Manners", "is_due", "name_agent"]
