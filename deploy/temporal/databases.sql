-- The second of Temporal's two databases, in a server that was just laid; the first bears the name of its role.
CREATE DATABASE temporal_visibility;
