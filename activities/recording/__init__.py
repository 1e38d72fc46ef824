"""Recording a step (入卷): one proposal, one transaction."""
