"""Amounts in the capital numerals of receipts, which nobody alters with a stroke."""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")


def capitals(fen: int) -> str:
    """120050 fen are 壹仟贰佰元零伍角整, as banks write it."""
    yuan, rest = divmod(fen, 100)
    jiao, cent = divmod(rest, 10)
    text = f"{_whole(yuan)}元" if yuan else ""
    if jiao:
        gap = "零" if yuan and yuan % 10 == 0 else ""
        text += f"{gap}{DIGITS[jiao]}角"
    elif cent and yuan:
        text += "零"
    if cent:
        return f"{text}{DIGITS[cent]}分"
    return f"{text or '零元'}整"


def _whole(number: int) -> str:
    """A whole number: four places to a group, a gap of any width said once."""
    text, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += f"{'零' if gap else ''}{DIGITS[digit]}{PLACES[place % 4]}"
            gap = False
        else:
            gap = True
        if place % 4 == 0 and number // 10**place % 10_000:
            text += GROUPS[place // 4]
            gap = gap and digit == 0
    return text
