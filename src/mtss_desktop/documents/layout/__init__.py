"""From blocks to painted pages: text into lines, blocks into pieces, pieces onto pages. Only ``pdf.py`` calls it."""
