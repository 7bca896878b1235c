"""What the program promises of its records, tried until it breaks; `make torture` prints the table that docs/ shows."""
