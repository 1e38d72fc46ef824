"""What touches the world: everything that writes."""
