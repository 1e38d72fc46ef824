"""What an operator needs: is the record true, is everything well, would running matters survive this code."""
