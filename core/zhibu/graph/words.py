"""What an argument, an input or a page means wherever it stands: said once, for every plugin."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
)

TYPES: Mapping[str, str] = {
    "Query": "全部查询。 Everything that can be asked.",
    "Mutation": "全部变更，每项一个 input。 Everything that can be changed, by one `input` each.",
    "Subscription": "全部订阅，有变化即再次作答。 Everything that can be watched as it changes.",
    "Node": "有全局标识的对象。 Anything with a global id.",
    "PageInfo": "本页在列表中的位置。 Where a page stands in its list.",
}
PAGES: Mapping[str, str] = {
    "Connection": "列表的一页。 A page of a list.",
    "Edge": "一行及其位置。 A row of a page and its place in the list.",
}
FIELDS: Mapping[str, str] = {
    "Connection.edges": "各行及其位置。 The rows, with their places.",
    "Connection.nodes": "各行。 The rows of the edges.",
    "Connection.pageInfo": "本页的位置。 Where this page stands.",
    "Connection.totalCount": "列表总行数，查询时才统计。 All rows; counted only when asked for.",
    "Edge.node": "该行。 The row.",
    "Edge.cursor": "位置，作为 after 继续翻页。 Give it as `after` to go on from here.",
    "PageInfo.hasNextPage": "之后还有。 Whether more follows.",
    "PageInfo.hasPreviousPage": "之前还有。 Whether something stands before.",
    "PageInfo.startCursor": "首行的位置。 Place of the first row.",
    "PageInfo.endCursor": "末行的位置。 Place of the last row.",
    "id": "标识，不透明且不变。 Its id: opaque and stable.",
}
ARGUMENTS: Mapping[str, str] = {
    "account": "账号标识。 Id of an account.",
    "actions": "允许的操作。 What it may be used for.",
    "admittedFrom": "入党日期不早于。 Admitted on this day or later.",
    "admittedOn": "入党日期，即支部大会通过之日。 Day of the branch meeting's decision.",
    "admittedTo": "入党日期不晚于。 Admitted on this day or before.",
    "after": "从此位置之后继续。 Go on after this cursor.",
    "ageFrom": "周岁不小于。 At least this old.",
    "ageTo": "周岁不大于。 At most this old.",
    "approvesProbationary": "具有审批预备党员权限。 May approve probationary members.",
    "article": "条款。 Article of the document.",
    "asOf": "历史日期，默认今天。 As it was on this day; today if null.",
    "assignment": "角色授予的标识。 Id of the role assignment.",
    "birthDate": "出生日期。 Date of birth.",
    "change": "变化类型。 What brings the change about.",
    "clause": "条款编号。 Id of the clause.",
    "clear": "要清空的项目。 Fields to empty.",
    "clientMutationId": "不作使用。 Not used.",
    "code": "党组织代码。 Code of the organization.",
    "codes": "党组织代码之一。 One of these codes.",
    "decidedOn": "决定日期。 Day of the decision.",
    "decision": "所依据的决定。 The decision behind it.",
    "departure": "出党方式。 How the membership ends.",
    "document": "依据文件。 Title of the document.",
    "enabled": "启用。 Whether it is on.",
    "event": "事件名称。 Name of the event.",
    "expiresAt": "失效时间。 When it ends.",
    "field": "要查看的项目。 Which sealed field.",
    "filter": "筛选条件。 What the rows must be.",
    "first": "行数，1 至 100。 How many rows, 1 to 100.",
    "foundedOn": "成立日期。 Day of the foundation.",
    "from": "转出党支部。 The branch left.",
    "full": "正式党员。 Whether a full member.",
    "fullOn": "转正日期。 Since when a full member.",
    "gender": "性别。 Gender.",
    "genders": "性别之一。 One of these genders.",
    "group": "党小组标识。 Id of a Party group.",
    "id": "标识。 Its id.",
    "idempotencyKey": (
        "幂等键：同一键只执行一次，结果相同。 Done once per key; the same answer again."
    ),
    "identityNumber": "公民身份号码。 Identity number.",
    "includeEnded": "含已撤销的。 Those that ended, too.",
    "input": "变更内容。 What is to be done.",
    "into": "并入的党组织。 Into which organization.",
    "joinedOn": "编入本支部日期。 Since when in the branch.",
    "kind": "类别。 Its kind.",
    "kinds": "类别之一。 One of these kinds.",
    "locale": "语言，zh-CN 或 en。 Language: zh-CN or en.",
    "login": "登录名。 What one signs in with.",
    "member": "党员标识。 Id of a member.",
    "members": "党员标识。 Ids of members.",
    "months": "延长的月数。 By how many months.",
    "name": "名称。 Name.",
    "nameContains": "名称包含。 The name contains this.",
    "nation": "民族。 Ethnic group.",
    "nations": "民族之一。 One of these ethnic groups.",
    "note": "备注。 Note.",
    "offset": "跳过的行数，不与 after 同用。 Rows to skip; not together with `after`.",
    "on": "日期。 On which day.",
    "orderBy": "排序。 Order of the rows.",
    "organization": "党组织标识。 Id of an organization.",
    "organizations": "党组织标识。 Ids of organizations.",
    "override": "参数设定的标识。 Id of the override.",
    "oversight": "监督授权的标识。 Id of the door.",
    "parent": "上级党组织标识。 Id of the organization above.",
    "parts": "拆出的党组织。 The organizations split off.",
    "password": "密码。 The password.",
    "phone": "手机号。 Phone number.",
    "plugin": "插件名称。 Name of the plugin.",
    "post": "职务。 The post.",
    "present": "现用密码。 The present password.",
    "reason": "理由，记入台账。 Why; kept in the ledger.",
    "resume": "承接。 What goes on.",
    "role": "角色代码。 Name of the role.",
    "rulePack": "规则包。 The rule pack.",
    "schooling": "学历。 Level of education.",
    "session": "会话标识。 Id of the session.",
    "shortName": "简称。 Short name.",
    "since": "起始日期。 From this day.",
    "stages": "党籍状态之一。 One of these stages.",
    "tenant": "机构代码。 Code of the institution.",
    "termEndsOn": "任期届满日期。 When the term is over.",
    "token": "令牌标识。 Id of the token.",
    "under": "限于该组织及其下级。 That organization and everything below it.",
    "until": "截止日期（不含）。 Before this day.",
    "value": "值。 The value.",
    "version": "版本，已被他人修改时拒绝。 Refused if somebody changed it since.",
    "what": "撤回的内容。 What is taken back.",
    "year": "年度。 The year.",
    "zone": "时区。 Time zone.",
}


def describe(schema: GraphQLSchema) -> None:
    """Give whatever nobody described the words it has everywhere; pages have these only."""
    for name, kind in schema.type_map.items():
        page = next((end for end in PAGES if name.endswith(end)), name)
        kind.description = PAGES.get(page) or TYPES.get(name) or kind.description
        if not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            continue
        for field, declared in kind.fields.items():
            words = FIELDS.get(f"{page}.{field}")
            if field == "id" and (declared.description or "").startswith("Opaque"):
                words = FIELDS["id"]
            declared.description = words or declared.description
    for name, given in _given(schema):
        given.description = given.description or ARGUMENTS.get(name)


def _given(schema: GraphQLSchema) -> Iterator[tuple[str, Any]]:
    for kind in schema.type_map.values():
        if kind.name.startswith("__"):
            continue
        if isinstance(kind, GraphQLInputObjectType):
            yield from kind.fields.items()
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for field in kind.fields.values():
                yield from field.args.items()
