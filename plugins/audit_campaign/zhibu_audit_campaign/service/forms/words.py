"""The words of forms: they are in Chinese, whoever prints them."""

from zhibu.forms.kinds import Choice, Text, Whole
from zhibu.members.public import Gender, MemberKind, Stage
from zhibu_audit_campaign.rules.searching import Method, Outcome
from zhibu_audit_campaign.rules.settled import Settled
from zhibu_audit_campaign.rules.settling import Course

LONG = Text(limit=1000)
NUMBER = Whole()
GENDERS = Choice({"男": Gender.MALE.value, "女": Gender.FEMALE.value})
STAGES = Choice(
    {
        "预备党员": Stage.PROBATIONARY.value,
        "正式党员": Stage.FULL.value,
        "已停止党籍": Stage.STOPPED.value,
        "已离开": Stage.LEFT.value,
    }
)
KINDS = Choice({"在职": MemberKind.IN_SERVICE.value, "离退休": MemberKind.RETIRED.value})
OUTCOMES = Choice(
    {
        "查找中": Outcome.SEARCHING.value,
        "已取得联系": Outcome.FOUND.value,
        "无法取得联系": Outcome.NOT_FOUND.value,
    }
)
METHODS = Choice(
    {
        "直接联系": Method.DIRECT.value,
        "人脉关系": Method.PERSONAL_TIES.value,
        "亲属": Method.RELATIVES.value,
        "部门协查": Method.DEPARTMENTS.value,
        "社交网络": Method.SOCIAL_NETWORKS.value,
        "户籍": Method.HOUSEHOLD.value,
        "社会保障": Method.SOCIAL_SECURITY.value,
        "执法机关": Method.LAW_ENFORCEMENT.value,
        "走访": Method.VISIT.value,
    }
)
COURSES = Choice(
    {
        "纳入正常管理": Course.MANAGED.value,
        "转接组织关系": Course.TRANSFER.value,
        "重开介绍信": Course.REISSUE.value,
        "出具证明": Course.PROOF.value,
        "现支部负责": Course.RESPONSIBLE.value,
        "发活动证": Course.CARD.value,
        "保留组织关系": Course.RETENTION.value,
        "停止党籍": Course.STOP.value,
        "限期改正": Course.CORRECTION.value,
        "劝其退党": Course.PERSUASION.value,
        "自行脱党除名": Course.GIVEN_UP.value,
        "退党除名": Course.WITHDRAWAL.value,
        "取消预备资格": Course.CANCELLATION.value,
        "延长预备期": Course.EXTENSION.value,
        "不予承认": Course.NON_RECOGNITION.value,
        "移送纪检": Course.REFERRAL.value,
        "继续查找": Course.SEARCH_ON.value,
    }
)
STANDS = Choice(
    {
        "待批准": Settled.PROPOSED.value,
        "已批准": Settled.APPROVED.value,
        "已落实": Settled.CARRIED_OUT.value,
    }
)
