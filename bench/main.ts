import { parseArgs } from "node:util";

const benches = {
  ack: () => import("./ack.ts"),
  typeahead: () => import("./typeahead.ts"),
  schedule: () => import("./schedule.ts"),
  faults: () => import("./faults.ts"),
  drain: () => import("./drain.ts"),
  scale: () => import("./scale.ts"),
  sailpoint: () => import("./sailpoint.ts"),
} as const;

const isBench = (name: string): name is keyof typeof benches => Object.hasOwn(benches, name);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    /** Of `drain`: how many. */
    grants: { type: "string" },
  },
});
const chosen = positionals.length === 0 ? Object.keys(benches) : positionals;

for (const name of chosen) {
  if (!isBench(name)) {
    console.error(`There is no benchmark "${name}". Known: ${Object.keys(benches).join(", ")}.`);
    process.exit(2);
  }
  const { bench } = await benches[name]();
  const result = await bench({ json: values.json, ...(values.grants === undefined ? {} : { grants: Number(values.grants) }) });
  if (values.json) console.log(JSON.stringify(result));
  else console.table(result);
}
