errors:
  sample.title_missing: 记录没有名称，无法辨认。请填写名称。
  sample.not_yet_happened: 日期 {on} 晚于今天（{today}），尚未发生的事不能记录。请改为实际发生的日期。
  sample.late_reason_missing: 事情已过去超过 {days} 天，补录或更正须说明原因。请填写补录原因。
  sample.reason_missing: 撤回记录须说明理由，供本人查看。请填写理由。
  sample.already_recorded: “{title}”（{on}）已经记录过。无需重复录入；如内容有误，请更正原记录。
  sample.member_unknown: 在您可以录入的范围内没有这个身份证号的党员。请核对身份证号，或请其所在支部录入。
  sample.name_differs: 姓名与该身份证号登记的姓名不一致。请核对姓名和身份证号。

actions:
  sample:record:read: 查看党员的记录
  sample:record:write: 录入党员的记录

events:
  sample.recorded: 记录了“{title}”（{on}）
  sample.changed: 更正了“{title}”（{on}）的记录
  sample.taken_back: 撤回了“{title}”（{on}）的记录，理由：{reason}
