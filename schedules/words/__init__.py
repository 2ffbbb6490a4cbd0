"""What the program says to people, in Chinese and English: what several rooms say."""
