import { stat } from "node:fs/promises";
import { join } from "node:path";
import { addMinutes } from "date-fns/addMinutes";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchSimulators, type Simulators } from "../../sandbox/launch-simulators.ts";
import { type Portcullis, startPortcullis } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { aSiem } from "../services/audit/a-siem.ts";
import { type DataFolder, newMigratedFolder } from "../support/data-folder.ts";
import { hurried } from "../support/hurried.ts";
import { keptLog } from "../support/silent-log.ts";
import { until } from "../support/slack-listeners.ts";
import { runPra } from "./run-pra.ts";

const SECRET = "siem-secret-for-tests";

/**
 * Contract: the real bot makes a key at its first start, seals what happens within a minute, and sends it on; `pra` in a process of its own
 * verifies it through the bot's socket, and a bot that is started again goes on with the same chain.
 */
describe("the ledger of a running bot", { timeout: 120_000 }, () => {
  let data: DataFolder;
  let simulators: Simulators;
  let siem: Awaited<ReturnType<typeof aSiem>>;
  let bot: Portcullis;
  const start = async () => {
    const environment = { ...simulators.settings, SIEM_URL: siem.url, SIEM_SECRET: SECRET };
    return startPortcullis({ config: readConfig(environment, () => ""), clock: simulators.clock, pacing: hurried, log: keptLog().log });
  };
  beforeAll(async () => {
    [data, siem] = await Promise.all([newMigratedFolder(), aSiem()]);
    simulators = await launchSimulators({ slackMode: "http", bot: "inside", dataFolder: data.folder, pacing: hurried });
    simulators.clock.onMove(() => bot.clockMoved());
    bot = await start();
  }, 60_000);
  afterAll(async () => {
    await bot.stop(5_000);
    await Promise.all([simulators.close(), siem.close()]);
    await data.remove();
  });

  const pra = (input: string, ...args: readonly string[]) => runPra(data.folder)(args, input);
  const put = (hours: number) => pra(`longestWindowHours: ${hours}`, "config", "put", "tenant", "--yes");
  const minutePasses = () => simulators.clock.moveTo(addMinutes(simulators.clock.now(), 2));
  const kindsShipped = () =>
    siem.deliveries.flatMap(({ body }) => JSON.parse(body).events.map(({ event }: { event: { kind: string } }) => event.kind));
  const shipped = (count: number) => until(async () => (kindsShipped().length >= count ? kindsShipped() : null));

  it("is sealed, shipped and verified", async () => {
    expect((await stat(join(data.folder, "ledger.key"))).mode & 0o777).toBe(0o600);
    await put(8);
    await minutePasses();
    expect(await shipped(1)).toEqual(["rules.changed"]);
    const verified = await pra("", "audit", "verify");
    expect(verified).toMatchObject({ status: 0, result: { ok: true, sealed: 1, unsealed: 0, firstBad: null } });

    await bot.stop(5_000);
    bot = await start();
    await put(7);
    await minutePasses();
    expect(await shipped(2)).toEqual(["rules.changed", "rules.changed"]);
    expect(await pra("", "audit", "verify", "--head", verified.result.head)).toMatchObject({ status: 0, result: { ok: true, sealed: 2 } });
  });
});
