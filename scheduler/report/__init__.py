"""What people read: tables and the one-screen summary, for the terminal."""
