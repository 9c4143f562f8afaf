# How much each column tells of people: docs/security/data.md says what each class takes.

sample_record:
  personal: [member_id, happened_on, title, late_reason, recorded_by]
  internal: [recorded_at]
