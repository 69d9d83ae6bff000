"""GB/T 9704-2012 in numbers: points from the left and from the top of an A4 sheet."""

MM = 72 / 25.4

PAGE_WIDTH = 210 * MM
PAGE_HEIGHT = 297 * MM

LEFT = 28 * MM
TOP = 37 * MM
WIDTH = 156 * MM
HEIGHT = 225 * MM
RIGHT = LEFT + WIDTH
BOTTOM = TOP + HEIGHT

LINES = 22
CHARACTERS = 28
CELL = WIDTH / CHARACTERS  # 28 x 16 pt is 158 mm: each character advances 15.79 pt

BODY = 16.0  # 3号
LINE = (HEIGHT - BODY) / (LINES - 1)  # the letters of 22 lines fill 225 mm from top to foot
SLOT = HEIGHT / LINES  # for a word processor, which centres each line in its share
MOST_PITCH = 1.0  # by which the lines of a page may be set wider or closer to seat the 署名
TITLE = 22.0  # 2号
SMALL = 14.0  # 4号, of the 版记 and the page number
CELL_TEXT = 12.0  # 小4号, in the tables of the attachments
CAPTION = 9.0

TITLE_CELLS = 20
TITLE_LINES = 3

MARK_TOP = TOP + 35 * MM
MARK_SIZE = 44.0
MARK_NARROWEST = 0.7
MARK_TO_RULE = 4 * MM
RED_RULE = 0.7 * MM
LETTER_MARK_TOP = 30 * MM
LETTER_RULE_WIDTH = 170 * MM
LETTER_RULE_FOOT = PAGE_HEIGHT - 20 * MM
LETTER_THICK = 0.9 * MM
LETTER_THIN = 0.3 * MM
LETTER_RULE_GAP = 0.5 * MM
UNDER_RULE = BODY * 7 / 8

PAGE_NUMBER_BELOW = 7 * MM
OUTER_RULE = 0.35 * MM
INNER_RULE = 0.25 * MM

DATE_FROM_RIGHT = 4 * CELL
BLANK_BEFORE_SIGNER = 2
SEAL = 42 * MM  # the round seal of a prefecture-level organ
QR = 18 * MM

FULL_ADVANCE = 0.98  # em; a narrower glyph is placed within its cell
ASCENT = 0.88  # of the em box above the baseline, the same in every CJK face
INK_TOP = 0.84  # of the em above the baseline, where a title character's ink begins
DASH = 0.30  # of the em above the baseline, where the one-character dash lies

RED = (1.0, 0.0, 0.0)
BLACK = (0.0, 0.0, 0.0)
GREY = (0.45, 0.45, 0.45)
PALE = (0.9, 0.9, 0.9)
