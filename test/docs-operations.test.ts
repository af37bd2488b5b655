import { beforeAll, describe, expect, it } from "vitest";
import { parseCommand } from "../src/commands/parse-command.ts";
import { fromUnknown } from "../src/errors.ts";
import type { Transport } from "../src/services/http-client/transport.ts";
import type { CredentialDraft } from "../src/services/zpa/credentials/credential.ts";
import { type PolicyRuleDraft, REQUIRE_APPROVAL } from "../src/services/zpa/policy/policy.ts";
import type { MicrotenantOption, SortOption, ZpaClient } from "../src/services/zpa/zpa-client.ts";
import { commandsUnder } from "./cli/commands-under.ts";
import { projectFile } from "./cli/pra.ts";
import { credentialOf } from "./services/zpa/credentials/credential-of.ts";
import { drafts } from "./services/zpa/credentials/drafts.ts";
import { clientOver, signedIn } from "./services/zpa/support/client-over.ts";

/**
 * Contract: docs/reference/zpa-operations.md is complete and true. Every function that it names exists and sends the method, the version,
 * the path and the parameters that stand beside it; every command is one of pra, every Slack command one of the bot; no function of the
 * client is missing.
 */
interface Row {
  readonly operation: string;
  readonly call: string;
  readonly page: string;
  readonly run: string;
  readonly command: string;
  readonly inSlack: string;
}

const MICROTENANT = "145260601092866314";

function rowsOf(markdown: string): readonly Row[] {
  const cells = markdown
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| operation "))
    .map((line) => line.split("|").slice(1, -1));
  return cells.map((row) => {
    expect(row, row.join("|")).toHaveLength(6);
    const [operation = "", call = "", page = "", run = "", command = "", inSlack = ""] = row.map((cell) => cell.trim());
    return { operation, call, page, run, command, inSlack };
  });
}

const rows = rowsOf(projectFile("docs/reference/zpa-operations.md"));
const quoted = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);

/** What a row wants a function to be called with. */
interface Asked extends SortOption {
  readonly operation: string;
  readonly place: MicrotenantOption;
  readonly search: { readonly search?: string };
  readonly version: 1 | 2;
}

const draftIn = ({ place, operation }: Asked): CredentialDraft => {
  const { microtenantId = null } = place;
  const [, type = "PASSWORD"] = /`([A-Z_]+)`/.exec(operation) ?? [];
  return { ...(Object.values(drafts).find((draft) => draft.type === type) ?? drafts.PASSWORD), microtenantId };
};
const approval = { email: "ana@acme.example", segmentIds: ["7"], start: new Date(0), end: new Date(9_000), workingHours: null };
const console = { name: "db", description: null, enabled: true, praApplicationId: "8", portalIds: ["9"] };
const inPlace = <Fields extends object>(fields: Fields, { place: { microtenantId = null } }: Asked) => ({ ...fields, microtenantId });

/** Every function of the client, with arguments that its documented operations could have. */
const calls: Readonly<Record<string, (zpa: ZpaClient, asked: Asked) => Promise<unknown>>> = {
  "zpa.approvals.create": ({ approvals }, asked) => approvals.create(inPlace(approval, asked)),
  "zpa.approvals.list": ({ approvals }, { place }) => approvals.list(place),
  "zpa.approvals.page": ({ approvals }, { place, search, sortBy = "status" }) =>
    approvals.page({ ...place, ...search, page: 1, pageSize: 20, sortBy, sortDirection: "ascending" }),
  "zpa.approvals.get": ({ approvals }, { place }) => approvals.get("50", place),
  "zpa.approvals.update": ({ approvals }, asked) => {
    const draft = inPlace(approval, asked);
    const current = { ...draft, id: "50", emailIds: [draft.email], status: "ACTIVE", raw: {} };
    return approvals.update(current, draft);
  },
  "zpa.approvals.delete": ({ approvals }, { place }) => approvals.delete("50", place),
  "zpa.approvals.deleteExpired": ({ approvals }, { place }) => approvals.deleteExpired(place),
  "zpa.credentials.create": ({ credentials }, asked) => credentials.create(draftIn(asked)),
  "zpa.credentials.list": ({ credentials }, { place, search, ...sort }) => credentials.list({ ...place, ...search, ...sort }),
  "zpa.credentials.get": ({ credentials }, { place }) => credentials.get("47", place),
  "zpa.credentials.update": ({ credentials }, asked) => {
    const draft = draftIn(asked);
    return credentials.update(credentialOf({ type: draft.type, microtenantId: draft.microtenantId }), draft);
  },
  "zpa.credentials.delete": ({ credentials }, { place }) => credentials.delete("47", place),
  "zpa.credentials.move": ({ credentials }) => credentials.move("47", { from: null, to: MICROTENANT }),
  "zpa.consoles.create": ({ consoles }, asked) => consoles.create(inPlace(console, asked)),
  "zpa.consoles.createMany": ({ consoles }, asked) => consoles.createMany([inPlace(console, asked)]),
  "zpa.consoles.list": ({ consoles }, { place, search }) => consoles.list({ ...place, ...search }),
  "zpa.consoles.listByPortal": ({ consoles }, { place, search }) => consoles.listByPortal("9", { ...place, ...search }),
  "zpa.consoles.get": ({ consoles }, { place }) => consoles.get("40", place),
  "zpa.consoles.update": ({ consoles }, asked) => {
    const draft = inPlace(console, asked);
    return consoles.update({ ...draft, id: "40", segmentId: null, domain: null, protocol: null, portals: [], raw: {} }, draft);
  },
  "zpa.consoles.delete": ({ consoles }, { place }) => consoles.delete("40", place),
  "zpa.applications.list": ({ applications }, { place }) => applications.list(place),
  "zpa.segments.list": ({ segments }, { place }) => segments.list(place),
  "zpa.segments.get": ({ segments }, { place }) => segments.get("7", place),
  "zpa.portals.list": ({ portals }, { place }) => portals.list(place),
  "zpa.portals.get": ({ portals }, { place }) => portals.get("9", place),
  "zpa.microtenants.list": ({ microtenants }) => microtenants.list(),
  "zpa.microtenants.get": ({ microtenants }) => microtenants.get(MICROTENANT),
};

const operands = [{ objectType: "APP", lhs: "id", rhs: "7" }];
const ruleDraft = ({ operation }: Asked): PolicyRuleDraft => ({
  ...{ name: "Databases", description: null, customMessage: null },
  action: operation.includes(REQUIRE_APPROVAL) ? REQUIRE_APPROVAL : "ALLOW",
  conditions: [{ operator: "OR", negated: false, operands }],
});
const rule = {
  ...{ id: "8", name: "Databases", description: null, action: "ALLOW", customMessage: null },
  order: 1,
  enabled: true,
} as const;
const wholeRule = { ...rule, isDefault: false, isRestricted: false, operator: "AND", conditions: [], raw: {} };

const policyCalls: typeof calls = {
  "zpa.policy.set": ({ policy }, { place }) => policy.set("ACCESS_POLICY", place),
  "zpa.policy.rules": ({ policy }, { place, search }) => policy.rules("ACCESS_POLICY", { ...place, ...search }),
  "zpa.policy.rule": ({ policy }, { place }) => policy.rule("6", "8", place),
  "zpa.policy.createRule": ({ policy }, asked) => policy.createRule("6", ruleDraft(asked), { ...asked.place, version: asked.version }),
  "zpa.policy.updateRule": ({ policy }, asked) =>
    policy.updateRule("6", inPlace(wholeRule, asked), ruleDraft(asked), { version: asked.version }),
  "zpa.policy.deleteRule": ({ policy }, { place }) => policy.deleteRule("6", "8", place),
  "zpa.policy.reorder": ({ policy }, { place }) => policy.reorder("6", "8", 4, place),
  "zpa.policy.reorderAll": ({ policy }, { place }) => policy.reorderAll("6", ["8", "9"], place),
  "zpa.policy.clientTypes": ({ policy }, { place }) => policy.clientTypes(place),
  "zpa.policy.platforms": ({ policy }, { place }) => policy.platforms(place),
};
const allCalls = { ...calls, ...policyCalls };

interface Sent {
  readonly method: string;
  readonly version: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

/** A client, and what it sends; nothing is there, and everything that is made has the id 1. */
function recordingClient() {
  const sent: Sent[] = [];
  const transport: Transport = {
    send: async ({ method, url, body }) => {
      const { pathname, searchParams } = new URL(url);
      const [, version = "", path = ""] = /^\/mgmtconfig\/(v\d+)\/admin\/customers\/9\/(.*)$/.exec(pathname) ?? [];
      if (version === "") return signedIn;
      sent.push({ method, version, path, query: searchParams });
      const made = body?.startsWith("[") ? '[{"id":"1"}]' : '{"id":"1"}';
      return { status: 200, headers: {}, text: method === "POST" ? made : "{}" };
    },
    close: async () => {},
  };
  return { zpa: clientOver(transport), sent };
}

/** Names of the functions of a client, but for those that are about the client itself. */
const functionsOf = (zpa: ZpaClient): readonly string[] =>
  Object.entries(zpa)
    .filter(([name]) => name !== "check" && name !== "close")
    .flatMap(([room, functions]) => Object.keys(functions).map((name) => `zpa.${room}.${name}`))
    .filter((name) => name !== "zpa.policy.inOneTurn"); // sends nothing of its own

/** Of `GET v1 /credential/{id}?microtenantId={microtenantId}`. */
function templateOf(call: string) {
  const [, method = "", version = "", path = "", query = ""] = /^([A-Z]+) (v\d) \/([^?]*)(?:\?(.*))?$/.exec(quoted(call)[0] ?? "") ?? [];
  const parameters = [...new URLSearchParams(query).keys()];
  return { method, version, path: new RegExp(`^${path.replace(/\{[A-Za-z]+\}/g, "[^/]+")}$`), query, parameters };
}

const askedBy = ({ operation, call }: Row): Asked => {
  const { parameters, version } = templateOf(call);
  return {
    operation,
    place: parameters.includes("microtenantId") ? { microtenantId: MICROTENANT } : {},
    search: parameters.includes("search") ? { search: "name EQ db" } : {},
    ...(parameters.includes("sortBy") ? { sortBy: "status" } : {}),
    version: version === "v2" ? 2 : 1,
  };
};

describe("docs/reference/zpa-operations.md", () => {
  const commands = new Set<string>();
  beforeAll(async () => {
    for (const { name } of await commandsUnder(["zpa"])) commands.add(`pra ${name}`);
  });

  it("leaves no cell empty, and says nothing twice", () => {
    expect(rows.length).toBeGreaterThan(30);
    for (const row of rows) for (const cell of Object.values(row)) expect(cell, row.operation).not.toBe("");
    const told = rows.map(({ page, operation }) => `${page}: ${operation}`);
    expect(told).toEqual([...new Set(told)]);
  });

  it("has every function of the client, and each of them is tried here", () => {
    const { zpa } = recordingClient();
    const named = new Set(rows.flatMap(({ run }) => quoted(run)));
    expect([...named].toSorted()).toEqual(functionsOf(zpa).toSorted());
    expect(Object.keys(allCalls).toSorted()).toEqual(functionsOf(zpa).toSorted());
  });

  it.each(rows)("is true of: $operation ($call)", async (row) => {
    const [run = ""] = quoted(row.run);
    const { method, version, path, parameters, query } = templateOf(row.call);
    const { zpa, sent } = recordingClient();
    const call = allCalls[run];
    if (call === undefined) throw new Error(`no call of ${run}`);
    // A reading of what is not there ends with this, after it was sent.
    await call(zpa, askedBy(row)).catch((thrown: unknown) => expect(fromUnknown(thrown).code).toBe("zpa_answer_not_understood"));
    expect(sent).toHaveLength(1);
    const [only] = sent;
    expect({ method: only?.method, version: only?.version }).toEqual({ method, version });
    expect(only?.path).toMatch(path);
    expect([...(only?.query.keys() ?? [])].toSorted()).toEqual(parameters.toSorted());
    for (const [name, value] of new URLSearchParams(query)) if (!value.startsWith("{")) expect(only?.query.get(name), name).toBe(value);
  });

  it.each(rows)("names commands that there are for: $operation ($call)", ({ command, inSlack }) => {
    expect(quoted(command)).not.toEqual([]);
    for (const each of quoted(command)) expect(commands).toContain(each);
    if (inSlack === "command line only") return;
    expect(quoted(inSlack)).not.toEqual([]);
    for (const each of quoted(inSlack)) {
      expect(each).toMatch(/^\/pra /);
      expect(parseCommand(each.replace(/^\/pra /, "")).kind, each).not.toBe("unknown");
    }
  });
});
