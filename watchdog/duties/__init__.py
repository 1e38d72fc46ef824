"""The watchdog's duties, one file each: whoever defines a Duty in a module here has given it to the watchdog."""
