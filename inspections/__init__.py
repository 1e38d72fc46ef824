"""What looks wrong: pure rules over what is known."""
