"""The partner sandbox: stand-ins for outside systems, built on the published contract alone."""
