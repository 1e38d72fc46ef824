"""The watchdog (看门进程): a guard beside Temporal, in a process of its own, one duty a file."""
