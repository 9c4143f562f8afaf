"""What the numbers of parameters are numbers of, in words."""

UNITS = {
    "class_hours": "学时",
    "months": "个月",
    "years": "年",
    "days": "天",
    "members": "人",
    "full_members": "名正式党员",
    "units": "个单位",
    "years_of_age": "周岁",
    "lectures": "次",
    "levels": "级",
    "fen": "元",
    "times": "次",
    "points": "分",
    "minutes": "分钟",
    "hours": "小时",
    "characters": "个字符",
    "kilobytes": "KB",
    "pixels": "像素",
    "percent": "%",
    "share": "的比例",
}
