"""Names of nobody in particular: common surnames with given names from weather and plants."""

from random import Random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
)
MEN = "云松柏岩峰川海江涛林森磊石岭远航舟帆朗晨旭阳东辰星野原山岳泽润沐霖雷雨"
WOMEN = "云霞虹雪梅兰竹菊荷莲萍芳茵蕾露月晴岚溪湖澜汀青禾苗穗桐杏桃棠梨榆柳蔓"
NATIONS = ("回族", "满族", "土家族", "苗族", "蒙古族", "彝族")


def person(rng: Random, gender: str) -> str:
    # Squaring leans towards the front of the list, where the common surnames are.
    surname = SURNAMES[int(rng.random() ** 2 * len(SURNAMES))]
    pool = MEN if gender == "男" else WOMEN
    given = "".join(rng.choice(pool) for _ in range(1 if rng.random() < 0.18 else 2))
    return surname + given


def nation(rng: Random) -> str:
    return "汉族" if rng.random() < 0.92 else rng.choice(NATIONS)


def phone(rng: Random) -> str:
    """Eleven digits on 154, a range that has no mobile subscribers."""
    return f"154{rng.randrange(10**8):08d}"
