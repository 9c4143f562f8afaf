async def test_smoke(toy):
    q = (
        '{ person(id: "%s") { __typename id name unitId bornOn stage active dues tags seenAt data totalHours creditCount me phone unit { name kind foundedOn } home { id path } credits { id hours earnedOn toldAt verified stage } education(year: 2026) { hours year memberName } } }'
        % toy.person(7)
    )
    a = await toy.fast(q)
    b = await toy.slow(q)
    print(a)
    assert a == b
    q = "{ persons(first: 7) { totalCount pageInfo { hasNextPage endCursor hasPreviousPage } nodes { name } edges { cursor node { id shout unit { name } badges {label since} education(year: 2026) { gap } } } } totals { persons dues oldest average } }"
    print(toy.engine.describe(q, None, toy.request()))
    a = await toy.fast(q)
    b = await toy.slow(q)
    assert a == b
    print(a)
