import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { launchSimulators } from "../../sandbox/launch-simulators.ts";
import { checkConfig } from "../../src/config.ts";

const noFile = (path: string): string => {
  throw new Error(`${path} was asked for`);
};

describe("the simulators", () => {
  it.each(["socket", "http"] as const)("hand out settings in %s mode that a bot started by hand accepts", async (slackMode) => {
    const simulators = await launchSimulators({ slackMode, dataFolder: "/nowhere", bot: "by-hand" });
    try {
      expect(checkConfig(simulators.settings, noFile)).toMatchObject({
        kind: "complete",
        config: { slack: { mode: slackMode, apiUrl: simulators.slack.apiUrl }, database: { url: null, folder: "/nowhere" } },
      });
    } finally {
      await simulators.close();
    }
  });

  it("let a bot that is started by hand choose its mode: the settings hold what either needs", async () => {
    const simulators = await launchSimulators({ slackMode: "socket", dataFolder: "/nowhere", bot: "by-hand" });
    try {
      for (const mode of ["socket", "http"])
        expect(checkConfig({ ...simulators.settings, SLACK_MODE: mode }, noFile)).toMatchObject({ config: { slack: { mode } } });
    } finally {
      await simulators.close();
    }
  });

  it("move the tenant's clock with the sandbox's", async () => {
    const { clock, tenant, close } = await launchSimulators({ slackMode: "socket", dataFolder: "/nowhere", bot: "inside" });
    try {
      await clock.moveTo(new Date(clock.now().getTime() + 86_400_000));
      const apart = Date.parse((await tenant.control.state()).now) - clock.now().getTime();
      expect(Math.abs(apart)).toBeLessThan(2_000);
    } finally {
      await close();
    }
  });

  it("keep what stands in the tenant, if asked", async () => {
    await using folder = {
      path: await mkdtemp(join(tmpdir(), "kept-")),
      [Symbol.asyncDispose]: () => rm(folder.path, { recursive: true }),
    };
    const options = { slackMode: "socket", dataFolder: "/nowhere", bot: "inside", keepTenantIn: join(folder.path, "tenant.json") } as const;
    const before = await launchSimulators(options);
    const { id } = await before.tenant.control.addApproval({ email: "mira@acme.example", minutes: 60 });
    await before.close();
    const { tenant, close } = await launchSimulators(options);
    try {
      expect((await tenant.control.state()).approvals).toMatchObject([{ id }]);
    } finally {
      await close();
    }
  });

  it("have no SailPoint tenant unless asked", async () => {
    const { sailpoint, settings, close } = await launchSimulators({ slackMode: "socket", dataFolder: "/nowhere", bot: "inside" });
    await close();
    expect(sailpoint).toBeNull();
    expect(Object.keys(settings).filter((name) => name.startsWith("SAILPOINT"))).toEqual([]);
  });

  it("hand out what a bot needs for SailPoint, and move its clock along", async () => {
    const options = { slackMode: "socket", dataFolder: "/nowhere", bot: "inside", sailpoint: { keepIn: null } } as const;
    const { clock, sailpoint, settings, close } = await launchSimulators(options);
    try {
      const { url = "", credentials } = sailpoint ?? {};
      expect(checkConfig(settings, noFile)).toMatchObject({
        kind: "complete",
        config: { sailpoint: { apiUrl: url, clientId: credentials?.clientId, clientSecret: credentials?.clientSecret } },
      });
      await clock.moveTo(new Date(clock.now().getTime() + 86_400_000));
      const apart = Date.parse((await sailpoint?.control.state())?.now ?? "") - clock.now().getTime();
      expect(Math.abs(apart)).toBeLessThan(2_000);
    } finally {
      await close();
    }
  });

  it("offer what the app's manifest offers", async () => {
    const { scene, close } = await launchSimulators({ slackMode: "socket", dataFolder: "/nowhere", bot: "inside" });
    await close();
    expect(scene.commands.map(({ command }) => command)).toContain("/pra");
    expect(scene.shortcuts.map(({ callbackId }) => callbackId)).toContain("request_access");
  });
});
