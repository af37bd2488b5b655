import { describe, expect, it } from "vitest";
import { startEmbeddedPostgres } from "../../../sandbox/start-postgres.ts";
import { createPostgresTurns } from "../../../src/services/zpa/postgres-turns.ts";
import { createProcessTurns, type Turns } from "../../../src/services/zpa/turns.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { asking, placesOf } from "./policy/drafts.ts";
import { silentLog } from "./support/silent-log.ts";
import { tenantClient } from "./support/tenant-client.ts";

/**
 * Contract: however many policy writes are asked for at once, in one process or in replicas on one PostgreSQL, they are sent one after the
 * other, each exactly once; what ZPA refuses for somebody else's write at that moment is tried again, and makes one rule.
 */
describe("policy writes", () => {
  it("of one client are sent one after the other", async () => {
    await using client = await tenantClient();
    const { policy } = client.zpa;
    const { id: setId } = await policy.set("ACCESS_POLICY");
    const [segmentId = ""] = (await placesOf(client)).segmentIds;
    const before = (await policy.rules("ACCESS_POLICY")).length;
    await Promise.all(
      Array.from({ length: 8 }, (_, each) => policy.createRule(setId, asking(segmentId, { name: `R${each}` }), { version: 1 })),
    );
    expect((await policy.rules("ACCESS_POLICY")).slice(before).map(({ name }) => name)).toEqual(
      Array.from({ length: 8 }, (_, each) => `R${each}`),
    );
    expect(client.slept).toEqual([]);
  });

  it.each(["409", "400-transient"] as const)(
    "that ZPA refuses for its own contention (%s) are tried again, and have one effect",
    async (kind) => {
      await using client = await tenantClient();
      const { policy } = client.zpa;
      const { id: setId } = await policy.set("ACCESS_POLICY");
      const [segmentId = ""] = (await placesOf(client)).segmentIds;
      const before = (await policy.rules("ACCESS_POLICY")).length;
      await client.tenant.control.fault({ method: "POST", pathContains: "/rule", kind, times: 2 });
      const { id } = await policy.createRule(setId, asking(segmentId), { version: 2 });
      await client.tenant.control.fault({ method: "PUT", pathContains: "/reorder", kind, times: 1 });
      await policy.reorder(setId, id, 2);
      const rules = await policy.rules("ACCESS_POLICY");
      expect(rules).toHaveLength(before + 1);
      expect(rules[1]).toMatchObject({ id });
      expect(client.slept).toHaveLength(3);
    },
  );

  it("whose answer is lost say so, and are not sent again", async () => {
    await using client = await tenantClient({ totalMilliseconds: 300 });
    const { policy } = client.zpa;
    const { id: setId } = await policy.set("ACCESS_POLICY");
    const [segmentId = ""] = (await placesOf(client)).segmentIds;
    const before = (await policy.rules("ACCESS_POLICY")).length;
    await client.tenant.control.fault({ method: "POST", pathContains: "/rule", kind: "timeout-after-effect", times: 1 });
    await expect(policy.createRule(setId, asking(segmentId), { version: 1 })).rejects.toMatchObject({ code: "zpa_timeout" });
    expect(await policy.rules("ACCESS_POLICY")).toHaveLength(before + 1);
  });
});

describe("turns", () => {
  it("go on after a failure, which its own caller learns", async () => {
    const turns = createProcessTurns();
    const failing = turns.run(() => Promise.reject(new Error("refused")));
    const next = turns.run(async () => "done");
    await expect(failing).rejects.toThrow("refused");
    expect(await next).toBe("done");
  });

  it("say database_unreachable before the work begins, when there is no database", async () => {
    const turns = createPostgresTurns({ connect: () => Promise.reject(new Error("connection refused")) }, "zpa_policy");
    let begun = false;
    const work = async () => {
      begun = true;
    };
    await expect(turns.run(work)).rejects.toMatchObject({ code: "database_unreachable" });
    expect(begun).toBe(false);
  });

  it("are shared by replicas on one PostgreSQL, and come back from one that lost its connection", async () => {
    const server = await startEmbeddedPostgres();
    const url = await server.newDatabase();
    const replicas = await Promise.all([1, 2, 3].map(() => openDatabase({ url, folder: "", log: silentLog })));
    try {
      const turns = replicas.map(({ pool }) => createPostgresTurns(pool, "zpa_policy"));
      expect(await mostAtOnce(turns)).toBe(1);
      const [first, second] = replicas;
      const connect = async () => {
        const client = await first?.pool.connect();
        if (client === undefined) throw new Error("no replica");
        return client;
      };
      const cut = createPostgresTurns({ connect }, "zpa_policy").run(async () => {
        await second?.pool.query("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted");
        return "done";
      });
      expect(await cut).toBe("done");
      expect(await turns[2]?.run(async () => "next")).toBe("next");
    } finally {
      await Promise.all(replicas.map((replica) => replica.close()));
      await server.stop();
    }
  });
});

/** The most of twelve works that ever ran at once. */
async function mostAtOnce(turns: readonly Turns[]): Promise<number> {
  let running = 0;
  let most = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
  };
  await Promise.all(Array.from({ length: 12 }, (_, each) => turns[each % turns.length]?.run(work)));
  return most;
}
