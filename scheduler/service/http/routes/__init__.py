"""What the service offers, route by route."""
