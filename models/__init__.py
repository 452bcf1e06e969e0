"""The mathematics: arrays and whole minutes in, answers out. No dates, files, HTTP."""
