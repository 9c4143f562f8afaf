"""The Chinese words printed on workbooks, and those that recognise a form's foot."""

import re

FAULTS_HEADING = "错误说明"
INSTRUCTIONS_SHEET = "填写说明"
INSTRUCTIONS_HEADINGS = ("列名", "是否必填", "填写要求", "可填内容", "示例", "说明")
REQUIRED = "必填"
OPTIONAL = "选填"
YES = "是"
NO = "否"
LABELS = {1: "内部资料", 2: "个人信息", 3: "敏感个人信息"}  # by how much its columns tell
UNIT = "单位："
SIGNED = "（签字）："
SEALED = "（盖章）"
DATED = "年　　月　　日"
TOTAL = "合计（{}人）"
PAGE = "第 &P 页 共 &N 页"

# The same dash, slash or word that people put into a cell to say that nothing belongs there.
NOTHING = frozenset({"-", "--", "—", "——", "–", "/", "\\", "无", "暂无", "N/A", "n/a", "NULL"})

TOTALS = re.compile(r"(本页|本支部)?(合计|总计|小计|共计|累计)[:：]?(\d+人)?")
SIGNATURES = re.compile(
    r"(填表|填报|制表|经办|经手|审核|审批|复核|负责|联系|报送|记录|考核记录)"
    r"(人|员|单位|日期|时间|部门)?(签字|签名|盖章|（签字）|\(签字\)|（盖章）|\(盖章\))?[:：]"
    r"|(党支部|支部|党委|单位)?(书记|负责人|领导)?[（(]?(签字|签名|盖章)[)）]?[:：]"
    r"|(注|备注|说明|填表说明|填报说明)[:：]"
)
