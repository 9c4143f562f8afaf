# The numbers of sample's rules, by the day they came into force, each with its source.
# Marks: V1 the clause itself was read, V2 several pages agree, V3 one page, U unverified.

sample.days_to_enter:
  kind: whole
  unit: days
  zh: 事后录入而无需说明原因的天数
  en: Days in which something may be entered without giving a reason
  values:
    2020-01-01:
      value: 30
      document: 支部工作记录惯例
      article: 补录
      verified: U
      note: 默认值，无文件依据；可按党组织另行设定。
