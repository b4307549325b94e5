"""What official files (INSEE, ministry of research) say about the actors of the register: proposals with their evidence, never rows."""
