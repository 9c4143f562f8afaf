// PostGraphile as its documentation sets it up: a preset, a pool, and the tenant per request.
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

const { BENCH_HOST, BENCH_DATABASE, BENCH_ROLE, BENCH_POOL, BENCH_PORT } = process.env;

const preset = {
  extends: [PostGraphileAmberPreset],
  pgServices: [
    makePgService({
      schemas: ["public"],
      poolConfig: {
        host: BENCH_HOST,
        database: BENCH_DATABASE,
        user: BENCH_ROLE,
        max: Number(BENCH_POOL),
      },
    }),
  ],
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false, websockets: false },
  grafast: {
    explain: false,
    context: (request) => ({
      pgSettings: { "app.tenant_id": request.node?.req.headers["x-tenant"] ?? "" },
    }),
  },
};

const server = createServer();
const peer = postgraphile(preset);
await peer.createServ(grafserv).addTo(server);
server.listen(Number(BENCH_PORT), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
