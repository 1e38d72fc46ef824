"""What systems outside say to us: signed messages, each of which is a step on the route that everybody takes."""
