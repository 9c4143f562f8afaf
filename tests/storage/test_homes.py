from sqlalchemy import text


async def test_smoke(homes, tenant_id):
    home = homes.home(tenant_id)
    assert await home.read(tenant_id, [("select 1", ()), ("select 2", ())]) == [[(1,)], [(2,)]]
    async with home.act(tenant_id) as session:
        assert (await session.execute(text("select 3"))).scalar() == 3
    async with homes.control() as session:
        assert (await session.execute(text("select 3"))).scalar() == 3
