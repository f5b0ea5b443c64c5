"""What goes wrong: in the world, and between a source and the desk."""
