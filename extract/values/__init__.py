"""What the text of a cell means: numbers, dates, currencies, words. No file and no table here."""
