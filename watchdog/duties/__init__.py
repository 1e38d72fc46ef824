"""The watchdog's duties, one file each; a Duty defined in a module here is found by itself."""
