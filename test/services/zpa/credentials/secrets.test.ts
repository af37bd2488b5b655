import { inspect } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { createLog } from "../../../../src/log.ts";
import type { HttpAnswer } from "../../../../src/services/http-client/transport.ts";
import { CREDENTIAL_TYPES, type CredentialDraft, type PrivilegedCredential } from "../../../../src/services/zpa/credentials/credential.ts";
import { tenantClient } from "../support/tenant-client.ts";
import { drafts } from "./drafts.ts";
import { single } from "./page-examples.ts";

/**
 * Contract: whatever ZPA answers to a call that carries a secret, in whole or in part and however escaped, no log line of any level, no
 * error with all its causes and nothing that the client returns contains the secret or eight characters of it in a row.
 */
const textsOf = ({ secret }: CredentialDraft) =>
  secret.kind === "password" ? [secret.password] : [secret.privateKey, ...(secret.passphrase === null ? [] : [secret.passphrase])];

const escapedForHtml = (text: string) => text.replace(/[^A-Za-z0-9]/g, (sign) => `&#x${sign.codePointAt(0)?.toString(16)};`);

const json = (status: number, body: unknown): HttpAnswer => ({ status, headers: {}, text: JSON.stringify(body) });
/** What a clumsy service or a proxy might say back, by what was sent to it. */
const answers: Readonly<Record<string, (body: string, texts: readonly string[]) => HttpAnswer>> = {
  "a refusal that quotes it": (_, [text]) =>
    json(400, { id: "invalid.resource.argument", reason: `Invalid value '${text}'`, params: [text] }),
  "a refusal that quotes the last of it": (_, texts) =>
    json(400, { id: "invalid.resource.argument", reason: texts.map((text) => `…${text.trim().slice(-9)}`).join() }),
  "a refusal that escapes it": (_, texts) => json(400, { id: "invalid.resource.argument", reason: texts.map(escapedForHtml).join(" ") }),
  "a refusal in capitals, on one line": (_, texts) => json(400, { message: texts.join("").replaceAll("\n", "").toUpperCase() }),
  "a refusal of the whole body": (body) => json(400, { code: "malformed", message: body }),
  "a server error that quotes it": (_, texts) => json(500, { id: "internal.server.error", reason: texts.join(" / ") }),
  "a page that quotes it": (body) => ({ status: 502, headers: {}, text: `<html><pre>${body}</pre></html>` }),
  "success with half of it": (body) => ({ status: 201, headers: {}, text: body.slice(0, -3) }),
  "success that is a number": () => ({ status: 201, headers: {}, text: "18771877." }),
  "success without an id": (body) => ({ status: 201, headers: {}, text: body }),
};

const lines: string[] = [];
const log = createLog("debug", { to: { write: (line: string) => void lines.push(line) } });

function expectClean(text: string, draft: CredentialDraft): void {
  const seen = text.toLowerCase().replaceAll("\\n", "").replaceAll(/\s/g, "");
  for (const secret of textsOf(draft)) {
    const flat = secret.toLowerCase().replaceAll(/\s/g, "");
    for (let start = 0; start + 8 <= flat.length; start += 1) expect(seen).not.toContain(flat.slice(start, start + 8));
  }
}

afterAll(() => {
  expect(lines.length).toBeGreaterThan(0);
  for (const draft of Object.values(drafts)) expectClean(lines.join("\n"), draft);
});

describe.each(Object.keys(answers))("%s", (name) => {
  it.each(CREDENTIAL_TYPES)("leaves no trace of the secret of a %s", async (type) => {
    const draft = drafts[type];
    await using client = await tenantClient({
      log,
      transportOver: (transport) => ({
        ...transport,
        send: async (call) => {
          if (call.body === undefined || !call.url.includes("/credential")) return transport.send(call);
          const answer = answers[name]?.(call.body, textsOf(draft));
          if (answer === undefined) throw new Error(name);
          return answer;
        },
      }),
    });
    const current: PrivilegedCredential = {
      ...draft,
      id: single.id,
      lastResetAt: null,
      createdAt: null,
      modifiedAt: null,
      microtenantName: null,
      raw: single,
    };
    for (const write of [() => client.zpa.credentials.create(draft), () => client.zpa.credentials.update(current, draft)]) {
      const error: unknown = await write().catch((cause: unknown) => cause);
      log.error({ err: error }, "told");
      expectClean(inspect(error, { depth: 20, showHidden: true, maxStringLength: null }), draft);
      expectClean(JSON.stringify(error) ?? "", draft);
    }
  });
});

describe("a refusal that quotes no secret", () => {
  it("is told as it is", async () => {
    await using client = await tenantClient({
      transportOver: (transport) => ({
        ...transport,
        send: async (call) =>
          call.body !== undefined && call.url.includes("/credential")
            ? json(400, { id: "invalid.resource.argument", reason: "One or more input fields name are not valid.", params: ["name"] })
            : transport.send(call),
      }),
    });
    await expect(client.zpa.credentials.create(drafts.SSH_KEY)).rejects.toMatchObject({
      code: "zpa_refused",
      details: { params: { reason: "One or more input fields name are not valid.", params: "name" } },
    });
  });
});

describe("the simulated tenant", () => {
  it.each(CREDENTIAL_TYPES)("keeps and tells nothing of the secret of a %s", async (type) => {
    await using client = await tenantClient({ log });
    const { id } = await client.zpa.credentials.create(drafts[type]);
    await client.zpa.credentials.update(await client.zpa.credentials.get(id), drafts[type]);
    expectClean(JSON.stringify(await client.tenant.control.state()), drafts[type]);
    expectClean(JSON.stringify(await client.zpa.credentials.list()), drafts[type]);
  });
});
