// Fields written by hand for this comparison: their SQL goes inline into the surrounding statement.
export const tuned = { name: "BenchPlugin", version: "0.0.0" };
