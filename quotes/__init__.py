"""Quote Drift: finds direct quotes, who said them, and how outlets print them differently."""

__version__ = "0.1.0"
