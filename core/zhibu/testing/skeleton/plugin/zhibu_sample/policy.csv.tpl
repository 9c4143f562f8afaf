# Who may do what in sample by default: p, role, action, reach, effect. Roles inherit, see roles.csv.
p, member, sample:record:read, self, allow
p, recorder, sample:record:read, own, allow
p, branch_secretary, sample:record:write, own, allow

p, general_branch_secretary, sample:record:read, subtree, allow
p, committee_officer, sample:record:read, subtree, allow
p, committee_officer, sample:record:write, subtree, allow

p, working_committee_officer, sample:record:read, subtree, allow
p, district_organization_officer, sample:record:read, subtree, allow
p, municipal_organization_officer, sample:record:read, subtree, allow
p, discipline_inspection_officer, sample:record:read, subtree, allow
