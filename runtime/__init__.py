"""What a process needs: settings, logging, the database, the Temporal client, the embedded servers. Knows no room of ours."""
