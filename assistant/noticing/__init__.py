"""What an answer says: signs of danger, who is in it, what is seen, told or left out, and who could be recognised.

Reads words and gives readings; decides nothing about what the program does next.
"""
