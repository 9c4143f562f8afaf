"""What others may know of sealing: the event of a rotation."""

RENEWED = "sealing.renewed"
