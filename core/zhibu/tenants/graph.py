"""Settings and plugin switches in the schema."""

from datetime import datetime
from typing import Any

import strawberry

from zhibu.act import Act
from zhibu.contributions import Graph
from zhibu.core_actions import PLUGIN_SWITCH, TENANT_CONFIGURE, TENANT_READ
from zhibu.graph import Payload, mutation, outside
from zhibu.identifiers import row_of
from zhibu.organizations.graph import OrganizationName
from zhibu.reading import Connection, Node, column, connection, entity, public, to_one
from zhibu.tenants import reads, service


@entity(reads.SWITCHES, permission=TENANT_READ, path=reads.path_of_place)
@strawberry.type(name="PluginSwitch", description="插件启停设置。 A plugin set on or off.")
class PluginSwitchType(Node):
    plugin: str = column(description="插件。 Name of the plugin.")
    enabled: bool = column(description="启用。 Whether it is on.")
    reason: str | None = column(description="理由。 Why.")
    changed_at: datetime = column(description="变更时间。 When it was set.")
    organization: OrganizationName = to_one(
        lambda row, target: target.c.id == row.c.organization_id,
        shown_with_parent="names are public",
        description="设于该组织，对其下级有效。 Where it is set, for all below.",
    )


@strawberry.input(description="启停插件。 Switching a plugin.")
class PluginSwitchInput:
    organization: strawberry.ID
    plugin: str
    enabled: bool
    reason: str


@strawberry.input(description="机构设置，不填则不变。 The institution's settings; null stays.")
class TenantConfigureInput:
    name: str | None = None
    locale: str | None = None
    zone: str | None = None
    rule_pack: str | None = None
    idempotency_key: str | None = None


@public("the answer to one's own mutation")
@strawberry.type(description="是否完成。 Whether a plugin was switched.")
class PluginSwitchPayload(Payload):
    done: bool = strawberry.field(default=False, description="已完成。 It was done.")


@public("the answer to one's own mutation")
@strawberry.type(description="机构设置。 The institution's settings afterwards.")
class TenantPayload(Payload):
    name: str | None = strawberry.field(default=None, description="机构名称。 Its name.")
    locale: str | None = strawberry.field(default=None, description="语言。 Its language.")
    zone: str | None = strawberry.field(default=None, description="时区。 Its time zone.")
    rule_pack: str | None = strawberry.field(default=None, description="规则包。 Its rule pack.")


@strawberry.type
class TenantQuery:
    @connection(order=lambda row: [row.c.plugin])
    def plugin_switches(
        self, first: int, after: str | None = None, offset: int | None = None
    ) -> Connection[PluginSwitchType]:
        """插件启停设置。 Where plugins are set on or off."""


@strawberry.type
class TenantMutation:
    @outside(permission=PLUGIN_SWITCH)
    async def plugin_switch(self, context: Any, input: PluginSwitchInput) -> PluginSwitchPayload:
        """在某组织及其下级启停插件，记录不受影响。 Switch a plugin; records stay as they are."""
        async with context.act() as act:
            await service.switch(
                act,
                row_of(input.organization, "Organization", path=("organization",)),
                input.plugin,
                enabled=input.enabled,
                reason=input.reason,
                installed=context.platform.plugins.names,
            )
        return PluginSwitchPayload(done=True)

    @mutation(permission=TENANT_CONFIGURE)
    async def tenant_configure(self, act: Act, input: TenantConfigureInput) -> TenantPayload:
        """更改机构设置。 Change the institution's settings."""
        said = await service.configure(
            act,
            name=input.name,
            locale=input.locale,
            zone=input.zone,
            rule_pack=input.rule_pack,
        )
        return TenantPayload(
            name=said.name, locale=said.locale, zone=said.zone, rule_pack=said.rule_pack
        )


GRAPH = Graph(query=TenantQuery, mutation=TenantMutation, types=(PluginSwitchType,))
