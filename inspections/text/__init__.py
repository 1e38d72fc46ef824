"""What people wrote, read for risk words (风险词): which words of which group it holds, whether it affirms them, and which cue says so."""
