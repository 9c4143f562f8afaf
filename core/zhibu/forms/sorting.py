"""An order of Chinese names that every database and every machine agrees on."""


def sort_name(name: str) -> str:
    """An ASCII key: comparing keys byte by byte orders names roughly by pinyin.

    The key is the GB 18030 code of each character in hexadecimal. GB 2312 lists its 3,755
    characters of level 1 by pinyin, so names written with them sort by pinyin. The limits are
    inherent to the code: characters of level 2 (褚, 薇: ordered by radical) come after all of
    level 1, those that only GBK or GB 18030 know (喆) mostly before it, and a character with
    several readings has the place of its commonest one (单 as dan, 曾 as ceng or zeng).
    """
    return name.replace(" ", "").encode("gb18030", "replace").hex()
